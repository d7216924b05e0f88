// Names what went wrong: in an error answer, by a provider's table of rules, and in a task that ended without images.
import { fieldOfParam } from '../fieldNames';
import {
	excerptOf,
	isWebPage,
	requestIdOf,
	retryAfterOf,
	shouldRetryOf,
	unreadable,
} from './parseAnswer';
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure, type FailureKind } from '../failure';
import { refusesByCode, refusesContent, refusesInWords } from './refusals';
import { JUDGED_CHARACTERS, shortened, shownText } from './texts';
import { nameOfError, silentErrorIn, type ToldError } from './toldError';
import { HOW_TO_OPEN, isUnfetched } from './unfetched';

/** What is left out fits anything. */
export interface FailureRule {
	kind: FailureKind;
	status?: number | readonly number[];
	code?: RegExp;
	message?: RegExp | ((message: string) => boolean);
	/** Whether it is for errors that say that the content was refused. */
	isRefusal?: true;
	/** Whether it is for errors that say that an input image could not be fetched from its address. */
	isUnfetched?: true;
	/** Whether it speaks of the model, so that it is for answers to requests about one. */
	isAboutModel?: true;
	advice: string;
	/** Whether it is of use only where the provider tells a reason, in words or by a code. */
	needsReason?: true;
	/** Set where the provider says by this that it didn't take the request. */
	notTaken?: boolean;
	/** Set where the provider says by this that it has taken another request under the same key. */
	keyTaken?: boolean;
}

/** Too many requests: said the same way by every provider. */
export const RATE_LIMIT: FailureRule = {
	kind: 'rateLimit',
	status: 429,
	advice:
		'Too many requests in a short time. Lower Concurrency in the Options, or run this again a little later.',
};

/** A key may have a limit of its own, beside the balance. EvoLink and gateways say so by these codes. */
export const KEY_LIMIT: FailureRule = {
	kind: 'balance',
	code: /key_quota|token_(daily_)?quota/i,
	advice:
		"This API Key has used up its own limit, whatever your balance is. Raise the key's limit in your account, wait until it begins anew, or use another key in the credential.",
};

/** That the balance is gone, by the codes that servers have for it. */
export const NO_BALANCE = /insufficient_(user_)?(credit|quota|balance)/i;

const TOO_LARGE: FailureRule = {
	kind: 'tooLarge',
	status: 413,
	advice: 'Use smaller files.',
};

/** What EvoLink and gateways say that send requests on to others. */
export const NO_CHANNEL: FailureRule = {
	kind: 'providerDown',
	code: /no_available_channel/i,
	isAboutModel: true,
	advice:
		'Nobody serves this model there at this moment. Try again in a minute, or choose another model.',
	notTaken: true,
};

/** What to do about a refusal of the content. */
export const MODERATION_ADVICE =
	'Change the Prompt or the input images: sent again unchanged, they will be refused again.';

/** A refusal of the content: also said the same way by every provider. */
export const REFUSAL: FailureRule = {
	kind: 'moderation',
	isRefusal: true,
	advice: MODERATION_ADVICE,
};

/** That an input image could not be fetched: nothing was made of it. */
export const UNFETCHED: FailureRule = {
	kind: 'badRequest',
	status: [400, 422],
	isUnfetched: true,
	advice: HOW_TO_OPEN,
};

/** That a model isn't there or is gone, in words, as servers without codes have it. */
export const NO_SUCH_MODEL =
	/^(?:(?!\b(?:task|response|file|batch|prediction|job)\b)[^]){0,300}?\bmodel\b(?:(?!\b(?:task|response|file|batch|prediction|job)\b)[^]){0,150}?\b(?:does not exist|doesn't exist|do(?:es)? not have access|not found|has been (?:shut down|deprecated|retired|removed)|is (?:deprecated|no longer available))\b/i;

/** That an order, which names no task, led nowhere. */
export const NOTHING_THERE: FailureRule = {
	kind: 'notFound',
	status: 404,
	isAboutModel: true,
	advice: 'Check the Base URL in the credential, and the Model.',
};

/** What a person is told to do at one provider. */
interface Advice {
	auth: string;
	balance: string;
	forbidden: string;
	/** Where a model was asked for, if that is something else. */
	forbiddenModel?: string;
	modelGone: string;
	notFound: string;
	badRequest?: string;
	unfetched?: string;
}

/** What nearly every provider means by its answers. `own` is what only this one means: it stands before what else fits a status. */
export function usualRules(advice: Advice, own: readonly FailureRule[] = []): FailureRule[] {
	const { badRequest = 'Change the named setting and run this again.' } = advice;
	const { unfetched = UNFETCHED.advice } = advice;
	return [
		REFUSAL,
		KEY_LIMIT,
		NO_CHANNEL,
		{ ...UNFETCHED, advice: unfetched },
		...own,
		{ kind: 'auth', status: 401, advice: advice.auth },
		{ kind: 'balance', status: 402, advice: advice.balance },
		{ kind: 'balance', code: NO_BALANCE, advice: advice.balance },
		{
			kind: 'forbidden',
			status: 403,
			isAboutModel: true,
			advice: advice.forbiddenModel ?? advice.forbidden,
		},
		{ kind: 'forbidden', status: 403, advice: advice.forbidden },
		{
			kind: 'modelGone',
			status: [400, 404],
			message: NO_SUCH_MODEL,
			isAboutModel: true,
			advice: advice.modelGone,
		},
		NOTHING_THERE,
		{ kind: 'notFound', status: 404, advice: advice.notFound },
		TOO_LARGE,
		RATE_LIMIT,
		{ kind: 'badRequest', status: [400, 415, 422], needsReason: true, advice: badRequest },
	];
}

/** That the key is wrong, as Google's servers say it under 400. */
export const BAD_KEY = /\bAPI key (is )?(not valid|invalid|expired)\b/i;

/** Stands in a task's failure where the provider tells no code. */
export const NO_CODE = 'unknown';

const LONGEST_NAME = 200;
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

function suggested(provider: string, suggestion: string | undefined): string {
	return suggestion ? ` ${provider} suggests: ${shownText(suggestion)}` : '';
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

/** What only the provider knows of a task that ended without images. */
interface TaskEnd {
	/** Whether the content was refused, where the failure's code and words alone don't tell. */
	isRefused?: boolean;
	/** What to do when it failed for another reason. */
	ifFailed: string;
	/** What to do when it was cancelled. */
	ifCancelled?: string;
	/** Whether nothing is charged for a task that failed. */
	isFree?: boolean;
	/** What the provider itself says to do. */
	suggestion?: string;
}

/** Says why a task ended as failed or cancelled. */
export function taskFailure(
	provider: string,
	{ id, status, failure }: ImageTask,
	{
		isRefused = refusesContent(failure ?? {}),
		ifFailed,
		ifCancelled = 'Run this again to start a new one.',
		isFree = false,
		suggestion,
	}: TaskEnd,
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
		advice: `${isRefused ? MODERATION_ADVICE : ifFailed}${suggested(provider, suggestion)}`,
		code: code === NO_CODE ? undefined : code?.slice(0, LONGEST_NAME),
		taskId,
		...(isUnfetched(failure ?? {}) && { unfetched: true }),
		...(isFree && { mayBeCharged: false }),
	});
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
