// Talks to a running n8n the way its editor does: owner account, sign-in, executions, files.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { n8nApp } from './paths.mjs';
import { ClearError } from './say.mjs';

const LOOK_AGAIN_MS = 500;
const EXECUTION_LIMIT_MS = 300_000;
const PUBLICATION_LIMIT_MS = 60_000;
const UNFINISHED = new Set(['new', 'running', 'waiting']);

export const owner = {
	email: 'owner@example.com',
	firstName: 'Sandbox',
	lastName: 'Owner',
	password: 'Imagegen-sandbox-1',
};

async function ask(url, path, { method = 'GET', body, cookie } = {}) {
	const response = await fetch(`${url}/rest${path}`, {
		method,
		headers: {
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...(cookie ? { cookie } : {}),
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	return response;
}

async function answerOf(response, what) {
	if (response.ok) return (await response.json()).data;
	throw new ClearError(
		`n8n refused to ${what} (HTTP ${response.status}): ${(await response.text()).slice(0, 500)}`,
	);
}

/**
 * Makes the owner account if the instance has none, and signs in.
 * @returns {Promise<object>} what can be asked of n8n as its owner
 */
export async function signIn(url) {
	const settings = await answerOf(await ask(url, '/settings'), 'show its settings');
	if (settings.userManagement.showSetupOnFirstLoad) {
		await answerOf(
			await ask(url, '/owner/setup', { method: 'POST', body: owner }),
			'make the owner account',
		);
	}
	const login = await ask(url, '/login', {
		method: 'POST',
		body: { emailOrLdapLoginId: owner.email, password: owner.password },
	});
	if (login.status === 401) {
		throw new ClearError(
			`The owner of this n8n no longer has the login ${owner.email} / ${owner.password}. ` +
				'Sign in with your own password, or start afresh with: npm run clean && npm start',
		);
	}
	await answerOf(login, 'sign in');
	const cookie = login.headers
		.getSetCookie()
		.map((entry) => entry.split(';')[0])
		.join('; ');
	return ownersView(url, cookie);
}

function ownersView(url, cookie) {
	// n8n stores an execution's data in the "flatted" form; its own copy of that module reads it.
	const { parse } = createRequire(join(n8nApp, 'package.json'))('flatted');

	const get = async (path, what) => await answerOf(await ask(url, path, { cookie }), what);
	const post = async (path, body, what) =>
		await answerOf(await ask(url, path, { method: 'POST', cookie, body }), what);

	const execution = async (id) => {
		const found = await get(`/executions/${id}`, 'show the execution');
		return { ...found, data: typeof found.data === 'string' ? parse(found.data) : found.data };
	};

	/** n8n answers at once when a workflow is published or taken back, and sees to its triggers after. */
	const publicationSettled = async (id) => {
		const giveUpAt = Date.now() + PUBLICATION_LIMIT_MS;
		for (;;) {
			const path = `/workflows/${id}/publication-status`;
			const { status, triggers } = await get(path, 'show whether a workflow is published');
			if (status !== 'in_progress') return { status, triggers };
			if (Date.now() > giveUpAt) throw new ClearError(`n8n did not publish the workflow ${id}.`);
			await sleep(LOOK_AGAIN_MS);
		}
	};

	return {
		cookie,
		execution,

		/**
		 * Publishes a published workflow once more, so that its trigger registers itself at the provider
		 * again. n8n remembers that it did, but the sandbox forgets everything when it ends.
		 */
		async publishAgain(id) {
			const { active, activeVersionId, name } = await get(`/workflows/${id}`, 'show a workflow');
			if (!active) return;
			await post(`/workflows/${id}/deactivate`, {}, 'unpublish a workflow');
			await publicationSettled(id);
			const version = { versionId: activeVersionId, name: '', description: '' };
			await post(`/workflows/${id}/activate`, version, 'publish a workflow');
			const { status, triggers } = await publicationSettled(id);
			if (status === 'published') return;
			const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
			throw new ClearError(
				`n8n could not publish the workflow "${name}": ${reasons.join(' ') || status}`,
			);
		},

		/** Starts a workflow at one of its triggers, as the button in the editor does. */
		async runWorkflow(id, triggerName) {
			const start = { triggerToStartFrom: { name: triggerName } };
			const { executionId } = await post(`/workflows/${id}/run`, start, 'run the workflow');
			return executionId;
		},

		async finishedExecution(id) {
			const giveUpAt = Date.now() + EXECUTION_LIMIT_MS;
			for (;;) {
				const found = await execution(id);
				if (!UNFINISHED.has(found.status)) return found;
				if (Date.now() > giveUpAt) {
					throw new ClearError(
						`Execution ${id} did not finish within five minutes (status: ${found.status}).`,
					);
				}
				await sleep(LOOK_AGAIN_MS);
			}
		},

		/** The bytes of a file that an execution made. */
		async binaryData(binaryDataId) {
			const query = new URLSearchParams({ id: binaryDataId, action: 'download' });
			const response = await ask(url, `/binary-data?${query}`, { cookie });
			if (!response.ok)
				throw new ClearError(`n8n refused to hand out an image (HTTP ${response.status}).`);
			return Buffer.from(await response.arrayBuffer());
		},
	};
}
