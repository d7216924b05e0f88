// A server in front of another one, as a proxy is: it passes requests on, or answers some of them in its own way.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface PassingRequest {
	method: string;
	path: string;
	body: string;
}

/** What is said in place of the server behind; `hang` for nothing at all, ever. */
export type OwnAnswer = { status: number; body: string; type?: string } | 'hang';

export interface FrontServer {
	baseUrl: string;
	/** Everything that came, in order. */
	requests: PassingRequest[];
	/** The most requests that were under way at the same time. */
	maxAtOnce(): number;
	close(): Promise<void>;
}

export async function openFront(
	target: string,
	answer: (request: PassingRequest) => OwnAnswer | undefined = () => undefined,
): Promise<FrontServer> {
	const requests: PassingRequest[] = [];
	let underWay = 0;
	let most = 0;
	const server = createServer((incoming, outgoing) => {
		most = Math.max(most, (underWay += 1));
		outgoing.once('close', () => (underWay -= 1));
		const pass = async () => {
			const { method = 'GET', url = '/', headers } = incoming;
			const bytes = await buffer(incoming);
			const request = { method, path: url, body: bytes.toString() };
			requests.push(request);
			const own = answer(request);
			if (own === 'hang') return;
			if (own) {
				outgoing.writeHead(own.status, { 'content-type': own.type ?? 'application/json' });
				outgoing.end(own.body);
				return;
			}
			const told = await fetch(target + url, {
				method,
				headers: passedOn(headers),
				body: bytes.length > 0 ? bytes : undefined,
			});
			const type = told.headers.get('content-type') ?? 'application/octet-stream';
			outgoing.writeHead(told.status, { 'content-type': type });
			outgoing.end(Buffer.from(await told.arrayBuffer()));
		};
		pass().catch(() => outgoing.destroy());
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		requests,
		maxAtOnce: () => most,
		close: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}

/** Without what belongs to the connection itself. */
function passedOn(headers: IncomingHttpHeaders): Record<string, string> {
	const own = new Set(['host', 'connection', 'content-length']);
	const others = Object.entries(headers).filter(([name]) => !own.has(name));
	return Object.fromEntries(others) as Record<string, string>;
}
