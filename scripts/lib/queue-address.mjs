// One address for a divided n8n: calls from outside go to the webhook process, everything else to the main one.
import { createServer, request as forward } from 'node:http';

const LOOPBACK = '127.0.0.1';
/** What n8n's webhook process serves. Waiting executions are resumed there too. */
const FROM_OUTSIDE = /^\/(webhook|webhook-waiting|form|form-waiting)\//;

/**
 * @param {{port: number, mainPort: number, webhookPort: number}} ports
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 */
export async function startPublicAddress({ port, mainPort, webhookPort }) {
	const server = createServer((incoming, answer) => {
		const outgoing = forward({
			host: LOOPBACK,
			port: FROM_OUTSIDE.test(incoming.url) ? webhookPort : mainPort,
			path: incoming.url,
			method: incoming.method,
			headers: incoming.headers,
		});
		outgoing.on('response', (received) => {
			answer.writeHead(received.statusCode, received.headers);
			received.pipe(answer);
		});
		// As a proxy answers while the process behind it is away: whoever calls will try again.
		outgoing.on('error', () => {
			if (answer.headersSent) answer.destroy();
			else answer.writeHead(502).end();
		});
		incoming.pipe(outgoing);
	});
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, LOOPBACK, resolve);
	});
	return {
		url: `http://${LOOPBACK}:${port}`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
