// Hands workflows and credentials to an n8n that is not running, and reads what it has, by n8n's own commands.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { n8nCommand, runN8nCommand } from './n8n.mjs';
import { ClearError } from './say.mjs';

/** Works with one file in a folder of its own, which is gone afterwards: it may hold keys. */
async function withFile(userFolder, work) {
	const folder = join(userFolder, 'exchange');
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	try {
		return await work(join(folder, 'exchange.json'));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @param {'workflow' | 'credentials'} kind */
export async function importInto(userFolder, kind, content) {
	if (content.length === 0) return;
	await withFile(userFolder, async (file) => {
		writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
		const success = /Successfully imported/;
		await n8nCommand([`import:${kind}`, `--input=${file}`], { userFolder, success });
	});
}

/**
 * All that n8n has, archived workflows included. What is secret in credentials stays encrypted.
 * @param {'workflow' | 'credentials'} kind
 */
export async function exportFrom(userFolder, kind) {
	if (!existsSync(join(userFolder, '.n8n', 'database.sqlite'))) return [];
	return await withFile(userFolder, async (file) => {
		const args = [`export:${kind}`, '--all', `--output=${file}`];
		const { code, output, logFile } = await runN8nCommand(args, { userFolder });
		if (code === 0 && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
		if (/No (workflows|credentials) found/.test(output)) return [];
		throw new ClearError(`n8n did not tell its ${kind}. What it said is in ${logFile}.`);
	});
}

/** Publishes a workflow as it is, for the next time that n8n starts. */
export async function publishIn(userFolder, id) {
	const success = /Publishing workflow/;
	await n8nCommand(['publish:workflow', `--id=${id}`], { userFolder, success });
}
