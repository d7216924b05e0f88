// Why a task ended without images, said the same way for every provider.
import type { ImageTask } from '../../../../providers/contract';
import type { FailureDetails } from '../../../../providers/failure';
import { taskFailure } from '../../../../providers/answers/failureRules';

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
