// Image: Generate in n8n's real engine against the sandbox, in both dialects.
import sharp from 'sharp';

import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test.each(['A', 'B'] as const)('an image in dialect %s', async (dialect) => {
	const run = await bench.run('image/generate', { size: '3:2' }, { account: { dialect } });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1);
	expect(run.items[0]!.json).toMatchObject({
		provider: 'coretoday',
		model: 'openai/gpt-image-2',
		status: 'succeeded',
		index: 0,
		count: 1,
		mimeType: 'image/webp',
		cost: { amount: 0.176, currency: 'USD', credits: 176, estimated: true },
	});
	expect(await sharp(await run.binary(0)).metadata()).toMatchObject({ format: 'webp' });
});

test('several images are several predictions, joined on output', async () => {
	const run = await bench.run('image/generate', { numberOfImages: 3, quality: 'low' });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
		[0, 3],
		[1, 3],
		[2, 3],
	]);
	expect(new Set(run.items.map(({ json }) => json.taskId)).size).toBe(3);
	expect(bench.sandbox.coreToday.predictions(run.key)).toHaveLength(3);
	const costs = run.items.map(({ json }) => (json.cost as { credits: number }).credits);
	expect(costs).toEqual([45, 45, 45]);
});
