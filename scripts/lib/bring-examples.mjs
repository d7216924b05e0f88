// Brings the example workflows and their credentials into an n8n that is not running, and leaves alone what is the person's.
import { usedCredentials } from './credentials.mjs';
import {
	credentialDigest,
	fateOf,
	readImported,
	workflowDigest,
	writeImported,
} from './imported.mjs';
import { exportFrom, importInto, publishIn } from './n8n-files.mjs';
import { hashOf } from './stamp.mjs';

/** Those of ours that n8n hasn't yet, or has as it was given them. */
function toBring(ours, { present, known, digest }) {
	return ours.filter((one) => {
		const there = present.find(({ id }) => id === one.id);
		return fateOf({ known: known[one.id], present: there, digest }) === 'bring';
	});
}

async function bringCredentials(userFolder, credentials, imported) {
	const bring = toBring(credentials, {
		present: await exportFrom(userFolder, 'credentials'),
		known: imported.credentials,
		digest: credentialDigest,
	});
	await importInto(userFolder, 'credentials', bring);
	const brought = new Set(bring.map(({ id }) => id));
	for (const credential of await exportFrom(userFolder, 'credentials')) {
		if (brought.has(credential.id))
			imported.credentials[credential.id] = credentialDigest(credential);
	}
}

async function bringWorkflows(userFolder, workflows, imported) {
	const present = await exportFrom(userFolder, 'workflow');
	const bring = toBring(workflows, {
		present,
		known: imported.workflows,
		digest: workflowDigest,
	}).filter((workflow) => imported.workflows[workflow.id] !== workflowDigest(workflow));
	await importInto(userFolder, 'workflow', bring);
	for (const { id, active } of bring) {
		const there = present.find((workflow) => workflow.id === id);
		// An import unpublishes. Whoever has unpublished one wants it so.
		if (there?.activeVersionId) await publishIn(userFolder, id);
		if (!there && active) imported.unpublished.push(id);
	}
	for (const workflow of bring) imported.workflows[workflow.id] = workflowDigest(workflow);
}

/**
 * Imports workflows and the credentials that they use. What a person has edited stays as it is, and what was deleted
 * stays away. Unless our files changed, nothing is done.
 * @returns {Promise<string[]>} the IDs of those that are new, and that their files call active: they are still to be
 *   published, by publishIn, or in the running n8n, where this doesn't count as a change that a person has made
 */
export async function importExamples({ userFolder, examples, credentials }) {
	const workflows = examples.map(({ workflow }) => workflow);
	const used = usedCredentials(credentials, workflows).map(({ id, name, type, data }) => {
		return { id, name, type, data };
	});
	const imported = readImported(userFolder);
	const source = hashOf(userFolder, [], [JSON.stringify([used, workflows])]);
	if (imported.source !== source) {
		await bringCredentials(userFolder, used, imported);
		await bringWorkflows(userFolder, workflows, imported);
		writeImported(userFolder, { ...imported, source });
	}
	return imported.unpublished;
}

/** To be called when those that importExamples has named are published. */
export function allArePublished(userFolder) {
	writeImported(userFolder, { ...readImported(userFolder), unpublished: [] });
}

/**
 * Makes the Data Tables of the examples in a running n8n, each once: a table changes with every run of its workflow and
 * is the person's from then on, also where they have deleted it. One of theirs that has the same name stays.
 */
export async function bringTables({ n8n, userFolder, tables }) {
	const missing = missingTables(userFolder, tables);
	if (missing.length === 0) return;
	const present = await n8n.dataTableNames();
	for (const table of missing) {
		if (!present.includes(table.name)) await n8n.addDataTable(table);
		const imported = readImported(userFolder);
		writeImported(userFolder, { ...imported, tables: [...imported.tables, table.name] });
	}
}

/** Those that were never made. */
export function missingTables(userFolder, tables) {
	const { tables: made } = readImported(userFolder);
	return tables.filter(({ name }) => !made.includes(name));
}
