// What fal's refusals mean: at once, or as the end of a task. Its error is `detail`, a text or a list.
import { failureByRules } from '../answers/answerFailure';
import { usualRules } from '../answers/failureRules';
import { taskFailure } from '../answers/taskFailure';
import { fieldsOf, itemsOf, textOf } from '../answers/loose';
import { toldErrorIn, type ToldError } from '../answers/toldError';
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure } from '../failure';
import { inDollars } from '../limits/orderPrice';
import { MODEL_ADVICE } from './ids';

export const NAME = 'fal';
/** Our own codes of tasks that have ended without an image. */
export const BLACK = 'nsfw_black_image';
export const EXPIRED = 'result_expired';

const TOP_UP = 'Top up at fal.ai/dashboard/billing, then run this again. The API Key is right.';
/** As fal says it of a model that isn't there. A bare "Not Found" comes from another server. */
const speaksOfModel = (message: string) =>
	/\b(app|application|endpoint|model|path)\b/i.test(message) && !/request/i.test(message);

const RULES = usualRules(
	{
		auth: 'Open the fal credential and check the API Key: it has two parts with a colon between them.',
		balance: TOP_UP,
		forbidden: 'Check at fal.ai/dashboard/keys what this API Key may use.',
		modelGone: MODEL_ADVICE,
		notFound:
			'Check the Task ID: it is the whole text, such as fal-ai/flux-2/requests/019a…. fal keeps a task for some time only. If that is right, or you entered none, check the Base URL and the other addresses in the credential.',
	},
	[
		{ kind: 'balance', status: 403, message: /exhausted balance|user is locked/i, advice: TOP_UP },
		{ kind: 'modelGone', code: /model_not_found/i, isAboutModel: true, advice: MODEL_ADVICE },
		{
			kind: 'modelGone',
			status: 404,
			message: speaksOfModel,
			isAboutModel: true,
			advice: MODEL_ADVICE,
		},
	],
);

/** What to do when a task has failed, by fal's word for it. */
const ENDS: ReadonlyArray<[RegExp, string]> = [
	[
		/^(file_download_error|image_load_error|unsupported_image_format|image_too_|file_too_)/,
		'Check the input images: fal must be able to open their addresses without signing in, and the model must take their type and size.',
	],
	[
		/^(request_timeout|startup_timeout|runner_|internal_|downstream_|generation_timeout|5\d\d$)/,
		'Run this again, or choose another model.',
	],
	[/^(404|no_such_path)$/, MODEL_ADVICE],
	[/^no_media_generated$/, 'Change the Prompt, or choose a model that makes images.'],
	[/^/, 'Change the setting that the message names.'],
];
const GONE =
	'Look for the images at fal.ai/dashboard, or run this again, which makes and charges them anew.';

/** The error that an answer tells, with fal's own word for it. */
export function toldIn({ body, headers }: HttpAnswer): ToldError | undefined {
	const { status, detail, error_type: type } = fieldsOf(body);
	if (status === 'NOT_FOUND') {
		return { message: 'this request is not known, or no longer kept.' };
	}
	const told = toldErrorIn(body);
	const word = textOf(fieldsOf(itemsOf(detail)[0]).type) ?? textOf(type);
	return told && { ...told, code: told.code ?? word ?? headers['x-fal-error-type'] };
}

/** fal promises of no 503 that it did nothing: a create isn't sent again, whatever time to come back it names. */
export function readFailure(answer: HttpAnswer): ImageFailure {
	const failure = failureByRules(NAME, RULES, answer, toldIn(answer));
	if (answer.status !== 503) return failure;
	return new ImageFailure({ ...failure.details, retryAfterSeconds: undefined });
}

/** What fal itself tells of the charge for a task that brought no image. */
function chargeOf({ units, cost }: ImageTask): string {
	if (units === undefined) return 'Whether this task was charged is shown at fal.ai/dashboard.';
	if (units === 0) return 'fal has charged nothing for this task.';
	if (cost) return `fal has charged ${inDollars(cost.amount)} for this task.`;
	return 'fal has charged this task, as fal.ai/dashboard shows.';
}

/** Says why a task ended without an image, and whether that was charged. */
export function readTaskFailure(task: ImageTask): ImageFailure {
	const { cost, failure: { code = '' } = {}, units, usage } = task;
	if (code === EXPIRED) return taskFailure(NAME, task, { ifFailed: GONE });
	const [, ifFailed] = ENDS.find(([word]) => word.test(code))!;
	const { details } = taskFailure(NAME, task, { ifFailed, isFree: units === 0 });
	if (code !== BLACK) {
		return new ImageFailure({ ...details, advice: `${chargeOf(task)} ${details.advice}`, usage });
	}
	const paid = cost ? ` The task cost ${inDollars(cost.amount)}.` : '';
	return new ImageFailure({ ...details, message: `${details.message}${paid}`, usage });
}
