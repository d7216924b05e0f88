// Starts the engine: a folder, a binary store and the credential types; and takes them down again.
import { mkdir, readFile, rm } from 'node:fs/promises';

import { logFile, userFolder } from './environment';
import { openBinaryStore } from './binary-store';
import { testCredential } from './credential-test';
import { listSearch, loadOptions, mapResource } from './list-search';
import { runNode } from './run-node';
import { openTrigger } from './trigger';
import type { Engine, EngineOptions } from './types';

/** n8n keeps one binary store per process, so one engine at a time. */
let started = false;

export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
	if (started) throw new Error('An engine is running already in this test file: close it first.');
	started = true;
	await mkdir(userFolder, { recursive: true });
	await openBinaryStore(options.binaryMode ?? 'filesystem', userFolder);

	const credentialTypes = options.credentialTypes ?? [];
	const listening: Array<{ close(): Promise<void> }> = [];
	let executions = 0;

	return {
		run: async (run) =>
			await runNode(
				{ ...run, executionId: run.executionId ?? String((executions += 1)) },
				credentialTypes,
				listening,
			),
		trigger: async (trigger) => {
			const opened = await openTrigger(trigger, credentialTypes);
			listening.push(opened);
			return opened;
		},
		listSearch: async (search) => await listSearch(search, credentialTypes),
		loadOptions: async (list) => await loadOptions(list, credentialTypes),
		mapResource: async (form) => await mapResource(form, credentialTypes),
		testCredential: async (test) => await testCredential(test),
		log: async () => await readFile(logFile, 'utf8'),
		close: async () => {
			await Promise.all(listening.map(async (each) => await each.close()));
			// A file that is still being written may come into a folder that is being removed.
			await rm(userFolder, { recursive: true, force: true, maxRetries: 10 });
			started = false;
		},
	};
}
