// Image: Generate in n8n's real engine against the sandbox: what goes in and what comes out.
import sharp from 'sharp';

import { startBench, type Bench } from './setup';
import { creates, downloads, model, polls, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test.concurrent('one item per image, with its file and all that is known of it', async () => {
	const run = await bench.image('generate', { numberOfImages: 2, size: '3:2' });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(2);
	const [task] = bench.sandbox.evolink.tasks(run.key);
	const [first, second] = run.items;
	expect(first!.json).toEqual({
		taskId: task!.id,
		provider: 'evolink',
		model: 'gpt-image-2',
		prompt: 'A red bicycle',
		status: 'succeeded',
		index: 0,
		count: 2,
		width: 1536,
		height: 1024,
		mimeType: 'image/png',
		fileName: expect.stringMatching(/^A-red-bicycle-\d{5}\.png$/),
		fileSize: expect.any(Number),
		url: expect.stringMatching(/^http.+\.png$/),
		expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
		usage: expect.objectContaining({ billing_rule: 'per_token' }),
		cost: {
			amount: expect.any(Number),
			currency: 'USD',
			credits: expect.any(Number),
			estimated: true,
		},
	});
	expect(first!.pairedItem).toEqual({ item: 0 });
	expect(run.binaryInfo(0)).toMatchObject({
		fileName: first!.json.fileName,
		mimeType: 'image/png',
	});
	expect(run.binaryInfo(0).id).toMatch(/^filesystem/);
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

test.concurrent('in a workflow that keeps files in json', async () => {
	const run = await bench.image('generate', SMALL, { binaryMode: 'combined' });
	expect(run.items[0]!.binary).toBeUndefined();
	expect((await sharp(await run.binary(0)).metadata()).width).toBe(128);
});

const taskOf = (key: string) => bench.sandbox.evolink.tasks(key)[0]!;

test.concurrent('links only: nothing is downloaded', async () => {
	const run = await bench.image('generate', { ...SMALL, options: { output: 'link' } });
	const { json, binary } = run.items[0]!;
	expect(binary).toBeUndefined();
	expect(json).toMatchObject({ status: 'succeeded', url: expect.stringContaining('http') });
	expect(json).not.toHaveProperty('width');
	expect(downloads(bench, String(json.taskId))).toEqual([]);
});

test.concurrent('another field for the file', async () => {
	const options = { binaryPropertyOutput: 'poster' };
	const run = await bench.image('generate', { ...SMALL, options });
	expect(Object.keys(run.items[0]!.binary!)).toEqual(['poster']);
	expect((await run.binary(0, 'poster')).length).toBe(run.items[0]!.json.fileSize);
});

test.concurrent('the task at once: neither waited for nor downloaded', async () => {
	const prompt = 'A slow lake [sandbox: seconds=60]';
	const run = await bench.image('generate', { ...SMALL, prompt, completion: 'return' });
	expect(run.items).toHaveLength(1);
	expect(run.items[0]).toMatchObject({
		json: {
			taskId: taskOf(run.key).id,
			provider: 'evolink',
			model: 'gpt-image-2',
			status: 'queued',
			progress: 0,
			etaSeconds: 60,
		},
		pairedItem: { item: 0 },
	});
	expect(polls(bench, run.key).all).toEqual([]);
});

test.concurrent('a model from each item, with the limits of that model', async () => {
	const models = ['gpt-4o-image', 'gpt-image-1', 'gpt-image-2.5'];
	const run = await bench.image(
		'generate',
		{ ...model('={{ $json.model }}'), size: '', completion: 'return' },
		{ items: models.map((id) => ({ json: { model: id } })) },
	);
	expect(run.items.map(({ json }) => json.model)).toEqual(models);
	// Not even parameters that the model lacks, such as quality on the first, may have been sent.
	expect(
		bench.sandbox.evolink
			.tasks(run.key)
			.map((task) => task.model)
			.sort(),
	).toEqual(models);
});

test.concurrent.each([
	['1024 × 1024', '1024x1024'],
	[' 1536X1024 ', '1536x1024'],
	['16:9', '1808x1024'],
	['auto', '1024x1024'],
])('the size "%s" as a person writes it', async (customSize, size) => {
	const run = await bench.image('generate', {
		size: 'custom',
		customSize,
		completion: 'return',
	});
	expect(run.error).toBeUndefined();
	expect(taskOf(run.key).size).toBe(size);
});

test.concurrent('a resolution with an aspect ratio', async () => {
	const options = { resolution: '2K' };
	const run = await bench.image('generate', { size: '3:2', completion: 'return', options });
	expect(run.error).toBeUndefined();
	expect(taskOf(run.key).size).toBe('3072x2048');
});

test.concurrent('a quality, which shows in the price', async () => {
	const cheap = await bench.image('generate', { quality: 'low', completion: 'return' });
	const dear = await bench.image('generate', { quality: 'high', completion: 'return' });
	expect(taskOf(dear.key).creditsReserved).toBeGreaterThan(taskOf(cheap.key).creditsReserved);
});

test.concurrent('a prompt in any script and with emoji', async () => {
	const prompt = '빨간 자전거 🚲 红色自行车 "quoted"\nsecond line';
	const run = await bench.image('generate', { ...SMALL, prompt });
	expect(run.error).toBeUndefined();
	expect(taskOf(run.key).prompt).toBe(prompt);
});

test.concurrent('a long prompt on S1 is sent whole, with a hint', async () => {
	const prompt = 'A detailed town. '.repeat(600);
	const parameters = { ...model('gpt-4o-image'), prompt, completion: 'return' };
	const run = await bench.image('generate', parameters);
	expect(taskOf(run.key).prompt).toBe(prompt);
	expect(run.hints).toMatchObject([
		{
			message:
				'The Prompt of item 0 is long: gpt-4o-image reads about 2000 tokens, and may leave out its end.',
			location: 'outputPane',
		},
	]);
});

test.concurrent(
	'fewer images than asked for: what was made comes out, and its cost is what was charged',
	async () => {
		const prompt = 'Four cups [sandbox: fewer-images=1]';
		const parameters = { ...model('gpt-4o-image'), prompt, numberOfImages: 4 };
		const run = await bench.image('generate', { ...parameters, options: { output: 'link' } });
		expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
			[0, 3],
			[1, 3],
			[2, 3],
		]);
		const { charged, refunded } = bench.sandbox.evolink.ledger(run.key);
		const shares = run.items.map(({ json }) => (json.cost as { credits: number }).credits);
		expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(charged, 3);
		expect(run.items[0]!.json.cost).toMatchObject({ amount: 0.0208, estimated: true });
		expect(refunded).toBeGreaterThan(0);
	},
);

test.concurrent(
	'no image at all is a failure that names the task, not an empty success',
	async () => {
		const prompt = 'One cup [sandbox: fewer-images=1]';
		const run = await bench.image('generate', { ...SMALL, prompt });
		expect(run.error).toMatchObject({
			message: 'EvoLink says that the task is done, but names no image.',
			description: expect.stringContaining(`Task ID: ${taskOf(run.key).id}`),
		});
		expect(creates(bench, run.key)).toHaveLength(1);
	},
);
