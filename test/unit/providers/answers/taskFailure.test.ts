// Why a task ended without images, said the same way for every provider.
import type { ImageTask } from '../../../../providers/contract';
import type { FailureDetails } from '../../../../providers/failure';
import { taskFailure } from '../../../../providers/answers/taskFailure';

const REFUSED_AGAIN =
	'Change the Prompt or the input images: sent again unchanged, they will be refused again.';
const END: Parameters<typeof taskFailure>[2] = { isRefused: false, ifFailed: 'Run this again.' };

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
	[
		'its content was refused, as its code says',
		{ failure: { code: 'content_filter', message: 'No.' } },
		{ isRefused: undefined },
		{ kind: 'moderation', advice: REFUSED_AGAIN },
	],
	[
		'it failed, with a code that is no refusal',
		{ failure: { code: 'busy', message: 'No.' } },
		{ isRefused: undefined },
		{ kind: 'taskFailed', advice: 'Run this again.' },
	],
	[
		'it failed without a word, and nobody knows more',
		{},
		{ isRefused: undefined },
		{ kind: 'taskFailed' },
	],
	[
		'it failed, with a code of any length',
		{ failure: { code: 'c'.repeat(201), message: 'No.' } },
		{},
		{ code: 'c'.repeat(200) },
	],
	[
		'it failed, with a message of any length',
		{ failure: { code: 'busy', message: 'm'.repeat(600) } },
		{},
		{ message: `EvoLink: ${'m'.repeat(490)}…` },
	],
	[
		'it was cancelled, with a code',
		{ status: 'cancelled', failure: { code: 'x', message: 'y' } },
		{},
		{ message: 'EvoLink: the task was cancelled before any image was made.' },
	],
	['it has no id', { id: '' }, {}, { taskId: undefined }],
	['it was cancelled and has no id', { id: '', status: 'cancelled' }, {}, { taskId: undefined }],
])('%s', (_rule, task, end, expected) => {
	expect(taskFailure('EvoLink', ended(task), { ...END, ...end }).details).toMatchObject(expected);
});

test.each<[string, Partial<typeof END>, Partial<FailureDetails>]>([
	[
		'what it suggests',
		{ suggestion: 'Use 1:1.' },
		{ advice: 'Run this again. EvoLink suggests: Use 1:1.' },
	],
	[
		'what it suggests about a refusal',
		{ isRefused: true, suggestion: 'Use 1:1.' },
		{ advice: `${REFUSED_AGAIN} EvoLink suggests: Use 1:1.` },
	],
	['that it takes nothing for it', { isFree: true }, { mayBeCharged: false }],
])('a provider may say of a failed task %s', (_what, end, expected) => {
	const task = ended({ failure: { code: 'busy', message: 'Too busy.' } });
	expect(taskFailure('EvoLink', task, { ...END, ...end }).details).toMatchObject(expected);
	expect(taskFailure('EvoLink', task, END).details).not.toHaveProperty('mayBeCharged');
});

test('a provider may say more about the charge of a cancelled task', () => {
	const end = { ...END, ifCancelled: 'See whether it was charged.' };
	const { details } = taskFailure('EvoLink', ended({ status: 'cancelled' }), end);
	expect(details.advice).toBe('See whether it was charged.');
});
