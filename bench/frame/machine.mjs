// What a run was measured on.
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

import { inRoot, n8nAppSource } from '../../scripts/lib/paths.mjs';
import { join } from 'node:path';

const GIGABYTE = 1024 ** 3;
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** @returns {{processor: string, processors: number, memory: number, node: string, n8n: string, version: string}} */
export const machine = () => ({
	processor: cpus()[0]?.model ?? 'unknown',
	processors: availableParallelism(),
	memory: Math.round(totalmem() / GIGABYTE),
	node: process.version,
	n8n: read(join(n8nAppSource, 'package.json')).dependencies.n8n,
	version: read(inRoot('package.json')).version,
});
