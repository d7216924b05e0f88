// Whether an order that failed may have been charged: from what the failure says, from its tasks, and from what is kept of
// its requests.
import type { IExecuteFunctions } from 'n8n-workflow';

import { mayBeCharged, type FailedOrder } from '../../../../pipeline/once/mayBeCharged';
import type { CreateState, KeptCreate } from '../../../../pipeline/once/nodeMemory';
import { ImageFailure, type FailureDetails } from '../../../../providers/failure';
import { requestWith } from '../../providers/support';

/** As much of n8n's context as keeps what has become of requests, in the first run of the node. */
function contextWith(creates: Record<string, KeptCreate>): IExecuteFunctions {
	const saved = { imagegen: { version: 1, creates, failedToolRuns: {} } };
	return {
		getContext: () => saved,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
	} as unknown as IExecuteFunctions;
}

const failureWith = (details: Partial<FailureDetails>) =>
	new ImageFailure({ kind: 'taskFailed', message: 'It failed.', advice: 'Look.', ...details });

const order = (given: Partial<FailedOrder>): FailedOrder => ({
	itemIndex: 2,
	error: failureWith({}),
	taskIds: [],
	keys: new Set(),
	...given,
});

const OWN = { run: 0, itemIndex: 2 };
const failure = failureWith({ kind: 'moderation' }).details;
const free = failureWith({ taskId: 'task-1', mayBeCharged: false });

describe('from what the failure and the tasks say', () => {
	test.each<[boolean, string, Partial<FailedOrder>]>([
		[false, 'nothing was started', {}],
		[false, 'a defect, before anything was started', { error: new TypeError('no') }],
		[true, 'the failure says so', { error: failureWith({ mayBeCharged: true }) }],
		[true, 'a task was started', { taskIds: ['task-1'] }],
		[
			true,
			'a task was started before a defect',
			{ error: new TypeError('no'), taskIds: ['task-1'] },
		],
		[true, 'the failure names a task', { error: failureWith({ taskId: 'task-1' }) }],
		[false, 'its task was free', { error: free, taskIds: ['task-1'] }],
		[false, 'the task that the failure names was free', { error: free }],
		[true, 'one of two tasks was free', { error: free, taskIds: ['task-1', 'task-2'] }],
		[
			true,
			'some task was free, but nobody knows which',
			{ error: failureWith({ mayBeCharged: false }), taskIds: ['task-1'] },
		],
	])('%s: %s', (expected, _what, given) => {
		expect(mayBeCharged(contextWith({}), order(given))).toBe(expected);
	});
});

describe('from what is kept of its requests', () => {
	test.each<[boolean, string, CreateState]>([
		[true, 'on its way', { state: 'sent' }],
		[false, 'only prepared', { state: 'prepared', request: requestWith({}), at: 0 }],
		[true, 'of unknown outcome', { state: 'unknown' }],
		[true, 'refused in the answer to work that was done', { state: 'refused', failure }],
		[true, 'started as another task', { state: 'started', taskId: 'task-2' }],
		[false, 'started as the task that was free', { state: 'started', taskId: 'task-1' }],
		[true, 'finished', { state: 'finished', task: { images: [] }, files: {}, lost: {} }],
	])('%s: %s', (expected, _what, create) => {
		const context = contextWith({ key: { ...create, ...OWN } });
		expect(mayBeCharged(context, order({ error: free }))).toBe(expected);
	});

	test.each<[boolean, string, Partial<KeptCreate>, string[]]>([
		[true, 'its own', OWN, []],
		[false, "another item's", { run: 0, itemIndex: 1 }, []],
		[false, "another run's", { run: 1, itemIndex: 2 }, []],
		[true, 'one of its keys, whichever run it is of', { run: 1, itemIndex: 0 }, ['key']],
		[false, 'under another key', { run: 1, itemIndex: 2 }, ['other']],
	])('%s: %s', (expected, _what, owner, keys) => {
		const context = contextWith({ key: { state: 'unknown', ...owner } as KeptCreate });
		expect(mayBeCharged(context, order({ keys: new Set(keys) }))).toBe(expected);
	});
});
