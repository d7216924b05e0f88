// How many tasks are asked for with few requests: in groups, a few at a time, by a route that rests while it is broken.
import { failureIn } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import {
	createTaskAsker,
	type AskedTasks,
	type AskOptions,
	type Lane,
	type Told as ToldOf,
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
		await askAndNote(tasks, options, (id, answer) => {
			const outcome = answer.ok ? answer.value.status : failureIn(answer.error)?.details.kind;
			outcomes.push([id, outcome]);
		});
		return outcomes;
	}

	async function askAndNote(tasks: AskedTasks, options: AskOptions | undefined, note: ToldOf) {
		const ended = await clock.until(asker.ask(tasks, note, options));
		if (!ended.ok) throw ended.error;
	}

	/** How many requests go out for tasks that are never answered. */
	async function underWay(count: number, lane?: Lane) {
		void asker.ask(tasksOf(ids(count)), () => undefined, { lane });
		await clock.pass(1);
		return asked.length;
	}

	return { asker, ask, askAndNote, underWay, asked, clock };
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

/** The longest time between two tasks that stand for all. */
const PAUSE = 5000;
/** A poll's next one is its retry. */
const once: AskOptions = { sendOptions: () => ({ retry: false }) };
const down: Told = { ...(refused(500) as object), after: 100 };

describe('where five tasks in a row are told nothing for a reason that may pass,', () => {
	/** Where the provider has a route for many that rests, and where it has none. */
	const sides: Array<[string, ImageProvider, number]> = [
		['a route for many rests', evoLink, 1],
		['there is no route for many', alone, 0],
	];
	/** What each of them is answered, from 1. */
	const openEach = (provider: ImageProvider, batches: number, tell: (count: number) => Told) =>
		open((one, count) => (isBatch(one) ? refused(404) : tell(count - batches)), provider);

	test.each(sides)(
		'and %s, the others are told the same unasked',
		async (_side, provider, batches) => {
			const { ask, asked } = openEach(provider, batches, () => down);
			const outcomes = await ask(tasksOf(ids(30)), once);
			expect(outcomes.map(([, outcome]) => outcome)).toEqual(Array(30).fill('providerDown'));
			// Four may get their turn before the fifth is told.
			expect(asked.length).toBeLessThanOrEqual(batches + 9);
		},
	);

	test.each<[string, Told]>([
		['one in five is answered', { body: running('any'), after: 100 }],
		['one in five is refused for good', { ...(refused(404) as object), after: 100 }],
	])('unless %s', async (_what, other) => {
		for (const [, provider, batches] of sides) {
			const { ask, asked } = openEach(provider, batches, (count) =>
				count % 5 === 1 ? other : down,
			);
			await ask(tasksOf(ids(30)), once);
			expect(asked).toHaveLength(batches + 30);
		}
	});
});

describe('while the provider is down,', () => {
	/** Asked for a few times, so that it is known. */
	async function openDown(trouble: Told = down, tell: (id: string) => Told = () => down) {
		let isKnown = false;
		const opened = open((one) => (isKnown ? tell(idsOf(one)[0]!) : trouble), alone);
		await opened.ask(tasksOf(ids(30)), once);
		isKnown = true;
		await opened.clock.pass(PAUSE);
		opened.asked.length = 0;
		return opened;
	}
	const doneWith = (id: string): Told => ({ body: done(id) });

	test('one request stands for all tasks that are asked for together', async () => {
		const { asker, ask, asked } = await openDown();
		expect(asker.perRequest()).toBe(Infinity);
		const outcomes = await ask(tasksOf(ids(30)), once);
		expect(new Map(outcomes)).toEqual(new Map(ids(30).map((id) => [id, 'providerDown'])));
		expect(asked).toHaveLength(1);
	});

	test('the others are told when they may be asked for', async () => {
		const { askAndNote, asked, clock } = await openDown();
		const wereAsked: string[] = [];
		const waits = new Set<number>();
		await askAndNote(tasksOf(ids(30)), once, (id, _answer, askAgainAt) => {
			if (askAgainAt === undefined) wereAsked.push(id);
			else waits.add(askAgainAt - clock.now());
		});
		expect(wereAsked).toEqual(asked.flatMap(idsOf));
		expect([...waits]).toEqual([3000]);
	});

	test('none is asked for sooner, but one whose wait is about to end', async () => {
		const { ask, asked, clock } = await openDown();
		await ask(tasksOf(ids(30)), once);
		await clock.pass(2999);
		await ask(tasksOf(ids(30)), once);
		expect(asked).toHaveLength(1);
		await ask(tasksOf(ids(30)), { ...once, lane: 'last' });
		expect(asked).toHaveLength(2);
	});

	test('each task has its turn to stand for all', async () => {
		const { ask, asked, clock } = await openDown();
		for (let round = 1; round <= 30; round++) {
			await ask(tasksOf(ids(30)), once);
			await clock.pass(PAUSE);
		}
		expect(new Set(asked.flatMap(idsOf)).size).toBe(30);
	});

	test('all are asked for as soon as one was answered', async () => {
		const { asker, ask, asked } = await openDown(down, doneWith);
		const outcomes = await ask(tasksOf(ids(30)), once);
		expect(new Map(outcomes)).toEqual(new Map(ids(30).map((id) => [id, 'succeeded'])));
		expect([asked.length, asker.perRequest()]).toEqual([30, 1]);
	});

	test('one that is refused for its own reason shows that it is back, too', async () => {
		const { ask, asked } = await openDown(down, () => refused(404));
		const outcomes = await ask(tasksOf(ids(30)), once);
		expect(outcomes.map(([, outcome]) => outcome)).toEqual(Array(30).fill('notFound'));
		expect(asked).toHaveLength(30);
	});

	test('a task that always fails holds up the others once only', async () => {
		const { ask, clock } = await openDown(down, (id) => (id === 'task-9' ? down : doneWith(id)));
		await ask(tasksOf(['task-9', 'task-10']), once);
		await clock.pass(PAUSE);
		expect(await ask(tasksOf(['task-9', 'task-10']), once)).toEqual([
			['task-10', 'succeeded'],
			['task-9', 'providerDown'],
		]);
	});

	test('a task whose wait is about to end isn’t held up by another one', async () => {
		const { asker, asked, clock } = await openDown(down, () => 'never');
		void asker.ask(tasksOf(ids(30)), () => undefined, once);
		void asker.ask(tasksOf(['task-31']), () => undefined, { ...once, lane: 'last' });
		await clock.pass(1);
		expect(asked).toHaveLength(2);
	});

	test('none is asked for until it wants to be asked again, and they are told how long that is', async () => {
		const busy = { ...(refused(429) as object), headers: { 'retry-after': '30' } };
		const { ask, askAndNote, asked, clock } = await openDown(busy, doneWith);
		await clock.pass(20_000 - PAUSE);
		const waits: unknown[] = [];
		await askAndNote(tasksOf(['task-1']), once, (_id, answer) => {
			waits.push(!answer.ok && failureIn(answer.error)?.details.retryAfterSeconds);
		});
		expect([asked.length, waits]).toEqual([0, [10]]);
		await clock.pass(10_000);
		expect(await ask(tasksOf(['task-1']), once)).toEqual([['task-1', 'succeeded']]);
	});
});
