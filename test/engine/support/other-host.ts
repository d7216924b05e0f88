// A server on another origin, where no key of ours belongs: it notes all that comes.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface OtherHost {
	url: string;
	/** Everything that came, in order. */
	requests: Array<{ method: string; path: string; headers: IncomingHttpHeaders; body: string }>;
	close(): Promise<void>;
}

/** Answers everything with this status, an empty object and, where it is one, a redirect to itself. */
export async function openOtherHost(status = 200): Promise<OtherHost> {
	const requests: OtherHost['requests'] = [];
	const server = createServer((incoming, outgoing) => {
		const note = async () => {
			const { method = 'GET', url: path = '/', headers } = incoming;
			requests.push({ method, path, headers, body: (await buffer(incoming)).toString('latin1') });
			outgoing.writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' });
			outgoing.end('{}');
		};
		note().catch(() => outgoing.destroy());
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/moved`,
		requests,
		close: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}
