// Callbacks for a suspended execution, in virtual time: however many come, its tasks are asked for once at a time, and in the end.
import { connect } from '../../../../pipeline/session';
import { pollOnCallback } from '../../../../pipeline/suspend/suspensionWatch';
import type { Suspension } from '../../../../pipeline/suspend/suspension';
import { done, evoLink, idsOf, running, told } from '../evoLinkTasks';
import { otherEnd, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

const HOUR = 3_600_000;
const UNKNOWN: Told = { statusCode: 404, body: { error: { code: 'task_not_found', message: '' } } };

let count = 0;

/** A provider that tells this, with the time since the beginning. */
function open(tell: (asked: Asked, passed: number) => Told) {
	const clock = createVirtualClock();
	const startedAt = clock.now();
	const { context, asked } = otherEnd(clock, (one) => tell(one, clock.passed()));
	const connection = connect(context, 'evoLinkApi', evoLink, [], clock);

	const suspend = (...taskIds: string[]): Suspension => ({
		version: 1,
		id: `suspension-${count++}`,
		origin: '',
		items: taskIds.map((id) => ({ taskIds: [id], callsBack: true })),
		continueOnFail: true,
		startedAt,
		resumeUrl: '',
	});

	/** A callback, after so many milliseconds. */
	async function call(suspension: Suspension, after = 0) {
		if (after > 0) await clock.pause(after);
		const verdict = await pollOnCallback(connection, suspension);
		return { verdict, at: clock.passed() };
	}

	async function together<Value>(...calls: Array<Promise<Value>>): Promise<Value[]> {
		const all = await clock.until(Promise.all(calls));
		if (all.ok) return all.value;
		throw all.error;
	}

	return {
		clock,
		asked,
		polledAt: () => asked.map(({ at }) => at - startedAt),
		suspend,
		call,
		together,
	};
}

test('goes on at once when its tasks have ended', async () => {
	const { suspend, call, together, asked } = open((one) => told(one, done));
	const suspension = suspend('a', 'b', 'c');
	expect(await together(call(suspension))).toEqual([{ verdict: 'over', at: 0 }]);
	expect(asked).toHaveLength(1);
});

test('goes on by a new call when that took so long that n8n may know better by now', async () => {
	const { suspend, call, together } = open((one) => ({
		...told(one, done),
		after: 900,
	}));
	expect(await together(call(suspend('a')))).toEqual([{ verdict: 'overByNow', at: 900 }]);
});

test.each([HOUR, -HOUR])('so it does when the clock is set by %i ms meanwhile', async (jump) => {
	const { suspend, call, together, clock } = open((one, passed) =>
		told(one, passed < 4000 ? running : done),
	);
	void clock.pause(1000).then(() => clock.jump(jump));
	expect(await together(call(suspend('a')))).toEqual([{ verdict: 'overByNow', at: 6000 }]);
});

describe('while a task is open', () => {
	test('it looks again a few times, less and less often, and then leaves it to the next callback', async () => {
		const { suspend, call, together, polledAt } = open((one) => told(one, running));
		expect(await together(call(suspend('a')))).toEqual([{ verdict: 'open', at: 59_000 }]);
		expect(polledAt()).toEqual([0, 2000, 6000, 14_000, 29_000, 44_000, 59_000]);
	});

	test('it finds one whose callback was lost', async () => {
		const { suspend, call, together } = open((one, passed) =>
			told(one, (id) => (id === 'lost' && passed < 20_000 ? running(id) : done(id))),
		);
		const [first] = await together(call(suspend('a', 'lost')));
		expect(first).toEqual({ verdict: 'overByNow', at: 29_000 });
	});

	test('it asks for those only that had not ended', async () => {
		const { suspend, call, together, asked } = open((one, passed) =>
			told(one, (id) => (id === 'slow' && passed < 5000 ? running(id) : done(id))),
		);
		await together(call(suspend('a', 'b', 'slow')));
		expect(asked.map(idsOf)).toEqual([['a', 'b', 'slow'], ['slow'], ['slow']]);
	});

	test('a callback has it looked at within a second', async () => {
		const { suspend, call, together, polledAt } = open((one, passed) =>
			told(one, passed < 16_500 ? running : done),
		);
		const suspension = suspend('a');
		const outcomes = await together(call(suspension), call(suspension, 16_500));
		expect(outcomes).toEqual([
			{ verdict: 'overByNow', at: 17_000 },
			{ verdict: 'open', at: 16_500 },
		]);
		expect(polledAt()).toEqual([0, 2000, 6000, 14_000, 17_000]);
	});
});

describe('a burst of callbacks', () => {
	test('is one look, and one more for what came meanwhile', async () => {
		const { suspend, call, together, polledAt } = open((one, passed) => ({
			...told(one, passed < 1000 ? running : done),
			after: 300,
		}));
		const suspension = suspend('a');
		const burst = Array.from({ length: 200 }, async () => await call(suspension));
		const [first, ...others] = await together(...burst);
		expect(first).toEqual({ verdict: 'overByNow', at: 1600 });
		expect(others).toEqual(Array(199).fill({ verdict: 'open', at: 0 }));
		expect(polledAt()).toEqual([0, 1300]);
	});

	test('that goes on is a look a second, and never two at a time', async () => {
		let underWay = 0;
		let most = 0;
		const watch = open((one, passed) => {
			most = Math.max(most, ++underWay);
			void watch.clock.pause(400).then(() => (underWay -= 1));
			return { ...told(one, passed < 10_000 ? running : done), after: 400 };
		});
		const suspension = watch.suspend('a');
		const calls = Array.from({ length: 200 }, async (_, index) =>
			watch.call(suspension, 1 + index * 50),
		);
		await watch.together(...calls);
		expect(most).toBe(1);
		const polls = watch.polledAt().filter((at) => at < 10_000);
		expect(polls.length).toBeGreaterThanOrEqual(7);
		expect(polls.length).toBeLessThanOrEqual(8);
	});

	test('for many executions keeps a few callbacks only, and loses none of the executions', async () => {
		const { suspend, call, together } = open((one) => told(one, running));
		const suspensions = Array.from({ length: 30 }, (_, index) => suspend(`task-${index}`));
		const outcomes = await together(...suspensions.map(async (each) => await call(each)));
		expect(outcomes.filter(({ at }) => at > 0)).toHaveLength(5);
		expect(new Set(outcomes.map(({ verdict }) => verdict))).toEqual(new Set(['open']));
	});

	test('keeps more of them while the provider cannot be asked', async () => {
		const { suspend, call, together } = open(() => ({ statusCode: 503, body: {} }));
		const suspensions = Array.from({ length: 30 }, (_, index) => suspend(`task-${index}`));
		const outcomes = await together(...suspensions.map(async (each) => await call(each)));
		expect(outcomes.filter(({ at }) => at > 0)).toHaveLength(20);
	});
});

describe('a look that hangs', () => {
	test.each<[string, Told, number]>([
		['without an answer ends after five seconds', 'never', 5000],
		['within its answer ends after ten', { body: running('a'), betweenBytes: 4000 }, 10_000],
	])('%s, and the next one follows', async (_what, hanging, after) => {
		const { suspend, call, together, polledAt } = open((one, passed) =>
			passed === 0 ? hanging : told(one, done),
		);
		const suspension = suspend('a');
		const [first, second] = await together(call(suspension), call(suspension, 2000));
		// The other callback isn't kept.
		expect(second).toEqual({ verdict: 'open', at: 2000 });
		expect(first).toEqual({ verdict: 'overByNow', at: after + 1000 });
		expect(polledAt()).toEqual([0, after + 1000]);
	});

	test('for one group of many tasks leaves the others out of it', async () => {
		const ids = Array.from({ length: 120 }, (_, index) => `task-${index}`);
		const { suspend, call, together, asked } = open((one, passed) =>
			passed < 6000 && idsOf(one).includes('task-0') ? 'never' : told(one, done),
		);
		expect(await together(call(suspend(...ids)))).toMatchObject([{ verdict: 'overByNow' }]);
		// Of the group that got no answer only.
		const later = asked.slice(3).flatMap(idsOf);
		expect(new Set(later)).toEqual(new Set(ids.slice(0, 50)));
	});
});

describe('a task that its provider does not know', () => {
	test('may come yet, for twenty seconds after its start', async () => {
		const { suspend, call, together } = open((one, passed) =>
			passed < 10_000 ? UNKNOWN : told(one, done),
		);
		const [first] = await together(call(suspend('a')));
		expect(first).toEqual({ verdict: 'overByNow', at: 14_000 });
	});

	test('has ended after that: the node then tells of it', async () => {
		const { suspend, call, together } = open(() => UNKNOWN);
		const suspension = suspend('a');
		expect(await together(call(suspension, 20_000))).toEqual([{ verdict: 'over', at: 20_000 }]);
	});
});

describe('what this process knows of the tasks of a suspended execution', () => {
	/** All tasks of one but the last have ended. Answers which ones it asks for when another one was called meanwhile. */
	async function askedAgain(count: number): Promise<string[]> {
		const ids = Array.from({ length: count }, (_, index) => `task-${index}`);
		const { suspend, call, together, asked } = open((one) =>
			told(one, (id) => (id === 'slow' ? running(id) : done(id))),
		);
		const suspension = suspend(...ids, 'slow');
		await together(call(suspension));
		await together(call(suspend('a')));
		asked.length = 0;
		await together(call(suspension));
		return idsOf(asked[0]!);
	}

	test('spares it the question for those that have ended', async () => {
		expect(await askedAgain(3)).toEqual(['slow']);
	});

	test('is forgotten where it would be of too many', async () => {
		expect(await askedAgain(19_999)).toHaveLength(50);
	});
});

test('a look that ends in a defect is told, and the next callback looks again', async () => {
	const { suspend, call, together, clock } = open((one) => told(one, done));
	const suspension = suspend('a');
	const { items } = suspension;
	suspension.items = undefined as unknown as Suspension['items'];
	expect(await clock.until(call(suspension))).toMatchObject({
		ok: false,
		error: expect.any(TypeError),
	});
	suspension.items = items;
	expect(await together(call(suspension))).toMatchObject([{ verdict: 'over' }]);
});
