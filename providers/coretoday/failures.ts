// What Core.Today's refusals mean. The shape of its error body isn't documented, so every usual one is read.
import type { HttpAnswer, ImageTask } from '../contract';
import type { ImageFailure } from '../failure';
import { failureByRules } from '../answers/answerFailure';
import { usualRules } from '../answers/failureRules';
import { taskFailure } from '../answers/taskFailure';
import { toldErrorIn } from '../answers/toldError';

const NAME = 'Core.Today';
const MODEL_ADVICE = 'Check the Model: it is written as OWNER/NAME, such as openai/gpt-image-2.';
const MODEL = /\bmodels?\b(?!\s+(prediction|job|task|run|output|result))/i;
const PREDICTION = /\b(prediction|job|task)/i;

/**
 * A 404 is about the model where that is named before any prediction. Answers about a prediction may name a model too,
 * be it in the prediction's ID, and it is on this difference that the trigger tells an unknown task.
 */
function speaksOfModel(message: string): boolean {
	const model = MODEL.exec(message)?.index ?? Infinity;
	return model < (PREDICTION.exec(message)?.index ?? Infinity);
}

const ADD_CREDITS = 'Add credits in your Core.Today account, then run this again.';

const RULES = usualRules(
	{
		auth: 'Open the Core.Today credential and check the API Key. It begins with cdt_.',
		balance: ADD_CREDITS,
		forbidden: 'Check in your Core.Today account what this API Key may use.',
		modelGone: MODEL_ADVICE,
		notFound: 'Check the ID, and the Base URL in the credential.',
	},
	[
		{
			kind: 'balance',
			status: 402,
			advice: `${ADD_CREDITS} Nothing was charged for this request.`,
		},
		{
			kind: 'balance',
			message: /insufficient[^]{0,100}?(credit|balance)|not enough credit/i,
			advice: ADD_CREDITS,
		},
		{
			kind: 'modelGone',
			code: /model_(not_found|unavailable)/i,
			isAboutModel: true,
			advice: MODEL_ADVICE,
		},
		{
			kind: 'modelGone',
			status: 404,
			message: speaksOfModel,
			isAboutModel: true,
			advice: MODEL_ADVICE,
		},
	],
);

export function readFailure(answer: HttpAnswer): ImageFailure {
	return failureByRules(NAME, RULES, answer, toldErrorIn(answer.body));
}

/** Says why a task ended without an image. */
export function readTaskFailure(task: ImageTask): ImageFailure {
	return taskFailure(NAME, task, {
		ifFailed:
			'Run this again, or change the Prompt. Whether a failed task was charged is shown in your Core.Today account.',
	});
}
