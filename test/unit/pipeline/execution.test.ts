// What becomes of an item's work: its value or its error, and in either case its tasks.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { realClock } from '../../../pipeline/clock';
import { beginExecution, type Execution, type ItemWork } from '../../../pipeline/execution';
import type { CreatePlace } from '../../../pipeline/once/keptCreates';
import { createVirtualClock } from './virtualClock';

function begun(cancel?: AbortSignal, clock = realClock): Execution {
	const memory = {};
	const context = {
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		...(cancel && { getExecutionCancelSignal: () => cancel }),
	};
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
		left: { images: 0, unknown: 0 },
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
		left: { taskIds: [], images: 0, unknown: 0 },
		mayBeCharged: true,
		result: { ok: false, error },
	});
});

it('leaves out those that have failed and cost nothing', async () => {
	const outcome = await begun().workOn(0, async ({ noteTask, noteFree }) => {
		noteTask('task-1');
		noteTask('task-2');
		noteFree('task-1');
		throw new Error('broken');
	});
	expect(outcome.taskIds).toEqual(['task-2']);
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

it('goes on where n8n can’t tell of a cancel', () => {
	const execution = begun();
	expect([execution.signal.aborted, execution.isCancelled()]).toEqual([false, false]);
});

it('ends waiting when n8n cancels it', () => {
	const cancel = new AbortController();
	const execution = begun(cancel.signal);
	cancel.abort();
	expect([execution.signal.aborted, execution.isCancelled()]).toEqual([true, true]);
});

describe('what becomes of a request that is paid for is kept', () => {
	/** One item's work in n8n, whose memory of the node is this. */
	function placed(type = 'evoLink', memory: IDataObject = {}) {
		const context = {
			getContext: () => memory,
			getWorkflowDataProxy: () => ({ $runIndex: 0 }),
			getNode: () => ({ id: 'node', type, parameters: {} }),
			getExecutionId: () => '1',
			getInstanceId: () => 'n8n',
			getWorkflow: () => ({ id: '1' }),
		} as unknown as IExecuteFunctions;
		const execution = beginExecution(context, { concurrency: 2, timeLimitSeconds: 60 });
		return { execution, memory };
	}

	/** Where it is kept for each of these. */
	const placesOf = async (
		execution: Execution,
		...wanted: Array<Parameters<ItemWork['placeOf']>[0]>
	): Promise<CreatePlace[]> => {
		const { result } = await execution.workOn(3, async ({ placeOf }) => wanted.map(placeOf));
		if (!result.ok) throw result.error;
		return result.value;
	};
	const FOX = { prompt: 'A fox' };

	it('in the same place in every try, under a key that is the order’s, too', async () => {
		const { execution } = placed();
		const [first, same, part, attempt] = await placesOf(
			execution,
			{ wish: FOX },
			{ wish: FOX, part: 0, attempt: 1 },
			{ wish: FOX, part: 1 },
			{ wish: FOX, attempt: 2 },
		);
		expect(first).toEqual({
			memoryKey: expect.stringMatching(/^imagegen-[\da-f]{48}$/),
			idempotencyKey: first!.memoryKey,
			itemIndex: 3,
			ordered: expect.any(String),
		});
		expect(same).toEqual(first);
		expect(new Set([first, part, attempt].map((each) => each!.memoryKey)).size).toBe(3);
		expect(await placesOf(placed().execution, { wish: FOX })).toEqual([first]);
	});

	it('in the same place where the person has named the order, and sent under another key', async () => {
		const { execution } = placed();
		const [plain, named, other] = await placesOf(
			execution,
			{ wish: FOX },
			{ wish: FOX, orderReference: 'row 13' },
			{ wish: FOX, orderReference: 'row 14' },
		);
		expect([named!.memoryKey, other!.memoryKey]).toEqual([plain!.memoryKey, plain!.memoryKey]);
		expect(new Set([plain, named, other].map((each) => each!.idempotencyKey)).size).toBe(3);
	});

	it('for a later call of an agent’s tool that asks for the same, once this one has failed', async () => {
		const { execution, memory } = placed('evoLinkTool');
		let failed: CreatePlace | undefined;
		const outcome = await execution.workOn(0, async ({ placeOf }) => {
			failed = placeOf({ wish: FOX });
			throw new Error('broken');
		});
		expect(outcome.result.ok).toBe(false);
		expect(Object.values((memory.imagegen as IDataObject).failedToolRuns as object)).toEqual([[0]]);
		const { result } = await execution.workOn(0, async ({ placeOf }) => placeOf({ wish: FOX }));
		expect(result).toEqual({ ok: true, value: failed });
		expect(Object.values((memory.imagegen as IDataObject).failedToolRuns as object)).toEqual([[]]);
	});
});

it('begins no more creates at once than items', async () => {
	const { creates } = begun();
	let running = 0;
	let most = 0;
	const create = async () =>
		await creates(async () => {
			most = Math.max(most, ++running);
			await new Promise(setImmediate);
			running -= 1;
		});
	await Promise.all([create(), create(), create(), create()]);
	expect(most).toBe(2);
});

it('limits no spending unless it is told to', () => {
	const { spending, concurrency, timeLimitSeconds } = begun();
	expect({ spending, concurrency, timeLimitSeconds }).toEqual({
		spending: { allowUnknownPrices: true, maximumImages: Infinity },
		concurrency: 2,
		timeLimitSeconds: 60,
	});
});
