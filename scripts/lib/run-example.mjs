// Runs an example workflow in a running n8n and writes the images that it made to a folder.
import { mkdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

import { ClearError } from './say.mjs';

const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

/** Every file on the items of every node's last run, once each, in the order they were made. */
function filesOf(runData) {
	const files = Object.values(runData)
		.map((runs) => runs.at(-1))
		.sort((left, right) => (left.executionIndex ?? 0) - (right.executionIndex ?? 0))
		.flatMap(({ data }) => data?.main ?? [])
		.flatMap((items) => items ?? [])
		.flatMap(({ binary }) => Object.values(binary ?? {}));
	return [...new Map(files.map((file) => [file.id, file])).values()];
}

function whatWentWrong({ data, status }) {
	const error = data?.resultData?.error;
	if (!error) return `it ended with the status "${status}"`;
	const where = error.node?.name ? `in the node "${error.node.name}": ` : '';
	return [`${where}${error.message}`, error.description].filter(Boolean).join('\n  ');
}

/**
 * Runs an example through its manual trigger.
 * @returns {Promise<{executionId: string, images: string[]}>} the paths of the written images
 */
export async function runExample({ n8n, example, folder }) {
	const { name, workflow } = example;
	const trigger = workflow.nodes.find(({ type }) => type === MANUAL_TRIGGER);
	const executionId = await n8n.runWorkflow(workflow.id, trigger.name);
	const execution = await n8n.finishedExecution(executionId);
	if (execution.status !== 'success') {
		throw new ClearError(
			`The example workflow "${workflow.name}" failed in n8n (execution ${executionId}): ${whatWentWrong(execution)}`,
		);
	}
	const files = filesOf(execution.data.resultData.runData);
	mkdirSync(folder, { recursive: true });
	const images = [];
	for (const [index, file] of files.entries()) {
		const extension = extname(file.fileName ?? '') || `.${file.fileExtension ?? 'bin'}`;
		const path = join(folder, `${name}-${index + 1}${extension}`);
		writeFileSync(path, await n8n.binaryData(file.id));
		images.push(path);
	}
	return { executionId, images };
}
