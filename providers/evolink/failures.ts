// What EvoLink's error answers mean. Its codes are an open set, so rules match on status and on parts of the code.
import type { HttpAnswer, ImageTask } from '../contract';
import type { ImageFailure } from '../failure';
import {
	failureByRules,
	MODERATION_ADVICE,
	RATE_LIMIT,
	taskFailure,
	type FailureRule,
} from '../failureRules';
import { MEGABYTE } from '../megabytes';
import { MOST_UPLOAD_BYTES } from './models';
import { errorSchema } from './schemas';

const NAME = 'EvoLink';
const MODERATION = /moderation|content_policy|safety|sensitive|prohibited/i;

const RULES: readonly FailureRule[] = [
	{
		kind: 'outcomeUnknown',
		code: /paid_outcome_unknown/i,
		advice:
			"EvoLink can't tell whether it made the images, and they may have been charged. Before you run this again, look for the task with Task: Get Many.",
	},
	{
		kind: 'moderation',
		code: MODERATION,
		advice: MODERATION_ADVICE,
	},
	{
		kind: 'auth',
		status: 401,
		advice: 'Open the EvoLink credential and check the API Key.',
	},
	{
		kind: 'balance',
		status: 402,
		advice:
			"Add credits in your EvoLink account, then run this again. Nothing was made and nothing was charged for this item. Account: Get Balance shows what's left.",
	},
	{
		kind: 'balance',
		code: /insufficient_(credit|quota|balance)/i,
		advice: 'Add credits in your EvoLink account, then run this again.',
	},
	{
		kind: 'forbidden',
		status: 403,
		advice: 'Check in your EvoLink account what this API Key may use, or choose another model.',
	},
	{
		kind: 'modelGone',
		code: /model_(not_found|unavailable|disabled|retired)|no_available_channel/i,
		advice:
			'Open the Model field and choose one from the list: it shows what your account can use today.',
	},
	{
		kind: 'notFound',
		status: 404,
		advice:
			'Check the ID. EvoLink only shows the tasks of the account that the API Key belongs to. If you entered no ID, check the addresses in the credential.',
	},
	{
		kind: 'tooLarge',
		status: 413,
		advice: `Use smaller files: EvoLink takes up to ${MOST_UPLOAD_BYTES / MEGABYTE} MB per upload.`,
	},
	RATE_LIMIT,
	{
		kind: 'badRequest',
		status: 400,
		advice: 'Change the named setting and run this again. Nothing was charged.',
	},
];

/** Names what went wrong in an answer that isn't 2xx: JSON in EvoLink's error shape, or whatever a proxy put in its place. */
export function readFailure(answer: HttpAnswer): ImageFailure {
	const parsed = errorSchema.safeParse(answer.body);
	return failureByRules(NAME, RULES, answer, parsed.success ? parsed.data.error : undefined);
}

/** Says why a task ended without images. EvoLink gives the credits of such a task back. */
export function readTaskFailure(task: ImageTask): ImageFailure {
	return taskFailure(NAME, task, {
		isRefused: MODERATION.test(task.failure?.code ?? ''),
		ifFailed:
			'EvoLink charges nothing for a failed task. Run this again, or change the Prompt or the model.',
		ifCancelled:
			'Run this again to start a new one. Account: Get Balance shows whether it was charged.',
	});
}
