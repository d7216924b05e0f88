// Why a task ended without images, and what a refusal means, said the same way for every provider.
import type { ImageTask } from '../../../../providers/contract';
import type { FailureDetails } from '../../../../providers/failure';
import {
	failureByRules,
	taskFailure,
	usualRules,
} from '../../../../providers/answers/failureRules';
import { toldErrorIn } from '../../../../providers/answers/toldError';
import { answerWith } from '../support';

const REFUSED_AGAIN =
	'Change the Prompt or the input images: sent again unchanged, they will be refused again.';
const END = { isRefused: false, ifFailed: 'Run this again.' };

const ended = (parts: Partial<ImageTask>): ImageTask => ({
	id: 'task-1',
	status: 'failed',
	images: [],
	raw: {},
	...parts,
});

test.each<[string, Partial<ImageTask>, Partial<typeof END>, Partial<FailureDetails>]>([
	[
		'it failed, with a code and a reason',
		{ failure: { code: 'busy', message: 'Too busy.' } },
		{},
		{
			kind: 'taskFailed',
			message: 'EvoLink: Too busy.',
			advice: 'Run this again.',
			code: 'busy',
			taskId: 'task-1',
		},
	],
	[
		'it failed, and no code was told',
		{ failure: { code: 'unknown', message: 'Too busy.' } },
		{},
		{ message: 'EvoLink: Too busy.', code: undefined },
	],
	[
		'it failed, in words that name the provider already',
		{ failure: { code: 'busy', message: 'EvoLink is too busy.' } },
		{},
		{ message: 'EvoLink is too busy.' },
	],
	['it failed without a word', {}, {}, { message: 'EvoLink: no image was made.', code: undefined }],
	[
		'its content was refused',
		{ failure: { code: 'safety', message: 'Not this.' } },
		{ isRefused: true },
		{ kind: 'moderation', message: 'EvoLink: Not this.', advice: REFUSED_AGAIN, code: 'safety' },
	],
	[
		'it was cancelled',
		{ status: 'cancelled' },
		{},
		{
			kind: 'taskFailed',
			message: 'EvoLink: the task was cancelled before any image was made.',
			advice: 'Run this again to start a new one.',
			taskId: 'task-1',
		},
	],
	['it has no id', { id: '' }, {}, { taskId: undefined }],
	['it was cancelled and has no id', { id: '', status: 'cancelled' }, {}, { taskId: undefined }],
])('%s', (_rule, task, end, expected) => {
	expect(taskFailure('EvoLink', ended(task), { ...END, ...end }).details).toMatchObject(expected);
});

test('a provider may say more about the charge of a cancelled task', () => {
	const end = { ...END, ifCancelled: 'See whether it was charged.' };
	const { details } = taskFailure('EvoLink', ended({ status: 'cancelled' }), end);
	expect(details.advice).toBe('See whether it was charged.');
});

describe('the usual rules', () => {
	const kinds = ['auth', 'balance', 'forbidden', 'modelGone', 'notFound', 'badRequest'] as const;
	const advice = Object.fromEntries(kinds.map((kind) => [kind, `Mend ${kind}.`]));
	const rules = usualRules(advice as Record<(typeof kinds)[number], string>, [
		{ kind: 'outcomeUnknown', status: 404, code: /lost/, advice: 'Look.' },
		{ kind: 'forbidden', code: /lost|token_quota/, advice: 'Ask.' },
	]);
	const detailsOf = (status: number, error: object) => {
		const answer = answerWith({ status, body: { error } });
		return failureByRules('X', rules, answer, toldErrorIn(answer.body)).details;
	};

	test.each([
		['auth', 401, {}],
		['balance', 402, {}],
		['balance', 400, { code: 'insufficient_credit' }],
		['forbidden', 403, {}],
		['modelGone', 404, { message: 'The model x does not exist' }],
		['modelGone', 400, { message: 'The model x does not exist' }],
		['notFound', 404, {}],
		['badRequest', 415, {}],
		['badRequest', 422, {}],
	])('say what to do about %s under %i', (kind, status, error) => {
		const told = detailsOf(status, { message: 'No.', ...error });
		expect(told).toMatchObject({ kind, advice: `Mend ${kind}.` });
	});

	it("have a provider's own before what fits the same status, and behind what says it of a key", () => {
		expect(detailsOf(404, { message: 'No.', code: 'lost' }).kind).toBe('outcomeUnknown');
		expect(detailsOf(401, { message: 'No.', code: 'lost' }).kind).toBe('forbidden');
		expect(detailsOf(403, { message: 'No.', code: 'token_quota' }).kind).toBe('balance');
	});
});
