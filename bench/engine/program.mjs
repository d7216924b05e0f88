// A program: runs workflows in n8n's own engine, in a process of its own, so that its memory and processor time are those
// of the one workflow. engine.mjs bundles it into n8n's folder, and tells it by messages what to run.
import '../../test/engine/support/environment';
import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';

import { createAdditionalData } from '../../test/engine/support/additional-data';
import { openBinaryStore, readBinary } from '../../test/engine/support/binary-store';
import { EngineCredentialsHelper } from '../../test/engine/support/credentials-helper';
import { userFolder } from '../../test/engine/support/environment';
import { createStartData, executeWorkflow } from '../../test/engine/support/execute-workflow';
import { createWorkflow, WORKFLOW_ID } from '../../test/engine/support/workflow';
import { pictureParts } from '../pictures/picture.mjs';
import { startMeter } from './meter.mjs';
import { credentialTypes, nodeTypes } from './types.mjs';

const SETTLE_MS = 300;

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

/** An item whose pictures lie in n8n's binary store already. */
async function itemOf({ pictures = [], ...json }) {
	const store = Container.get(BinaryDataService);
	const place = { type: 'execution', workflowId: WORKFLOW_ID, executionId: 'input' };
	const binary = {};
	for (const { field, number, megabytes } of pictures) {
		const file = {
			data: '',
			mimeType: 'image/png',
			fileName: `${field}.png`,
			fileExtension: 'png',
		};
		const content = Readable.from(pictureParts(number, megabytes));
		binary[field] = await store.store(place, content, file);
	}
	return { json, binary };
}

/**
 * @param {{items: object[], nodes: object[], connections: object, credentials: object, last: string, measuresMemory?: boolean}} job
 *   items go into the first node; files are read from the last one
 */
async function work({ items, nodes, connections, credentials, last, measuresMemory }) {
	const workflow = createWorkflow({ nodes, nodeTypes, connections });
	const input = [];
	for (const item of items) input.push(await itemOf(item));
	const helper = new EngineCredentialsHelper(
		credentialTypes(Object.keys(credentials)),
		credentials,
	);
	// Only there: collections that are forced make the engine's next ones come more often, which costs time.
	if (measuresMemory) globalThis.gc();
	await sleep(SETTLE_MS);
	if (measuresMemory) globalThis.gc();
	const meter = startMeter();
	const run = await executeWorkflow({
		// Never the same: a provider that knows an order again would give its task in place of working on it.
		executionId: randomUUID(),
		mode: 'trigger',
		workflow,
		additionalData: createAdditionalData(helper),
		data: createStartData(workflow, nodes[0].name, input),
	});
	const figures = meter.stop();
	const digests = [];
	for (const item of itemsOf(run, last)) if (item.binary) digests.push(await digestOf(item));
	const { error } = run.data.resultData;
	return { ...figures, digests, error: error && `${error.message} ${error.description ?? ''}` };
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
