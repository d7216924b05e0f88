// Asks the running sandbox what it has seen, and hurries some of its tasks.

/** Everything that it knows. */
export async function readSandbox(url) {
	const response = await fetch(`${url}/_sandbox/state`);
	return await response.json();
}

/** How many requests of this kind came in, for example those whose route begins with "GET /evolink-results/". */
export function requestsLike({ requests }, words) {
	return Object.entries(requests)
		.filter(([route]) => words.test(route))
		.reduce((sum, [, count]) => sum + count, 0);
}

const OPEN = /^(pending|processing|waiting|running|queued|in_progress)$/;

/** Ends every second task that is open, so that its callback comes right now. */
export async function finishSomeTasks(url) {
	const { evolink, coretoday, fal, openai } = await readSandbox(url);
	const pathsOf = (tasks, path) =>
		tasks.filter(({ status }) => OPEN.test(status)).map(({ id }) => `${path}/${id}/finish`);
	const paths = [
		...pathsOf(evolink.tasks, 'evolink/tasks'),
		...pathsOf(coretoday.predictions, 'coretoday/predictions'),
		...pathsOf(fal.tasks, 'fal/tasks'),
		...pathsOf(openai.responses, 'openai/responses'),
	];
	const chosen = paths.filter((_, index) => index % 2 === 0);
	await Promise.all(
		chosen.map(async (path) => await fetch(`${url}/_sandbox/${path}`, { method: 'POST' })),
	);
}
