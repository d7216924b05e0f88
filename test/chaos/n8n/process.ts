// One life of an n8n process: it does what the file says that it is given, and ends; unless it is killed before.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';

import { openBinaryStore } from '../../engine/support/binary-store';
import { receiveCallback, type WaitingExecution } from '../../engine/support/waiting-webhook';
import { openWebhookServer } from '../../engine/support/webhook-server';
import { openDatabase } from './database';
import { runExecution } from './execution';
import type { Job } from './types';

async function main(jobFile: string): Promise<void> {
	const job = JSON.parse(readFileSync(jobFile, 'utf8')) as Job;
	await openBinaryStore('filesystem', job.folder);
	const reachable = new Map<string, WaitingExecution>();
	const server = await openWebhookServer(async (request, response) => {
		const [, , id = ''] = request.path.split('/');
		const execution = reachable.get(id);
		if (execution) await receiveCallback(execution, request, response);
		else response.status(404).json({ message: `The execution "${id}" does not exist.` });
	}, job.port);
	const home = {
		credentials: job.credentials,
		address: server.baseUrl,
		database: openDatabase(job.folder),
		reachable,
	};
	await Promise.all(job.executions.map(async (order) => await runExecution(order, home)));
}

main(process.argv[2]!).then(
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.stack}\n`);
		process.exit(1);
	},
);
