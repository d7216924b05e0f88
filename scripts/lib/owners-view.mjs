// What the scripts ask of a running n8n as its owner: credentials, workflows, executions and their files.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { n8nInUse } from './n8n-versions.mjs';
import { ClearError } from './say.mjs';

const LOOK_AGAIN_MS = 500;
const PUBLICATION_LIMIT_MS = 120_000;
/** The most that n8n lists at once. */
const PAGE_SIZE = 100;
const ALL_STATUSES = ['new', 'running', 'waiting', 'success', 'error', 'crashed', 'canceled'];

/** Asks again and again until the answer is settled. `complaint` says of the last answer that it took too long. */
async function askUntil(isSettled, ask, { limitMs, complaint }) {
	const giveUpAt = Date.now() + limitMs;
	for (;;) {
		const answer = await ask();
		if (isSettled(answer)) return answer;
		if (Date.now() > giveUpAt) throw new ClearError(complaint(answer));
		await sleep(LOOK_AGAIN_MS);
	}
}

/** @param {{get: Function, post: Function, download: Function}} requests to n8n, signed in as its owner */
export function ownersView({ get, post, download }) {
	// n8n stores an execution's data in the "flatted" form; its own copy of that module reads it.
	const { parse } = createRequire(join(n8nInUse().folder, 'package.json'))('flatted');

	const execution = async (id) => {
		const found = await get(`/executions/${id}`, 'show the execution');
		return { ...found, data: typeof found.data === 'string' ? parse(found.data) : found.data };
	};

	const listExecutions = async (filter, limit) => {
		const query = new URLSearchParams({ filter: JSON.stringify(filter), limit: String(limit) });
		return await get(`/executions?${query}`, 'list its executions');
	};

	/** n8n answers at once when a workflow is published or taken back, and sees to its triggers after. */
	const publicationSettled = async (id) =>
		await askUntil(
			({ status }) => status !== 'in_progress',
			async () =>
				await get(`/workflows/${id}/publication-status`, 'show whether a workflow is published'),
			{
				limitMs: PUBLICATION_LIMIT_MS,
				complaint: () => `n8n did not publish the workflow ${id} within two minutes.`,
			},
		);

	const publish = async ({ id, name, versionId }) => {
		const version = { versionId, name: '', description: '' };
		await post(`/workflows/${id}/activate`, version, 'publish a workflow');
		const { status, triggers } = await publicationSettled(id);
		if (status === 'published') return;
		const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new ClearError(
			`n8n could not publish the workflow "${name}": ${reasons.join(' ') || status}`,
		);
	};

	const dataTablesPath = async () => {
		const { id } = await get('/projects/personal', 'show its personal project');
		return `/projects/${id}/data-tables`;
	};

	return {
		/** The names of all Data Tables. */
		async dataTableNames() {
			const { data } = await get(`${await dataTablesPath()}?take=${PAGE_SIZE}`, 'list Data Tables');
			return data.map(({ name }) => name);
		},

		/** Makes a Data Table of a CSV file's text, as the editor does: n8n finds the types of its columns. */
		async addDataTable({ name, csv }) {
			const what = `make the Data Table “${name}”`;
			const form = new FormData();
			form.append('file', new Blob([csv], { type: 'text/csv' }), `${name}.csv`);
			const { id, columns } = await post('/data-tables/uploads', form, what);
			const wanted = columns.map((column) => ({ name: column.name, type: column.type }));
			await post(await dataTablesPath(), { name, columns: wanted, fileId: id }, what);
		},

		/** Answers the ID under which n8n knows it. */
		async addCredential({ name, type, data }) {
			return (await post('/credentials', { name, type, data }, 'take a credential')).id;
		},

		/** Imports a workflow and publishes it. Answers its ID. */
		async addWorkflow(workflow) {
			const made = await post('/workflows', workflow, 'take a workflow');
			await publish(made);
			return made.id;
		},

		/** Publishes a workflow as it is. */
		publish,

		/**
		 * Publishes a published workflow once more, so that its trigger registers itself at the provider
		 * again. n8n remembers that it did, but the sandbox forgets everything when it ends.
		 */
		async publishAgain({ id, activeVersionId, name }) {
			await post(`/workflows/${id}/deactivate`, {}, 'unpublish a workflow');
			await publicationSettled(id);
			await publish({ id, name, versionId: activeVersionId });
		},

		/** Which workflows there are, without those that were deleted or archived. */
		async workflowIds() {
			const filter = JSON.stringify({ isArchived: false });
			const query = new URLSearchParams({ filter, take: String(PAGE_SIZE) });
			const workflows = await get(`/workflows?${query}`, 'list its workflows');
			return workflows.map(({ id }) => id);
		},

		/** One workflow as a person sees it. */
		async workflow(id) {
			return await get(`/workflows/${id}`, 'show a workflow');
		},

		/** What a credential holds; what is secret in it is blanked. */
		async credentialData(id) {
			return (await get(`/credentials/${id}?includeData=true`, 'show a credential')).data;
		},

		/** One execution with its data. */
		execution,

		/** All executions of a workflow, without their data. */
		async executionsOf(workflowId) {
			const { results } = await listExecutions({ workflowId }, PAGE_SIZE);
			if (results.length === PAGE_SIZE) {
				throw new ClearError(`The workflow ${workflowId} has too many executions to count them.`);
			}
			return results;
		},

		/** The highest ID of all executions. n8n counts them up as it makes them, and lists them as they were started. */
		async newestExecutionId() {
			// Without statuses, n8n looks for those under way and for the others apart, and can miss one that ends just then.
			const { results } = await listExecutions({ status: ALL_STATUSES }, PAGE_SIZE);
			return Math.max(...results.map(({ id }) => Number(id)));
		},

		/** How many executions of all workflows have a status. */
		async countExecutions(status) {
			return (await listExecutions({ status: [status] }, 1)).count;
		},

		/** The bytes of a file that an execution made. */
		async binaryData(binaryDataId) {
			const query = new URLSearchParams({ id: binaryDataId, action: 'download' });
			return await download(`/binary-data?${query}`, 'hand out an image');
		},
	};
}
