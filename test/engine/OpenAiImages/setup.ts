// What every engine test of the OpenAI Images nodes starts from: n8n's engine, a sandbox, and a key of its own.
import type { IDataObject } from 'n8n-workflow';

import { OpenAiImagesApi } from '../../../credentials/OpenAiImagesApi.credentials';
import { OpenAiImages } from '../../../nodes/OpenAiImages/OpenAiImages.node';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { startEngine, type Engine, type EngineRun, type RunOptions } from '../support';

type KeyOptions = NonNullable<Parameters<Sandbox['openai']['addKey']>[0]>;

export interface Bench {
	engine: Engine;
	sandbox: Sandbox;
	/** Runs an operation with sensible parameters around the given ones. */
	run(
		operation: string,
		parameters: IDataObject,
		options?: Partial<Omit<RunOptions, 'credentials'>> & { account?: KeyOptions; key?: string },
	): Promise<EngineRun & { key: string }>;
	close(): Promise<void>;
}

/** `operation` is written as `image/generate`. */
export async function startBench(
	binaryMode: 'default' | 'filesystem' = 'filesystem',
): Promise<Bench> {
	const engine = await startEngine({ binaryMode, credentialTypes: [new OpenAiImagesApi()] });
	const sandbox = await startSandbox({ pace: 0.2 });
	const { baseUrl, addKey } = sandbox.openai;

	return {
		engine,
		sandbox,
		run: async (operation, parameters, { account, key, ...options } = {}) => {
			const apiKey = key ?? addKey(account);
			const [resource, name] = operation.split('/');
			const run = await engine.run({
				node: new OpenAiImages(),
				parameters: {
					resource,
					operation: name,
					model: { __rl: true, mode: 'id', value: 'gpt-image-2' },
					prompt: 'A red bicycle',
					...parameters,
				},
				credentials: { openAiImagesApi: { apiKey, baseUrl } },
				...options,
			});
			return { ...run, key: apiKey };
		},
		close: async () => {
			await engine.close();
			await sandbox.close();
		},
	};
}
