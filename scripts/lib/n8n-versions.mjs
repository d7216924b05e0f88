// The versions of n8n that the package is tried with, each on its Node, and which of them the scripts work with.
// Their package.json in scripts/n8n-app names both: to try another version, add a folder or change a number there.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { inLocal, inRoot, n8nApp, n8nAppSource, root } from './paths.mjs';

const packageIn = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const numbersOf = (version) => version.match(/\d+/g).map(Number);

/**
 * @typedef {object} N8n
 * @property {string} version as the README says it, such as 2.8
 * @property {string} node the major version of its Node, such as 22
 * @property {string} source the folder with its package.json and its lock file
 * @property {string} folder where it is installed
 * @property {string} nodeFolder the folder in whose node_modules its Node lies
 * @property {string} stampName begins the names of the stamps that say how far its installation is
 */

/** @returns {N8n} */
function describe({ source, folder, nodeFolder, nodeRange, stampName }) {
	const [major, minor] = numbersOf(packageIn(source).dependencies.n8n);
	const node = String(numbersOf(nodeRange)[0]);
	return { version: `${major}.${minor}`, node, source, folder, nodeFolder, stampName };
}

/** The one that everything else works with, on the project's own Node. */
export const currentN8n = describe({
	source: n8nAppSource,
	folder: n8nApp,
	nodeFolder: root,
	nodeRange: packageIn(inRoot()).devDependencies.node,
	stampName: 'n8n',
});

function describeOlder(name) {
	const source = join(n8nAppSource, name);
	const folder = inLocal(`n8n-${name}`);
	const nodeRange = packageIn(source).dependencies.node;
	return describe({ source, folder, nodeFolder: folder, nodeRange, stampName: `n8n-${name}` });
}

const newestFirst = (one, other) => {
	const [left, right] = [one, other].map(({ version }) => numbersOf(version));
	return right[0] - left[0] || right[1] - left[1];
};

/** All of them, the newest first. */
export const n8nVersions = readdirSync(n8nAppSource, { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => describeOlder(name))
	.concat(currentN8n)
	.sort(newestFirst);

let inUse = currentN8n;

/** The n8n that the scripts install, run and ask. */
export const n8nInUse = () => inUse;

/** From now on the scripts work with this one. */
export function useN8n(n8n) {
	inUse = n8n;
}
