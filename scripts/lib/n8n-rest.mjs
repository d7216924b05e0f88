// Talks to a running n8n the way its editor does: makes the owner's account, signs in, sends requests.
import { ownersView } from './owners-view.mjs';
import { ClearError } from './say.mjs';

export const owner = {
	email: 'owner@example.com',
	firstName: 'Sandbox',
	lastName: 'Owner',
	password: 'Imagegen-sandbox-1',
};

/** The person has changed the owner's email or password. */
export class OtherLoginError extends ClearError {}

/** @param {{body?: object, cookie?: string}} [what] the body goes as JSON, or as a form where it is one */
async function send(url, path, { body, cookie } = {}) {
	const isJson = body !== undefined && !(body instanceof FormData);
	return await fetch(`${url}/rest${path}`, {
		method: body === undefined ? 'GET' : 'POST',
		headers: {
			...(isJson ? { 'content-type': 'application/json' } : {}),
			...(cookie ? { cookie } : {}),
		},
		body: isJson ? JSON.stringify(body) : body,
	});
}

/** `what` completes the sentence "n8n refused to …". */
async function accepted(response, what) {
	if (response.ok) return response;
	throw new ClearError(
		`n8n refused to ${what} (HTTP ${response.status}): ${(await response.text()).slice(0, 500)}`,
	);
}

function requestsAs(url, cookie) {
	const answerTo = async (path, what, body) =>
		await accepted(await send(url, path, { cookie, body }), what);
	const dataOf = async (response) => (await response.json()).data;
	return {
		get: async (path, what) => await dataOf(await answerTo(path, what)),
		post: async (path, body, what) => await dataOf(await answerTo(path, what, body)),
		download: async (path, what) => Buffer.from(await (await answerTo(path, what)).arrayBuffer()),
	};
}

/**
 * Makes the owner account if the instance has none, and signs in.
 * @param {string} url the address of n8n, in queue mode of its main process
 * @returns {Promise<object>} what can be asked of n8n as its owner, and the owner's cookie
 */
export async function signIn(url) {
	const anyone = requestsAs(url);
	const settings = await anyone.get('/settings', 'show its settings');
	if (settings.userManagement.showSetupOnFirstLoad) {
		await anyone.post('/owner/setup', owner, 'make the owner account');
	}
	const login = await send(url, '/login', {
		body: { emailOrLdapLoginId: owner.email, password: owner.password },
	});
	if (login.status === 401) {
		throw new OtherLoginError(
			`The owner of this n8n no longer has the login ${owner.email} / ${owner.password}. Sign in with your own.`,
		);
	}
	await accepted(login, 'sign in');
	const cookie = login.headers
		.getSetCookie()
		.map((entry) => entry.split(';')[0])
		.join('; ');
	return { cookie, ...ownersView(requestsAs(url, cookie)) };
}
