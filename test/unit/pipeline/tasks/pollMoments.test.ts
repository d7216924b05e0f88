// At which moments a task is asked for while it is waited for, and what is said when it isn't there in time.
import { deadlineIn } from '../../../../pipeline/deadline';
import { failureIn, resultOf } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import { createTaskWatcher } from '../../../../pipeline/tasks/poller';
import { createTaskLengths, type Ending } from '../../../../pipeline/tasks/taskLengths';
import { openTask } from '../../../../pipeline/tasks/taskState';
import type { ImageProvider, ImageRequest, ImageTask } from '../../../../providers/contract';
import { ImageFailure } from '../../../../providers/failure';
import { done, evoLink, running } from '../evoLinkTasks';
import { brokenOff, otherEnd, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

const REQUEST: ImageRequest = { model: 'any', prompt: '', count: 1, references: [] };
const OPEN: Told = { body: running('a') };
const DONE: Told = { body: done('a') };
/** Without a route for many tasks, and without pictures in its answers. */
const alone: ImageProvider = {
	...evoLink,
	pollMany: undefined,
	poll: (id) => ({ ...evoLink.poll(id), base64Fields: undefined }),
};
const withPictures: ImageProvider = { ...evoLink, pollMany: undefined };

function open(tell: (passed: number, count: number, asked: Asked) => Told, provider = alone) {
	const clock = createVirtualClock();
	const startedAt = clock.now();
	const { context, asked } = otherEnd(clock, (one, count) => tell(clock.passed(), count, one));
	const connection = connect(context, 'evoLinkApi', provider, [], clock);
	const lengths = createTaskLengths();
	const watcher = createTaskWatcher(connection, lengths);

	async function wait(seconds: number, task: Partial<ImageTask> = {}, request?: ImageRequest) {
		const waiting = watcher.wait(
			{ ...openTask('a'), ...task },
			deadlineIn(seconds, clock.now()),
			request,
		);
		const ended = await clock.until(waiting);
		return {
			status: ended.ok ? ended.value.status : undefined,
			failure: ended.ok ? undefined : (failureIn(ended.error)?.details ?? ended.error),
			polls: asked.map(({ at }) => at - startedAt),
			endedAfter: clock.passed(),
		};
	}
	/** Waits for several of these at the same time. */
	async function waitForAll(ids: string[], seconds: number, request?: ImageRequest) {
		const deadline = deadlineIn(seconds, clock.now());
		const waits = ids.map(
			async (id) => await resultOf(watcher.wait(openTask(id), deadline, request)),
		);
		const ended = await clock.until(Promise.all(waits));
		if (!ended.ok) throw ended.error;
		return {
			endedWell: ended.value.filter(({ ok }) => ok).length,
			polls: asked.map(({ at }) => at - startedAt),
		};
	}
	return { wait, waitForAll, clock, asked };
}

test.each<[string, Partial<ImageTask>, number, number[]]>([
	['with an estimate of nothing', {}, 5, [500, 1000, 1500, 2000, 2570, 3290, 4090]],
	['without an estimate', { etaSeconds: undefined }, 5, [1800, 2304, 2949, 3775, 4075]],
	['with an estimate of ten seconds', { etaSeconds: 10 }, 8, [5000, 5550, 6161, 6838, 7138]],
	['with an estimate beyond the limit', { etaSeconds: 100 }, 10, [9000]],
])(
	'a task %s is asked for again and again, the last time before the limit',
	async (_what, task, seconds, moments) => {
		const { polls, endedAfter } = await open(() => OPEN).wait(seconds, task);
		expect(polls.map(Math.round)).toEqual(moments);
		expect(Math.floor(endedAfter / 1000)).toBe(seconds);
	},
);

test('a task that has ended already is not asked for', async () => {
	const { status, polls } = await open(() => OPEN).wait(60, { status: 'failed' });
	expect([status, polls]).toEqual(['failed', []]);
});

test('a poll that gets no answer is given up after five seconds, the next after ten, then after twenty and thirty', async () => {
	const { polls } = await open(() => 'never').wait(120);
	// Between the end of one and the next, as long as after any trouble.
	expect(polls.map(Math.round)).toEqual([500, 7040, 21_811, 53_518, 98_518, 119_018]);
});

test('an answer without pictures may take thirty seconds, however it trickles', async () => {
	const { polls, status } = await open((_passed, count) =>
		count === 1 ? { ...(OPEN as object), betweenBytes: 2000 } : DONE,
	).wait(900);
	expect([status, polls.map(Math.round)]).toEqual(['succeeded', [500, 39_040]]);
});

test('one with pictures may take as long as the wait', async () => {
	const { polls, status, endedAfter } = await open(
		() => ({ ...(DONE as object), betweenBytes: 2000 }),
		withPictures,
	).wait(900);
	expect([status, polls, endedAfter]).toEqual(['succeeded', [500], 118_500]);
});

test('pictures that are on their way at the limit are not asked for a second time, and awaited for a moment', async () => {
	const { polls, failure, endedAfter } = await open(
		() => ({ ...(DONE as object), betweenBytes: 2000 }),
		withPictures,
	).wait(10);
	expect([failure, polls, endedAfter]).toMatchObject([{ kind: 'timeLimit' }, [500], 11_000]);
});

test('an answer to the last poll is awaited for a moment after the limit', async () => {
	const { status, endedAfter } = await open((passed) =>
		passed < 9000 ? OPEN : { ...(DONE as object), after: 1500 },
	).wait(10);
	expect([status, Math.round(endedAfter)]).toEqual(['succeeded', 10_630]);
});

describe('of several tasks that cost a request each', () => {
	const six = ['a', 'b', 'c', 'd', 'e', 'f'];
	const at = (polls: number[], moment: number) => polls.filter((each) => each === moment).length;

	test('one in five is asked for all that were started for the same, as long as it is just in case', async () => {
		const { polls } = await open(() => OPEN).waitForAll(six, 5, REQUEST);
		expect([at(polls, 500), at(polls, 1000)]).toEqual([2, 2]);
	});

	test('each is asked for where only their IDs are known', async () => {
		const { polls } = await open(() => OPEN).waitForAll(six, 5);
		expect([at(polls, 500), at(polls, 1000)]).toEqual([6, 6]);
	});

	test('those are no more asked for whose wait is over before their turn comes', async () => {
		const { waitForAll, clock, asked } = open(() => 'never');
		const ids = Array.from({ length: 20 }, (_, index) => `task-${index}`);
		const { endedWell, polls } = await waitForAll(ids, 3);
		// Five of the usual ones are under way at once, and five of the last ones.
		expect([endedWell, polls]).toEqual([
			0,
			[...Array<number>(5).fill(500), ...Array<number>(5).fill(2400)],
		]);
		await clock.pass(60_000);
		expect(asked).toHaveLength(10);
	});
});

describe('a picture that arrives damaged', () => {
	const damaged = (times: number, status?: number): ImageProvider => {
		let count = 0;
		return {
			...alone,
			readTask: (answer) => {
				count += 1;
				if (count > times) return evoLink.readTask(answer);
				throw new ImageFailure({ kind: 'download', message: 'Damaged.', advice: 'Look.', status });
			},
		};
	};

	test('is asked for four times again', async () => {
		const { status, polls } = await open(() => DONE, damaged(4)).wait(60);
		expect([status, polls.length]).toEqual(['succeeded', 5]);
	});

	test('is given up at the fifth time, with its task', async () => {
		const { failure, polls } = await open(() => DONE, damaged(5)).wait(60);
		expect(failure).toEqual({
			kind: 'download',
			message: 'Damaged.',
			advice: 'Look.',
			status: undefined,
			taskId: 'a',
		});
		expect(polls).toHaveLength(5);
	});

	test('is given up at once where it is too large', async () => {
		const { failure, polls } = await open(() => DONE, damaged(1, 413)).wait(60);
		expect([failure, polls.length]).toMatchObject([{ kind: 'download', taskId: 'a' }, 1]);
	});
});

describe('a task that is open at the limit', () => {
	test('is told with its ID and how to fetch it', async () => {
		expect((await open(() => OPEN).wait(10)).failure).toEqual({
			kind: 'timeLimit',
			message: 'The images were not ready within 10 seconds.',
			advice:
				'The task goes on at EvoLink and nothing is lost. Fetch its images later with Task: Get or Task: Wait and this task ID, or set a longer Time Limit in the Options.',
			taskId: 'a',
		});
	});

	test('is told with what the latest question about it came to, where that failed', async () => {
		const { failure } = await open((passed) => (passed < 5000 ? OPEN : brokenOff())).wait(10);
		expect(failure).toMatchObject({
			advice: expect.stringMatching(
				/ in the Options\. The latest question about it failed: EvoLink broke off the connection\.$/,
			),
		});
	});

	test('is told without one that was answered since', async () => {
		const { failure } = await open((_passed, count) => (count === 1 ? brokenOff() : OPEN)).wait(10);
		expect(failure).toMatchObject({ advice: expect.stringMatching(/ in the Options\.$/) });
	});
});

test('a defect in reading answers ends the wait as it is', async () => {
	const defect = new TypeError('no');
	const { failure, polls } = await open(() => DONE, {
		...alone,
		readTask: () => {
			throw defect;
		},
	}).wait(60);
	expect([failure, polls]).toEqual([defect, [500]]);
});

describe('how long a task took', () => {
	/** When it was last seen open and when it was found ended. */
	const learnt = async (
		tell: (passed: number, count: number) => Told,
		task: Partial<ImageTask> = {},
		request?: ImageRequest,
	) => {
		const clock = createVirtualClock();
		const { context } = otherEnd(clock, (_asked, count) => tell(clock.passed(), count));
		const lengths = createTaskLengths();
		const endings: Ending[] = [];
		const watcher = createTaskWatcher(connect(context, 'evoLinkApi', alone, [], clock), {
			...lengths,
			learn: (kind, ending) => {
				endings.push(ending);
				return lengths.learn(kind, ending);
			},
		});
		await clock.until(
			watcher.wait({ ...openTask('a'), ...task }, deadlineIn(60, clock.now()), request),
		);
		return endings.map(({ openAt, endedAt }) => [openAt, endedAt].map(Math.round));
	};
	const after = (milliseconds: number) => (passed: number) => (passed < milliseconds ? OPEN : DONE);

	test.each<[string, Partial<ImageTask>, ImageRequest | undefined, number[][]]>([
		['is learnt of one that this execution has started', {}, REQUEST, [[3290, 4211]]],
		['isn’t of one that an earlier one has started', { replayed: true }, REQUEST, []],
		['isn’t of one of which only the ID is known', {}, undefined, []],
	])('%s', async (_what, task, request, endings) => {
		expect(await learnt(after(4000), task, request)).toEqual(endings);
	});

	it('is known from the answers, not from questions without any', async () => {
		const tell = (passed: number): Told =>
			passed < 3000 ? OPEN : passed < 6000 ? { statusCode: 502 } : DONE;
		const [[openAt, endedAt]] = (await learnt(tell, {}, REQUEST)) as [[number, number]];
		expect(openAt).toBeLessThan(3000);
		expect(openAt).toBeGreaterThan(0);
		expect(endedAt).toBeGreaterThan(6000);
	});
});
