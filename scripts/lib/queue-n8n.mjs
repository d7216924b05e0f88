// n8n in queue mode: one main process, two workers, one process for webhooks, each with a folder of its own.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { startN8n } from './n8n.mjs';
import { installNodePackage } from './node-package.mjs';
import { freePort } from './ports.mjs';
import { startPublicAddress } from './queue-address.mjs';
import { say } from './say.mjs';

const ROLES = [
	{ name: 'main', command: 'start' },
	{ name: 'worker-1', command: 'worker' },
	{ name: 'worker-2', command: 'worker' },
	{ name: 'webhook', command: 'webhook' },
];

/** What all processes share. What is not said here is n8n's own default. */
function queueSettings({ redis, postgres, publicUrl }) {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		N8N_EDITOR_BASE_URL: `${publicUrl}/`,
		N8N_WEBHOOK_URL: `${publicUrl}/`,
	};
}

/**
 * A process that is started again when it ends by itself, as Docker and systemd do it. n8n ends itself
 * when Redis stays away for ten seconds.
 */
async function keepRunning({ name, command, folder, original, port, settings }) {
	cpSync(original, folder, { recursive: true });
	let starts = 0;
	let restarts = 0;
	let current;
	/** What the process printed in its earlier lives. */
	let printed = '';
	const start = async () => {
		starts += 1;
		printed += current?.output() ?? '';
		current = await startN8n({
			userFolder: folder,
			port,
			command,
			logName: `queue-${name}-${starts}`,
			extra: { ...settings, QUEUE_HEALTH_CHECK_PORT: String(port) },
		});
		const started = current;
		void started.ended.then(async ({ code }) => {
			if (!started.endedByItself()) return;
			restarts += 1;
			say(`  n8n’s process ${name} ended by itself (exit code ${code}) and is started again`);
			starting = start();
			await starting;
		});
	};
	let starting = start();
	await starting;
	return {
		name,
		port,
		restarts: () => restarts,
		/** What the process printed since its latest start. */
		output: () => current.output(),
		/** All that it ever printed. */
		log: () => printed + current.output(),
		/** Ends it without a word, as a power cut does, and leaves it dead. */
		kill: async () => {
			current.kill();
			await current.ended;
		},
		/** Starts it again: with the folder that it had, or as a new container that has lost it. */
		revive: async ({ asNew = false } = {}) => {
			if (asNew) {
				rmSync(folder, { recursive: true, force: true });
				cpSync(original, folder, { recursive: true });
			}
			starting = start();
			await starting;
		},
		stop: async () => {
			await starting;
			await current.stop();
		},
	};
}

/**
 * Installs the package and starts all processes.
 * @returns {Promise<{url: string, mainUrl: string, processes: object, workers: object[], stop: () => Promise<void>}>}
 *   url is the one address for people and providers.
 */
export async function startQueueN8n({ folder, tarball, redis, postgres }) {
	const original = join(folder, 'original');
	await installNodePackage(original, tarball);
	const ports = Object.fromEntries(
		await Promise.all(ROLES.map(async ({ name }) => [name, await freePort()])),
	);
	const address = await startPublicAddress({
		port: await freePort(),
		mainPort: ports.main,
		webhookPort: ports.webhook,
	});
	const settings = queueSettings({ redis, postgres, publicUrl: address.url });
	const processes = {};
	const startRole = async ({ name, command }) => {
		processes[name] = await keepRunning({
			name,
			command,
			folder: join(folder, name),
			original,
			port: ports[name],
			settings,
		});
	};
	const [main, ...others] = ROLES;
	// The main process sets up the database, and the key that all of them share.
	await startRole(main);
	cpSync(join(folder, main.name, 'encryption-key'), join(original, 'encryption-key'));
	await Promise.all(others.map(startRole));
	return {
		url: address.url,
		mainUrl: `http://127.0.0.1:${ports.main}`,
		processes,
		workers: [processes['worker-1'], processes['worker-2']],
		stop: async () => {
			await address.stop();
			await Promise.all(Object.values(processes).map(async (process) => await process.stop()));
		},
	};
}
