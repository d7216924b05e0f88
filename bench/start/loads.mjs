// How long n8n needs to load the files of nodes, in a fresh process.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { inRoot, n8nApp, projectNode, root } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/processes.mjs';
import { ClearError, tail } from '../../scripts/lib/say.mjs';

const LOAD_FILES = inRoot('bench', 'start', 'load-files.mjs');

/** @returns {{name: string, path: string}[]} every node of ours, as package.json names it */
export function ownNodeFiles() {
	const { nodes } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).n8n;
	return nodes.map((file) => ({ name: basename(file), path: join(root, file) }));
}

/** The OpenAI node that comes with n8n. */
export function n8nOpenAiFile() {
	const { resolve } = createRequire(join(n8nApp, 'package.json'));
	const folder = dirname(resolve('@n8n/n8n-nodes-langchain/package.json'));
	return join(folder, 'dist', 'nodes', 'vendors', 'OpenAi', 'OpenAi.node.js');
}

/** @returns {Promise<number>} milliseconds for all of them together */
export async function loadTime(paths) {
	const { code, stdout, output } = await run(projectNode, [LOAD_FILES, ...paths]);
	if (code === 0) return Number(stdout);
	throw new ClearError(`${paths} could not be loaded. Its last words:\n${tail(output)}`);
}
