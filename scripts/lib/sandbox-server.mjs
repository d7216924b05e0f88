// Starts the sandbox, the local server that stands in for the image providers.
import { join } from 'node:path';

import { projectEnvironment } from './environment.mjs';
import { inRoot, logs, projectNode, root } from './paths.mjs';
import { accepts } from './ports.mjs';
import { launch } from './processes.mjs';
import { untilReady } from './ready.mjs';

const READY_LIMIT_MS = 300_000;

/** How Node runs the sandbox's TypeScript, with further arguments for it. */
export const sandboxArguments = (args) => [
	'--import',
	'tsx',
	inRoot('sandbox', 'main.ts'),
	...args,
];

/** Starts the sandbox on a port and waits until it accepts connections. */
export async function startSandboxServer(port) {
	const logFile = join(logs, 'sandbox.log');
	const server = launch(projectNode, sandboxArguments(['--port', String(port)]), {
		cwd: root,
		env: projectEnvironment(),
		logFile,
	});
	await untilReady(server, {
		name: 'The sandbox',
		isReady: async () => await accepts(port),
		limitMs: READY_LIMIT_MS,
		logFile,
	});
	return { logFile, ended: server.ended, stop: server.stop };
}
