// What every engine test of the Image Chat node starts from: n8n's engine, a sandbox, and a key of its own.
import type { IDataObject } from 'n8n-workflow';

import { ImageChatApi } from '../../../credentials/ImageChatApi.credentials';
import { ImageChat } from '../../../nodes/ImageChat/ImageChat.node';
import { startSandbox, type ChatCallRecord, type Sandbox } from '../../../sandbox';
import { startEngine, type Engine, type EngineRun, type RunOptions } from '../support';

type KeyOptions = NonNullable<Parameters<Sandbox['chat']['addKey']>[0]>;

type BenchRun = EngineRun & { key: string; calls: ChatCallRecord[] };

export interface Bench {
	engine: Engine;
	sandbox: Sandbox;
	/** Runs an operation with sensible parameters around the given ones. */
	run(
		operation: 'generate' | 'edit',
		parameters: IDataObject,
		options?: Partial<Omit<RunOptions, 'credentials'>> & {
			account?: KeyOptions;
			key?: string;
			baseUrl?: string;
		},
	): Promise<BenchRun>;
	close(): Promise<void>;
}

/** A size in words, so small that drawing takes no time. */
export const SMALL = { sizeWish: '64x64' };

export async function startBench(
	binaryMode: 'default' | 'filesystem' = 'filesystem',
): Promise<Bench> {
	const engine = await startEngine({ binaryMode, credentialTypes: [new ImageChatApi()] });
	const sandbox = await startSandbox();
	return {
		engine,
		sandbox,
		run: async (operation, parameters, { account, key, baseUrl, ...options } = {}) => {
			const apiKey = key ?? sandbox.chat.addKey(account);
			const run = await engine.run({
				node: new ImageChat(),
				parameters: {
					resource: 'image',
					operation,
					model: model('gpt-4o-image'),
					prompt: 'A red bicycle',
					...SMALL,
					...parameters,
				},
				credentials: { imageChatApi: { apiKey, baseUrl: baseUrl ?? sandbox.chat.baseUrl } },
				...options,
			});
			return { ...run, key: apiKey, calls: sandbox.chat.calls(apiKey) };
		},
		close: async () => {
			await engine.close();
			await sandbox.close();
		},
	};
}

export function model(id: string) {
	return { __rl: true, mode: 'id', value: id };
}
