// What every engine test of the OpenAI Images nodes starts from: n8n's engine, a sandbox, and a key of its own.
import type { IDataObject } from 'n8n-workflow';

import { OpenAiImagesApi } from '../../../credentials/OpenAiImagesApi.credentials';
import { OpenAiImages } from '../../../nodes/OpenAiImages/OpenAiImages.node';
import { OpenAiImagesTrigger } from '../../../nodes/OpenAiImages/OpenAiImagesTrigger.node';
import { startSandbox, type Sandbox } from '../../../sandbox';
import {
	startEngine,
	type Engine,
	type EngineRun,
	type EngineTrigger,
	type RunOptions,
	type TriggerOptions,
} from '../support';

export { until } from '../support';

type KeyOptions = NonNullable<Parameters<Sandbox['openai']['addKey']>[0]>;

interface OpenAiData {
	apiKey: string;
	baseUrl: string;
	organizationId: string;
	projectId: string;
	webhookSecret: string;
	header: boolean;
	headerName: string;
	headerSecret: string;
	ownPrices: string;
}

export type BenchRun = EngineRun & { key: string };

export type RunWith = Partial<Omit<RunOptions, 'credentials'>> & {
	/** Settings of the new key. */
	account?: KeyOptions;
	/** A key that exists already; without it, a new one is made. */
	key?: string;
	/** What the credential says instead, or besides. */
	credential?: Partial<OpenAiData>;
};

export interface Bench {
	engine: Engine;
	sandbox: Sandbox;
	addKey: Sandbox['openai']['addKey'];
	/** Runs an operation, written as `image/generate`, with sensible parameters around the given ones. */
	run(operation: string, parameters: IDataObject, options?: RunWith): Promise<BenchRun>;
	/** Opens an OpenAI Images Trigger that uses this key. */
	trigger(
		key: string,
		parameters?: IDataObject,
		options?: Partial<Omit<TriggerOptions, 'credentials'>> & { credential?: Partial<OpenAiData> },
	): Promise<EngineTrigger>;
	close(): Promise<void>;
}

export async function startBench(
	binaryMode: 'default' | 'filesystem' = 'filesystem',
): Promise<Bench> {
	const engine = await startEngine({ binaryMode, credentialTypes: [new OpenAiImagesApi()] });
	const sandbox = await startSandbox({ pace: 0.2 });
	const { baseUrl, addKey } = sandbox.openai;
	const credentialsOf = (apiKey: string, more: Partial<OpenAiData> = {}) => ({
		openAiImagesApi: { apiKey, baseUrl, ...more },
	});

	return {
		engine,
		sandbox,
		addKey,
		run: async (operation, parameters, { account, key, credential, ...options } = {}) => {
			const apiKey = key ?? addKey(account);
			const [resource, name] = operation.split('/');
			const drawing = { ...model('gpt-image-2'), prompt: 'A red bicycle' };
			const run = await engine.run({
				node: new OpenAiImages(),
				parameters: {
					resource,
					operation: name,
					...(['generate', 'edit', 'create'].includes(name ?? '') ? drawing : {}),
					...parameters,
				},
				credentials: credentialsOf(apiKey, credential),
				...options,
			});
			return { ...run, key: apiKey };
		},
		trigger: async (key, parameters = {}, { credential, ...options } = {}) =>
			await engine.trigger({
				node: new OpenAiImagesTrigger(),
				parameters,
				credentials: credentialsOf(key, credential),
				...options,
			}),
		close: async () => {
			await engine.close();
			await sandbox.close();
		},
	};
}

export function model(id: string) {
	return { model: { __rl: true, mode: 'id', value: id } };
}
