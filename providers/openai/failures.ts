// What OpenAI's refusals mean and what a person can do about each. Source: OpenAI's error guide and its official client.
import { excerptOf } from '../answer';
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure, type FailureDetails, type FailureKind } from '../failure';
import {
	failureByRules,
	MODERATION_ADVICE,
	NO_CODE,
	RATE_LIMIT,
	taskFailure,
	type FailureRule,
} from '../failureRules';
import { fieldsOf } from '../loose';
import { errorSchema, type ErrorDetails } from '../openAiShapes';

const NAME = 'OpenAI';
const MODERATION =
	/moderation_blocked|content_filter|content_policy|bio_policy|policy_violation|image_generation_user_error|safety/i;

/** By these OpenAI says that it is too busy to take a request. A bare 503 may come from a proxy after the work. */
const BUSY = /overloaded|slow_down/i;
const BUSY_WORDS = /currently overloaded|slow down/i;
const OVERLOADED_ADVICE = 'OpenAI is overloaded right now. Try again in a few minutes.';

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

/** The error that an answer tells, whatever its status says. */
export function errorIn(body: unknown): ErrorDetails | undefined {
	// Most of what is asked has none, and an answer may have a million entries.
	if (!fieldsOf(body).error) return undefined;
	const read = errorSchema.safeParse(body);
	if (!read.success) return undefined;
	const { message, code, type } = read.data.error;
	return message || code || type ? read.data.error : undefined;
}

/**
 * The failure of an error that came under HTTP 200, so that its code has to tell what the status would. Where it
 * doesn't say that the request was refused, it is of the given kind: the work may have been done.
 */
export function failureWithoutStatus(
	answer: HttpAnswer,
	error: ErrorDetails,
	kind: FailureKind,
): ImageFailure {
	const status = statusNamedBy(error) ?? answer.status;
	const { details } = readFailure({ ...answer, status, body: { error } });
	const isRefused = details.kind !== 'unreadableAnswer' && details.kind !== 'providerDown';
	return new ImageFailure({
		...details,
		kind: isRefused ? details.kind : kind,
		status: answer.status,
		notTaken: undefined,
	});
}

/** The status of a refusal, by the error's own code and type. A code that is a number is read like a status anyway. */
function statusNamedBy({ code, type }: ErrorDetails): number | undefined {
	const named = `${code ?? ''} ${type ?? ''}`;
	if (/rate_limit|insufficient_quota/.test(named)) return 429;
	return /user_error|invalid_request/.test(named) ? 400 : undefined;
}

/** What to do about the codes that OpenAI's document lists for a failed response. */
const TASK_ADVICE: ReadonlyArray<readonly [code: RegExp, advice: string]> = [
	[
		/^rate_limit_exceeded$/,
		'OpenAI was asked too much in a short time. Lower Concurrency in the Options, or run this again a little later.',
	],
	[/^(server_error|vector_store_timeout)$/, 'OpenAI had a problem. Run this again in a minute.'],
	[/^invalid_prompt$/, 'Change the Prompt.'],
	[
		/^(invalid_image_url|failed_to_download_image|image_file_not_found)$/,
		'OpenAI could not fetch an input image. Its address must open without signing in; or give the image as a file.',
	],
	[/^(image_too_large|image_file_too_large)$/, 'Make the input images smaller.'],
	[/^image_too_small$/, 'Use larger input images.'],
	[
		/^(invalid_image|invalid_image_format|invalid_base64_image|image_parse_error|invalid_image_mode|unsupported_image_media_type|empty_image_file)$/,
		'OpenAI could not read an input image. Save it as PNG, JPEG or WebP, for instance with the Edit Image node.',
	],
];
/** This code also stands where the content was refused: then its message says so. */
const REFUSED_PROMPT = /flagged|polic(y|ies)|safety|moderat/i;

/** Says why a background task ended without images. */
export function readTaskFailure(task: ImageTask): ImageFailure {
	const { code = '', message = '' } = task.failure ?? {};
	return taskFailure(NAME, task, {
		isRefused: MODERATION.test(code) || (code === 'invalid_prompt' && REFUSED_PROMPT.test(message)),
		ifFailed:
			TASK_ADVICE.find(([codes]) => codes.test(code))?.[1] ??
			'Run this again, or change the Prompt or the model.',
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
export function moderationMessage({ message, moderation_details: details }: ErrorDetails): string {
	const what =
		details?.moderation_stage === 'output'
			? 'OpenAI drew the image, but its safety check held it back'
			: "OpenAI's safety check refused the request";
	const categories = details?.categories?.length ? ` (${details.categories.join(', ')})` : '';
	return `${what}${categories}: ${message ?? 'no reason was given.'}`;
}
