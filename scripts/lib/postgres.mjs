// A Postgres of its own on loopback, with a throw-away data folder: fast, and safe only as long as nothing crashes.
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { plainEnvironment } from './environment.mjs';
import { logs } from './paths.mjs';
import { freePort } from './ports.mjs';
import { launch, run } from './processes.mjs';
import { isRoot } from './queue-packages.mjs';
import { untilReady } from './ready.mjs';
import { ClearError, tail } from './say.mjs';

const READY_LIMIT_MS = 300_000;
const USER = 'n8n';
/** Every new cluster has it. */
const DATABASE = 'postgres';

const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
/** Postgres' word for a fast end: clients are sent away instead of waited for. */
const FAST_END = 'SIGINT';

/** Postgres refuses to run as root, and Debian's package brings a user for it. */
function postgresUser() {
	const line = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.find((entry) => entry.startsWith('postgres:'));
	if (!line) throw new ClearError('There is no user "postgres", as which Postgres could run.');
	const [, , uid, gid] = line.split(':').map(Number);
	return { uid, gid };
}

function asItsUser(command, args, user) {
	if (!user) return [command, args];
	const { uid, gid } = user;
	return ['setpriv', [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', command, ...args]];
}

async function makeCluster({ postgresFolder, folder, user, password, env }) {
	const passwordFile = join(folder, 'password');
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (user) chownSync(passwordFile, user.uid, user.gid);
	const options = [
		`--pgdata=${join(folder, 'data')}`,
		`--username=${USER}`,
		`--pwfile=${passwordFile}`,
		'--auth=scram-sha-256',
		'--encoding=UTF8',
		'--locale=C',
		'--no-sync',
	];
	const [command, args] = asItsUser(join(postgresFolder, 'initdb'), options, user);
	const { code, output } = await run(command, args, { cwd: folder, env });
	rmSync(passwordFile);
	if (code === 0) return;
	throw new ClearError(
		`Postgres could not make its data folder in ${folder}. ` +
			`Where this lies, the user "postgres" has to be able to get to. Its last words:\n${tail(output)}`,
	);
}

/**
 * @param {{postgresFolder: string, folder: string}} options folder is made, and holds everything.
 * @returns {Promise<{port: number, user: string, password: string, database: string, stop: () => Promise<void>}>}
 */
export async function startPostgres({ postgresFolder, folder }) {
	const user = isRoot() ? postgresUser() : undefined;
	const port = await freePort();
	const password = randomBytes(16).toString('hex');
	const env = plainEnvironment({ LC_ALL: 'C' });
	mkdirSync(folder, { recursive: true });
	chmodSync(folder, 0o700);
	if (user) chownSync(folder, user.uid, user.gid);
	await makeCluster({ postgresFolder, folder, user, password, env });

	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...FAST];
	const [command, args] = asItsUser(
		join(postgresFolder, 'postgres'),
		['-D', join(folder, 'data'), '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
		user,
	);
	const logFile = join(logs, 'queue-postgres.log');
	const server = launch(command, args, { cwd: folder, env, logFile, stopSignal: FAST_END });
	await untilReady(server, {
		name: 'Postgres',
		isReady: () => server.output().includes('ready to accept connections'),
		limitMs: READY_LIMIT_MS,
		logFile,
	});
	return { port, user: USER, password, database: DATABASE, stop: server.stop };
}
