// Runs in a process of its own, with little memory: many items whose pictures are large. Prints what came out.
import { join } from 'node:path';

import { ImageChatApi } from '../../../credentials/ImageChatApi.credentials';
import type * as ImageChatModule from '../../../nodes/ImageChat/ImageChat.node';
import { startEngine } from '../support';

const [, , baseUrl = '', apiKey = '', ...prompts] = process.argv;

/** By its whole name: without its ending, the JSON beside it would be taken. */
const NODE_FILE = join(__dirname, '../../../nodes/ImageChat/ImageChat.node.ts');

async function main(): Promise<void> {
	const { ImageChat } = (await import(NODE_FILE)) as typeof ImageChatModule;
	const engine = await startEngine({
		binaryMode: 'filesystem',
		credentialTypes: [new ImageChatApi()],
	});
	const run = await engine.run({
		node: new ImageChat(),
		parameters: {
			resource: 'image',
			operation: 'generate',
			model: { __rl: true, mode: 'id', value: 'gpt-4o-image' },
			prompt: '={{ $json.prompt }}',
			sizeWish: '64x64',
		},
		credentials: { imageChatApi: { apiKey, baseUrl } },
		items: prompts.map((prompt) => ({ json: { prompt } })),
	});
	const sizes = run.items.map(({ json }) => json.fileSize);
	await engine.close();
	process.stdout.write(`${JSON.stringify({ error: run.error?.message, sizes })}\n`);
}

void main();
