// Image > Generate in n8n's real engine against the sandbox.
import sharp from 'sharp';

import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('one item per image, with its file and all that is known of it', async () => {
	const run = await bench.image('generate', { numberOfImages: 2, size: '3:2' });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(2);
	const [first, second] = run.items;
	expect(first!.json).toMatchObject({
		provider: 'evolink',
		model: 'gpt-image-2',
		status: 'succeeded',
		index: 0,
		count: 2,
		width: 1536,
		height: 1024,
		mimeType: 'image/png',
	});
	expect(first!.pairedItem).toEqual({ item: 0 });
	const picture = await run.binary(0);
	expect(picture.length).toBe(first!.json.fileSize);
	expect(await sharp(picture).metadata()).toMatchObject({
		format: 'png',
		width: 1536,
		height: 1024,
	});
	expect(await run.binary(1)).not.toEqual(picture);
	expect(second!.json.index).toBe(1);
});
