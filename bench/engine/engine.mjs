// Starts n8n's engine in a process of its own: n8n's own copy of it, with our package as it is packed.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { build } from 'esbuild';

import { plainEnvironment } from '../../scripts/lib/environment.mjs';
import { inRoot, n8nApp, projectNode } from '../../scripts/lib/paths.mjs';
import { ClearError } from '../../scripts/lib/say.mjs';

const folder = join(n8nApp, 'bench');
/** Set by prepareEngine. */
let program;

/** Needs n8n to be installed and our package to be built. To be called once, before the first engine. */
export async function prepareEngine() {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	cpSync(inRoot('dist'), join(folder, 'package', 'dist'), { recursive: true });
	cpSync(inRoot('package.json'), join(folder, 'package', 'package.json'));
	program = await bundled('bench/engine/program.mjs');
}

/** A module of ours with all that it imports of ours, in n8n's folder: n8n's packages are then n8n's own. */
export async function bundled(module) {
	const outfile = join(folder, `${basename(module, '.mjs')}.cjs`);
	await build({
		entryPoints: [inRoot(module)],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		packages: 'external',
		logLevel: 'error',
	});
	return outfile;
}

async function start() {
	const child = fork(program, {
		execPath: projectNode,
		execArgv: ['--expose-gc'],
		env: plainEnvironment(),
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		serialization: 'advanced',
	});
	const ended = once(child, 'exit');
	const answer = async () => {
		const whenEnded = ended.then(([code]) => [
			{ digests: [], error: `Its process ended with code ${code}.` },
		]);
		const [first] = await Promise.race([once(child, 'message'), whenEnded]);
		return first;
	};
	if ((await answer()) !== 'ready') throw new ClearError('The engine could not be started.');
	return {
		run: async (job) => {
			const result = answer();
			child.send(job);
			return await result;
		},
		end: async () => {
			if (child.connected) child.send('end');
			await ended;
		},
	};
}

/**
 * Runs jobs one after the other in one new process.
 * @returns {Promise<Array<{seconds: number, processor: number, memory: number, digests: string[], error?: string}>>}
 *   memory in megabytes over what the process held before; the digests are those of the pictures
 */
export async function inNewProcess(jobs) {
	const engine = await start();
	try {
		const results = [];
		for (const job of jobs) results.push(await engine.run(job));
		return results;
	} finally {
		await engine.end();
	}
}
