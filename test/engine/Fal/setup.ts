// What every engine test of the fal nodes starts from: n8n's engine, a sandbox, and a key of its own.
import type { IDataObject } from 'n8n-workflow';

import { FalApi } from '../../../credentials/FalApi.credentials';
import { Fal } from '../../../nodes/Fal/Fal.node';
import { FalTrigger } from '../../../nodes/Fal/FalTrigger.node';
import { startSandbox, type Sandbox } from '../../../sandbox';
import {
	startEngine,
	type Credentials,
	type Engine,
	type EngineRun,
	type EngineTrigger,
	type RunOptions,
} from '../support';

export { until } from '../support';

type KeyOptions = NonNullable<Parameters<Sandbox['fal']['addKey']>[0]>;

export const modelById = (value: string) => ({ __rl: true, mode: 'id', value });
/** No picture is fetched. */
export const LINKS: IDataObject = { options: { output: 'link' } };

export interface Bench {
	engine: Engine;
	sandbox: Sandbox;
	credentials(apiKey: string, others?: IDataObject): Credentials;
	/** Runs an operation, written as `image/generate`, with sensible parameters around the given ones. */
	run(
		operation: string,
		parameters?: IDataObject,
		options?: Partial<Omit<RunOptions, 'credentials'>> & {
			account?: KeyOptions;
			key?: string;
			credential?: IDataObject;
		},
	): Promise<EngineRun & { key: string }>;
	trigger(key: string, parameters?: IDataObject): Promise<EngineTrigger>;
	/** What went to fal with this key, as method and path. */
	requestsOf(key: string): string[];
	close(): Promise<void>;
}

export async function startBench(
	binaryMode: 'default' | 'filesystem' = 'filesystem',
): Promise<Bench> {
	const engine = await startEngine({ binaryMode, credentialTypes: [new FalApi()] });
	const sandbox = await startSandbox({ pace: 0.2 });
	const { fal } = sandbox;
	const credentials = (apiKey: string, others: IDataObject = {}) => ({
		falApi: {
			apiKey,
			baseUrl: fal.baseUrl,
			filesBaseUrl: fal.filesBaseUrl,
			apiBaseUrl: fal.apiBaseUrl,
			...others,
		} as never,
	});

	return {
		engine,
		sandbox,
		credentials,
		run: async (operation, parameters = {}, { account, key, credential, ...options } = {}) => {
			const apiKey = key ?? fal.addKey(account);
			const [resource, name] = operation.split('/');
			const run = await engine.run({
				node: new Fal(),
				parameters: {
					resource,
					operation: name,
					...(resource === 'image' && { prompt: 'A red bicycle' }),
					...parameters,
				},
				credentials: credentials(apiKey, credential),
				...options,
			});
			return { ...run, key: apiKey };
		},
		trigger: async (key, parameters = {}) =>
			await engine.trigger({
				node: new FalTrigger(),
				parameters,
				credentials: credentials(key),
			}),
		requestsOf: (key) =>
			sandbox.requests
				.filter((request) => request.key === key)
				.map(({ method, path }) => `${method} ${path}`),
		close: async () => {
			await engine.close();
			await sandbox.close();
		},
	};
}
