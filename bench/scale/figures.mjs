// Turns what was seen of one measurement into its figures.
import { numberIn } from './provider.mjs';

const SECOND_MS = 1000;

/** The value below which a share of all values lies; undefined without any. */
function percentile(values, share) {
	const sorted = [...values].sort((left, right) => left - right);
	return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
const median = (values) => percentile(values, 0.5);
const known = (values) => values.filter((value) => value !== undefined);
const most = (values) => (values.length > 0 ? Math.max(...values) : undefined);
const least = (values) => (values.length > 0 ? Math.min(...values) : undefined);

/** While every task was in the making: from the last create to the first that was done. */
function whileAllWait(tasks, samples) {
	// The sandbox tells when a task was made in whole seconds.
	const from = (most(tasks.map(({ created }) => created)) + 1) * SECOND_MS;
	const until = least(known(tasks.map(({ endedAt }) => endedAt)));
	const during = samples.filter(({ at }) => at >= from && at < until);
	const of = (name) => known(during.map((sample) => sample[name]));
	const processor = of('processor');
	return {
		seconds: until > from ? (until - from) / SECOND_MS : undefined,
		tidy: during.find(({ isTidy }) => isTidy),
		running: most(of('running')),
		waiting: most(of('waiting')),
		processorPerMinute:
			processor.length > 1
				? ((processor.at(-1) - processor[0]) / (until - from)) * 60 * SECOND_MS
				: undefined,
	};
}

/** Seconds from the end of a task at the provider to the workflow's next node having its image. */
function delays({ executions, images, tasks }) {
	const endOf = new Map(tasks.map(({ id, endedAt }) => [id, endedAt]));
	const each = images.map(({ at, taskId }) => (at - endOf.get(taskId)) / SECOND_MS);
	const whole = executions.flatMap((items) => {
		const numbers = new Set(items.map(({ number }) => number));
		const ends = tasks.filter(({ prompt }) => numbers.has(numberIn(prompt)));
		const own = images.filter(({ number }) => numbers.has(number));
		if (own.length < items.length) return [];
		const [last, ended] = [own.map(({ at }) => at), ends.map(({ endedAt }) => endedAt)].map(most);
		return [(last - ended) / SECOND_MS];
	});
	const both = (values) => ({ median: median(values), p99: percentile(values, 0.99) });
	return { each: both(each), whole: both(whole) };
}

function requestsPerTask({ before, after, tasks }) {
	const count = (route) => (after.requests[route] ?? 0) - (before.requests[route] ?? 0);
	const per = (...routes) =>
		routes.reduce((sum, route) => sum + count(route), 0) / (tasks.length || 1);
	const creates = per('POST /evolink/v1/images/generations');
	const looks = per('GET /evolink/v1/tasks/:id', 'POST /evolink/v1/tasks/batch');
	const downloads = per('GET /evolink-results/:taskId/:file');
	return { creates, looks, downloads, all: creates + looks + downloads };
}

const isTaken = ({ status }) => status >= 200 && status < 300;

function callbacks({ after, tasks }) {
	const ids = new Set(tasks.map(({ id }) => id));
	const tries = after.deliveries.filter(({ taskId }) => ids.has(taskId));
	if (tries.length === 0) return undefined;
	const taken = tries.filter(isTaken);
	const times = taken.map(({ answeredAt }) => Date.parse(answeredAt));
	const first = least(tries.map(({ at }) => Date.parse(at)));
	const perSecond = new Map();
	for (const time of times) {
		const second = Math.floor((time - first) / SECOND_MS);
		perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
	}
	const span = Math.max(most(times) - first, 1) / SECOND_MS;
	const waits = taken.map(({ at, answeredAt }) => Date.parse(answeredAt) - Date.parse(at));
	return {
		tries: tries.length,
		taken: taken.length,
		perSecond: taken.length / span,
		busiestSecond: most([...perSecond.values()]),
		answer: { median: median(waits) / SECOND_MS, p99: percentile(waits, 0.99) / SECOND_MS },
	};
}

export function figuresOf(seen) {
	const { beganAt, images, samples, tasks } = seen;
	const own = samples.filter(({ at }) => at >= beganAt);
	const processor = known(own.map((sample) => sample.processor));
	return {
		images: images.length,
		idle: samples.find(({ isTidy }) => isTidy),
		whileAllWait: whileAllWait(tasks, own),
		peak: most(known(samples.map((sample) => sample.peak))),
		processor: processor.at(-1) - processor[0],
		requests: requestsPerTask(seen),
		callbacks: callbacks(seen),
		delays: delays(seen),
		creating: most(tasks.map(({ created }) => created)) - beganAt / SECOND_MS,
		whole: (most(images.map(({ at }) => at)) - beganAt) / SECOND_MS,
		sandboxProcessor: seen.sandboxProcessor,
	};
}
