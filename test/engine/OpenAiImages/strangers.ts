// A server that isn't OpenAI's: it keeps what it is asked, and gives something to everybody.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Stranger {
	url: string;
	/** Every request, oldest first. */
	requests: Array<{ method?: string; path?: string; headers: IncomingHttpHeaders }>;
	close(): Promise<void>;
}

export async function startStranger(): Promise<Stranger> {
	const requests: Stranger['requests'] = [];
	const server = createServer((request, response) => {
		requests.push({ method: request.method, path: request.url, headers: request.headers });
		request.resume();
		response.setHeader('content-type', 'application/json');
		response.end('{"id":"resp_1","status":"queued","data":[],"choices":[]}');
	});
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
