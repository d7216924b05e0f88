// One measurement: starts n8n, begins the executions, waits for the last image, and hands over what was seen.
import { setTimeout as sleep } from 'node:timers/promises';

import { ClearError, progress } from '../../scripts/lib/say.mjs';
import { figuresOf } from './figures.mjs';
import { findProblems } from './problems.mjs';
import { processorSeconds } from './process-figures.mjs';
import { promptOf } from './provider.mjs';
import { watch } from './watch.mjs';
import { webhookPath } from './workflows.mjs';

const GOLDEN_SHARE = 0.618_033_988_75;
const FIRST_SECONDS = 3;
const FIRST_LIMIT_MS = 60_000;
const IDLE_MS = 3_000;
/** Long enough for all tasks to be created, and before the first of them is done. */
const TIDY_PART_MS = 850;
const LOOK_AGAIN_MS = 200;
const LISTENING_LIMIT_MS = 60_000;
/** After the last task is done. */
const LIMIT_MS = 5 * 60_000;
/** The provider's last try comes seven seconds after its first. */
const LATE_CALLBACKS_MS = 9_000;

/** How long a task takes: spread evenly from the shortest to the longest, neighbours far apart. */
function secondsOf(number, { from, to }) {
	const share = (number * GOLDEN_SHARE) % 1;
	return Math.round((from + (to - from) * share) * 100) / 100;
}

/** The items of every execution, numbered through. */
function executionsOf({ tasks, seconds }, itemsEach) {
	const items = Array.from({ length: tasks }, (_none, index) => ({
		number: index + 1,
		prompt: promptOf(index + 1, secondsOf(index + 1, seconds)),
	}));
	const count = Math.ceil(tasks / itemsEach);
	return Array.from({ length: count }, (_none, index) =>
		items.slice(index * itemsEach, (index + 1) * itemsEach),
	);
}

async function begin(server, path, items) {
	const giveUpAt = Date.now() + LISTENING_LIMIT_MS;
	while (!(await server.begin(path, items))) {
		if (Date.now() > giveUpAt) throw new ClearError(`n8n doesn't listen at /webhook/${path}.`);
		await sleep(LOOK_AGAIN_MS);
	}
}

/** Makes one image first, so that n8n has loaded all code that it loads at first use. */
async function runOnce({ server, path, reports }) {
	const giveUpAt = Date.now() + FIRST_LIMIT_MS;
	await begin(server, path, [{ number: 1, prompt: promptOf(1, FIRST_SECONDS) }]);
	while (reports.count() === 0 && Date.now() < giveUpAt) await sleep(LOOK_AGAIN_MS);
}

/** Until every image was reported, nothing more can come, or too much time has passed. */
async function lastImage({ server, watching, reports, options: { tasks, seconds } }) {
	const giveUpAt = Date.now() + seconds.to * 1000 + LIMIT_MS;
	while (reports.count() < tasks && watching.openExecutions() !== 0) {
		if (server.hasEnded() || Date.now() > giveUpAt) return;
		await sleep(LOOK_AGAIN_MS);
	}
}

/** @returns {Promise<object>} the figures of the row, its title and its problems in words */
export async function measure({ mode, itemsEach, options, n8n, sandbox, reports, pictures }) {
	const executions = executionsOf(options, itemsEach);
	const moving = progress(
		`${mode.title}: ${options.tasks} tasks, ${itemsEach} in an execution`,
		() => `${reports.count()} images at the next node`,
	);
	const path = webhookPath(mode, itemsEach);
	const server = await n8n.start();
	const watching = watch(server);
	try {
		await runOnce({ server, path, reports });
		await sleep(IDLE_MS);
		await watching.tidy();
		reports.take();
		const before = await sandbox.state();
		const beganAt = Date.now();
		const processorBefore = processorSeconds(sandbox.pid);
		await Promise.all(executions.map(async (items) => await begin(server, path, items)));
		await sleep(beganAt + options.seconds.from * TIDY_PART_MS - Date.now());
		await watching.tidy().catch(() => undefined);
		await lastImage({ server, watching, reports, options });
		const sandboxProcessor = processorSeconds(sandbox.pid) - processorBefore;
		const stillOpen = watching.openExecutions() ?? 0;
		watching.stop();
		await sleep(LATE_CALLBACKS_MS);
		const after = await sandbox.state();
		moving.done();

		const images = reports.take();
		const tasks = newTasks(before, after, mode.key);
		const seen = { executions, images, tasks, before, after, samples: watching.samples };
		return {
			title: mode.title,
			figures: figuresOf({ ...seen, beganAt, sandboxProcessor }),
			problems: await findProblems({ ...seen, wanted: options.tasks, stillOpen, pictures, server }),
		};
	} finally {
		moving.failed();
		watching.stop();
		await server.stop();
	}
}

function newTasks(before, after, key) {
	const known = new Set(before.tasks.map(({ id }) => id));
	return after.tasks.filter((task) => task.key === key && !known.has(task.id));
}
