// What the queue test asks of n8n as its owner: credentials and workflows are made, executions are read.
import { setTimeout as sleep } from 'node:timers/promises';

import { signIn } from './n8n-rest.mjs';
import { ClearError } from './say.mjs';

const LOOK_AGAIN_MS = 500;
const PUBLICATION_LIMIT_MS = 120_000;
/** The most that n8n lists at once. */
const PAGE_SIZE = 100;

/** @param {string} url the address of n8n's main process */
export async function queueOwner(url) {
	const owner = await signIn(url);

	const ask = async (path, body) => {
		const response = await fetch(`${url}/rest${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			headers: { cookie: owner.cookie, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (response.ok) return (await response.json()).data;
		throw new ClearError(
			`n8n refused ${path} (HTTP ${response.status}): ${(await response.text()).slice(0, 500)}`,
		);
	};

	/** n8n answers at once when a workflow is published, and sees to its triggers after. */
	const publish = async ({ id, versionId, name }) => {
		await ask(`/workflows/${id}/activate`, { versionId, name: '', description: '' });
		const giveUpAt = Date.now() + PUBLICATION_LIMIT_MS;
		for (;;) {
			const { status, triggers } = await ask(`/workflows/${id}/publication-status`);
			if (status === 'published') return;
			if (status !== 'in_progress' || Date.now() > giveUpAt) {
				const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
				throw new ClearError(
					`n8n could not publish the workflow "${name}": ${reasons.join(' ') || status}`,
				);
			}
			await sleep(LOOK_AGAIN_MS);
		}
	};

	return {
		/** Answers the id under which n8n knows it. */
		addCredential: async ({ name, type, data }) =>
			(await ask('/credentials', { name, type, data })).id,

		/** Imports a workflow and publishes it. Answers its id. */
		addWorkflow: async (workflow) => {
			const made = await ask('/workflows', workflow);
			await publish(made);
			return made.id;
		},

		/** All executions of a workflow, without their data. */
		executionsOf: async (workflowId) => {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const { results } = await ask(`/executions?filter=${filter}&limit=${PAGE_SIZE}`);
			if (results.length === PAGE_SIZE) {
				throw new ClearError(`The workflow ${workflowId} has too many executions to count them.`);
			}
			return results;
		},

		/** One execution with its data. */
		execution: owner.execution,
		/** The bytes of a file that an execution made. */
		binaryData: owner.binaryData,
	};
}
