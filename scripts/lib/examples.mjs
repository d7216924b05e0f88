// Brings the example workflows and their credentials into an n8n that is not running.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { usedCredentials } from './credentials.mjs';
import { n8nCommand } from './n8n.mjs';
import { inRoot } from './paths.mjs';
import { ClearError } from './say.mjs';
import { forget, hashOf, isDone, markDone } from './stamp.mjs';

export const examplesFolder = inRoot('examples');

/** Where the examples expect n8n; another port is put in its place at import. */
const USUAL_N8N_ADDRESS = 'http://127.0.0.1:5678/';

/** Reads the example workflows as they are for an n8n on a port. */
export function readExamples(folder, n8nPort) {
	const names = existsSync(folder)
		? readdirSync(folder).filter((name) => name.endsWith('.json'))
		: [];
	if (names.length === 0) throw new ClearError(`There is no example workflow in ${folder}.`);
	return names.sort().map((name) => {
		const text = readFileSync(join(folder, name), 'utf8');
		const workflow = JSON.parse(text.replaceAll(USUAL_N8N_ADDRESS, `http://127.0.0.1:${n8nPort}/`));
		return { name: name.replace(/\.json$/, ''), workflow };
	});
}

async function importFile(command, content, userFolder) {
	const folder = join(userFolder, 'import');
	const file = join(folder, 'import.json');
	mkdirSync(folder, { recursive: true });
	writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
	try {
		await n8nCommand([command, `--input=${file}`], {
			userFolder,
			success: /Successfully imported/,
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Imports workflows and the credentials that they use, and publishes those whose file says
 * `"active": true`. Unless something changed, nothing is done, so what a person edits in the editor
 * stays.
 */
export async function importExamples({ userFolder, examples, credentials }) {
	const stampFile = join(userFolder, 'imported-examples');
	const workflows = examples.map(({ workflow }) => workflow);
	const used = usedCredentials(credentials, workflows).map(({ id, name, type, data }) => {
		return { id, name, type, data };
	});
	const hash = hashOf(userFolder, [], [JSON.stringify([used, workflows])]);
	if (isDone(stampFile, hash)) return;

	forget(stampFile);
	await importFile('import:credentials', used, userFolder);
	await importFile('import:workflow', workflows, userFolder);
	for (const { id } of workflows.filter(({ active }) => active)) {
		await n8nCommand(['publish:workflow', `--id=${id}`], {
			userFolder,
			success: /Publishing workflow/,
		});
	}
	markDone(stampFile, hash);
}
