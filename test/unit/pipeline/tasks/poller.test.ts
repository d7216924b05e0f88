// Waiting in virtual time, with a provider at the other end of n8n's HTTP helper: when it is polled, and how a wait ends.
import { connect } from '../../../../pipeline/session';
import { deadlineIn } from '../../../../pipeline/deadline';
import { failureIn, resultOf } from '../../../../pipeline/result';
import { createTaskWatcher } from '../../../../pipeline/tasks/poller';
import { createTaskLengths } from '../../../../pipeline/tasks/taskLengths';
import { openTask } from '../../../../pipeline/tasks/taskState';
import type { ImageProvider, ImageRequest } from '../../../../providers/contract';
import { createCoreToday } from '../../../../providers/coretoday';
import { done, evoLink, idsOf, running, told } from '../evoLinkTasks';
import { brokenOff, notReached, otherEnd, timedOut, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

const HOUR = 3_600_000;
const DONE: Told = { body: { id: 'pred_1', status: 'succeeded', output: [] } };
const OPEN: Told = { body: { id: 'pred_1', status: 'processing' } };
const ERROR = { error: { message: 'No.' } };
/** Of a task that this execution has started. */
const REQUEST: ImageRequest = { model: 'any', prompt: '', count: 1, references: [] };

function watcherOf(provider: ImageProvider, tell: (asked: Asked, count: number) => Told) {
	const clock = createVirtualClock();
	const startedAt = clock.now();
	const { context, asked } = otherEnd(clock, tell);
	const cancel = new AbortController();
	const connection = connect(context, 'any', provider, [], clock);
	const watcher = createTaskWatcher({ ...connection, signal: cancel.signal }, createTaskLengths());

	async function waitFor(id: string, seconds: number, request?: ImageRequest) {
		const waiting = watcher.wait(openTask(id), deadlineIn(seconds, clock.now()), request);
		const ended = await resultOf(waiting);
		return {
			outcome: ended.ok ? ended.value.status : failureIn(ended.error)?.details.kind,
			/** Milliseconds since the beginning. */
			at: clock.passed(),
			error: ended.ok ? undefined : ended.error,
		};
	}

	/** What becomes of all these waits, in time. */
	async function together<Value>(...waits: Array<Promise<Value>>): Promise<Value[]> {
		const all = await clock.until(Promise.all(waits));
		if (all.ok) return all.value;
		throw all.error;
	}

	return {
		clock,
		cancel,
		asked,
		polledAt: () => asked.map(({ at }) => at - startedAt),
		waitFor,
		together,
	};
}

/** One task. `tell` is what the provider says at a time, in milliseconds from the beginning. */
function open(tell: (passed: number, poll: number) => Told) {
	const provider = createCoreToday('http://127.0.0.1', 'storage');
	const watcher = watcherOf(provider, (_, count) => tell(watcher.clock.passed(), count));
	const { clock, cancel, polledAt, together, waitFor } = watcher;
	const begin = async (seconds: number, request?: ImageRequest) =>
		await waitFor('pred_1', seconds, request);
	const wait = async (seconds: number, request?: ImageRequest) =>
		(await together(begin(seconds, request)))[0]!;
	return { clock, cancel, polledAt, begin, wait };
}

test.each<[string, Told]>([
	...[408, 409, 425, 429, 499, 500, 501, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530].map(
		(statusCode): [string, Told] => [`HTTP ${statusCode}`, { statusCode, body: ERROR }],
	),
	['a web page', { body: '<html></html>' }],
	['another JSON', { body: {} }],
	['no answer', timedOut()],
	['an answer that never comes', 'never'],
	['a broken connection', brokenOff()],
	['a refused connection', notReached()],
])('%s on a poll passes', async (_what, trouble) => {
	const { wait } = open((_passed, poll) => (poll <= 2 ? trouble : DONE));
	expect((await wait(60)).outcome).toBe('succeeded');
});

test.each([
	[400, 'badRequest'],
	[401, 'auth'],
	[402, 'balance'],
	[403, 'forbidden'],
])('HTTP %i on a poll ends the wait at once', async (statusCode, kind) => {
	const { wait, polledAt } = open(() => ({ statusCode, body: ERROR }));
	expect((await wait(60, REQUEST)).outcome).toBe(kind);
	expect(polledAt()).toHaveLength(1);
});

describe('HTTP 404', () => {
	const unknown: Told = { statusCode: 404, body: ERROR };

	test('means "not yet" for twenty seconds after the start', async () => {
		const { wait } = open((passed) => (passed < 18_000 ? unknown : DONE));
		expect((await wait(60, REQUEST)).outcome).toBe('succeeded');
	});

	test('is final after that', async () => {
		const { wait } = open(() => unknown);
		const { outcome, at } = await wait(600, REQUEST);
		expect(outcome).toBe('notFound');
		expect(at).toBeGreaterThanOrEqual(20_000);
		expect(at).toBeLessThan(40_000);
	});

	test('is final at once for an ID that somebody has entered', async () => {
		const { wait, polledAt } = open(() => unknown);
		expect((await wait(60)).outcome).toBe('notFound');
		expect(polledAt()).toHaveLength(1);
	});

	test('is final for a task that has been there', async () => {
		const { wait, polledAt } = open((_passed, poll) => (poll === 1 ? OPEN : unknown));
		expect((await wait(60, REQUEST)).outcome).toBe('notFound');
		expect(polledAt()).toHaveLength(2);
	});
});

describe('Retry-After', () => {
	const later = (retryAfter: string): Told => ({
		statusCode: 429,
		headers: { 'retry-after': retryAfter },
		body: ERROR,
	});

	test('puts off the next poll', async () => {
		const { wait, polledAt } = open((_passed, poll) => (poll === 1 ? later('30') : DONE));
		expect((await wait(60)).outcome).toBe('succeeded');
		const [first, second] = polledAt();
		expect(polledAt()).toHaveLength(2);
		expect(second! - first!).toBeGreaterThanOrEqual(30_000);
		expect(second! - first!).toBeLessThan(31_000);
	});

	test('puts it off also as a date', async () => {
		const { wait, polledAt, clock } = open((_passed, poll) =>
			poll === 1 ? later(new Date(clock.now() + 30_000).toUTCString()) : DONE,
		);
		expect((await wait(60)).outcome).toBe('succeeded');
		const [first, second] = polledAt();
		// A date has whole seconds only.
		expect(second! - first!).toBeGreaterThanOrEqual(29_000);
		expect(second! - first!).toBeLessThan(31_000);
	});

	test('counts against the Time Limit, and is kept to until then', async () => {
		const { wait, polledAt } = open(() => later('3600'));
		const { outcome, at, error } = await wait(10);
		expect(outcome).toBe('timeLimit');
		expect(at).toBeLessThan(12_000);
		expect(polledAt()).toHaveLength(1);
		expect(failureIn(error!)?.details).toMatchObject({
			taskId: 'pred_1',
			advice: expect.stringContaining('nothing is lost'),
		});
		expect(failureIn(error!)?.details.advice).toContain('Core.Today: No.');
	});
});

describe('the end of a wait', () => {
	test.each([1, 2, 5, 10, 60, 900])('of %i s is its deadline', async (seconds) => {
		const { wait } = open(() => OPEN);
		const { outcome, at } = await wait(seconds);
		expect(outcome).toBe('timeLimit');
		expect(at).toBeGreaterThanOrEqual(seconds * 1000);
		expect(at).toBeLessThanOrEqual(seconds * 1000 + 2000);
	});

	test.each([1, 2, 5, 10, 60, 900])(
		'of %i s is soon after it, also without answers',
		async (seconds) => {
			const { wait } = open(() => 'never');
			const { outcome, at } = await wait(seconds);
			expect(outcome).toBe('timeLimit');
			expect(at).toBeGreaterThanOrEqual(seconds * 1000);
			expect(at).toBeLessThanOrEqual(seconds * 1000 + 2000);
		},
	);

	test.each([1, 2, 5, 10, 60, 900])('of %i s misses nothing that ended before', async (seconds) => {
		const { wait } = open((passed) => (passed >= seconds * 1000 * 0.75 ? DONE : OPEN));
		const short = seconds < 60 ? seconds * 1000 * 0.75 : seconds * 1000 - 1100;
		const { wait: waitLonger } = open((passed) => (passed >= short ? DONE : OPEN));
		expect((await wait(seconds)).outcome).toBe('succeeded');
		expect((await waitLonger(seconds)).outcome).toBe('succeeded');
	});

	test('after which no more is polled', async () => {
		const { wait, polledAt, clock } = open(() => OPEN);
		await wait(10);
		const polls = polledAt().length;
		await clock.pass(60_000);
		expect(polledAt()).toHaveLength(polls);
	});

	test('comes at once with a cancel', async () => {
		const { wait, clock, cancel } = open(() => OPEN);
		void clock.pause(7100).then(() => cancel.abort());
		expect(await wait(900)).toMatchObject({ outcome: 'cancelled', at: 7100 });
	});
});

describe('a wait that begins as the last one ends is looked after', () => {
	const steps = async (count: number) => {
		for (let step = 0; step < count; step++) await Promise.resolve();
	};

	test.each([0, 1, 2, 3, 5, 8, 13, 20])('%i steps after its end', async (count) => {
		const { begin, clock } = open(() => DONE);
		const second = begin(60).then(async () => {
			await steps(count);
			return await begin(60);
		});
		expect(await clock.until(second)).toMatchObject({ value: { outcome: 'succeeded' } });
	});

	test.each(Array.from({ length: 20 }, (_, count) => count))(
		'%i steps after the loop has woken up for the last time',
		async (count) => {
			const { begin, wait, clock } = open(() => DONE);
			const second = clock.pause(750).then(async () => {
				await steps(count);
				return await begin(60);
			});
			expect(await wait(60)).toMatchObject({ outcome: 'succeeded', at: 500 });
			expect(await clock.until(second)).toMatchObject({ value: { outcome: 'succeeded' } });
		},
	);
});

describe('a clock that is set meanwhile', () => {
	test('over the deadline: what has ended by then is still found', async () => {
		const { wait, clock } = open((passed) => (passed > 5000 ? DONE : OPEN));
		void clock.pause(6000).then(() => clock.jump(HOUR));
		const { outcome, at } = await wait(900);
		expect(outcome).toBe('succeeded');
		expect(at).toBeLessThanOrEqual(7000);
	});

	test('over the deadline: what is still open ends, after one more poll', async () => {
		const { wait, clock, polledAt } = open(() => OPEN);
		void clock.pause(6000).then(() => clock.jump(HOUR));
		const { outcome, at } = await wait(900);
		expect(outcome).toBe('timeLimit');
		expect(at).toBeLessThanOrEqual(6250);
		expect(polledAt().filter((polled) => polled > 6250)).toHaveLength(1);
	});

	test('over the deadline: an answer that never comes is not waited for long', async () => {
		const { wait, clock } = open((passed) => (passed > 5000 ? 'never' : OPEN));
		void clock.pause(6000).then(() => clock.jump(HOUR));
		const { outcome, at } = await wait(900);
		expect(outcome).toBe('timeLimit');
		expect(at).toBeLessThanOrEqual(8000);
	});

	test.each([-HOUR, -500, 500])(
		'by %i ms: polls come as often as ever, and find the end',
		async (jump) => {
			const { wait, clock, polledAt } = open((passed) => (passed >= 30_000 ? DONE : OPEN));
			void clock.pause(6000).then(() => clock.jump(jump));
			const { outcome, at } = await wait(900);
			expect(outcome).toBe('succeeded');
			expect(at).toBeLessThan(45_000);
			expect(polledAt().length).toBeGreaterThan(5);
		},
	);

	test('backwards: a wait ends in its time, whether it had begun or not', async () => {
		const { wait, begin, clock } = open(() => OPEN);
		void clock.pause(6000).then(() => clock.jump(-HOUR));
		const later = clock.pause(20_000).then(async () => await begin(60));
		const { outcome, at } = await wait(60);
		expect([outcome, at > 59_000, at < 62_000]).toEqual(['timeLimit', true, true]);
		const second = await clock.until(later);
		expect(second).toMatchObject({ value: { outcome: 'timeLimit' } });
		expect(clock.passed()).toBeGreaterThanOrEqual(80_000);
		expect(clock.passed()).toBeLessThanOrEqual(82_000);
	});
});

describe('many tasks', () => {
	const ids = (count: number) => Array.from({ length: count }, (_, index) => `task-${index}`);
	const waitForAll = async (
		watcher: ReturnType<typeof watcherOf>,
		count: number,
		seconds: number,
	) =>
		await watcher.together(
			...ids(count).map(async (id) => await watcher.waitFor(id, seconds, REQUEST)),
		);

	test('share requests: fifty in each', async () => {
		const watcher = watcherOf(evoLink, (asked) =>
			told(asked, watcher.clock.passed() < 20_000 ? running : done),
		);
		const outcomes = await waitForAll(watcher, 1000, 900);
		expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['succeeded']));
		const rounds = new Set(watcher.polledAt());
		expect(watcher.asked.length).toBeLessThanOrEqual(20 * rounds.size);
		expect(Math.max(...watcher.asked.map((each) => idsOf(each).length))).toBe(50);
	});

	test.each([
		['never answers', 'never' as const],
		['answers after minutes', { after: 200_000, body: { data: [] } }],
		['trickles', { body: { data: [] }, betweenBytes: 4000 }],
	])('a group whose request %s holds up no other', async (_what, hanging) => {
		const hangs = (asked: Asked) => idsOf(asked).includes('task-0');
		const watcher = watcherOf(evoLink, (asked) => (hangs(asked) ? hanging : told(asked, done)));
		const outcomes = await waitForAll(watcher, 120, 60);
		const others = outcomes.slice(50);
		expect(others.every(({ outcome, at }) => outcome === 'succeeded' && at < 5000)).toBe(true);
		const group = outcomes.slice(0, 50);
		expect(group[0]).toMatchObject({ outcome: 'timeLimit' });
		expect(Math.max(...group.map(({ at }) => at))).toBeLessThanOrEqual(62_000);
	});

	test('a single task that never answers holds up no other, however often it is polled', async () => {
		const single = createCoreToday('http://127.0.0.1', 'storage');
		const watcher = watcherOf(single, (asked) => (asked.url.includes('pred-0') ? 'never' : DONE));
		const hanging = watcher.waitFor('pred-0', 900);
		const others: Array<ReturnType<typeof watcher.waitFor>> = [];
		for (let index = 1; index <= 20; index++) {
			others.push(
				watcher.clock.pause(index * 10_000).then(() => watcher.waitFor(`pred-${index}`, 60)),
			);
		}
		const [first, ...rest] = await watcher.together(hanging, ...others);
		expect(first!.outcome).toBe('timeLimit');
		rest.forEach(({ outcome, at }, index) => {
			expect(outcome).toBe('succeeded');
			expect(at - (index + 1) * 10_000).toBeLessThan(2000);
		});
	});

	test('a provider that is down is asked a few times a round, and every wait ends in time', async () => {
		const watcher = watcherOf(evoLink, () => ({ statusCode: 503, body: ERROR }));
		const outcomes = await waitForAll(watcher, 1000, 60);
		expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['timeLimit']));
		expect(Math.max(...outcomes.map(({ at }) => at))).toBeLessThanOrEqual(62_000);
	});

	test('each ends at its own deadline', async () => {
		const watcher = watcherOf(evoLink, (asked) => told(asked, running));
		const limits = [1, 3, 10, 60, 900];
		const outcomes = await watcher.together(
			...limits.map(async (seconds) => await watcher.waitFor(`task-${seconds}`, seconds, REQUEST)),
		);
		outcomes.forEach(({ outcome, at }, index) => {
			expect(outcome).toBe('timeLimit');
			expect(Math.floor(at / 1000)).toBe(limits[index]);
		});
	});
});
