// Background tasks and batches for the tests: how they are started, looked at and waited for.
import type { IDataObject } from 'n8n-workflow';

import type { Bench, BenchRun, RunWith } from './setup';
import { SMALL } from './traffic';

/** Starts a background task and answers its ID. */
export async function startTask(
	bench: Bench,
	prompt: string,
	more: IDataObject = {},
	options: RunWith = {},
): Promise<{ run: BenchRun; key: string; id: string }> {
	const parameters = { ...SMALL, completion: 'return', prompt, ...more };
	const run = await bench.run('image/generate', parameters, options);
	return { run, key: run.key, id: String(run.items[0]?.json.taskId) };
}

/** Runs Task: Get, Wait or Cancel. */
export async function onTask(
	bench: Bench,
	operation: 'get' | 'wait' | 'cancel',
	key: string,
	taskId: string,
	more: IDataObject = {},
): Promise<BenchRun> {
	return await bench.run(`task/${operation}`, { taskId, ...more }, { key });
}

/** Creates a batch of generations, one for each prompt, and answers its ID. */
export async function startBatch(
	bench: Bench,
	prompts: string[],
	more: IDataObject = {},
	options: RunWith = {},
): Promise<{ run: BenchRun; key: string; id: string }> {
	const parameters = { ...SMALL, prompt: '={{ $json.prompt }}', ...more };
	const items = prompts.map((prompt) => ({ json: { prompt } }));
	const run = await bench.run('batch/create', parameters, { items, ...options });
	return { run, key: run.key, id: String(run.items[0]?.json.batchId) };
}

/** Runs Batch: Get, Get Results or Cancel. */
export async function onBatch(
	bench: Bench,
	operation: 'get' | 'getResults' | 'cancel',
	key: string,
	batchId: string,
	more: IDataObject = {},
	options: RunWith = {},
): Promise<BenchRun> {
	return await bench.run(`batch/${operation}`, { batchId, ...more }, { key, ...options });
}
