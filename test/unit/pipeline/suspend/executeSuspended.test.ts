// The Time Limit of a node that suspends its execution, in virtual time: when n8n goes on by itself, and what a node waits for then.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../../../../pipeline/session';
import { beginExecution } from '../../../../pipeline/execution';
import { createImageRun } from '../../../../pipeline/imageRun';
import { executeSuspended, type ItemLoops } from '../../../../pipeline/suspend/executeSuspended';
import type { SuspendedItem } from '../../../../pipeline/suspend/suspension';
import { failed, evoLink, idsOf, running, told } from '../evoLinkTasks';
import { otherEnd, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

/** A node of which each item waits for one task. It may run several times, as n8n runs it again after a callback. */
function open(taskIds: string[], tell: (asked: Asked, passed: number) => Told) {
	const clock = createVirtualClock();
	const startedAt = clock.now();
	const { context, asked } = otherEnd(clock, (one) => tell(one, clock.passed()));
	const memory: IDataObject = {};
	const executeData: { data: { main: INodeExecutionData[][] } } = {
		data: { main: [taskIds.map((_, index) => ({ json: { index } }))] },
	};
	let waitsUntil: number | undefined;
	Object.assign(context, {
		getContext: () => memory,
		getExecutionId: () => '17',
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNode: () => ({ parameters: {} }),
		continueOnFail: () => true,
		getInputData: () => executeData.data.main[0],
		getExecuteData: () => executeData,
		putExecutionToWait: async (until: Date) => {
			waitsUntil = until.getTime() - startedAt;
		},
	});

	async function execute(timeLimitSeconds: number) {
		waitsUntil = undefined;
		const settings = { concurrency: 5, timeLimitSeconds };
		const execution = beginExecution(context, settings, clock);
		const connection = connect(context, 'evoLinkApi', evoLink, [], clock);
		const loops: ItemLoops = {
			start: async () =>
				taskIds.map((id): SuspendedItem => ({ taskIds: [id], callsBack: id !== 'silent' })),
			fetch: async (fetchItem) => {
				const outcomes = await Promise.all(
					taskIds.map(async (_, index) => await execution.workOn(index, fetchItem)),
				);
				return outcomes.flatMap(({ result }) =>
					result.ok ? result.value : [{ json: { status: 'failed' } }],
				);
			},
			show: (items) => items,
		};
		const run = createImageRun(connection, execution);
		const result = await clock.until(executeSuspended(run, execution, loops));
		if (!result.ok) throw result.error;
		const statuses = result.value.map(({ json }) => json.status);
		return { waitsUntil, statuses, endedAfter: clock.passed() };
	}
	return { clock, execute, asked };
}

test('n8n goes on when the Time Limit has passed since the node has ended', async () => {
	const { execute } = open(['a', 'b'], (one) => ({
		...told(one, running),
		after: 3000,
	}));
	expect(await execute(60)).toEqual({
		waitsUntil: 63_000,
		statuses: ['queued', 'queued'],
		endedAfter: 3000,
	});
});

test('a first look that hangs ends after five seconds, and suspends all the same', async () => {
	const { execute } = open(['a'], () => 'never');
	expect(await execute(60)).toMatchObject({ waitsUntil: 65_000, endedAfter: 5000 });
});

test('tasks that have ended by then are no reason to wait', async () => {
	const { execute } = open(['a', 'b'], (one) => told(one, failed));
	expect(await execute(60)).toEqual({
		waitsUntil: undefined,
		statuses: ['failed', 'failed'],
		endedAfter: 0,
	});
});

test('when it runs again, those that call nobody are waited for, a Time Limit long', async () => {
	const { execute, clock, asked } = open(['a', 'silent'], (one, passed) =>
		told(one, (id) => (id === 'a' && passed >= 30_000 ? failed(id) : running(id))),
	);
	expect(await execute(60)).toMatchObject({ waitsUntil: 60_000 });
	await clock.pass(40_000);
	const { waitsUntil, statuses, endedAfter } = await execute(60);
	// What isn't there then goes on with its task's ID, as it would at n8n's own time limit.
	expect([waitsUntil, statuses]).toEqual([undefined, ['failed', 'queued']]);
	expect(endedAfter).toBeGreaterThanOrEqual(100_000);
	expect(endedAfter).toBeLessThanOrEqual(102_000);
	// The other one has ended, and is asked for no more.
	expect(asked.slice(2).some((one) => idsOf(one).includes('a'))).toBe(false);
});
