// Sends requests to an n8n the way its editor does: JSON, as somebody who is signed in by a cookie.

export interface Session {
	/** The address of n8n, without a slash at the end. */
	url: string;
	cookie: string;
}

/** Any request; the answer as it comes. */
export async function send(
	{ url, cookie }: Session,
	method: string,
	path: string,
	body?: object,
): Promise<Response> {
	return await fetch(`${url}/rest${path}`, {
		method,
		// n8n closes a connection that has been idle for some seconds, perhaps just when it would be used again.
		headers: { 'content-type': 'application/json', cookie, connection: 'close' },
		body: body && JSON.stringify(body),
	});
}

/** A request that n8n must take. */
export async function accepted(
	session: Session,
	method: string,
	path: string,
	body?: object,
): Promise<Response> {
	const response = await send(session, method, path, body);
	if (response.ok) return response;
	throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`);
}

/** What an answer of n8n is about. */
export async function dataOf<Data>(response: Response): Promise<Data> {
	return ((await response.json()) as { data: Data }).data;
}
