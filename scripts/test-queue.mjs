// npm run test:queue: n8n's queue mode on Redis and Postgres, with killed workers and a cut Redis, and every image counted.
import { rmSync } from 'node:fs';

import { phases } from '../test/queue/phases.mjs';
import { asTable } from '../test/queue/table.mjs';
import { createWorld } from '../test/queue/world.mjs';
import { packedPackage } from './lib/build.mjs';
import { sandboxCredentials } from './lib/credentials.mjs';
import { main } from './lib/main.mjs';
import { setUpN8n } from './lib/n8n-app.mjs';
import { signIn } from './lib/n8n-rest.mjs';
import { inLocal } from './lib/paths.mjs';
import { freePort } from './lib/ports.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { startQueueN8n } from './lib/queue-n8n.mjs';
import { queuePackages } from './lib/queue-packages.mjs';
import { startRedis } from './lib/redis.mjs';
import { startSandboxServer } from './lib/sandbox-server.mjs';
import { say, step } from './lib/say.mjs';
import { setUpProject } from './lib/setup.mjs';

const folder = inLocal('queue');
const removeFolder = () => rmSync(folder, { recursive: true, force: true });

function report({ lines, processes, seconds }) {
	say(`\n${asTable(lines)}\n`);
	for (const { name, restarts } of processes) {
		if (restarts() > 0) say(`n8n’s process ${name} ended by itself ${restarts()} times.`);
	}
	const total = (name) => lines.reduce((sum, line) => sum + line[name], 0);
	const [wished, notOrdered, created] = ['wished', 'notOrdered', 'created'].map(total);
	const [lost, twice, startedAgain] = ['lost', 'twice', 'startedAgain'].map(total);
	say(
		`${wished} wished, ${notOrdered} of them not ordered, ${created} created, ${lost} lost, ${twice} made or charged or put out twice, ${startedAgain} put out again because n8n was killed while it started their workflow, in ${seconds} s.`,
	);
	return lost === 0 && twice === 0 && wished === notOrdered + created ? 0 : 1;
}

await main(async () => {
	const startedAt = Date.now();
	await setUpProject();
	await setUpN8n();
	const programs = await queuePackages();
	const tarball = await packedPackage();
	removeFolder();
	process.on('exit', removeFolder);

	step('Starting Redis, Postgres and the sandbox');
	const sandboxPort = await freePort();
	const sandbox = await startSandboxServer(sandboxPort);
	const redis = await startRedis({ ...programs, folder: inLocal('queue', 'redis') });
	const postgres = await startPostgres({ ...programs, folder: inLocal('queue', 'postgres') });
	step('Starting n8n: one main process, two workers, one for webhooks');
	const n8n = await startQueueN8n({ folder: inLocal('queue', 'n8n'), tarball, redis, postgres });
	const world = await createWorld({
		n8n,
		redis,
		owner: await signIn(n8n.mainUrl),
		sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
		credentials: sandboxCredentials(sandboxPort),
	});

	for (const phase of phases) {
		step(`Disturbance: ${phase.title}`);
		await world.runPhase(phase);
	}

	const lines = await world.countUp();
	await n8n.stop();
	await Promise.all([sandbox.stop(), redis.stop(), postgres.stop()]);
	return report({
		lines,
		processes: Object.values(n8n.processes),
		seconds: Math.round((Date.now() - startedAt) / 1000),
	});
});
