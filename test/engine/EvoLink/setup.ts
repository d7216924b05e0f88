// What every engine test of the EvoLink nodes starts from: n8n's engine, a sandbox, and a key of its own.
import type { IDataObject } from 'n8n-workflow';

import { EvoLinkApi } from '../../../credentials/EvoLinkApi.credentials';
import { EvoLink } from '../../../nodes/EvoLink/EvoLink.node';
import { EvoLinkTrigger } from '../../../nodes/EvoLink/EvoLinkTrigger.node';
import { startSandbox, type Faults, type Sandbox } from '../../../sandbox';
import {
	startEngine,
	type Engine,
	type EngineRun,
	type EngineTrigger,
	type RunOptions,
	type TriggerOptions,
} from '../support';

export { until } from '../support';

interface EvoLinkData {
	apiKey: string;
	baseUrl: string;
	filesBaseUrl: string;
	ownPrices: string;
}

type BenchOptions = Partial<Omit<RunOptions, 'credentials'>> & {
	faults?: Faults;
	credits?: number;
	/** A key that exists already; without it, a new one is made. */
	key?: string;
	/** What the credential says instead, where it is wrong. */
	credential?: Partial<EvoLinkData>;
};

export interface Bench {
	engine: Engine;
	sandbox: Sandbox;
	/** Credentials with a new key. */
	credentials(options?: { credits?: number; faults?: Faults }): {
		key: string;
		evoLinkApi: { apiKey: string; baseUrl: string; filesBaseUrl: string };
	};
	/** Runs any operation of the EvoLink node, with the parameters as they are. */
	run(
		resource: 'image' | 'task' | 'file' | 'account',
		operation: string,
		parameters: IDataObject,
		options?: BenchOptions,
	): Promise<EngineRun & { key: string }>;
	/** Runs an Image operation with sensible parameters around the given ones. */
	image(
		operation: 'generate' | 'edit',
		parameters: IDataObject,
		options?: BenchOptions,
	): Promise<EngineRun & { key: string }>;
	/** Opens an EvoLink Trigger that uses this key. */
	trigger(
		key: string,
		parameters?: IDataObject,
		options?: Partial<Omit<TriggerOptions, 'credentials'>> & { credential?: Partial<EvoLinkData> },
	): Promise<EngineTrigger>;
	close(): Promise<void>;
}

export async function startBench(
	binaryMode: 'default' | 'filesystem' = 'filesystem',
): Promise<Bench> {
	const engine = await startEngine({ binaryMode, credentialTypes: [new EvoLinkApi()] });
	const sandbox = await startSandbox({ pace: 0.2 });
	const { baseUrl, filesBaseUrl, addKey } = sandbox.evolink;
	const accountOf = (apiKey: string) => ({
		key: apiKey,
		evoLinkApi: { apiKey, baseUrl, filesBaseUrl },
	});

	const run: Bench['run'] = async (resource, operation, parameters, given = {}) => {
		const { faults, credits, key, credential, ...options } = given;
		const account = accountOf(key ?? addKey({ faults, credits }));
		const ended = await engine.run({
			node: new EvoLink(),
			parameters: { resource, operation, ...parameters },
			credentials: { evoLinkApi: { ...account.evoLinkApi, ...credential } },
			...options,
		});
		return { ...ended, key: account.key };
	};

	return {
		engine,
		sandbox,
		credentials: (options) => accountOf(addKey(options)),
		run,
		image: async (operation, parameters, options) =>
			await run(
				'image',
				operation,
				{
					model: { __rl: true, mode: 'id', value: 'gpt-image-2' },
					prompt: 'A red bicycle',
					size: '1:1',
					numberOfImages: 1,
					completion: 'wait',
					...parameters,
				},
				options,
			),
		trigger: async (key, parameters = {}, { credential, ...options } = {}) =>
			await engine.trigger({
				node: new EvoLinkTrigger(),
				parameters,
				credentials: { evoLinkApi: { ...accountOf(key).evoLinkApi, ...credential } },
				...options,
			}),
		close: async () => {
			await engine.close();
			await sandbox.close();
		},
	};
}
