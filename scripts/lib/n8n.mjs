// Runs n8n: its command line, and its server on loopback, both quiet and without outside calls.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { environmentIn } from './environment.mjs';
import { n8nScript } from './n8n-app.mjs';
import { currentN8n, n8nInUse } from './n8n-versions.mjs';
import { logs, nodeIn } from './paths.mjs';
import { freePort } from './ports.mjs';
import { launch, run } from './processes.mjs';
import { untilReady } from './ready.mjs';
import { ClearError, tail } from './say.mjs';

/** An n8n that ends is noticed at once. One that takes long may be on a slow and busy machine. */
const READY_LIMIT_MS = 600_000;

const NO_OUTSIDE_CALLS = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

const settingsByAge = () =>
	n8nInUse() === currentN8n
		? // It would ask outside too. An older n8n refuses the name of a module that it doesn't have.
			{ N8N_DISABLED_MODULES: 'mcp-registry' }
		: // The engine that n8n 1.123 takes by itself is a native module, which isn't compiled here.
			{ N8N_EXPRESSION_ENGINE: 'legacy' };

/** Without it, n8n takes a day to end when it ends in New York. */
const TIME_ZONE = { GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone };

const NOTHING_IN_THE_WAY = {
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_SECURE_COOKIE: 'false',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
	N8N_LOG_LEVEL: 'info',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	NO_COLOR: '1',
};

/**
 * n8n takes its database for lost when that has not answered for five seconds, as on a busy machine, and refuses every
 * request until it has looked again. A database on the same machine isn't lost.
 */
const PATIENCE_WITH_DATABASE = { DB_PING_TIMEOUT_MS: '120000' };

/** The Node that the n8n in use runs on. */
const runningNode = () => nodeIn(n8nInUse().nodeFolder);

/** n8n keeps what it encrypts readable only with the same key, so the key lives with the data. */
function encryptionKey(userFolder) {
	const file = join(userFolder, 'encryption-key');
	if (!existsSync(file)) {
		mkdirSync(userFolder, { recursive: true });
		writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	}
	return readFileSync(file, 'utf8');
}

/** Settings of another n8n on this machine (its database, its key) must not reach this one. */
const OF_ANOTHER_N8N = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|NODES_|WEBHOOK_URL$|GENERIC_TIMEZONE$)/;

async function n8nEnvironment({ userFolder, port, extra = {} }) {
	const kept = Object.entries(environmentIn(n8nInUse().nodeFolder)).filter(
		([name]) => !OF_ANOTHER_N8N.test(name),
	);
	return {
		...Object.fromEntries(kept),
		...NO_OUTSIDE_CALLS,
		...settingsByAge(),
		...NOTHING_IN_THE_WAY,
		...TIME_ZONE,
		...PATIENCE_WITH_DATABASE,
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: encryptionKey(userFolder),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...(port === undefined
			? {}
			: {
					N8N_HOST: '127.0.0.1',
					N8N_PORT: String(port),
					N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}/`,
					N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
				}),
		...extra,
	};
}

/** Runs one command of n8n and answers what came of it. `extra` holds more environment variables. */
export async function runN8nCommand(args, { userFolder, extra }) {
	const logFile = join(logs, `n8n-${args[0].replace(':', '-')}.log`);
	const env = await n8nEnvironment({ userFolder, extra });
	return { ...(await run(runningNode(), [n8nScript(), ...args], { env, logFile })), logFile };
}

/**
 * Runs one command of n8n, for example `['import:workflow', '--input=file.json']`. The command line
 * also ends with 0 after some failures, so `success` says what must be in the output.
 */
export async function n8nCommand(args, { userFolder, success }) {
	const { code, output, logFile } = await runN8nCommand(args, { userFolder });
	if (code === 0 && success.test(output)) return;
	throw new ClearError(
		`n8n ${args[0]} failed. Its last words:\n${tail(output)}\n(all of them are in ${logFile})`,
	);
}

async function isReady(url, command) {
	try {
		const response = await fetch(`${url}/healthz/readiness`);
		if (response.status !== 200) return false;
		if (command !== 'start') return true;
		// Ready for the database is not yet ready for the editor: its settings come last.
		const settings = await fetch(`${url}/rest/settings`);
		return (
			settings.status === 200 && settings.headers.get('content-type')?.includes('json') === true
		);
	} catch {
		return false;
	}
}

/**
 * Starts n8n's server on loopback and waits until it answers.
 * @param {{userFolder: string, port: number, logName?: string, extra?: Record<string, string>,
 *   command?: 'start' | 'worker' | 'webhook', lookAgainMs?: number}} options
 *   extra holds more environment variables. command starts one of queue mode's other processes instead:
 *   port is then where it answers questions about its health. lookAgainMs is how soon after one such question the next comes.
 * @returns {Promise<{url: string, pid: number, logFile: string, ended: Promise<{code: number}>,
 *   endedByItself: () => boolean, output: () => string, kill: () => void, stop: () => Promise<void>}>}
 */
export async function startN8n({
	userFolder,
	port,
	logName = 'n8n',
	extra,
	command = 'start',
	lookAgainMs,
}) {
	const url = `http://127.0.0.1:${port}`;
	const logFile = join(logs, `${logName}.log`);
	const server = launch(runningNode(), [n8nScript(), command], {
		env: await n8nEnvironment({ userFolder, port, extra }),
		logFile,
	});
	await untilReady(server, {
		name: 'n8n',
		isReady: async () => await isReady(url, command),
		limitMs: READY_LIMIT_MS,
		logFile,
		lookAgainMs,
	});
	const { pid, ended, endedByItself, output, kill, stop } = server;
	return { url, pid, logFile, ended, endedByItself, output, kill, stop };
}
