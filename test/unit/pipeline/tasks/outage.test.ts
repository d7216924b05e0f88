// A hundred tasks while their provider is down for a minute, in virtual time: with how many requests it is noticed that it
// is back, and when.
import { deadlineIn } from '../../../../pipeline/deadline';
import { connect } from '../../../../pipeline/session';
import { failureIn, resultOf } from '../../../../pipeline/result';
import { createTaskWatcher } from '../../../../pipeline/tasks/poller';
import { createTaskLengths } from '../../../../pipeline/tasks/taskLengths';
import { openTask } from '../../../../pipeline/tasks/taskState';
import type { ImageRequest } from '../../../../providers/contract';
import { createCoreToday } from '../../../../providers/coretoday';
import { notReached, otherEnd, timedOut, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

const TASKS = 100;
const DOWN_FROM = 20_000;
const UP_FROM = 80_000;
const ANSWER_MILLISECONDS = 100;
/** The longest pause between two tasks that stand for all, and how long the answer to one may be silent. */
const LONGEST_WAIT = 5000 + 5000;
/** Until then, five have been asked in vain. */
const KNOWN_AFTER = 5000;
/** A task's own longest wait between two polls, with some that chance adds, and the longest silence. */
const OWN_WAIT = 18_000 + 30_000;
const REQUEST: ImageRequest = { model: 'any', prompt: '', count: 1, references: [] };

const refusal = (statusCode: number, retryAfter?: number): Told => ({
	statusCode,
	headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
	body: { error: { message: 'No.' } },
	after: ANSWER_MILLISECONDS,
});
const TROUBLES: Array<[string, Told]> = [
	['HTTP 500', refusal(500)],
	['HTTP 503', refusal(503)],
	['HTTP 429', refusal(429)],
	['a refused connection', notReached()],
	['a time-out', timedOut()],
	['no answer', 'never'],
];

/** Numbers from 0 to 1, always the same. */
function chanceFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return state / 2 ** 32;
	};
}

/** All tasks end while it is down. `request` is missing where only their IDs are known. */
async function outage(trouble: Told, request: ImageRequest | undefined, seconds = 600) {
	const clock = { ...createVirtualClock(), chance: chanceFrom(1) };
	const startedAt = clock.now();
	const isDown = (at: number) => at >= DOWN_FROM && at < UP_FROM;
	const { context, asked } = otherEnd(clock, ({ url }) => {
		if (isDown(clock.passed())) return trouble;
		const id = url.slice(url.lastIndexOf('/') + 1);
		const status = clock.passed() < UP_FROM ? 'processing' : 'succeeded';
		return { body: { id, status, output: [] }, after: ANSWER_MILLISECONDS };
	});
	const provider = createCoreToday('http://127.0.0.1', 'storage');
	const watcher = createTaskWatcher(
		connect(context, 'any', provider, [], clock),
		createTaskLengths(),
	);
	const waits = Array.from({ length: TASKS }, async (_, index) => {
		const task = { ...openTask(`task_${index}`), etaSeconds: undefined };
		const ended = await resultOf(watcher.wait(task, deadlineIn(seconds, clock.now()), request));
		return { ended, at: clock.passed() };
	});
	const all = await clock.until(Promise.all(waits));
	if (!all.ok) throw all.error;
	return {
		ends: all.value,
		lastAt: Math.max(...all.value.map(({ at }) => at)),
		askedWhileDown: asked.map(({ at }) => at - startedAt).filter(isDown),
	};
}

describe.each([
	['started by this execution', REQUEST],
	['of which only the IDs are known', undefined],
])('of a hundred tasks %s', (_which, request) => {
	test.each(TROUBLES)('few are asked for during a minute of %s', async (_what, trouble) => {
		const { ends, askedWhileDown } = await outage(trouble, request);
		expect(askedWhileDown.length).toBeLessThanOrEqual(35);
		expect(ends.filter(({ ended }) => ended.ok)).toHaveLength(TASKS);
	});

	test.each(TROUBLES)('all go on soon after a minute of %s', async (_what, trouble) => {
		const { ends } = await outage(trouble, request);
		// Five at once. Those that stood for all come back when their own time has come.
		const all = (TASKS / 5) * ANSWER_MILLISECONDS;
		const ats = ends.map(({ at }) => at).sort((left, right) => left - right);
		expect(ats[TASKS * 0.6]).toBeLessThanOrEqual(UP_FROM + LONGEST_WAIT + all);
		expect(ats.at(-1)).toBeLessThanOrEqual(UP_FROM + OWN_WAIT + all);
	});

	test('none is asked for before the provider wants to be asked again', async () => {
		const { askedWhileDown } = await outage(refusal(429, 25), request);
		const known = askedWhileDown.filter((at) => at > DOWN_FROM + KNOWN_AFTER);
		expect(known).toHaveLength(2);
		expect(known[0]! - DOWN_FROM).toBeGreaterThan(25_000);
		expect(known[1]! - known[0]!).toBeGreaterThan(25_000);
	});

	test('each ends at its own deadline, and is told with its ID', async () => {
		const { ends, lastAt } = await outage(refusal(500), request, 60);
		const ids = ends.map(({ ended }) => {
			const details = ended.ok ? undefined : failureIn(ended.error)?.details;
			return details?.kind === 'timeLimit' && details.taskId;
		});
		expect(ids).toEqual(ends.map((_, index) => `task_${index}`));
		expect(lastAt).toBeLessThanOrEqual(62_000);
	});
});
