// What EvoLink's error answers mean. Its codes are an open set, so rules match on status and on parts of the code.
import type { HttpAnswer, ImageTask } from '../contract';
import type { ImageFailure } from '../failure';
import {
	failureByRules,
	MODERATION_ADVICE,
	RATE_LIMIT,
	taskFailure,
	type FailureRule,
	type ProviderError,
} from '../failureRules';
import { objectOf, textOf, wordOf } from '../loose';
import { MEGABYTE } from '../megabytes';
import { MOST_UPLOAD_BYTES } from './models';

const NAME = 'EvoLink';
const MODERATION = /moderation|content_policy|safety|sensitive|prohibited/i;
/** A message speaks of more than a code does, so that it must say it more clearly. */
const MODERATION_IN_WORDS =
	/moderation|content.policy|safety.(system|filter|policy)|(sensitive|prohibited).content|敏感|违规/i;

const RULES: readonly FailureRule[] = [
	{
		kind: 'outcomeUnknown',
		code: /paid_outcome_unknown/i,
		advice:
			"EvoLink can't tell whether it made the images, and they may have been charged. Before you run this again, look for the task with Task: Get Many.",
	},
	{
		kind: 'outcomeUnknown',
		code: /idempotency_conflict/i,
		advice:
			'EvoLink has taken an earlier request with the same key and other contents, and may have charged it, so this one was not sent again. Look for its task with Task: Get Many, and fetch its images with Task: Get.',
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
		code: /key_quota|token_(daily_)?quota/i,
		advice:
			"This API Key has used up its own limit, whatever your balance is. Raise the key's limit in your EvoLink account, wait until it begins anew, or use another key in the credential.",
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
		kind: 'providerDown',
		code: /no_available_channel/i,
		advice:
			'EvoLink has nobody at this moment who serves this model. Try again in a minute, or choose another model.',
		notTaken: true,
	},
	{
		kind: 'providerDown',
		status: 503,
		code: /busy|overload|capacity|queue_full/i,
		advice: 'EvoLink is too busy for this request right now. Try again in a few minutes.',
		notTaken: true,
	},
	{
		kind: 'modelGone',
		code: /model_(not_found|unavailable|disabled|retired)/i,
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

/** Names what went wrong: JSON in EvoLink's error shape or in that of its files host, or whatever a proxy put in its place. */
export function readFailure(answer: HttpAnswer): ImageFailure {
	return failureByRules(NAME, RULES, answer, errorIn(answer.body));
}

function errorIn(body: unknown): ProviderError | undefined {
	const object = objectOf(body);
	const error = object?.error;
	if (typeof error === 'string') return { message: error };
	const told = objectOf(error);
	if (told) {
		return {
			code: wordOf(told.code),
			message: wordOf(told.message),
			param: wordOf(told.param),
			suggestion: textOf(told.suggestion) ?? textOf(told.fallback_suggestion),
		};
	}
	const message = textOf(object?.msg) ?? textOf(object?.message);
	return message === undefined ? undefined : { code: wordOf(object?.code), message };
}

/** Says why a task ended without images. EvoLink gives the credits of such a task back. */
export function readTaskFailure(task: ImageTask): ImageFailure {
	const { code = '', message = '' } = task.failure ?? {};
	return taskFailure(NAME, task, {
		isRefused: MODERATION.test(code) || MODERATION_IN_WORDS.test(message),
		ifFailed:
			'EvoLink charges nothing for a failed task. Run this again, or change the Prompt or the model.',
		ifCancelled:
			'Run this again to start a new one. Account: Get Balance shows whether it was charged.',
	});
}
