// Servers of a test's own on loopback, where the sandbox would be too honest.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export function otherServers() {
	const servers: Server[] = [];
	return {
		/** Answers its address. */
		async listen(listener: RequestListener): Promise<string> {
			const server = createServer(listener);
			servers.push(server);
			await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
			return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		},
		close(): void {
			for (const server of servers) server.close();
		},
	};
}
