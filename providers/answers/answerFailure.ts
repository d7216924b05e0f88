// Names what went wrong in an answer, by a provider's table of rules.
import type { HttpAnswer } from '../contract';
import { ImageFailure, type FailureKind } from '../failure';
import { fieldOfParam } from '../fieldNames';
import type { FailureRule } from './failureRules';
import {
	excerptOf,
	isWebPage,
	requestIdOf,
	retryAfterOf,
	shouldRetryOf,
	unreadable,
} from './parseAnswer';
import { refusesByCode, refusesInWords } from './refusals';
import { JUDGED_CHARACTERS, LONGEST_NAME, shortened, shownText, suggested } from './texts';
import { nameOfError, silentErrorIn, type ToldError } from './toldError';
import { isUnfetched } from './unfetched';

/** With these a request is refused; 200 is here for servers that tell of errors under it. */
const REFUSING: ReadonlySet<number> = new Set([200, 400, 403, 422, 451]);
/** A web page under these may be any site's own. */
const ASKS_FOR_KEY: ReadonlySet<number> = new Set([401, 403]);
const OR_ADDRESS = 'As it was a web page that answered, check the Base URL in the credential, too.';
const TOO_MANY = /rate_?limit|too_?many_?requests|insufficient_quota|resource_?exhausted/i;
const REFUSED_REQUEST = /user_error|invalid_request/i;

/**
 * The first rule that fits decides on kind and advice. Without one, the status does. An error under HTTP 200 has the
 * status that its code names; where it names none, nobody can tell what was done. A success that tells of no error, or of
 * one without a word, is read here where it hasn't what was asked for.
 */
export function failureByRules(
	provider: string,
	rules: readonly FailureRule[],
	answer: HttpAnswer,
	given: ToldError | undefined,
): ImageFailure {
	const told = given ?? silentErrorIn(answer.body);
	if (!told && answer.status < 300) return unreadable(answer, provider);
	const error = told && cut(told);
	const status = statusOf(answer.status, error);
	const hasReason = error !== undefined && tellsReason(error, status);
	const rule = rules
		.filter(({ isAboutModel }) => !isAboutModel || answer.namesModel)
		.filter(({ needsReason }) => !needsReason || hasReason)
		.find((each) => fits(each, status, error));
	const isSilent = !hasReason && !isWebPage(answer.body);
	const advice = rule?.advice ?? adviceWithoutRule(status, isSilent);
	const isElsewhere = ASKS_FOR_KEY.has(status) && isWebPage(answer.body);
	return new ImageFailure({
		kind: rule?.kind ?? kindOf(status),
		message: messageOf(provider, answer, error),
		advice: `${advice}${isElsewhere ? ` ${OR_ADDRESS}` : ''}${suggested(provider, error?.suggestion)}`,
		status,
		code: error?.code,
		requestId: requestIdOf(answer),
		retryAfterSeconds: retryAfterOf(answer),
		shouldRetry: shouldRetryOf(answer),
		notTaken: rule?.notTaken,
		keyTaken: rule?.keyTaken,
		unfetched: rule?.isUnfetched,
		excerpt: hasReason ? undefined : excerptOf(answer.body),
	});
}

/** A code that is the status over again tells no more than that. */
function tellsReason(error: ToldError, status: number): boolean {
	const name = nameOfError(error);
	return error.message !== undefined || (name !== undefined && name !== String(status));
}

/** No text of an error is looked at further than this: it may be megabytes long. */
function cut({ code, type, message, param, suggestion, status }: ToldError): ToldError {
	return {
		code: code && shortened(code, LONGEST_NAME),
		type: type && shortened(type, LONGEST_NAME),
		message: message && shortened(message, JUDGED_CHARACTERS),
		param: param && shortened(param, LONGEST_NAME),
		suggestion: suggestion && shortened(suggestion, JUDGED_CHARACTERS),
		status,
	};
}

function fits(rule: FailureRule, answered: number, error: ToldError = {}): boolean {
	const { status, code, message, isRefusal, isUnfetched: isOfInput } = rule;
	const name = nameOfError(error) ?? '';
	const words = error.message ?? '';
	return (
		(status === undefined || [status].flat().includes(answered)) &&
		(code === undefined || code.test(name)) &&
		(message === undefined || (message instanceof RegExp ? message.test(words) : message(words))) &&
		(isRefusal === undefined || isRefused(answered, error)) &&
		(isOfInput === undefined || isUnfetched(error))
	);
}

/** A server that is down may speak of its policies, too: words count only where a request is refused. */
function isRefused(answered: number, error: ToldError): boolean {
	return refusesByCode(error) || (REFUSING.has(answered) && refusesInWords(error));
}

/** The status that an error under HTTP 200 would have. */
function statusOf(answered: number, { status, code, type }: ToldError = {}): number {
	if (answered >= 300) return answered;
	if (status !== undefined) return status;
	const named = `${code ?? ''} ${type ?? ''}`;
	if (TOO_MANY.test(named)) return 429;
	return REFUSED_REQUEST.test(named) ? 400 : answered;
}

function kindOf(status: number): FailureKind {
	if (isDown(status)) return 'providerDown';
	return status < 300 ? 'unreadableAnswer' : 'badRequest';
}

function messageOf(provider: string, answer: HttpAnswer, error?: ToldError): string {
	if (error?.message) {
		const { message, param } = error;
		const field = param && !message.includes(param) ? fieldOfParam(param) : undefined;
		const named = field === undefined ? '' : ` (setting: ${field})`;
		return `${provider}: ${shownText(message)}${named}`;
	}
	const what = isWebPage(answer.body) ? 'a web page instead of data' : 'an error without a message';
	return `${provider} answered with ${what} (HTTP ${answer.status}).`;
}

function adviceWithoutRule(status: number, isSilent: boolean): string {
	if (isDown(status)) return 'The service has a problem right now. Try again in a few minutes.';
	return isSilent
		? 'No reason was given. Check the settings and the Base URL in the credential. If they are right, try again in a few minutes, or ask the support of the service.'
		: 'Check the settings and the Base URL in the credential.';
}

/** Also by these three a server or a gateway says that it could not do the work in time. */
function isDown(status: number): boolean {
	return status >= 500 || status === 408 || status === 425 || status === 499;
}
