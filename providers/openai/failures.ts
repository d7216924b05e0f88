// What OpenAI's refusals mean and what a person can do about each. Source: OpenAI's error guide and its official client.
import { excerptOf } from '../answer';
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure, type FailureDetails } from '../failure';
import {
	failureByRules,
	MODERATION_ADVICE,
	NO_CODE,
	RATE_LIMIT,
	taskFailure,
	type FailureRule,
} from '../failureRules';
import { errorSchema, type ErrorDetails } from '../openAiShapes';

const NAME = 'OpenAI';
const MODERATION =
	/moderation_blocked|content_filter|content_policy|bio_policy|policy_violation|image_generation_user_error|safety/i;

const RULES: readonly FailureRule[] = [
	{
		kind: 'moderation',
		code: MODERATION,
		advice: MODERATION_ADVICE,
	},
	{
		kind: 'forbidden',
		status: 403,
		message: /organization must be verified/i,
		advice:
			"OpenAI gives this model only to verified organizations. Someone with the owner's role opens platform.openai.com > Settings > Organization > General and clicks Verify. It takes effect within 15 minutes. Until then, choose another model.",
	},
	{
		kind: 'auth',
		status: 401,
		advice: 'Open the OpenAI credential and check the API Key, the Organization and the Project.',
	},
	{
		kind: 'modelGone',
		code: /model_not_found|model_deprecated/i,
		advice:
			'Open the Model field and choose one from the list: it shows what your account can use today.',
	},
	{
		kind: 'balance',
		code: /insufficient_quota|billing_hard_limit_reached|billing_not_active/i,
		advice:
			'The quota of this account is used up. Add credit or raise the limit under platform.openai.com > Settings > Billing, then run this again. Nothing was charged.',
	},
	RATE_LIMIT,
	{
		kind: 'badRequest',
		code: /unknown_parameter/i,
		advice:
			"Remove the named setting from the Options: this model doesn't have it. Nothing was charged.",
	},
	{
		kind: 'forbidden',
		status: 403,
		advice: 'Check what this API Key, its project and its region may use.',
	},
	{
		kind: 'notFound',
		status: 404,
		advice: 'Check the ID, and the Base URL in the credential.',
	},
	{
		// Sent again, it would only be refused again, unlike other conflicts.
		kind: 'forbidden',
		status: 409,
		message: /cancel/i,
		advice: 'It had already ended. Fetch what was made with Task: Get or Batch: Get Results.',
	},
	{ kind: 'tooLarge', status: 413, advice: 'Use smaller files.' },
	{
		kind: 'badRequest',
		status: 400,
		advice: 'Change the named setting and run this again. Nothing was charged.',
	},
];

/** Names what went wrong in an answer that isn't 2xx. */
export function readFailure(answer: HttpAnswer): ImageFailure {
	const parsed = errorSchema.safeParse(answer.body);
	const error = parsed.success ? parsed.data.error : undefined;
	// Where there is no code, the type may say as much.
	const named = error && { ...error, code: error.code ?? error.type };
	const failure = failureByRules(NAME, RULES, answer, named);
	return failure.details.kind === 'moderation' && error
		? new ImageFailure({ ...failure.details, message: moderationMessage(error) })
		: failure;
}

/** Says why a background task ended without images. */
export function readTaskFailure(task: ImageTask): ImageFailure {
	return taskFailure(NAME, task, {
		isRefused: MODERATION.test(task.failure?.code ?? ''),
		ifFailed: 'Run this again, or change the Prompt or the model.',
	});
}

/** The failure of one line of a batch. Without a status, its request was never made. */
export function lineFailure(error: ErrorDetails, status: number | undefined): FailureDetails {
	if (status !== undefined) {
		const answer = { status, headers: {}, body: { error }, receivedAt: new Date(0) };
		return readFailure(answer).details;
	}
	const failure = {
		code: error.code ?? NO_CODE,
		message: error.message ?? 'The image was not made.',
	};
	return readTaskFailure({ id: '', status: 'failed', images: [], failure, raw: {} }).details;
}

/** The failure of a line of which nobody can tell what became of it. */
export function unreadableLine(line: unknown): FailureDetails {
	return {
		kind: 'unreadableAnswer',
		message: 'OpenAI: this line of the results could not be read.',
		advice:
			'It may have been charged. Fetch the results again, or look at their file under platform.openai.com > Storage.',
		excerpt: excerptOf(line),
	};
}

/** Whether the prompt was refused or what was drawn from it, and for what. */
export function moderationMessage({ message, moderation_details: details }: ErrorDetails): string {
	const what =
		details?.moderation_stage === 'output'
			? 'OpenAI drew the image, but its safety check held it back'
			: "OpenAI's safety check refused the request";
	const categories = details?.categories?.length ? ` (${details.categories.join(', ')})` : '';
	return `${what}${categories}: ${message ?? 'no reason was given.'}`;
}
