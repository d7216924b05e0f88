// Runs the growth section's programs: the provider, and beside it the engine with what is measured.
import { projectEnvironment } from '../../scripts/lib/environment.mjs';
import { inLocal, inRoot, projectNode, root } from '../../scripts/lib/paths.mjs';
import { accepts, freePort } from '../../scripts/lib/ports.mjs';
import { launch, run } from '../../scripts/lib/processes.mjs';
import { untilReady } from '../../scripts/lib/ready.mjs';
import { ClearError, tail } from '../../scripts/lib/say.mjs';

const READY_LIMIT_MS = 30_000;
const program = (name) => inRoot('bench', 'growth', name);
const logOf = (name) => inLocal('logs', `bench-growth-${name}.log`);
const surroundings = { cwd: root, env: projectEnvironment() };

/** @returns {Promise<{origin: string, stop: () => Promise<void>}>} */
export async function startProvider() {
	const port = await freePort();
	const logFile = logOf('provider');
	const server = launch(projectNode, [program('provider.mjs'), String(port)], {
		...surroundings,
		logFile,
	});
	await untilReady(server, {
		name: 'The provider',
		isReady: async () => await accepts(port),
		limitMs: READY_LIMIT_MS,
		logFile,
	});
	return { origin: `http://127.0.0.1:${port}`, stop: server.stop };
}

/**
 * @typedef {{way: 'answer' | 'task', items: number, seconds: number, processor?: number, held?: number, peak?: number,
 *   problem?: string}} Growth
 *   one run: seconds in all, those of the processor, megabytes of heap held for its output, megabytes over
 *   base at its peak, and what is wrong with its images
 */

/**
 * @param {'ours' | 'floor'} contender
 * @param {number[]} sizes how many items, from few to many
 * @returns {Promise<Growth[]>}
 */
export async function runGrowth(contender, { origin, sizes, onLine }) {
	const { code, stdout, output } = await run(
		projectNode,
		['--expose-gc', '--import', 'tsx', program('engine.mjs'), contender, origin, sizes.join(',')],
		{ ...surroundings, logFile: logOf(contender), onText: onLine },
	);
	if (code === 0) {
		return stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
	}
	throw new ClearError(`The growth could not be measured. Last words:\n${tail(output)}`);
}
