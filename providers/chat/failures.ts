// What gateways' refusals mean and what a person can do about each. Their codes are an open set, so rules match on parts.
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure } from '../failure';
import { failureByRules, MODERATION_ADVICE, RATE_LIMIT, type FailureRule } from '../failureRules';
import { errorSchema } from '../openAiShapes';

export const NAME = 'The gateway';

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
		kind: 'modelGone',
		code: /model_not_found|no_available_channel/i,
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
	const parsed = errorSchema.safeParse(answer.body);
	return failureByRules(NAME, RULES, answer, parsed.success ? parsed.data.error : undefined);
}

/** Says why an answer has no image. */
export function readTaskFailure({ failure }: ImageTask): ImageFailure {
	return new ImageFailure({
		kind: 'noImage',
		message: failure?.message ?? 'The model answered without an image.',
		advice:
			'Change the Prompt, or choose a model that draws. The answer may have been charged all the same.',
	});
}
