// The sandbox in the providers' place, with credentials for our nodes.
import { sandboxCredentials } from '../../scripts/lib/credentials.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { startSandboxServer } from '../../scripts/lib/sandbox-server.mjs';

/** @returns {Promise<{url: string, credentials: object, services: object, stop: () => Promise<void>}>} by the provider's name */
export async function startSandbox() {
	const port = await freePort();
	const { stop } = await startSandboxServer(port);
	const entries = sandboxCredentials(port).filter(({ provider }) => provider);
	return {
		url: `http://127.0.0.1:${port}`,
		credentials: Object.fromEntries(
			entries.map(({ provider, type, data }) => [provider, { [type]: data }]),
		),
		services: Object.fromEntries(entries.map(({ provider, data }) => [provider, data])),
		stop,
	};
}
