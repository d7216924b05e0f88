// Fetches the Node that the dependency "node" of a folder's package.json asks for.
import { existsSync } from 'node:fs';

import { npmQuietly } from './npm.mjs';
import { nodeIn } from './paths.mjs';
import { run } from './processes.mjs';

/** Undefined where it is not there, or doesn't run. */
export async function nodeVersionIn(folder) {
	const program = nodeIn(folder);
	if (!existsSync(program)) return undefined;
	const { code, stdout } = await run(program, ['--version']);
	return code === 0 ? stdout.trim() : undefined;
}

/** Needs the folder's packages to be installed. Answers the version, or undefined if it doesn't run here. */
export async function fetchNode(folder, { major, whom }) {
	await npmQuietly(['rebuild', 'node', '--ignore-scripts=false'], {
		cwd: folder,
		title: `Fetching Node ${major} for ${whom} (about 120 MB; your own Node stays as it is)`,
		logName: `npm-node-${major}`,
	});
	return await nodeVersionIn(folder);
}
