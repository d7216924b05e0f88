// What every engine test of the made-up provider starts from: n8n's engine and its server.
import type { IDataObject } from 'n8n-workflow';

import { startEngine, type RunOptions } from '../support';
import { MadeUp } from './MadeUp';
import { MadeUpApi } from './MadeUpApi';
import { MadeUpTrigger } from './MadeUpTrigger';
import { KEY, startServer } from './server';

export type Bench = Awaited<ReturnType<typeof startBench>>;

export async function startBench() {
	const credentialTypes = [new MadeUpApi()];
	const engine = await startEngine({ credentialTypes });
	const server = await startServer();
	const credentials = (apiKey = KEY) => ({ madeUpApi: { apiKey, baseUrl: server.baseUrl } });

	return {
		engine,
		server,
		credentials,
		/** Runs an operation, written as `image/generate`, with sensible parameters around the given ones. */
		run: async (
			operation: string,
			parameters: IDataObject = {},
			options: Partial<RunOptions> = {},
		) => {
			const [resource, name] = operation.split('/');
			return await engine.run({
				node: new MadeUp(),
				parameters: { resource, operation: name, prompt: 'A red bicycle', ...parameters },
				credentials: credentials(),
				...options,
			});
		},
		trigger: async () =>
			await engine.trigger({
				node: new MadeUpTrigger(),
				parameters: {},
				credentials: credentials(),
			}),
		close: async () => {
			await engine.close();
			await server.close();
		},
	};
}
