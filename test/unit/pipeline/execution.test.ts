// What becomes of an item's work: its value or its error, and in either case its tasks.
import type { IExecuteFunctions } from 'n8n-workflow';

import { realClock } from '../../../pipeline/clock';
import { beginExecution, type Execution } from '../../../pipeline/execution';
import { createVirtualClock } from './virtualClock';

function begun(cancel?: AbortSignal, clock = realClock): Execution {
	const context = { ...(cancel && { getExecutionCancelSignal: () => cancel }) };
	return beginExecution(
		context as unknown as IExecuteFunctions,
		{ concurrency: 2, timeLimitSeconds: 60 },
		clock,
	);
}

it('answers what the work has made, with its tasks in their order', async () => {
	const outcome = await begun().workOn(3, async (work) => {
		work.noteTask('task-1');
		work.noteTask('task-2');
		return work.itemIndex;
	});
	expect(outcome).toEqual({
		taskIds: ['task-1', 'task-2'],
		mayBeCharged: false,
		result: { ok: true, value: 3 },
	});
});

it('names the tasks of work that has failed', async () => {
	const error = new Error('broken');
	const outcome = await begun().workOn(0, async ({ noteTask }) => {
		noteTask('task-1');
		throw error;
	});
	expect(outcome).toEqual({
		taskIds: ['task-1'],
		mayBeCharged: true,
		result: { ok: false, error },
	});
});

it('keeps the tasks of two items apart', async () => {
	const execution = begun();
	const outcomes = await Promise.all(
		['a', 'b'].map(async (id, index) =>
			execution.workOn(index, async ({ noteTask }) => noteTask(id)),
		),
	);
	expect(outcomes.map(({ taskIds }) => taskIds)).toEqual([['a'], ['b']]);
});

it('gives each item its whole time from when its work begins', async () => {
	const clock = createVirtualClock();
	const execution = begun(undefined, clock);
	await clock.pass(25_000);
	const { result } = await execution.workOn(0, async ({ deadline }) => deadline);
	expect(result).toEqual({ ok: true, value: { seconds: 60, at: clock.now() + 60_000 } });
});

it('ends waiting when it is stopped, without being cancelled', () => {
	const execution = begun(new AbortController().signal);
	execution.stop();
	expect([execution.signal.aborted, execution.isCancelled()]).toEqual([true, false]);
});

it('ends waiting when n8n cancels it', () => {
	const cancel = new AbortController();
	const execution = begun(cancel.signal);
	cancel.abort();
	expect([execution.signal.aborted, execution.isCancelled()]).toEqual([true, true]);
});
