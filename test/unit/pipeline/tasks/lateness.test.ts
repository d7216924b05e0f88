// How late the end of a task is noticed and what that costs in requests, in virtual time: 24 tasks, ten at once, of whose
// kind nothing is known at first. Each differs by up to a fifth from the length that is told.
import { deadlineIn } from '../../../../pipeline/deadline';
import { connect } from '../../../../pipeline/session';
import { createLimiter } from '../../../../pipeline/tasks/limiter';
import { createTaskWatcher } from '../../../../pipeline/tasks/poller';
import { createTaskLengths, type TaskLengths } from '../../../../pipeline/tasks/taskLengths';
import type { ImageProvider, ImageRequest, ImageTask } from '../../../../providers/contract';
import { createCoreToday } from '../../../../providers/coretoday';
import { done, evoLink, running, told } from '../evoLinkTasks';
import { otherEnd, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

const TASKS = 24;
const AT_ONCE = 10;
const REQUEST: ImageRequest = { model: 'any', prompt: '', count: 1, references: [] };

interface Side {
	provider: ImageProvider;
	etaOf(seconds: number): number | undefined;
	answer(asked: Asked, hasEnded: (id: string) => boolean): Told;
}

/** Estimates, and answers for many tasks at once. */
const together: Side = {
	provider: evoLink,
	etaOf: (seconds) => Math.round(seconds),
	answer: (asked, hasEnded) => told(asked, (id) => (hasEnded(id) ? done(id) : running(id))),
};
/** Does neither. */
const alone: Side = {
	provider: createCoreToday('http://127.0.0.1', 'storage'),
	etaOf: () => undefined,
	answer: ({ url }, hasEnded) => {
		const id = url.slice(url.lastIndexOf('/') + 1);
		return { body: { id, status: hasEnded(id) ? 'succeeded' : 'processing', output: [] } };
	},
};

/** Spread evenly, in the order of the golden section: as in the measurement. */
const lengthsAround = (seconds: number) =>
	Array.from(
		{ length: TASKS },
		(_, i) => seconds * (0.8 + 0.4 * (((i + 1) * 0.618_033_988_75) % 1)),
	);

/** Numbers from 0 to 1, always the same. */
function chanceFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return state / 2 ** 32;
	};
}

async function wait(
	{ provider, etaOf, answer }: Side,
	tasks: Array<{ seconds: number; replayed?: boolean }>,
	lengths: TaskLengths = createTaskLengths(),
) {
	const clock = { ...createVirtualClock(), chance: chanceFrom(1) };
	const ends = new Map<string, number>();
	const { context, asked } = otherEnd(clock, (one) =>
		answer(one, (id) => ends.get(id)! <= clock.passed()),
	);
	const watcher = createTaskWatcher(connect(context, 'any', provider, [], clock), lengths);
	const limit = createLimiter(AT_ONCE);
	const waits = tasks.map(
		async ({ seconds, replayed }, index) =>
			await limit(async () => {
				const end = clock.passed() + seconds * 1000;
				const id = `task_${index}`;
				ends.set(id, end);
				const etaSeconds = etaOf(seconds);
				const task: ImageTask = { id, status: 'queued', etaSeconds, replayed, images: [], raw: {} };
				await watcher.wait(task, deadlineIn(3600, clock.now()), REQUEST);
				return (clock.passed() - end) / (seconds * 1000);
			}),
	);
	const ended = await clock.until(Promise.all(waits));
	if (!ended.ok) throw ended.error;
	const late = [...ended.value].sort((left, right) => left - right);
	return {
		median:
			(late[Math.floor((late.length - 1) / 2)]! + late[Math.ceil((late.length - 1) / 2)]!) / 2,
		worst: late.at(-1)!,
		requestsPerTask: asked.length / tasks.length,
	};
}

/** The most is what it takes to ask for each every five seconds, where that can be kept to. */
test.each<[string, Side, number, number]>([
	['with estimates and together', together, 2, 1],
	['with estimates and together', together, 10, 2.54],
	['with estimates and together', together, 60, 12.5],
	['without estimates and alone', alone, 2, 2.1],
	['without estimates and alone', alone, 10, 2.54],
	['without estimates and alone', alone, 60, 12.5],
])('%s, half of the tasks are noticed within a tenth', async (_how, side, seconds, most) => {
	const tasks = lengthsAround(seconds).map((each) => ({ seconds: each }));
	const { median, requestsPerTask } = await wait(side, tasks);
	expect(median).toBeLessThanOrEqual(0.1);
	expect(requestsPerTask).toBeLessThanOrEqual(most);
});

describe('what has been learnt of a kind', () => {
	const seconds = 40;
	const learnt = async () => {
		const lengths = createTaskLengths();
		await wait(alone, [{ seconds }], lengths);
		return lengths;
	};

	it('spares the next task requests', async () => {
		const first = await wait(alone, [{ seconds }]);
		const next = await wait(alone, [{ seconds }], await learnt());
		expect(next.requestsPerTask).toBeLessThan(first.requestsPerTask / 2);
		expect(next.median).toBeLessThanOrEqual(0.12);
	});

	it.each([1, 5, 10, 20])(
		'delays one of %i s by no more than 10 s or its own time',
		async (quick) => {
			const { median } = await wait(alone, [{ seconds: quick }], await learnt());
			expect(median * quick).toBeLessThanOrEqual(Math.max(10, quick * 1.1));
		},
	);

	it('comes from no task that began before it was waited for', async () => {
		const lengths = createTaskLengths();
		const before = await wait(alone, [{ seconds: 5, replayed: true }], lengths);
		expect(await wait(alone, [{ seconds: 5 }])).toEqual(before);
		expect(await wait(alone, [{ seconds: 5 }], lengths)).toEqual(before);
	});
});

describe.each<[string, Side]>([
	['with estimates and together', together],
	['without estimates and alone', alone],
])('tasks that become quicker, %s,', (_how, side) => {
	test.each([
		[1, 9, 5],
		[20, 9, 5],
		[20, 9.5, 2],
		[20, 4, 1],
		[40, 40, 22],
	])('%i of %d s and then of %d s, are noticed sooner and sooner', async (count, before, now) => {
		const lengths = createTaskLengths();
		const oneByOne = async (seconds: number, tasks: number) => {
			const late: number[] = [];
			for (let task = 0; task < tasks; task++) {
				late.push((await wait(side, [{ seconds }], lengths)).median);
			}
			return late.reduce((sum, each) => sum + each, 0) / tasks;
		};
		await oneByOne(before, count);
		await oneByOne(now, 40);
		expect(await oneByOne(now, 20)).toBeLessThanOrEqual(0.1);
	});
});

test('a quick one among tasks of a kind of which nothing is known is found before the others end', async () => {
	const tasks = [...Array.from({ length: 9 }, () => ({ seconds: 40 })), { seconds: 5 }];
	const { worst } = await wait(alone, tasks);
	expect(worst).toBeLessThanOrEqual(2.5);
});

test('a task that never moves is asked for four times a minute', async () => {
	const { requestsPerTask } = await wait(alone, [{ seconds: 3500 }]);
	expect(requestsPerTask).toBeLessThanOrEqual(255);
});
