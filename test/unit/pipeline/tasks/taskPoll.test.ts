// How a task stands now, in virtual time: the question ends by its deadline, whatever comes.
import { deadlineIn } from '../../../../pipeline/deadline';
import { failureIn } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import { createTaskPoll } from '../../../../pipeline/tasks/taskPoll';
import { createCoreToday } from '../../../../providers/coretoday';
import { done, evoLink, idsOf, running, told } from '../evoLinkTasks';
import { otherEnd, type Answer, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

test('an answer that never ends, though it moves, is over at the deadline', async () => {
	const clock = createVirtualClock();
	const { context } = otherEnd(clock, () => ({ body: ' '.repeat(500), betweenBytes: 1000 }));
	const provider = createCoreToday('http://127.0.0.1', 'storage');
	const poll = createTaskPoll(connect(context, 'any', provider, [], clock));
	const told = await clock.until(poll('pred_1', deadlineIn(60, clock.now())));
	expect(told.ok).toBe(false);
	expect(!told.ok && failureIn(told.error)?.details).toMatchObject({ taskId: 'pred_1' });
	expect(clock.passed()).toBeLessThanOrEqual(61_000);
});

test('however many ask, and whenever they begin, few requests are under way at a time', async () => {
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, (one) => ({
		...(told(one, done) as Answer),
		after: 1000,
	}));
	const provider = { ...evoLink, pollMany: undefined };
	const poll = createTaskPoll(connect(context, 'any', provider, [], clock));
	const ask = async (group: string) => {
		const deadline = deadlineIn(60, clock.now());
		return await Promise.all(
			Array.from({ length: 10 }, async (_, index) => await poll(`${group}-${index}`, deadline)),
		);
	};
	const first = ask('a');
	await clock.pass(100);
	const second = ask('b');
	await clock.pass(100);
	expect(asked).toHaveLength(5);
	const ended = await clock.until(Promise.all([first, second]));
	expect([ended.ok, asked.length]).toEqual([true, 20]);
});

/** Items of one execution that ask for tasks, at a provider that answers so. */
function open(tell: (asked: Asked) => Told) {
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, tell);
	const cancel = new AbortController();
	const connection = {
		...connect(context, 'evoLinkApi', evoLink, [], clock),
		signal: cancel.signal,
	};
	const poll = createTaskPoll(connection);
	const ask = async (...ids: string[]) => {
		const deadline = deadlineIn(60, clock.now());
		const all = Promise.all(
			ids.map(
				async (id) =>
					await poll(id, deadline).then(
						({ status }) => status,
						(error: Error) => {
							const { kind, taskId } = failureIn(error)!.details;
							return [kind, taskId];
						},
					),
			),
		);
		const ended = await clock.until(all);
		if (!ended.ok) throw ended.error;
		return ended.value;
	};
	return { ask, asked, cancel };
}

test('what is asked for in the same moment shares a request, and a task of two items is asked for once', async () => {
	const { ask, asked } = open((one) => told(one, (id) => (id === 'a' ? running(id) : done(id))));
	expect(await ask('a', 'b', 'a')).toEqual(['running', 'succeeded', 'running']);
	expect(asked.map(idsOf)).toEqual([['a', 'b']]);
});

test('what is asked for later is asked for anew', async () => {
	const { ask, asked } = open((one) => told(one, done));
	await ask('a');
	expect(await ask('a')).toEqual(['succeeded']);
	expect(asked.map(idsOf)).toEqual([['a'], ['a']]);
});

test('each failure names the task that could not be told', async () => {
	const { ask } = open(() => ({ statusCode: 401, body: {} }));
	expect(await ask('a', 'b')).toEqual([
		['auth', 'a'],
		['auth', 'b'],
	]);
});

test('a cancel ends all questions before any is asked', async () => {
	const { ask, asked, cancel } = open((one) => told(one, done));
	cancel.abort();
	expect(await ask('a', 'b')).toEqual([
		['cancelled', 'a'],
		['cancelled', 'b'],
	]);
	expect(asked).toEqual([]);
});
