// Finds Redis and Postgres on this machine, and installs Debian's packages where one is missing.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { plainEnvironment } from './environment.mjs';
import { logs } from './paths.mjs';
import { run } from './processes.mjs';
import { ClearError, step, tail } from './say.mjs';

const POSTGRES_VERSIONS = '/usr/lib/postgresql';
const REDIS = '/usr/bin/redis-server';

/** The folder with the programs of the newest Postgres, or undefined. */
function postgresPrograms() {
	if (!existsSync(POSTGRES_VERSIONS)) return undefined;
	const versions = readdirSync(POSTGRES_VERSIONS).sort((one, other) => Number(other) - Number(one));
	return versions
		.map((version) => join(POSTGRES_VERSIONS, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'initdb')));
}

export const isRoot = () => process.getuid?.() === 0;

async function aptGet(args) {
	const logFile = join(logs, 'queue-packages.log');
	const env = plainEnvironment({ DEBIAN_FRONTEND: 'noninteractive' });
	const { code, output } = await run('apt-get', args, { env, logFile });
	if (code === 0) return;
	throw new ClearError(
		`apt-get could not install Redis and Postgres. Its last words:\n${tail(output)}`,
	);
}

/**
 * Makes sure that both databases' programs are here. Only the programs are used: what runs or is set up
 * on this machine as a service stays as it is.
 * @returns {Promise<{redisServer: string, postgresFolder: string}>}
 */
export async function queuePackages() {
	const missing = [
		existsSync(REDIS) ? undefined : 'redis-server',
		postgresPrograms() ? undefined : 'postgresql',
	].filter(Boolean);
	if (missing.length > 0) {
		if (!isRoot() || !existsSync('/usr/bin/apt-get')) {
			throw new ClearError(
				`This test needs Redis and Postgres. Install what is missing and run it again, ` +
					`on Debian or Ubuntu: sudo apt-get install --no-install-recommends ${missing.join(' ')}`,
			);
		}
		step(`Installing ${missing.join(' and ')} from Debian’s packages`);
		await aptGet(['update']);
		await aptGet(['install', '--yes', '--no-install-recommends', ...missing]);
	}
	const postgresFolder = postgresPrograms();
	if (!existsSync(REDIS) || !postgresFolder) {
		throw new ClearError(
			`Redis or Postgres is still missing: looked for ${REDIS} and ${POSTGRES_VERSIONS}/*/bin/initdb.`,
		);
	}
	return { redisServer: REDIS, postgresFolder };
}
