// A Redis of its own on loopback, with a throw-away data folder, that can be cut off and comes back with its data.
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { plainEnvironment } from './environment.mjs';
import { logs } from './paths.mjs';
import { accepts, freePort } from './ports.mjs';
import { launch } from './processes.mjs';
import { untilReady } from './ready.mjs';

const READY_LIMIT_MS = 300_000;

/**
 * @param {{redisServer: string, folder: string}} options folder is made, and holds everything.
 * @returns {Promise<{port: number, password: string, cut: () => Promise<void>,
 *   restore: () => Promise<void>, stop: () => Promise<void>}>}
 *   cut kills it without a word; restore starts it again on the same data and port.
 */
export async function startRedis({ redisServer, folder }) {
	const port = await freePort();
	const password = randomBytes(16).toString('hex');
	mkdirSync(folder, { recursive: true });
	const settings = [
		'bind 127.0.0.1',
		`port ${port}`,
		`dir ${folder}`,
		`requirepass ${password}`,
		'appendonly yes',
		'save ""',
	];
	const settingsFile = join(folder, 'redis.conf');
	writeFileSync(settingsFile, `${settings.join('\n')}\n`, { mode: 0o600 });

	let server;
	const start = async () => {
		const logFile = join(logs, 'queue-redis.log');
		server = launch(redisServer, [settingsFile], { env: plainEnvironment(), logFile });
		await untilReady(server, {
			name: 'Redis',
			isReady: async () => await accepts(port),
			limitMs: READY_LIMIT_MS,
			logFile,
		});
	};
	await start();
	return {
		port,
		password,
		cut: async () => {
			server.kill();
			await server.ended;
		},
		restore: start,
		stop: async () => await server.stop(),
	};
}
