// The list of what was imported into an n8n, as it was then: so it shows what the person has edited or deleted since.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileIn = (userFolder) => join(userFolder, 'imported.json');

/** The same for the same content, whatever order its fields have. */
function digestOf(content) {
	const sorted = (_key, value) =>
		value && typeof value === 'object' && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
			: value;
	return createHash('sha256').update(JSON.stringify(content, sorted)).digest('hex');
}

export function workflowDigest({ name, nodes, connections, settings }) {
	return digestOf({ name, nodes, connections, settings });
}

/** Of a credential as n8n exports it: its data is encrypted anew whenever it is saved. */
export function credentialDigest({ name, data }) {
	return digestOf({ name, data });
}

/**
 * @returns {{source?: string, workflows: Record<string, string>, credentials: Record<string, string>, unpublished: string[],
 *   tables: string[]}}
 *   digests by ID, one of all that was to be imported, the IDs of workflows that are still to be published, and the
 *   names of the Data Tables that were made
 */
export function readImported(userFolder) {
	const file = fileIn(userFolder);
	const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
	return { workflows: {}, credentials: {}, unpublished: [], tables: [], ...kept };
}

export function writeImported(userFolder, imported) {
	mkdirSync(userFolder, { recursive: true });
	writeFileSync(fileIn(userFolder), JSON.stringify(imported, null, '\t'));
}

/** What becomes of one thing that we bring, in an n8n that may have it already. */
export function fateOf({ known, present, digest }) {
	if (!present) return known === undefined ? 'bring' : 'deleted';
	if (present.isArchived) return 'deleted';
	return known === digest(present) ? 'bring' : 'edited';
}
