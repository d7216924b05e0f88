// What every engine test of the Core.Today nodes starts from: n8n's engine, a sandbox, and a key of its own.
import type { IDataObject } from 'n8n-workflow';

import { CoreTodayApi } from '../../../credentials/CoreTodayApi.credentials';
import { CoreToday } from '../../../nodes/CoreToday/CoreToday.node';
import { CoreTodayTrigger } from '../../../nodes/CoreToday/CoreTodayTrigger.node';
import { startSandbox, type Sandbox } from '../../../sandbox';
import {
	startEngine,
	type Engine,
	type EngineRun,
	type EngineTrigger,
	type RunOptions,
} from '../support';

export { until } from '../support';

type KeyOptions = NonNullable<Parameters<Sandbox['coreToday']['addKey']>[0]>;

export interface Bench {
	engine: Engine;
	sandbox: Sandbox;
	/** Runs an operation, written as `image/generate`, with sensible parameters around the given ones. */
	run(
		operation: string,
		parameters: IDataObject,
		options?: Partial<Omit<RunOptions, 'credentials'>> & {
			account?: KeyOptions;
			key?: string;
			baseUrl?: string;
		},
	): Promise<EngineRun & { key: string }>;
	trigger(key: string, parameters?: IDataObject): Promise<EngineTrigger>;
	close(): Promise<void>;
}

export async function startBench(
	binaryMode: 'default' | 'filesystem' = 'filesystem',
): Promise<Bench> {
	const engine = await startEngine({ binaryMode, credentialTypes: [new CoreTodayApi()] });
	const sandbox = await startSandbox({ pace: 0.2 });
	const { baseUrl, addKey } = sandbox.coreToday;

	return {
		engine,
		sandbox,
		run: async (operation, parameters, { account, key, baseUrl: other, ...options } = {}) => {
			const apiKey = key ?? addKey(account);
			const [resource, name] = operation.split('/');
			const run = await engine.run({
				node: new CoreToday(),
				parameters: {
					resource,
					operation: name,
					model: { __rl: true, mode: 'id', value: 'openai/gpt-image-2' },
					prompt: 'A red bicycle',
					...parameters,
				},
				credentials: { coreTodayApi: { apiKey, baseUrl: other ?? baseUrl } },
				...options,
			});
			return { ...run, key: apiKey };
		},
		trigger: async (key, parameters = {}) =>
			await engine.trigger({
				node: new CoreTodayTrigger(),
				parameters,
				credentials: { coreTodayApi: { apiKey: key, baseUrl } },
			}),
		close: async () => {
			await engine.close();
			await sandbox.close();
		},
	};
}
