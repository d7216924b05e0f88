// Waits for a server that was just started, and tells what it said when it doesn't become ready.
import { setTimeout as sleep } from 'node:timers/promises';

import { ClearError, tail } from './say.mjs';

const LOOK_AGAIN_MS = 200;

/**
 * Waits until a launched server is ready; if it ends or takes too long, stops it and throws a ClearError.
 * @param {object} server from launch in processes.mjs
 * @param {{name: string, isReady: () => boolean | Promise<boolean>, limitMs: number, logFile: string, lookAgainMs?: number}} options
 *   name is how the error calls it, at the beginning of a sentence.
 */
export async function untilReady(
	server,
	{ name, isReady, limitMs, logFile, lookAgainMs = LOOK_AGAIN_MS },
) {
	const giveUpAt = Date.now() + limitMs;
	while (!(await isReady())) {
		if (server.hasEnded() || Date.now() > giveUpAt) {
			const what = server.hasEnded() ? 'ended while starting' : 'did not become ready';
			await server.stop();
			throw new ClearError(
				`${name} ${what}. Its last words:\n${tail(server.output())}\n(all of them are in ${logFile})`,
			);
		}
		await sleep(lookAgainMs);
	}
}
