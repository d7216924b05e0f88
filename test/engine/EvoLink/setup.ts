// What every engine test of the EvoLink nodes starts from: n8n's engine, a sandbox, and a key of its own.
import type { IDataObject } from 'n8n-workflow';

import { EvoLinkApi } from '../../../credentials/EvoLinkApi.credentials';
import { EvoLink } from '../../../nodes/EvoLink/EvoLink.node';
import { startSandbox, type Faults, type Sandbox } from '../../../sandbox';
import { startEngine, type Engine, type EngineRun, type RunOptions } from '../support';

export interface Bench {
	engine: Engine;
	sandbox: Sandbox;
	/** Credentials with a new key. */
	credentials(options?: { credits?: number; faults?: Faults }): {
		key: string;
		evoLinkApi: { apiKey: string; baseUrl: string; filesBaseUrl: string };
	};
	/** Runs an Image operation with sensible parameters around the given ones. */
	image(
		operation: 'generate' | 'edit',
		parameters: IDataObject,
		options?: Partial<Omit<RunOptions, 'credentials'>> & {
			faults?: Faults;
			credits?: number;
			key?: string;
		},
	): Promise<EngineRun & { key: string }>;
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

	return {
		engine,
		sandbox,
		credentials: (options) => accountOf(addKey(options)),
		image: async (operation, parameters, { faults, credits, key, ...options } = {}) => {
			const account = accountOf(key ?? addKey({ faults, credits }));
			const run = await engine.run({
				node: new EvoLink(),
				parameters: {
					resource: 'image',
					operation,
					model: { __rl: true, mode: 'id', value: 'gpt-image-2' },
					prompt: 'A red bicycle',
					size: '1:1',
					numberOfImages: 1,
					completion: 'wait',
					...parameters,
				},
				credentials: { evoLinkApi: account.evoLinkApi },
				...options,
			});
			return { ...run, key: account.key };
		},
		close: async () => {
			await engine.close();
			await sandbox.close();
		},
	};
}
