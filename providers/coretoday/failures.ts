// What Core.Today's refusals mean. The shape of its error body isn't documented, so every usual one is read.
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure } from '../failure';
import { failureByRules, type FailureRule, type ProviderError } from '../failureRules';
import { failureSchema, NAMES, objectSchema } from './schemas';

const NAME = 'Core.Today';
/** Stands where an answer tells no code. */
export const NO_CODE = 'unknown';
const MODERATION = /moderation|content.policy|safety|nsfw|sensitive/i;
/**
 * A 404 is about the model where that is named before any prediction. Answers about a prediction may name a model too,
 * be it in the prediction's ID, and it is on this difference that the trigger tells an unknown task.
 */
const MISSING_MODEL =
	/^((?!\b(prediction|job|task)).)*\bmodels?\b(?!\s+(prediction|job|task|run|output|result))/is;
const MODERATION_ADVICE =
	'Change the Prompt or the input images: sent again unchanged, they will be refused again.';

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
		message: /insufficient.*(credit|balance)|not enough credit/i,
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
		message: MISSING_MODEL,
		advice: 'Check the Model: it is written as OWNER/NAME, such as openai/gpt-image-2.',
	},
	{
		kind: 'notFound',
		status: 404,
		advice: 'Check the ID, and the Base URL in the credential.',
	},
	{ kind: 'tooLarge', status: 413, advice: 'Use smaller files.' },
	{
		kind: 'rateLimit',
		status: 429,
		advice:
			'Too many requests in a short time. Lower Concurrency in the Options, or run this again a little later.',
	},
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
	const object = objectSchema.safeParse(body);
	if (!object.success) return undefined;
	const found = NAMES.failure
		.map((name) => failureSchema.safeParse(object.data[name]))
		.find(({ success }) => success);
	return found?.data;
}

/** Says why a task ended without an image. */
export function readTaskFailure({ id, status, failure }: ImageTask): ImageFailure {
	if (status === 'cancelled') {
		return new ImageFailure({
			kind: 'taskFailed',
			message: 'Core.Today: the task was cancelled before its image was made.',
			advice: 'Run this again to start a new one.',
			taskId: id,
		});
	}
	const text = `${failure?.code ?? ''} ${failure?.message ?? ''}`;
	const isRefused = MODERATION.test(text);
	return new ImageFailure({
		kind: isRefused ? 'moderation' : 'taskFailed',
		message: `Core.Today: ${failure?.message ?? 'the image was not made.'}`,
		advice: isRefused
			? MODERATION_ADVICE
			: 'Run this again, or change the Prompt. Whether a failed task was charged is shown in your Core.Today account.',
		code: failure?.code === NO_CODE ? undefined : failure?.code,
		taskId: id,
	});
}
