// What Core.Today's refusals mean. The shape of its error body isn't documented, so every usual one is read.
import type { HttpAnswer, ImageTask } from '../contract';
import type { ImageFailure } from '../failure';
import {
	failureByRules,
	MODERATION_ADVICE,
	RATE_LIMIT,
	taskFailure,
	type FailureRule,
	type ProviderError,
} from '../failureRules';
import { listOf, objectOf, textOf, wordOf } from '../loose';
import { NAMES } from './schemas';

const NAME = 'Core.Today';
/** Of a list of what is wrong with a request, as many are shown. */
const MOST_PROBLEMS = 5;
const MODERATION = /moderation|content.policy|safety|nsfw|sensitive/i;
const MODEL = /\bmodels?\b(?!\s+(prediction|job|task|run|output|result))/i;
const PREDICTION = /\b(prediction|job|task)/i;

/**
 * A 404 is about the model where that is named before any prediction. Answers about a prediction may name a model too,
 * be it in the prediction's ID, and it is on this difference that the trigger tells an unknown task.
 */
function isAboutModel(message: string): boolean {
	const model = MODEL.exec(message)?.index ?? Infinity;
	return model < (PREDICTION.exec(message)?.index ?? Infinity);
}

const RULES: readonly FailureRule[] = [
	{ kind: 'moderation', code: MODERATION, advice: MODERATION_ADVICE },
	{ kind: 'moderation', status: 400, message: MODERATION, advice: MODERATION_ADVICE },
	{
		kind: 'auth',
		status: 401,
		advice: 'Open the Core.Today credential and check the API Key. It begins with cdt_.',
	},
	{
		kind: 'balance',
		status: 402,
		advice:
			'Add credits in your Core.Today account, then run this again. Nothing was charged for this request.',
	},
	{
		kind: 'balance',
		message: /insufficient[^]{0,100}?(credit|balance)|not enough credit/i,
		advice: 'Add credits in your Core.Today account, then run this again.',
	},
	{
		kind: 'forbidden',
		status: 403,
		advice: 'Check in your Core.Today account what this API Key may use.',
	},
	{
		kind: 'modelGone',
		status: 404,
		message: isAboutModel,
		advice: 'Check the Model: it is written as OWNER/NAME, such as openai/gpt-image-2.',
	},
	{
		kind: 'notFound',
		status: 404,
		advice: 'Check the ID, and the Base URL in the credential.',
	},
	{ kind: 'tooLarge', status: 413, advice: 'Use smaller files.' },
	RATE_LIMIT,
	{
		kind: 'badRequest',
		status: 400,
		advice: 'Change the named setting and run this again.',
	},
	{
		kind: 'badRequest',
		status: 422,
		advice: 'Change the named setting and run this again.',
	},
];

export function readFailure(answer: HttpAnswer): ImageFailure {
	return failureByRules(NAME, RULES, answer, errorIn(answer.body));
}

/** The error of a body or of a failed task: `error.message`, `error`, `detail` or `message`, whichever is there. */
export function errorIn(body: unknown): ProviderError | undefined {
	const object = objectOf(body);
	if (!object) return undefined;
	for (const name of NAMES.failure) {
		const error = errorAt(object[name]);
		if (error) return error;
	}
	return undefined;
}

/** As text, as the message of an object, or as a list of what is wrong. */
function errorAt(value: unknown): ProviderError | undefined {
	const told = objectOf(value);
	const message =
		textOf(value) ??
		textOf(told?.message) ??
		listOf(value)
			?.slice(0, MOST_PROBLEMS)
			.flatMap((each) => textOf(objectOf(each)?.msg) ?? [])
			.join('; ');
	return message ? { message, code: wordOf(told?.code) } : undefined;
}

/** Says why a task ended without an image. */
export function readTaskFailure(task: ImageTask): ImageFailure {
	const { code = '', message = '' } = task.failure ?? {};
	return taskFailure(NAME, task, {
		isRefused: MODERATION.test(`${code} ${message}`),
		ifFailed:
			'Run this again, or change the Prompt. Whether a failed task was charged is shown in your Core.Today account.',
	});
}
