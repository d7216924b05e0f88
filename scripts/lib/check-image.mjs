// Makes one image in n8n to see that everything works: in an n8n with data of its own, which nobody edits, so that
// neither the person's workflows nor their credentials are touched, and nothing but the sandbox can be asked.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

import { usedCredentials } from './credentials.mjs';
import { importInto } from './n8n-files.mjs';
import { runN8nCommand } from './n8n.mjs';
import { installNodePackage } from './node-package.mjs';
import { ClearError, tail } from './say.mjs';
import { forget, hashOf, isDone, markDone } from './stamp.mjs';

/** The files of all items, in the order of the nodes. */
function filesOf({ data }) {
	return Object.values(data.resultData.runData)
		.map((runs) => runs.at(-1))
		.sort((left, right) => left.executionIndex - right.executionIndex)
		.flatMap((run) => run.data?.main ?? [])
		.flatMap((items) => items ?? [])
		.flatMap(({ binary }) => Object.values(binary ?? {}));
}

/** n8n prints the execution among other things that it has to say. */
function executionIn(output) {
	const json = /^\{$[^]*?^\}$/m.exec(output)?.[0];
	return json && JSON.parse(json);
}

function reasonOf(execution) {
	const { message, description } = execution?.data.resultData.error ?? {};
	return [message, description].filter(Boolean).join(' ');
}

async function prepare({ userFolder, workflow, credentials, tarball }) {
	await installNodePackage(
		userFolder,
		tarball,
		'Installing the package into the n8n that makes the image',
	);
	const used = usedCredentials(credentials, [workflow]).map(({ id, name, type, data }) => {
		return { id, name, type, data };
	});
	const stampFile = join(userFolder, 'imported-check');
	const hash = hashOf(userFolder, [], [JSON.stringify([used, workflow])]);
	if (isDone(stampFile, hash)) return;
	forget(stampFile);
	await importInto(userFolder, 'credentials', used);
	await importInto(userFolder, 'workflow', [workflow]);
	markDone(stampFile, hash);
}

/**
 * @param {object} options
 * @param {string} options.userFolder where the data of the check's own n8n lies
 * @param {{name: string, workflow: object}} options.example the one to run, as its file says
 * @param {string} options.folder where the images go
 * @returns {Promise<string[]>} their paths
 */
export async function makeCheckImage({ userFolder, example, credentials, tarball, folder }) {
	const { name, workflow } = example;
	await prepare({ userFolder, workflow, credentials, tarball });
	const { stdout, output, logFile } = await runN8nCommand(
		['execute', `--id=${workflow.id}`, '--rawOutput'],
		// So that the files are in what n8n prints.
		{ userFolder, extra: { N8N_DEFAULT_BINARY_DATA_MODE: 'default' } },
	);
	const execution = executionIn(stdout);
	if (execution?.status !== 'success') {
		const reason = reasonOf(execution) || `Its last words:\n${tail(output)}`;
		throw new ClearError(`${reason} (All that n8n said is in ${logFile}.)`);
	}
	const files = filesOf(execution);
	if (files.length === 0) throw new ClearError('The workflow ran, but made no image.');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	return files.map((file, index) => {
		const extension = extname(file.fileName ?? '') || `.${file.fileExtension ?? 'bin'}`;
		const path = join(folder, `${name}-${index + 1}${extension}`);
		writeFileSync(path, Buffer.from(file.data, 'base64'));
		return path;
	});
}
