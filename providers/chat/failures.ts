// What gateways' refusals mean and what a person can do about each. Their codes are an open set, so rules match on parts.
import { requestIdOf } from '../answer';
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure } from '../failure';
import { failureByRules, MODERATION_ADVICE, RATE_LIMIT, type FailureRule } from '../failureRules';
import { errorSchema, type ErrorDetails } from '../openAiShapes';
import { shortened } from '../texts';
import type { ChatAnswer } from './chatAnswer';

export const NAME = 'The gateway';
export const WHERE_TO_LOOK = 'Your account at the gateway shows what was charged.';

const NO_IMAGE = 'The model answered without an image';

const RULES: readonly FailureRule[] = [
	{
		kind: 'moderation',
		code: /moderation|content_policy|safety/i,
		advice: MODERATION_ADVICE,
	},
	{ kind: 'auth', status: 401, advice: 'Open the credential and check the API Key.' },
	{
		kind: 'balance',
		status: 402,
		advice: 'Add credit in your account at the gateway, then run this again.',
	},
	{
		kind: 'balance',
		code: /insufficient_(user_)?(quota|balance|credit)/i,
		advice: 'Add credit in your account at the gateway, then run this again.',
	},
	{
		kind: 'providerDown',
		code: /overloaded|no_available_channel|server_busy/i,
		advice:
			'The gateway has no room for this model right now. Try again in a minute, or choose another Model.',
		notTaken: true,
	},
	{
		kind: 'modelGone',
		code: /model_not_found/i,
		advice: 'Choose a Model that your gateway offers today.',
	},
	{
		kind: 'forbidden',
		status: 403,
		advice: 'Check at the gateway what this API Key may use.',
	},
	{
		kind: 'notFound',
		status: 404,
		advice: 'Check the Base URL in the credential, with or without /v1 at its end, and the Model.',
	},
	{ kind: 'tooLarge', status: 413, advice: 'Use fewer or smaller input images.' },
	RATE_LIMIT,
	{
		kind: 'badRequest',
		status: 400,
		advice: 'Change the named setting, or remove it from the Options: not every gateway has it.',
	},
];

/** Names what went wrong in an answer that isn't 2xx. */
export function readFailure(answer: HttpAnswer): ImageFailure {
	return failureOf(answer, errorSchema.safeParse(answer.body).data?.error);
}

/** Says why an answer has no image. */
export function withoutImage(answer: HttpAnswer, chat: ChatAnswer, said: string): ImageFailure {
	const { error, choices, isBrokenOff, usage } = chat;
	const refusal = error && said === '' ? refusalUnder200(answer, error) : undefined;
	if (refusal) return refusal;
	const isCut = !error && (isBrokenOff || choices.some((choice) => choice.isCut));
	const words = shortened((said || error?.message || '').replace(/\s+/g, ' ').trim());
	return new ImageFailure({
		kind: isCut ? 'unreadableAnswer' : 'noImage',
		message: isCut
			? `${NAME}'s answer broke off before the picture was whole.`
			: words === ''
				? `${NO_IMAGE} and without a word.`
				: `${NO_IMAGE}. It said: "${words}"`,
		advice: `Change the Prompt, or choose a model that draws. It may have been charged. ${WHERE_TO_LOOK}`,
		requestId: requestIdOf(answer),
		usage,
	});
}

/** Some gateways tell of a refusal with HTTP 200: its status or its code is in the body. */
function refusalUnder200(answer: HttpAnswer, error: ErrorDetails): ImageFailure | undefined {
	const told = Number(error.status);
	const status = told >= 400 && told < 600 ? told : answer.status;
	const failure = failureOf({ ...answer, status }, error);
	return failure.details.kind === 'unreadableAnswer' ? undefined : failure;
}

function failureOf(answer: HttpAnswer, error: ErrorDetails | undefined): ImageFailure {
	// Some tell only the kind of the error.
	const code = error?.code ?? error?.type;
	return failureByRules(NAME, RULES, answer, error && { ...error, code });
}

/** A finished answer without an image is told when it is read, as only then its words are there. */
export function readTaskFailure({ failure }: ImageTask): ImageFailure {
	return new ImageFailure({
		kind: 'noImage',
		message: failure?.message ?? `${NO_IMAGE}.`,
		advice: `Change the Prompt, or choose a model that draws. It may have been charged. ${WHERE_TO_LOOK}`,
	});
}
