// Starts the server of large pictures.
import { fork } from 'node:child_process';
import { once } from 'node:events';

import { plainEnvironment } from '../../scripts/lib/environment.mjs';
import { inRoot, projectNode } from '../../scripts/lib/paths.mjs';

/** @returns {Promise<{baseUrl: string, apiKey: string, received: () => number, stop: () => Promise<void>}>} */
export async function startPictureServer() {
	const child = fork(inRoot('bench', 'pictures', 'server.mjs'), {
		execPath: projectNode,
		env: plainEnvironment(),
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const [{ port }] = await once(child, 'message');
	let bytes = 0;
	child.on('message', ({ received }) => (bytes += received));
	return {
		baseUrl: `http://127.0.0.1:${port}/v1`,
		apiKey: 'any',
		/** How many bytes of input images and what is around them came since the last question. */
		received: () => {
			const all = bytes;
			bytes = 0;
			return all;
		},
		stop: async () => {
			const ended = once(child, 'exit');
			child.disconnect();
			await ended;
		},
	};
}
