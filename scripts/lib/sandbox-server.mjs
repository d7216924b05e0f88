// Starts the sandbox, the local server that stands in for the image providers.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { projectEnvironment } from './environment.mjs';
import { inRoot, logs, projectNode, root } from './paths.mjs';
import { accepts } from './ports.mjs';
import { launch } from './processes.mjs';
import { ClearError, tail } from './say.mjs';

const LOOK_AGAIN_MS = 100;
const READY_LIMIT_MS = 60_000;

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
	const giveUpAt = Date.now() + READY_LIMIT_MS;
	while (!(await accepts(port))) {
		if (server.hasEnded() || Date.now() > giveUpAt) {
			await server.stop();
			throw new ClearError(
				`The sandbox did not start. Its last words:\n${tail(server.output())}\n(all of them are in ${logFile})`,
			);
		}
		await sleep(LOOK_AGAIN_MS);
	}
	return { logFile, ended: server.ended, stop: server.stop };
}
