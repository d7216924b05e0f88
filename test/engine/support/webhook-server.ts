// A server on loopback that reads requests the way n8n's webhook server does before a node sees them.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { parse as parseQuery, type ParsedUrlQuery } from 'node:querystring';

/** What n8n adds to a request. */
export interface WebhookRequest extends IncomingMessage {
	rawBody: Buffer;
	body: unknown;
	query: ParsedUrlQuery;
	params: Record<string, string>;
	path: string;
	contentType?: string;
	encoding: BufferEncoding;
}

/** What nodes use of Express's response. */
export interface WebhookResponse extends ServerResponse {
	status(code: number): this;
	header(name: string, value: string): this;
	send(body?: unknown): this;
	json(body: unknown): this;
}

type Handler = (request: WebhookRequest, response: WebhookResponse) => Promise<void>;

export interface WebhookServer {
	baseUrl: string;
	close(): Promise<void>;
}

/** Without a port, at any that is free. */
export async function openWebhookServer(handle: Handler, wanted = 0): Promise<WebhookServer> {
	const server = createServer((incoming, outgoing) => {
		const response = extendResponse(outgoing);
		readRequest(incoming)
			.then(async (request) => await handle(request, response))
			.catch((error: Error) => {
				const status = error instanceof UnprocessableBody ? 422 : 500;
				response.status(status).json({ code: 0, message: error.message });
			});
	});
	// It would close an idle connection just when a busy test uses it again.
	server.keepAliveTimeout = 0;
	await new Promise<void>((resolve) => {
		server.listen(wanted, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		close: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}

async function readRequest(incoming: IncomingMessage): Promise<WebhookRequest> {
	const { pathname, search } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
	const [contentType, charset] = (incoming.headers['content-type'] ?? '').split(';');
	const rawBody = await buffer(incoming);
	const request = Object.assign(incoming, {
		rawBody,
		body: {},
		query: parseQuery(search.slice(1)),
		params: {},
		path: pathname,
		contentType: contentType?.trim().toLowerCase() || undefined,
		encoding: (charset?.split('=')[1]?.trim() ?? 'utf-8') as BufferEncoding,
	});
	return Object.assign(request, { body: parseBody(request) });
}

function parseBody({ rawBody, contentType, encoding }: WebhookRequest): unknown {
	if (rawBody.length === 0) return {};
	const text = rawBody.toString(encoding);
	if (contentType === 'text/plain') return text;
	if (contentType === 'application/x-www-form-urlencoded') return parseQuery(text);
	if (contentType !== 'application/json') return {};
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw new UnprocessableBody('Failed to parse request body');
	}
}

class UnprocessableBody extends Error {}

function extendResponse(outgoing: ServerResponse): WebhookResponse {
	return Object.assign(outgoing, {
		status(this: WebhookResponse, code: number) {
			this.statusCode = code;
			return this;
		},
		header(this: WebhookResponse, name: string, value: string) {
			return this.setHeader(name, value);
		},
		json(this: WebhookResponse, body: unknown) {
			this.setHeader('content-type', 'application/json; charset=utf-8');
			return this.end(JSON.stringify(body));
		},
		send(this: WebhookResponse, body?: unknown) {
			if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) {
				return this.end(body);
			}
			return this.json(body);
		},
	}) as WebhookResponse;
}
