// What EvoLink's error answers mean. Its codes are an open set, so rules match on status and on parts of the code.
import type { HttpAnswer, ImageTask } from '../contract';
import { ImageFailure } from '../failure';
import { failureByRules, type FailureRule } from '../failureRules';
import { errorSchema } from './schemas';

const MODERATION = /moderation|content_policy|safety|sensitive|prohibited/i;
const MODERATION_ADVICE =
	'Change the Prompt or the input images: sent again unchanged, they will be refused again.';

const RULES: readonly FailureRule[] = [
	{
		kind: 'outcomeUnknown',
		code: /paid_outcome_unknown/i,
		advice:
			"EvoLink can't tell whether it made the images, and they may have been charged. Before you run this again, look for the task with Task > Get Many.",
	},
	{
		kind: 'moderation',
		code: MODERATION,
		advice: MODERATION_ADVICE,
	},
	{
		kind: 'auth',
		status: 401,
		advice: 'Open the EvoLink credential and check the API Key.',
	},
	{
		kind: 'balance',
		status: 402,
		advice:
			"Add credits in your EvoLink account, then run this again. Nothing was made and nothing was charged for this item. Account > Get Balance shows what's left.",
	},
	{
		kind: 'balance',
		code: /insufficient_(credit|quota|balance)/i,
		advice: 'Add credits in your EvoLink account, then run this again.',
	},
	{
		kind: 'forbidden',
		status: 403,
		advice: 'Check in your EvoLink account what this API Key may use, or choose another model.',
	},
	{
		kind: 'modelGone',
		code: /model_(not_found|unavailable|disabled|retired)|no_available_channel/i,
		advice:
			'Open the Model field and choose one from the list: it shows what your account can use today.',
	},
	{
		kind: 'notFound',
		status: 404,
		advice:
			'Check the ID. EvoLink only shows the tasks of the account that the API Key belongs to. If you entered no ID, check the addresses in the credential.',
	},
	{
		kind: 'tooLarge',
		status: 413,
		advice: 'Use smaller files: EvoLink takes up to 100 MB per upload.',
	},
	{
		kind: 'rateLimit',
		status: 429,
		advice:
			'Too many requests in a short time. Lower Concurrency in the Options, or run this again a little later.',
	},
	{
		kind: 'badRequest',
		status: 400,
		advice: 'Change the named setting and run this again. Nothing was charged.',
	},
];

/** Names what went wrong in an answer that isn't 2xx: JSON in EvoLink's error shape, or whatever a proxy put in its place. */
export function readFailure(answer: HttpAnswer): ImageFailure {
	const parsed = errorSchema.safeParse(answer.body);
	return failureByRules('EvoLink', RULES, answer, parsed.success ? parsed.data.error : undefined);
}

/** Says why a task ended without images. EvoLink gives the credits of such a task back. */
export function readTaskFailure({ id, status, failure }: ImageTask): ImageFailure {
	const { code, message } = failure ?? { code: undefined, message: undefined };
	if (status === 'cancelled') {
		return new ImageFailure({
			kind: 'taskFailed',
			message: 'EvoLink: the task was cancelled before its images were made.',
			advice:
				'Run this again to start a new one. Account > Get Balance shows whether it was charged.',
			taskId: id,
		});
	}
	const refused = MODERATION.test(code ?? '');
	return new ImageFailure({
		kind: refused ? 'moderation' : 'taskFailed',
		message: `EvoLink: ${message ?? 'the images were not made.'}`,
		advice: refused
			? MODERATION_ADVICE
			: 'EvoLink charges nothing for a failed task. Run this again, or change the Prompt or the model.',
		code,
		taskId: id,
	});
}
