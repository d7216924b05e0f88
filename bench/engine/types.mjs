// The node and credential types of n8n's own packages and of ours, found as n8n finds them: by the lists in each package.
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

import { NodeHelpers } from 'n8n-workflow';

import { Floor, FloorByHelper } from './floor-node.mjs';

// The running bundle lies in n8n's folder, with our package beside it.
const program = process.argv[1];
const require = createRequire(program);
const OURS = join(dirname(program), 'package');
const N8N = join(dirname(program), '..', 'node_modules');
const N8N_PACKAGES = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'];

function instanceFrom(file, className) {
	const { [className]: Type } = require(file);
	return new Type();
}

function fromN8n(kind, packageName, name) {
	const { [name]: known } = require(join(N8N, packageName, 'dist', 'known', `${kind}.json`));
	if (!known) return undefined;
	return instanceFrom(join(N8N, packageName, known.sourcePath), known.className);
}

function fromOurs(kind, name) {
	const file = require(join(OURS, 'package.json')).n8n[kind].find((each) =>
		basename(each).toLowerCase().startsWith(`${name.toLowerCase()}.`),
	);
	return file && instanceFrom(join(OURS, file), basename(file).split('.')[0]);
}

const loaded = new Map([
	['bench.floor', new Floor()],
	['bench.floorByHelper', new FloorByHelper()],
]);

function nodeNamed(type) {
	const [packageName, name] = type.split(/\.(?=[^.]+$)/);
	if (!loaded.has(type)) {
		const isOurs = packageName === 'n8n-nodes-imagegen';
		loaded.set(type, isOurs ? fromOurs('nodes', name) : fromN8n('nodes', packageName, name));
	}
	return loaded.get(type);
}

const find = (type, version) => NodeHelpers.getVersionedNodeType(nodeNamed(type), version);

/** All types that a workflow can name. */
export const nodeTypes = {
	getByName: find,
	getByNameAndVersion: find,
	getKnownTypes: () => ({}),
};

export function credentialTypes(names) {
	return names.map(
		(name) =>
			fromOurs('credentials', name) ??
			N8N_PACKAGES.map((each) => fromN8n('credentials', each, name)).find(Boolean),
	);
}
