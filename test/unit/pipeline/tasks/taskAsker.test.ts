// How many tasks are asked for with few requests: in groups, a few at a time, by a route that rests while it is broken.
import { failureIn } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import {
	createTaskAsker,
	type AskedTasks,
	type AskOptions,
	type Lane,
} from '../../../../pipeline/tasks/taskAsker';
import type { ImageProvider } from '../../../../providers/contract';
import { requestWith } from '../../providers/support';
import { done, evoLink, idsOf, running, told } from '../evoLinkTasks';
import { otherEnd, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

/** Without a route for many tasks. */
const alone: ImageProvider = { ...evoLink, pollMany: undefined };
const ids = (count: number) => Array.from({ length: count }, (_, index) => `task-${index}`);
const tasksOf = (wanted: string[]): AskedTasks => new Map(wanted.map((id) => [id, undefined]));
const isBatch = ({ url }: Asked) => url.endsWith('/batch');
const refused = (statusCode: number): Told => ({ statusCode, body: { error: { message: 'No.' } } });

function open(tell: (asked: Asked, count: number) => Told, provider: ImageProvider = evoLink) {
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, tell);
	const asker = createTaskAsker(connect(context, 'evoLinkApi', provider, [], clock));

	/** What is told of each task, in the order in which it is told. */
	async function ask(tasks: AskedTasks, options?: AskOptions) {
		const outcomes: Array<[string, string | undefined]> = [];
		const asking = asker.ask(
			tasks,
			(id, answer) => {
				const outcome = answer.ok ? answer.value.status : failureIn(answer.error)?.details.kind;
				outcomes.push([id, outcome]);
			},
			options,
		);
		const ended = await clock.until(asking);
		if (!ended.ok) throw ended.error;
		return outcomes;
	}

	/** How many requests go out for tasks that are never answered. */
	async function underWay(count: number, lane?: Lane) {
		void asker.ask(tasksOf(ids(count)), () => undefined, { lane });
		await clock.pass(1);
		return asked.length;
	}

	return { asker, ask, underWay, asked, clock };
}

describe('tasks are asked for', () => {
	test('fifty by one request, and one that is left over alone', async () => {
		const { ask, asked } = open((one) => told(one, done));
		const outcomes = await ask(tasksOf(ids(51)));
		expect(asked.map((one) => [isBatch(one), idsOf(one).length])).toEqual([
			[true, 50],
			[false, 1],
		]);
		expect(new Map(outcomes)).toEqual(new Map(ids(51).map((id) => [id, 'succeeded'])));
	});

	test('each by itself where the provider has no route for many', async () => {
		const { asker, ask, asked } = open((one) => told(one, done), alone);
		expect(await ask(tasksOf(['a', 'b']))).toEqual([
			['a', 'succeeded'],
			['b', 'succeeded'],
		]);
		expect(asked.map(isBatch)).toEqual([false, false]);
		expect(asker.perRequest()).toBe(1);
	});

	test('none where there are none', async () => {
		const { ask, asked } = open((one) => told(one, done));
		expect([await ask(new Map()), asked]).toEqual([[], []]);
	});

	test('with what each was to make, by either route', async () => {
		const request = requestWith({ count: 2, orderReference: 'row 13' });
		for (const provider of [evoLink, alone]) {
			const { asker, clock } = open((one) => told(one, done), provider);
			const references: Array<string | undefined> = [];
			const tasks = new Map([
				['a', request],
				['b', undefined],
			]);
			await clock.until(
				asker.ask(tasks, (_id, answer) => {
					if (answer.ok) references.push(answer.value.orderReference);
				}),
			);
			expect(references).toEqual(['row 13', undefined]);
		}
	});

	test('as they are to be sent when their turn has come', async () => {
		const { ask, asked } = open((one) => (isBatch(one) ? refused(404) : told(one, done)));
		const groups: string[][] = [];
		await ask(tasksOf(['a', 'b']), {
			sendOptions: (group) => {
				groups.push(group);
				return { retry: false };
			},
		});
		expect(groups).toEqual([['a', 'b'], ['a'], ['b']]);
		expect(asked).toHaveLength(3);
	});
});

describe('no more requests are under way at once than', () => {
	test.each<[string, Lane | undefined, ImageProvider, number, number]>([
		['four for many tasks each', undefined, evoLink, 500, 4],
		['four for tasks whose wait is about to end', 'last', evoLink, 500, 4],
		['two for tasks that got no answer lately', 'slow', evoLink, 500, 2],
		['five for one task each', 'usual', alone, 20, 5],
		['five for one task each, whose wait is about to end', 'last', alone, 20, 5],
		['two for one task each, that got no answer lately', 'slow', alone, 20, 2],
	])('%s', async (_what, lane, provider, count, most) => {
		expect(await open(() => 'never', provider).underWay(count, lane)).toBe(most);
	});

	test('those of each kind: none waits for the others', async () => {
		const { underWay } = open(() => 'never', alone);
		expect(await underWay(20)).toBe(5);
		expect(await underWay(20, 'slow')).toBe(7);
		expect(await underWay(20, 'last')).toBe(12);
	});
});

describe('a task that nobody asks for any more when its turn has come', () => {
	test('is left out of the request for many', async () => {
		const { ask, asked } = open((one) => told(one, done));
		const outcomes = await ask(tasksOf(['a', 'b', 'c']), { isWanted: (id) => id !== 'b' });
		expect(asked.map(idsOf)).toEqual([['a', 'c']]);
		expect(outcomes).toEqual([
			['a', 'succeeded'],
			['c', 'succeeded'],
		]);
	});

	test('makes the other one be asked for alone', async () => {
		const { ask, asked } = open((one) => told(one, done));
		await ask(tasksOf(['a', 'b']), { isWanted: (id) => id === 'b' });
		expect(asked.map((one) => [isBatch(one), idsOf(one)])).toEqual([[false, ['b']]]);
	});

	test('isn’t asked for alone either, nor told of', async () => {
		const { ask, asked } = open((one) => told(one, done), alone);
		expect(await ask(tasksOf(['a', 'b']), { isWanted: (id) => id === 'b' })).toEqual([
			['b', 'succeeded'],
		]);
		expect(asked).toHaveLength(1);
	});
});

describe('a route for many that', () => {
	test('leaves out a task: that one is asked for alone', async () => {
		const { ask, asked } = open((one) =>
			isBatch(one) ? { body: { data: [running('a')] } } : refused(404),
		);
		expect(await ask(tasksOf(['a', 'b']))).toEqual([
			['a', 'running'],
			['b', 'notFound'],
		]);
		expect(asked.map(idsOf)).toEqual([['a', 'b'], ['b']]);
	});

	test('refuses the key speaks for all tasks, and doesn’t rest', async () => {
		const { asker, ask, asked } = open(() => refused(401));
		expect(await ask(tasksOf(['a', 'b']))).toEqual([
			['a', 'auth'],
			['b', 'auth'],
		]);
		expect([asked.length, asker.perRequest()]).toEqual([1, 50]);
	});

	test('is down speaks for all tasks, and rests', async () => {
		const { asker, ask, asked } = open(() => refused(503));
		expect(await ask(tasksOf(['a', 'b']))).toEqual([
			['a', 'providerDown'],
			['b', 'providerDown'],
		]);
		expect([asked.length, asker.perRequest()]).toEqual([1, 1]);
	});

	test('is broken rests for longer and longer, and the tasks are asked for alone', async () => {
		const { asker, ask, asked, clock } = open((one) =>
			isBatch(one) ? refused(404) : told(one, done),
		);
		for (const seconds of [15, 30, 60, 120, 240, 300, 300]) {
			asked.length = 0;
			expect(await ask(tasksOf(['a', 'b']))).toEqual([
				['a', 'succeeded'],
				['b', 'succeeded'],
			]);
			expect(asked.map(isBatch)).toEqual([true, false, false]);
			await ask(tasksOf(['a', 'b']));
			expect(asked.slice(3).map(isBatch)).toEqual([false, false]);
			await clock.pass(seconds * 1000 - 1);
			expect(asker.perRequest()).toBe(1);
			await clock.pass(1);
			expect(asker.perRequest()).toBe(50);
		}
	});

	test('has worked meanwhile rests as shortly as at first', async () => {
		let isBroken = true;
		const { asker, ask, clock } = open((one) =>
			isBatch(one) && isBroken ? refused(404) : told(one, done),
		);
		await ask(tasksOf(['a', 'b']));
		await clock.pass(15_000);
		isBroken = false;
		await ask(tasksOf(['a', 'b']));
		isBroken = true;
		await ask(tasksOf(['a', 'b']));
		await clock.pass(14_999);
		expect(asker.perRequest()).toBe(1);
		await clock.pass(1);
		expect(asker.perRequest()).toBe(50);
	});

	test('fails for several groups at the same time has failed once', async () => {
		const { asker, ask, clock } = open((one) =>
			isBatch(one) ? { ...(refused(404) as object), after: 100 } : told(one, done),
		);
		await ask(tasksOf(ids(150)));
		await clock.pass(14_999);
		expect(asker.perRequest()).toBe(1);
		await clock.pass(1);
		expect(asker.perRequest()).toBe(50);
	});
});

describe('where the route for many rests, and the first five are told nothing for a reason that may pass,', () => {
	const once: AskOptions = { sendOptions: () => ({ retry: false }) };
	/** What each of them is answered, from 1. */
	const openEach = (tell: (count: number) => Told) =>
		open((one, count) => (isBatch(one) ? refused(404) : tell(count - 1)));
	const down = (after: number): Told => ({ ...(refused(500) as object), after });

	test('the others are told the same unasked', async () => {
		const { ask, asked } = openEach(down);
		const outcomes = await ask(tasksOf(ids(30)), once);
		expect(outcomes.map(([, outcome]) => outcome)).toEqual(Array(30).fill('providerDown'));
		// Four have got their turn before the fifth was told.
		expect(asked).toHaveLength(1 + 9);
	});

	test.each<[string, Told]>([
		['unless one was answered', { body: running('any') }],
		['unless one is refused for good', refused(404)],
	])('%s', async (_what, first) => {
		const { ask, asked } = openEach((count) => (count === 1 ? first : down(100)));
		await ask(tasksOf(ids(30)), once);
		expect(asked).toHaveLength(1 + 30);
	});
});
