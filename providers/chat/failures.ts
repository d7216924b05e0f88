// What gateways' refusals mean and what a person can do about each. Their codes are an open set, so rules match on parts.
import { requestIdOf } from '../answers/parseAnswer';
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure } from '../failure';
import { failureByRules } from '../answers/answerFailure';
import {
	BAD_KEY,
	KEY_LIMIT,
	MODERATION_ADVICE,
	NO_CHANNEL,
	NO_SUCH_MODEL,
	RATE_LIMIT,
	REFUSAL,
	UNFETCHED,
	type FailureRule,
} from '../answers/failureRules';
import { shortened } from '../answers/texts';
import { silentErrorIn, toldErrorIn, type ToldError } from '../answers/toldError';
import type { ChatAnswer } from './chatAnswer';

export const NAME = 'The gateway';
export const WHERE_TO_LOOK = 'Your account at the gateway shows what was charged.';

const MODEL_ADVICE = 'Choose a Model that your gateway offers today.';
const MAY_BE_CHARGED = `It may have been charged. ${WHERE_TO_LOOK}`;
const NO_IMAGE = 'The model answered without an image';

const RULES: readonly FailureRule[] = [
	REFUSAL,
	{ kind: 'auth', status: 401, advice: 'Open the credential and check the API Key.' },
	{
		kind: 'auth',
		status: 400,
		message: BAD_KEY,
		advice: 'Open the credential and check the API Key.',
	},
	KEY_LIMIT,
	NO_CHANNEL,
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
		code: /overloaded|server_busy/i,
		isAboutModel: true,
		advice:
			'The gateway has no room for this model right now. Try again in a minute, or choose another Model.',
		notTaken: true,
	},
	{
		kind: 'modelGone',
		code: /model_not_found/i,
		isAboutModel: true,
		advice: MODEL_ADVICE,
	},
	{
		kind: 'modelGone',
		status: [400, 404],
		message: NO_SUCH_MODEL,
		isAboutModel: true,
		advice: MODEL_ADVICE,
	},
	{
		kind: 'forbidden',
		status: 403,
		advice: 'Check at the gateway what this API Key may use.',
	},
	{
		kind: 'notFound',
		status: 404,
		isAboutModel: true,
		advice: 'Check the Base URL in the credential, with or without /v1 at its end, and the Model.',
	},
	{
		kind: 'notFound',
		status: 404,
		advice: 'Check the Base URL in the credential, with or without /v1 at its end.',
	},
	{ kind: 'tooLarge', status: 413, advice: 'Use fewer or smaller input images.' },
	RATE_LIMIT,
	UNFETCHED,
	{
		kind: 'badRequest',
		status: [400, 422],
		needsReason: true,
		advice: 'Change the named setting, or remove it from the Options: not every gateway has it.',
	},
];

/** Names what went wrong in an error answer, be it under HTTP 200. */
export function readFailure(answer: HttpAnswer): ImageFailure {
	return failureOf(answer, toldErrorIn(answer.body));
}

/** Says why an answer has no image: an error, a refusal, a picture that is cut, or words in its place. */
export function withoutImage(answer: HttpAnswer, chat: ChatAnswer, said: string): ImageFailure {
	const { choices, isFiltered, isBrokenOff, usage } = chat;
	const requestId = requestIdOf(answer);
	const words = shortened(said.replace(/\s+/g, ' ').trim());
	const isSilent = words === '' && !isFiltered;
	const error = chat.error ?? (isSilent ? silentErrorIn(answer.body) : undefined);
	if (error) return errorInstead(answer, error, words, usage);
	if (isFiltered || choices.some(({ refusal }) => refusal !== '')) {
		return new ImageFailure({
			kind: 'moderation',
			message: isFiltered
				? `A content filter held the answer back.${words && ` The model said: "${words}"`}`
				: `The model refused: "${words}"`,
			advice: `${MODERATION_ADVICE} ${MAY_BE_CHARGED}`,
			requestId,
			usage,
		});
	}
	const isCut = isBrokenOff || choices.some((choice) => choice.isCut);
	return new ImageFailure({
		kind: isCut ? 'unreadableAnswer' : 'noImage',
		message: isCut
			? `${NAME}'s answer broke off before the picture was whole.`
			: words === ''
				? `${NO_IMAGE} and without a word.`
				: `${NO_IMAGE}. It said: "${words}"`,
		advice: `Change the Prompt, or choose a model that draws. ${MAY_BE_CHARGED}`,
		requestId,
		usage,
	});
}

/** Says, in the gateway's words, why an answer has fewer images than were asked for. */
export function fewerImages({ error }: ChatAnswer, said: string): ImageTask['failure'] {
	const words = shortened((said || error?.message || '').replace(/\s+/g, ' ').trim());
	return { code: 'fewer_images', message: words === '' ? '' : `${NAME} said: "${words}"` };
}

/**
 * The failure of an error under HTTP 200, whose status or code is in the body. Where neither says that the request was
 * refused, or the model had begun to speak, the work may have been done.
 */
function errorInstead(
	answer: HttpAnswer,
	error: ToldError,
	words: string,
	usage: ChatAnswer['usage'],
): ImageFailure {
	const { details } = failureOf(answer, error);
	const isClear = details.kind === 'moderation' || words === '';
	if (details.kind !== 'unreadableAnswer' && isClear) return new ImageFailure(details);
	return new ImageFailure({
		...details,
		kind: 'noImage',
		message: `${details.message}${words && ` Before that, the model said: "${words}"`}`,
		advice: `Run this again later, or choose another Model. ${MAY_BE_CHARGED}`,
		notTaken: undefined,
		usage,
	});
}

function failureOf(answer: HttpAnswer, error: ToldError | undefined): ImageFailure {
	// Some tell only the kind of the error.
	return failureByRules(NAME, RULES, answer, error && { ...error, code: error.code ?? error.type });
}

/** A finished answer without an image is told when it is read, as only then its words are there. */
export function readTaskFailure({ failure }: ImageTask): ImageFailure {
	return new ImageFailure({
		kind: 'noImage',
		message: failure?.message ?? `${NO_IMAGE}.`,
		advice: `Change the Prompt, or choose a model that draws. ${MAY_BE_CHARGED}`,
	});
}
