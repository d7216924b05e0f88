// Image: Generate with models of fal: what the schema has is sent, what comes back is an item, and the cost is exact.
import { modelById, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const tasksOf = (key: string) => bench.sandbox.fal.tasks(key);

test('makes an image, with its seed, its cost to the cent, and where it lies', async () => {
	const run = await bench.run('image/generate', {
		model: modelById('fal-ai/flux/dev'),
		size: '16:9',
	});
	expect(run.error).toBeUndefined();
	const [task] = tasksOf(run.key);
	expect(task).toMatchObject({
		endpoint: 'fal-ai/flux/dev',
		input: { prompt: 'A red bicycle', image_size: 'landscape_16_9', num_images: 1 },
	});
	const [item] = run.items;
	expect(item!.json).toMatchObject({
		taskId: `fal-ai/flux/dev/requests/${task!.id}`,
		provider: 'fal',
		model: 'fal-ai/flux/dev',
		prompt: 'A red bicycle',
		status: 'succeeded',
		index: 0,
		count: 1,
		width: 1024,
		height: 576,
		usage: { billableUnits: task!.units },
		cost: { amount: task!.cost, currency: 'USD', estimated: false },
	});
	expect(item!.json.cost).toMatchObject({ amount: bench.sandbox.fal.ledger(run.key).charged });
	expect(String(item!.json.seed)).toMatch(/^\d+$/);
	expect((await run.binary(0)).length).toBe(item!.json.fileSize);
	expect(run.notes.join()).toContain('1 image, $0.025.');
});

test('keeps the digits of a seed that is larger than a number, there and back', async () => {
	const run = await bench.run('image/generate', {
		model: modelById('fal-ai/flux/dev'),
		input: { mappingMode: 'defineBelow', value: { seed: '17454220438242315174' } },
	});
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json.seed).toBe('17454220438242315174');
});

test('makes several, in as few tasks as the model can, and shares the cost', async () => {
	const run = await bench.run('image/generate', {
		model: modelById('fal-ai/flux/schnell'),
		numberOfImages: 6,
		options: { output: 'link' },
	});
	expect(run.error).toBeUndefined();
	expect(tasksOf(run.key).map(({ input }) => (input as { num_images: number }).num_images)).toEqual(
		[4, 2],
	);
	expect(run.items.map(({ json }) => [json.index, json.count])).toEqual(
		[0, 1, 2, 3, 4, 5].map((i) => [i, 6]),
	);
	const sum = run.items.reduce(
		(total, { json }) => total + (json.cost as { amount: number }).amount,
		0,
	);
	expect(sum).toBeCloseTo(bench.sandbox.fal.ledger(run.key).charged, 8);
});

test('a model that the node knows nothing of works, with its own settings', async () => {
	const run = await bench.run('image/generate', {
		model: modelById('sandbox/any-model'),
		numberOfImages: 2,
		input: { mappingMode: 'defineBelow', value: { mood: 'wild', lamps: 7 } },
		options: { outputFormat: 'jpeg' },
	});
	expect(run.error).toBeUndefined();
	expect(tasksOf(run.key)[0]!.input).toEqual({
		prompt: 'A red bicycle',
		num_images: 2,
		output_format: 'jpeg',
		mood: 'wild',
		lamps: 7,
	});
	expect(run.items.map(({ json }) => json.mimeType)).toEqual(['image/jpeg', 'image/jpeg']);
});

test.each([
	'sandbox/no-schema',
	'sandbox/loop',
	'sandbox/three-hundred',
	'workflows/sandbox/portrait',
	'sandbox/deprecated',
])('%s works like any other', async (model) => {
	const run = await bench.run('image/generate', {
		model: modelById(model),
		options: { output: 'link' },
	});
	expect(run.error).toBeUndefined();
	expect(run.items).toMatchObject([
		{ json: { status: 'succeeded', model, cost: { estimated: false } } },
	]);
});

test('makes each format of one idea at the size that the model has', async () => {
	const run = await bench.run('image/generate', {
		model: modelById('fal-ai/nano-banana-2'),
		size: 'formats',
		formats: ['story', 'wide'],
		keepMotif: false,
	});
	expect(run.error).toBeUndefined();
	expect(
		tasksOf(run.key)
			.map(({ input }) => (input as { aspect_ratio: string }).aspect_ratio)
			.sort(),
	).toEqual(['16:9', '9:16']);
	expect(run.items.map(({ json }) => (json.format as { name: string }).name)).toEqual([
		'Story and Reel',
		'X and LinkedIn',
	]);
});

test('keeps a drawing in vectors as one', async () => {
	const run = await bench.run('image/generate', {
		model: modelById('fal-ai/recraft/v3/text-to-image'),
		input: { mappingMode: 'defineBelow', value: { style: 'vector_illustration' } },
	});
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json.mimeType).toBe('image/svg+xml');
});

describe('what it costs', () => {
	test('is estimated before, by the price list', async () => {
		const run = await bench.run('image/estimateCost', {
			model: modelById('fal-ai/flux/dev'),
			size: '1024x1024',
			numberOfImages: 2,
		});
		expect(run.items[0]!.json).toMatchObject({
			min: 0.05,
			max: 0.05,
			currency: 'USD',
			estimated: true,
		});
		expect(tasksOf(run.key)).toEqual([]);
	});

	test('is kept to the Maximum Cost', async () => {
		const run = await bench.run('image/generate', {
			model: modelById('fal-ai/flux/dev'),
			size: '1024x1024',
			numberOfImages: 4,
			options: { maximumCost: 0.09 },
		});
		expect(run.error?.message).toContain('$0.10');
		expect(tasksOf(run.key)).toEqual([]);
	});

	test('is unknown before for GPT Image, which is charged by quality and tokens, until an own price is entered', async () => {
		const model = modelById('openai/gpt-image-2');
		const estimate = await bench.run('image/estimateCost', { model });
		expect(estimate.items[0]!.json).toMatchObject({
			unknown: true,
			reason: expect.stringContaining("isn't known before they are made. Enter your own prices"),
		});
		const refused = await bench.run('image/generate', { model, options: { maximumCost: 5 } });
		expect(refused.error?.message).toContain("The price isn't known");
		expect(refused.error?.description).toContain('enter your own prices in the credential');
		expect(tasksOf(refused.key)).toEqual([]);
		const priced = await bench.run(
			'image/generate',
			{ model, options: { maximumCost: 5 } },
			{ credential: { ownPrices: 'openai/gpt-image-2 = 0.25' } },
		);
		expect(priced.items[0]!.json.cost).toMatchObject({ amount: 0.25, estimated: true });
	});

	test('is unknown where the key may not read prices, and the image comes all the same', async () => {
		const run = await bench.run(
			'image/generate',
			{ model: modelById('fal-ai/flux/dev') },
			{ account: { scope: 'RUN' } },
		);
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json).toMatchObject({ status: 'succeeded', usage: { billableUnits: 1 } });
		expect(run.items[0]!.json.cost).toBeUndefined();
	});

	test('follows from own prices, where a person has entered some', async () => {
		const run = await bench.run(
			'image/generate',
			{ model: modelById('fal-ai/flux/dev') },
			{ credential: { ownPrices: 'fal-ai/flux/dev = 0.5' } },
		);
		expect(run.items[0]!.json.cost).toEqual({ amount: 0.5, currency: 'USD', estimated: true });
	});
});
