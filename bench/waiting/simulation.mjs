// Waits for tasks as our nodes do, in virtual time: when each is noticed, and with how many requests. Bundled by rows.mjs.
import { connect } from '../../pipeline/session';
import { deadlineIn } from '../../pipeline/deadline';
import { createLimiter } from '../../pipeline/tasks/limiter';
import { createTaskWatcher } from '../../pipeline/tasks/poller';
import { createTaskLengths } from '../../pipeline/tasks/taskLengths';
import { createCoreToday } from '../../providers/coretoday';
import { done, evoLink, running, told } from '../../test/unit/pipeline/evoLinkTasks';
import { otherEnd } from '../../test/unit/pipeline/otherEnd';
import { createVirtualClock } from '../../test/unit/pipeline/virtualClock';

const HOUR_SECONDS = 3600;
/** All tasks are of one kind. */
const REQUEST = { model: 'any', prompt: '', count: 1, references: [] };

/** Numbers from 0 to 1 that are the same in every run with the same seed. */
function chanceFrom(seed) {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
		return state / 2 ** 32;
	};
}

const PROVIDERS = {
	EvoLink: {
		provider: evoLink,
		/** EvoLink tells how long a task will take. */
		etaOf: (seconds) => Math.round(seconds),
		answer: (asked, isDone) => told(asked, (id) => (isDone(id) ? done(id) : running(id))),
	},
	'Core.Today': {
		provider: createCoreToday('http://127.0.0.1', 'storage'),
		etaOf: () => undefined,
		answer: ({ url }, isDone) => {
			const id = url.slice(url.lastIndexOf('/') + 1);
			return { body: { id, status: isDone(id) ? 'succeeded' : 'processing', output: [] } };
		},
	},
};
export const providerNames = Object.keys(PROVIDERS);

/**
 * Nothing has been learnt of such tasks before: what the first ones tell, serves the later ones.
 * @param {{name: string, durations: number[], atOnce: number, seed: number}} options durations in seconds
 * @returns {Promise<{late: number[], requests: number}>} late as a part of each task's own time
 */
export async function simulate({ name, durations, atOnce, seed }) {
	const { provider, etaOf, answer } = PROVIDERS[name];
	const clock = { ...createVirtualClock(), chance: chanceFrom(seed) };
	const endOf = new Map();
	const isDone = (id) => endOf.get(id) <= clock.passed();
	const { context, asked } = otherEnd(clock, (one) => answer(one, isDone));
	const watcher = createTaskWatcher(
		connect(context, 'any', provider, [], clock),
		createTaskLengths(),
	);
	const limit = createLimiter(atOnce);
	const waits = durations.map((seconds, index) =>
		limit(async () => {
			const id = `task_${index + 1}`;
			const end = clock.passed() + seconds * 1000;
			endOf.set(id, end);
			const task = { id, status: 'queued', etaSeconds: etaOf(seconds), images: [], raw: {} };
			await watcher.wait(task, deadlineIn(HOUR_SECONDS, clock.now()), REQUEST);
			return (clock.passed() - end) / (seconds * 1000);
		}),
	);
	const ended = await clock.until(Promise.all(waits));
	if (!ended.ok) throw ended.error;
	return { late: ended.value, requests: asked.length };
}
