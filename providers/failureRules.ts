// Names what went wrong: in an error answer, by a provider's table of rules, and in a task that ended without images.
import { excerptOf, isWebPage, requestIdOf, retryAfterOf, shouldRetryOf } from './answer';
import type { HttpAnswer, ImageTask } from './contract';
import { ImageFailure, type FailureKind } from './failure';
import { JUDGED_CHARACTERS, shortened, shownText } from './texts';

/** What is left out fits anything. */
export interface FailureRule {
	kind: FailureKind;
	status?: number;
	code?: RegExp;
	message?: RegExp | ((message: string) => boolean);
	advice: string;
	/** Set where the provider says by this that it didn't take the request. */
	notTaken?: boolean;
}

/** Too many requests: said the same way by every provider. */
export const RATE_LIMIT: FailureRule = {
	kind: 'rateLimit',
	status: 429,
	advice:
		'Too many requests in a short time. Lower Concurrency in the Options, or run this again a little later.',
};

/** What to do about a refusal of the content. */
export const MODERATION_ADVICE =
	'Change the Prompt or the input images: sent again unchanged, they will be refused again.';

/** Stands in a task's failure where the provider tells no code. */
export const NO_CODE = 'unknown';

/** An error as the provider's answer told it, where it could be read. */
export interface ProviderError {
	code?: string | null;
	message?: string | null;
	/** The setting that the error is about. */
	param?: string | null;
	/** What the provider itself says to do about it. */
	suggestion?: string | null;
}

const LONGEST_NAME = 200;

/**
 * The first rule that fits decides on kind and advice. Without one, the status does. An error under HTTP 200 has the
 * status that its code names; where it names none, nobody can tell what was done.
 */
export function failureByRules(
	provider: string,
	rules: readonly FailureRule[],
	answer: HttpAnswer,
	given: ProviderError | undefined,
): ImageFailure {
	const error = given && cut(given);
	const status = statusOf(answer.status, error?.code);
	const rule = rules.find((each) => fits(each, status, error));
	const advice = rule?.advice ?? adviceWithoutRule(status);
	const suggestion = error?.suggestion ? ` ${provider} suggests: ${error.suggestion}` : '';
	return new ImageFailure({
		kind: rule?.kind ?? kindOf(status),
		message: messageOf(provider, answer, error),
		advice: `${advice}${suggestion}`,
		status,
		code: error?.code ?? undefined,
		requestId: requestIdOf(answer),
		retryAfterSeconds: retryAfterOf(answer),
		shouldRetry: shouldRetryOf(answer),
		notTaken: rule?.notTaken,
		excerpt: error ? undefined : excerptOf(answer.body),
	});
}

/** No text of an error is looked at further than this: it may be megabytes long. */
function cut({ code, message, param, suggestion }: ProviderError): ProviderError {
	return {
		code: code && shortened(code, LONGEST_NAME),
		message: message && shortened(message, JUDGED_CHARACTERS),
		param: param && shortened(param, LONGEST_NAME),
		suggestion: suggestion && shownText(suggestion),
	};
}

function fits(rule: FailureRule, answered: number, error: ProviderError | undefined): boolean {
	const { status, code, message } = rule;
	const words = error?.message ?? '';
	return (
		(status === undefined || status === answered) &&
		(code === undefined || code.test(error?.code ?? '')) &&
		(message === undefined || (message instanceof RegExp ? message.test(words) : message(words)))
	);
}

function statusOf(answered: number, code: string | null | undefined): number {
	return answered < 300 && /^[45]\d\d$/.test(code ?? '') ? Number(code) : answered;
}

function kindOf(status: number): FailureKind {
	if (isDown(status)) return 'providerDown';
	return status < 300 ? 'unreadableAnswer' : 'badRequest';
}

/** What only the provider knows of a task that ended without images. */
interface TaskEnd {
	/** Whether the content was refused. */
	isRefused: boolean;
	/** What to do when it failed for another reason. */
	ifFailed: string;
	/** What to do when it was cancelled. */
	ifCancelled?: string;
}

/** Says why a task ended as failed or cancelled. */
export function taskFailure(
	provider: string,
	{ id, status, failure }: ImageTask,
	{ isRefused, ifFailed, ifCancelled = 'Run this again to start a new one.' }: TaskEnd,
): ImageFailure {
	const taskId = id || undefined;
	if (status === 'cancelled') {
		return new ImageFailure({
			kind: 'taskFailed',
			message: `${provider}: the task was cancelled before any image was made.`,
			advice: ifCancelled,
			taskId,
		});
	}
	const { code, message = 'no image was made.' } = failure ?? {};
	return new ImageFailure({
		kind: isRefused ? 'moderation' : 'taskFailed',
		// Some messages are in our own words already, and these name the provider.
		message: shownText(message.startsWith(provider) ? message : `${provider}: ${message}`),
		advice: isRefused ? MODERATION_ADVICE : ifFailed,
		code: code === NO_CODE ? undefined : code?.slice(0, LONGEST_NAME),
		taskId,
	});
}

function messageOf(provider: string, answer: HttpAnswer, error?: ProviderError): string {
	if (error?.message) {
		const { message, param } = error;
		const named = param && !message.includes(param) ? ` (setting: ${param})` : '';
		return `${provider}: ${shownText(message)}${named}`;
	}
	const what = isWebPage(answer.body) ? 'a web page instead of data' : 'an error without a message';
	return `${provider} answered with ${what} (HTTP ${answer.status}).`;
}

function adviceWithoutRule(status: number): string {
	return isDown(status)
		? 'The service has a problem right now. Try again in a few minutes.'
		: 'Check the settings and the Base URL in the credential.';
}

/** Also by these three a server or a gateway says that it could not do the work in time. */
function isDown(status: number): boolean {
	return status >= 500 || status === 408 || status === 425 || status === 499;
}
