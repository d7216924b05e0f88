// A small n8n: one process, SQLite, files on disk. Started anew for every measurement, so that each begins alike.
import { rmSync } from 'node:fs';

import { packedPackage } from '../../scripts/lib/build.mjs';
import { importExamples } from '../../scripts/lib/bring-examples.mjs';
import { startN8n } from '../../scripts/lib/n8n.mjs';
import { setUpN8n } from '../../scripts/lib/n8n-app.mjs';
import { signIn } from '../../scripts/lib/n8n-rest.mjs';
import { publishIn } from '../../scripts/lib/n8n-files.mjs';
import { installNodePackage } from '../../scripts/lib/node-package.mjs';
import { inLocal, inRoot, projectNode } from '../../scripts/lib/paths.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { run } from '../../scripts/lib/processes.mjs';
import { step } from '../../scripts/lib/say.mjs';
import { credentialOf, workflowOf } from './workflows.mjs';

const COLLECT_GARBAGE = inRoot('bench', 'scale', 'collect-garbage.mjs');
const HEAP_METRIC = /^n8n_nodejs_heap_size_used_bytes (\S+)/m;
const BYTES_PER_MEGABYTE = 1024 * 1024;

/** Installs the package and the workflows of all modes and shapes. */
export async function prepareN8n({
	modes,
	items,
	memory,
	settings,
	n8nPort,
	sandboxPort,
	reportUrl,
}) {
	await setUpN8n();
	const tarball = await packedPackage();
	const userFolder = inLocal('n8n-scale');
	rmSync(userFolder, { recursive: true, force: true });
	await installNodePackage(userFolder, tarball);
	const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
	step('Importing the workflows into a new n8n');
	const toPublish = await importExamples({
		userFolder,
		examples: items.flatMap((itemsEach) =>
			modes.map((mode) => ({ workflow: workflowOf(mode, { itemsEach, sandboxUrl, reportUrl }) })),
		),
		credentials: modes.map((mode) => credentialOf(mode, sandboxUrl)),
	});
	for (const id of toPublish) await publishIn(userFolder, id);
	return { start: async () => await start({ userFolder, port: n8nPort, memory, settings }) };
}

async function start({ userFolder, port, memory, settings }) {
	const inspectorPort = await freePort();
	const server = await startN8n({
		userFolder,
		port,
		logName: 'n8n-scale',
		extra: {
			NODE_OPTIONS: `--max-old-space-size=${memory} --inspect-port=127.0.0.1:${inspectorPort}`,
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			N8N_LOG_LEVEL: 'warn',
			N8N_METRICS: 'true',
			...settings,
		},
	});
	let hasEnded = false;
	void server.ended.then(() => {
		hasEnded = true;
	});
	const { pid } = server;
	const owner = await signIn(server.url);
	return {
		...server,
		hasEnded: () => hasEnded,
		...askable(server.url),
		executions: owner.countExecutions,
		file: owner.binaryData,
		collectGarbage: async () =>
			await run(projectNode, [COLLECT_GARBAGE, String(pid), String(inspectorPort)]),
	};
}

/** What n8n answers without a login. */
function askable(url) {
	return {
		/** Megabytes of JavaScript heap in use. */
		heap: async () => {
			const metrics = await (await fetch(`${url}/metrics`)).text();
			return Number(HEAP_METRIC.exec(metrics)?.[1]) / BYTES_PER_MEGABYTE;
		},

		/** Starts an execution with these items; false while the workflow isn't listening yet. */
		begin: async (path, items) => {
			const response = await fetch(`${url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ items }),
			});
			return response.ok;
		},
	};
}
