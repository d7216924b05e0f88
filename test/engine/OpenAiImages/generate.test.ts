// Image > Generate in n8n's real engine against the sandbox.
import sharp from 'sharp';

import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('one item per image, with its file, its tokens and its cost', async () => {
	const run = await bench.run('image/generate', { numberOfImages: 2, size: '1536x1024' });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(2);
	expect(run.items[0]!.json).toMatchObject({
		provider: 'openai',
		model: 'gpt-image-2',
		status: 'succeeded',
		index: 0,
		count: 2,
		width: 1536,
		height: 1024,
		mimeType: 'image/png',
	});
	const picture = await run.binary(0);
	expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 1536 });
	console.error(JSON.stringify(run.items[0], null, 1), run.tokenUsage);
});

test('bg', async () => {
	const run = await bench.run('image/generate', { completion: 'return' });
	expect(run.error).toBeUndefined();
	console.error(JSON.stringify(run.items[0], null, 1));
	const w = await bench.run('task/wait', { taskId: run.items[0]!.json.taskId }, {key: run.key});
	expect(w.error).toBeUndefined();
	console.error(JSON.stringify(w.items[0], null, 1));
});
