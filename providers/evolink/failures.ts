// What EvoLink's error answers mean. Its codes are an open set, so rules match on status and on parts of the code.
import type { HttpAnswer, ImageTask } from '../contract';
import type { ImageFailure } from '../failure';
import { failureByRules } from '../answers/answerFailure';
import { usualRules, type FailureRule } from '../answers/failureRules';
import { taskFailure } from '../answers/taskFailure';
import { fieldsOf } from '../answers/loose';
import { errorOf, silentErrorIn, toldErrorIn, type ToldError } from '../answers/toldError';
import { HOW_TO_OPEN } from '../answers/unfetched';
import { MEGABYTE } from '../limits/megabytes';
import { MAX_UPLOAD_BYTES, UPLOAD_TYPES } from './models';

const NAME = 'EvoLink';
const MODEL_ADVICE =
	'Open the Model field and choose one from the list: it shows what your account can use today.';

/** The files host's own numbers begin with the status that they stand for. */
const FILES_NUMBER = /^([45]\d\d)\d\d$/;

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
		keyTaken: true,
	},
	...usualRules(
		{
			auth: 'Open the EvoLink credential and check the API Key.',
			balance: 'Add credits in your EvoLink account, then run this again.',
			forbidden: 'Check in your EvoLink account what this API Key may use.',
			forbiddenModel:
				'Check in your EvoLink account what this API Key may use, or choose another model.',
			modelGone: MODEL_ADVICE,
			notFound:
				'Check the ID. EvoLink only shows the tasks of the account that the API Key belongs to. If that is right, or you entered none, check the Base URL and the other addresses in the credential.',
			unfetched: `${HOW_TO_OPEN} Nothing was charged for this request.`,
			badRequest:
				'Change the named setting and run this again. Nothing was charged for this request.',
		},
		[
			{
				kind: 'balance',
				status: 402,
				advice:
					"Add credits in your EvoLink account, then run this again. Nothing was charged for this request. Account: Get Balance shows what's left.",
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
				isAboutModel: true,
				advice: MODEL_ADVICE,
			},
			{
				kind: 'tooLarge',
				status: 413,
				advice: `Use smaller files: EvoLink takes up to ${MAX_UPLOAD_BYTES / MEGABYTE} MB per upload.`,
			},
			{
				kind: 'badRequest',
				status: 400,
				code: FILES_NUMBER,
				advice: `EvoLink takes ${UPLOAD_TYPES}, up to ${MAX_UPLOAD_BYTES / MEGABYTE} MB each, and keeps a limited number of files for 72 hours. Nothing was charged for this request.`,
			},
		],
	),
];

/** Names what went wrong: JSON in EvoLink's error shape or in that of its files host, or whatever a proxy put in its place. */
export function readFailure(answer: HttpAnswer): ImageFailure {
	return failureByRules(NAME, RULES, answer, errorIn(answer.body));
}

/** Undefined where the body tells of no error, not even without words. */
export function errorIn(body: unknown): ToldError | undefined {
	const error = toldErrorIn(body) ?? silentErrorIn(body);
	const status = FILES_NUMBER.exec(error?.code ?? '')?.[1];
	return status === undefined ? error : { ...error, status: Number(status) };
}

/** The credits that EvoLink's own account of a failed task says it has kept. By its rule these are none. */
function keptCredits({ raw }: ImageTask): number {
	const { charged_credits: charged, refunded_credits: refunded } = fieldsOf(raw.billing);
	return Math.max(0, countOf(charged) - countOf(refunded));
}

function inWords(kept: number): string {
	return kept > 0
		? `EvoLink has charged ${Number(kept.toFixed(3))} credits for this task.`
		: 'EvoLink charges nothing for a failed task.';
}

function countOf(value: unknown): number {
	return typeof value === 'number' ? value : 0;
}

/** Says why a task ended without images. EvoLink gives the credits of such a task back. */
export function readTaskFailure(task: ImageTask): ImageFailure {
	const kept = keptCredits(task);
	return taskFailure(NAME, task, {
		suggestion: errorOf(task.raw.error)?.suggestion,
		isFree: kept === 0,
		ifFailed: `${inWords(kept)} Run this again, or change the Prompt or the model.`,
		ifCancelled:
			'Run this again to start a new one. Account: Get Balance shows whether it was charged.',
	});
}
