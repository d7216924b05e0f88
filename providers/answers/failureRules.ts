// What refusals mean, and what to do about each: a table of rules for every provider, and those that nearly all share.
import type { FailureKind } from '../failure';
import { HOW_TO_OPEN } from './unfetched';

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
