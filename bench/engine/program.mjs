// A program: runs workflows in n8n's own engine, in a process of its own, so that its memory and processor time are those
// of the one workflow. engine.mjs bundles it into n8n's folder, and tells it by messages what to run.
import '../../test/engine/support/environment';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { createAdditionalData } from '../../test/engine/support/additional-data';
import { openBinaryStore, readBinary } from '../../test/engine/support/binary-store';
import { EngineCredentialsHelper } from '../../test/engine/support/credentials-helper';
import { userFolder } from '../../test/engine/support/environment';
import { createStartData, executeWorkflow } from '../../test/engine/support/execute-workflow';
import { createItemsNode } from '../../test/engine/support/items-node';
import { createNode, createWorkflow } from '../../test/engine/support/workflow';
import { startMeter } from './meter.mjs';
import { credentialTypes, nodeTypesWith } from './types.mjs';

const SETTLE_MS = 300;
let executions = 0;

/** The items that the last node has put out, all its runs together. */
function itemsOf(run, nodeName) {
	const tasks = run.data.resultData.runData[nodeName] ?? [];
	return tasks.flatMap((task) => task.data?.main?.[0] ?? []);
}

async function digestOf(item) {
	return createHash('sha256')
		.update(await readBinary(item))
		.digest('hex');
}

/**
 * @param {{items: object[], nodes: object[], connections: object, credentials: object, last: string}} job
 *   items go in by the node Items; files are read from its last node
 */
async function work({ items, nodes, connections, credentials, last }) {
	const source = createItemsNode(
		items.map(({ files = [], ...json }) => ({ json, binary: filesOf(files) })),
	);
	const workflow = createWorkflow({
		nodes: [createNode({ node: source, parameters: {} }), ...nodes],
		nodeTypes: nodeTypesWith(source),
		connections,
	});
	const helper = new EngineCredentialsHelper(credentialTypes(Object.keys(credentials)), credentials);
	globalThis.gc();
	await sleep(SETTLE_MS);
	globalThis.gc();
	const meter = startMeter();
	const run = await executeWorkflow({
		executionId: String((executions += 1)),
		mode: 'trigger',
		workflow,
		additionalData: createAdditionalData(helper),
		data: createStartData(workflow),
	});
	const figures = meter.stop();
	const digests = [];
	for (const item of itemsOf(run, last)) if (item.binary) digests.push(await digestOf(item));
	const { error } = run.data.resultData;
	return { ...figures, digests, error: error && `${error.message} ${error.description ?? ''}` };
}

function filesOf(files) {
	if (files.length === 0) return undefined;
	return Object.fromEntries(files.map(({ field, ...file }) => [field, file]));
}

process.on('message', async (job) => {
	if (job === 'end') {
		await rm(userFolder, { recursive: true, force: true });
		process.exit();
	}
	const result = await work(job).catch((error) => ({ digests: [], error: error.stack }));
	process.send(result);
});
process.on('disconnect', () => process.exit());
void openBinaryStore('filesystem', userFolder).then(() => process.send('ready'));
