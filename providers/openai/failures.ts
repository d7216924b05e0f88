// What OpenAI's refusals mean and what a person can do about each. Source: OpenAI's error guide and its official client.
import { excerptOf } from '../answers/parseAnswer';
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure, type FailureDetails, type FailureKind } from '../failure';
import { failureByRules } from '../answers/answerFailure';
import {
	BAD_KEY,
	KEY_LIMIT,
	NO_CHANNEL,
	NO_SUCH_MODEL,
	NOTHING_THERE,
	RATE_LIMIT,
	REFUSAL,
	UNFETCHED,
	type FailureRule,
} from '../answers/failureRules';
import { NO_CODE, taskFailure } from '../answers/taskFailure';
import { fieldsOf } from '../answers/loose';
import { errorDetails, type ErrorDetails } from '../answers/openAiShapes';
import { refusesByCode, refusesInWords } from '../answers/refusals';
import { errorOf, toldErrorIn, type ToldError } from '../answers/toldError';
import { HOW_TO_OPEN } from '../answers/unfetched';

const NAME = 'OpenAI';
/** Our own name for what a model tells in words where it should draw. */
export const REFUSED_IN_WORDS = 'refusal';
const MODEL_ADVICE =
	'Open the Model field and choose one from the list: it shows what your account can use today.';

const MAY_NOT_ADVICE = 'Check what this API Key, its project and its region may use.';

/** By these OpenAI says that it is too busy to take a request. A bare 503 may come from a proxy after the work. */
const BUSY = /overloaded|slow_down/i;
const BUSY_WORDS = /currently overloaded|slow down/i;
const OVERLOADED_ADVICE = 'OpenAI is overloaded right now. Try again in a few minutes.';

/** That a model takes no form of answer, or not this one: as OpenAI says it, and as compatible servers do. */
const NO_SUCH_ANSWER = (message: string): boolean =>
	/\b(?:response_format|json_schema|json_object)\b/i.test(message) &&
	/\b(?:not support(?:ed)?|doesn't support|unsupported|not valid|invalid value)\b/i.test(message);

const RULES: readonly FailureRule[] = [
	{
		kind: 'forbidden',
		message: /must be verified/i,
		isAboutModel: true,
		advice:
			"OpenAI gives this model only to verified organizations. Someone with the owner's role opens platform.openai.com > Settings > Organization > General and clicks Verify. It takes effect within 15 minutes. Until then, choose another model.",
	},
	{
		// The key is right, and lacks a right.
		kind: 'forbidden',
		status: 401,
		message: /insufficient permissions|missing scopes/i,
		advice: MAY_NOT_ADVICE,
	},
	{
		kind: 'auth',
		status: 401,
		advice: 'Open the OpenAI credential and check the API Key, the Organization and the Project.',
	},
	{
		kind: 'auth',
		status: 400,
		message: BAD_KEY,
		advice: 'Open the OpenAI credential and check the API Key and the Base URL.',
	},
	{
		kind: 'modelGone',
		code: /model_not_found|model_deprecated/i,
		isAboutModel: true,
		advice: MODEL_ADVICE,
	},
	{
		kind: 'modelGone',
		status: [400, 403, 404],
		message: NO_SUCH_MODEL,
		isAboutModel: true,
		advice: MODEL_ADVICE,
	},
	REFUSAL,
	KEY_LIMIT,
	NO_CHANNEL,
	{
		kind: 'balance',
		code: /insufficient_quota|billing_hard_limit_reached|billing_not_active/i,
		advice:
			'The quota of this account is used up. Add credit or raise the limit under platform.openai.com > Settings > Billing, then run this again. Nothing was charged for this request.',
	},
	{
		// OpenAI has no such answer; compatible servers do.
		kind: 'balance',
		status: 402,
		advice: 'Add credit in your account at this server, then run this again.',
	},
	RATE_LIMIT,
	{
		kind: 'providerDown',
		status: 503,
		code: BUSY,
		advice: OVERLOADED_ADVICE,
		notTaken: true,
	},
	{
		kind: 'providerDown',
		status: 503,
		message: BUSY_WORDS,
		advice: OVERLOADED_ADVICE,
		notTaken: true,
	},
	{
		kind: 'badRequest',
		message: NO_SUCH_ANSWER,
		isAboutModel: true,
		advice:
			"This model can't answer in that form. Set Answer In to Text, or choose another Model. Nothing was charged for this request.",
	},
	{ ...UNFETCHED, advice: `${HOW_TO_OPEN} Nothing was charged for this request.` },
	{
		kind: 'badRequest',
		code: /unknown_parameter/i,
		isAboutModel: true,
		advice:
			"Remove the named setting from the Options: this model doesn't have it. Nothing was charged for this request.",
	},
	{
		kind: 'forbidden',
		status: 403,
		advice: MAY_NOT_ADVICE,
	},
	NOTHING_THERE,
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
		status: [400, 422],
		needsReason: true,
		advice: 'Change the named setting and run this again. Nothing was charged for this request.',
	},
];

const OK = 200;

/** Names what went wrong in an error answer, be it under HTTP 200. */
export function readFailure(answer: HttpAnswer): ImageFailure {
	const error = toldErrorIn(answer.body);
	// Where there is no code, the type may say as much.
	const named = error && { ...error, code: error.code ?? error.type };
	const failure = failureByRules(NAME, RULES, answer, named);
	return failure.details.kind === 'moderation' && error
		? refusal(failure.details, detailsOf(error), answer.status)
		: failure;
}

/**
 * What it drew before the check held it back, may have been charged: OpenAI doesn't say. Nor does anybody of what was
 * refused in the answer to a request that was taken.
 */
function refusal(details: FailureDetails, error: ErrorDetails, status: number): ImageFailure {
	const isTold = status === OK || isDrawn(error);
	return new ImageFailure({
		...details,
		...(isTold && { advice: `${details.advice} It may have been charged.` }),
		message: moderationMessage(error),
		...(isDrawn(error) && { mayBeCharged: true }),
	});
}

/** The error of an answer, or of a part of one, under that name. */
export function errorIn(part: unknown): ErrorDetails | undefined {
	const error = errorOf(fieldsOf(part).error);
	return error && detailsOf(error);
}

/** What an answer tells that has nothing else. */
export function wordsIn(body: unknown): ErrorDetails | undefined {
	const error = toldErrorIn(body);
	return error && detailsOf(error);
}

/** With what OpenAI alone tells of a refusal. */
function detailsOf({ message, code, type, param, status, details }: ToldError): ErrorDetails {
	const { moderation_details } = errorDetails.parse(details ?? {});
	return { message, code, type, param, status, moderation_details };
}

/**
 * The failure of an error that came under HTTP 200, so that its code has to tell what the status would. Where it
 * doesn't say that the request was refused, it is of the given kind: the work may have been done. Creates, questions and
 * lines of a batch are answered so: all of them name a model.
 */
export function failureWithoutStatus(
	answer: HttpAnswer,
	error: ErrorDetails,
	kind: FailureKind,
): ImageFailure {
	const { details } = readFailure({ ...answer, body: { error }, namesModel: true });
	const isRefused = details.kind !== 'unreadableAnswer' && details.kind !== 'providerDown';
	return new ImageFailure({
		...details,
		kind: isRefused ? details.kind : kind,
		status: answer.status,
		notTaken: undefined,
	});
}

const MAY_BE_REFUSAL = /^(invalid_prompt|no_image|image_generation_user_error)$/;

/** What to do about the codes that OpenAI's document lists for a failed response. */
const TASK_ADVICE: ReadonlyArray<readonly [code: RegExp, advice: string]> = [
	[/^rate_limit_exceeded$/, RATE_LIMIT.advice],
	[/^(server_error|vector_store_timeout)$/, 'OpenAI had a problem. Run this again in a minute.'],
	[/^invalid_prompt$/, 'Change the Prompt.'],
	[/^(invalid_image_url|failed_to_download_image|image_file_not_found)$/, HOW_TO_OPEN],
	[/^(image_too_large|image_file_too_large)$/, 'Make the input images smaller.'],
	[/^image_too_small$/, 'Use larger input images.'],
	[
		/^(invalid_image|invalid_image_format|invalid_base64_image|image_parse_error|invalid_image_mode|unsupported_image_media_type|empty_image_file)$/,
		'OpenAI could not read an input image. Save it as PNG, JPEG or WebP, for instance with the Edit Image node.',
	],
];
/** Says why a background task ended without images. */
export function readTaskFailure(task: ImageTask): ImageFailure {
	const { code = '', message = '' } = task.failure ?? {};
	const isRefusal = code === REFUSED_IN_WORDS || refusesByCode({ code });
	return taskFailure(NAME, task, {
		// The code of a prompt that isn't valid also stands where the content was refused: then its message says so.
		isRefused: isRefusal || (MAY_BE_REFUSAL.test(code) && refusesInWords({ message })),
		ifFailed:
			TASK_ADVICE.find(([codes]) => codes.test(code))?.[1] ??
			'Run this again, or change the Prompt or the model.',
	});
}

/** The failure of one line of a batch. Without a status, its request was never made. */
export function lineFailure(error: ErrorDetails, status: number | undefined): FailureDetails {
	if (status !== undefined) {
		const answer: HttpAnswer = {
			status,
			headers: {},
			body: { error },
			receivedAt: new Date(0),
			namesModel: true,
		};
		return readFailure(answer).details;
	}
	const failure = {
		code: error.code ?? NO_CODE,
		message: error.message ?? 'The image was not made.',
	};
	return readTaskFailure({ id: '', status: 'failed', images: [], failure, raw: {} }).details;
}

const LOOK_AT_FILE =
	'Fetch the results again, or look at their file under platform.openai.com > Storage.';

/** The failure of a line of which nobody can tell what became of it, or what became of the rest of it. */
export function unreadableLine(line: unknown, isPartly = false): FailureDetails {
	return {
		kind: 'unreadableAnswer',
		message: isPartly
			? 'OpenAI: the rest of this line of the results could not be read.'
			: 'OpenAI: this line of the results could not be read.',
		advice: `It may have been charged. ${LOOK_AT_FILE}`,
		excerpt: excerptOf(line),
	};
}

/** The failure of a line whose answer names no image. */
export function lineWithoutImage(): FailureDetails {
	return {
		kind: 'noImage',
		message: `${NAME} answered this line without an image.`,
		advice: 'It may have been charged. Change its Prompt, or the model.',
	};
}

/** The failure of lines that the batch counts, but that stand in none of its files. */
export function missingLines(count: number): FailureDetails {
	return {
		kind: 'unreadableAnswer',
		message:
			count === 1
				? 'This result is missing: the batch counts it, but it stands in none of its files.'
				: `${count} results are missing: the batch counts them, but they stand in none of its files.`,
		advice: `It was done, and may have been charged. ${LOOK_AT_FILE}`,
	};
}

/** Whether the prompt was refused or what was drawn from it, and for what. */
export function moderationMessage(error: ErrorDetails): string {
	const { message, moderation_details: details } = error;
	const what = isDrawn(error)
		? 'OpenAI drew the image, but its safety check held it back'
		: "OpenAI's safety check refused the request";
	const categories = details?.categories?.length ? ` (${details.categories.join(', ')})` : '';
	return `${what}${categories}: ${message ?? 'no reason was given.'}`;
}

function isDrawn({ moderation_details: details }: ErrorDetails): boolean {
	return details?.moderation_stage === 'output';
}
