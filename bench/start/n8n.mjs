// Two n8n that differ in one thing: one has the package. They keep their data from run to run, so that neither sets up
// its database while it is measured.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';

import { packedPackage } from '../../scripts/lib/build.mjs';
import { setUpN8n } from '../../scripts/lib/n8n-app.mjs';
import { startN8n } from '../../scripts/lib/n8n.mjs';
import { installNodePackage } from '../../scripts/lib/node-package.mjs';
import { inLocal, inRoot, projectNode } from '../../scripts/lib/paths.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { run } from '../../scripts/lib/processes.mjs';
import { processorSeconds, proportionalMemoryOf } from '../scale/process-figures.mjs';

const COLLECT_GARBAGE = inRoot('bench', 'scale', 'collect-garbage.mjs');
const LOOK_AGAIN_MS = 20;
const ICON = 'icons/n8n-nodes-imagegen/dist/nodes/EvoLink/evolink.svg';
const folders = {
	without: inLocal('n8n-bench', 'without'),
	with: inLocal('n8n-bench', 'with'),
};

/** @returns {Promise<{without: string, with: string}>} the folders of both */
export async function prepareN8n() {
	await setUpN8n();
	const tarball = await packedPackage();
	if (!existsSync(join(folders.without, '.n8n', 'database.sqlite'))) {
		const first = await startN8n({ userFolder: folders.without, port: await freePort() });
		await first.stop();
	}
	if (!existsSync(folders.with)) cpSync(folders.without, folders.with, { recursive: true });
	await installNodePackage(folders.with, tarball);
	return folders;
}

/**
 * Starts an n8n and ends it.
 * @returns {Promise<{seconds: number, processor: number, memory: number, hasPackage: boolean}>} seconds until it serves,
 *   those of the processor until then, and megabytes after that, garbage collected
 */
export async function startOnce(userFolder) {
	const inspectorPort = await freePort();
	const port = await freePort();
	const begunAt = performance.now();
	const server = await startN8n({
		userFolder,
		port,
		logName: 'n8n-bench',
		lookAgainMs: LOOK_AGAIN_MS,
		extra: { NODE_OPTIONS: `--inspect-port=127.0.0.1:${inspectorPort}` },
	});
	try {
		const seconds = (performance.now() - begunAt) / 1000;
		const processor = processorSeconds(server.pid);
		const { ok: hasPackage } = await fetch(`${server.url}/${ICON}`);
		await run(projectNode, [COLLECT_GARBAGE, String(server.pid), String(inspectorPort)]);
		return { seconds, processor, memory: proportionalMemoryOf(server.pid), hasPackage };
	} finally {
		await server.stop();
	}
}
