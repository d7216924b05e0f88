// Image: Generate in n8n's real engine against the sandbox: what is asked for, and what comes out.
import sharp from 'sharp';

import { model, startBench, type Bench } from './setup';
import {
	callOf,
	callsOf,
	expectRefusedUnsent,
	requestsOf,
	routesOf,
	SMALL,
	spentBy,
} from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('one item per image, with its file, its tokens and its share of the cost', async () => {
	const run = await bench.run('image/generate', {
		size: '1536x1024',
		quality: 'low',
		numberOfImages: 2,
	});
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(2);
	const { spent, images } = spentBy(bench, run.key);
	expect(images).toBe(2);
	expect(run.items[0]!.json).toEqual({
		provider: 'openai',
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
		usage: expect.objectContaining({
			input_tokens_details: { image_tokens: 0, text_tokens: 4 },
			output_tokens_details: { image_tokens: expect.any(Number), text_tokens: 0 },
		}),
		cost: { amount: expect.closeTo(spent / 2, 6), currency: 'USD', estimated: true },
	});
	expect(run.items[1]!.json).toMatchObject({
		index: 1,
		fileName: expect.stringMatching(/^A-red-bicycle-\d{5}\.png$/),
	});
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	const { input_tokens, output_tokens } = run.items[0]!.json.usage as Record<string, number>;
	expect(run.tokenUsage).toEqual({ inputTokens: input_tokens, outputTokens: output_tokens });

	const pictures = [await run.binary(0), await run.binary(1)];
	expect(await sharp(pictures[0]).metadata()).toMatchObject({ format: 'png', width: 1536 });
	expect(pictures[0]!.length).toBe(run.items[0]!.json.fileSize);
	expect(pictures[0]!.equals(pictures[1]!)).toBe(false);
	expect(run.binaryInfo(0).id).toMatch(/^filesystem/);
	expect(routesOf(bench, run.key)).toEqual(['POST /images/generations']);
});

test('what is left on its default is not sent', async () => {
	const run = await bench.run('image/generate', {});
	expect(callOf(bench, run.key).parameters).toEqual({
		model: 'gpt-image-2',
		prompt: 'A red bicycle',
		n: 1,
	});
	const automatic = await bench.run('image/generate', { options: { background: 'auto' } });
	expect(callOf(bench, automatic.key).parameters).not.toHaveProperty('background');
});

test.each([
	['png', 'image/png', 'png', {}],
	['jpeg', 'image/jpeg', 'jpg', { compression: 60 }],
	['webp', 'image/webp', 'webp', { compression: 40 }],
])('as %s', async (outputFormat, mimeType, ending, more) => {
	const options = { outputFormat, ...more };
	const run = await bench.run('image/generate', { ...SMALL, options });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({ mimeType, width: 1024, height: 640 });
	expect(run.binaryInfo(0)).toMatchObject({ mimeType, fileExtension: ending });
	expect(String(run.items[0]!.json.fileName)).toMatch(new RegExp(`\\.${ending}$`));
	expect((await sharp(await run.binary(0)).metadata()).format).toBe(outputFormat);
	expect(callOf(bench, run.key).parameters).toMatchObject({ output_format: outputFormat });
});

test('a stronger compression makes a smaller file', async () => {
	const of = async (compression: number) => {
		const options = { outputFormat: 'jpeg', compression };
		const run = await bench.run('image/generate', { ...SMALL, options });
		expect(callOf(bench, run.key).parameters.output_compression).toBe(compression);
		return run.items[0]!.json.fileSize as number;
	};
	expect(await of(0)).toBeLessThan(await of(100));
});

test('with a transparent background', async () => {
	for (const outputFormat of ['png', 'webp']) {
		const options = { background: 'transparent', outputFormat };
		const run = await bench.run('image/generate', { ...SMALL, options });
		expect(run.error).toBeUndefined();
		const { data } = await sharp(await run.binary(0))
			.ensureAlpha()
			.raw()
			.toBuffer({ resolveWithObject: true });
		expect(data[3]).toBe(0);
	}
});

test('a better quality costs more, and the newest model has two more of them', async () => {
	const costOf = async (id: string, quality: string) => {
		const run = await bench.run('image/generate', { ...model(id), ...SMALL, quality });
		expect(callOf(bench, run.key).parameters.quality).toBe(quality);
		const { amount } = run.items[0]!.json.cost as { amount: number };
		expect(amount).toBeCloseTo(spentBy(bench, run.key).spent, 6);
		return amount;
	};
	const second = [await costOf('gpt-image-2', 'low'), await costOf('gpt-image-2', 'high')];
	expect(second[0]).toBeLessThan(second[1]!);
	const newest = [await costOf('gpt-image-2.5', 'xhigh'), await costOf('gpt-image-2.5', 'max')];
	expect(newest[0]).toBeLessThan(newest[1]!);
});

test.each([
	['1200×640', '1200x640'],
	[' 1024 X 640 ', '1024x640'],
	['auto', undefined],
	['16:9', '1792x1008'],
	[' 4 : 5 ', '1024x1280'],
])('the size "%s" as a person writes it', async (customSize, size) => {
	const run = await bench.run('image/generate', { size: 'custom', customSize });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters.size).toBe(size);
	if (size) expect(`${run.items[0]!.json.width}x${run.items[0]!.json.height}`).toBe(size);
});

test('an aspect ratio on a model with three sizes is one of them, or refused with these', async () => {
	const draw = async (size: string) =>
		await bench.run('image/generate', { ...model('gpt-image-1.5'), size });
	const run = await draw('3:2');
	expect(callOf(bench, run.key).parameters.size).toBe('1536x1024');
	expectRefusedUnsent(
		bench,
		await draw('16:9'),
		'gpt-image-1.5 doesn\'t take the Size "16:9".',
		'Choose one of: auto, 1024x1024, 1536x1024, 1024x1536.',
	);
});

test('an aspect ratio that no size has is refused with a sentence', async () => {
	expectRefusedUnsent(
		bench,
		await bench.run('image/generate', { size: 'custom', customSize: '4:1' }),
		'gpt-image-2 doesn\'t take the Size "4096x1024": the longer side may be at most 3 times the shorter one.',
		'Change the size, for instance to 1024x1024.',
	);
});

test('many items, a few at a time, in their order', async () => {
	const prompts = ['one', 'two [sandbox: seconds=0.6]', 'three', 'four', 'five'];
	const run = await bench.run(
		'image/generate',
		{ ...SMALL, prompt: '={{ $json.prompt }}', options: { concurrency: 2 } },
		{ items: prompts.map((prompt) => ({ json: { prompt } })) },
	);
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
		prompts.map((_, item) => ({ item })),
	);
	expect(callsOf(bench, run.key).map(({ parameters }) => parameters.prompt)).toEqual(
		expect.arrayContaining(prompts),
	);
	expect(requestsOf(bench, run.key)).toHaveLength(5);
	const names = run.items.map(({ binary }) => binary!.data!.id);
	expect(new Set(names).size).toBe(5);
	// n8n is told the sum over all items.
	const sum = run.items
		.map(({ json }) => (json.usage as { output_tokens: number }).output_tokens)
		.reduce((all, one) => all + one, 0);
	expect(run.tokenUsage?.outputTokens).toBe(sum);
});

test('options that OpenAI knows are passed on, and the organization and project with them', async () => {
	const options = { moderation: 'low', safety_identifier: 'user-7' };
	const credential = { organizationId: 'org-one', projectId: 'proj_two' };
	const run = await bench.run('image/generate', { ...SMALL, options }, { credential });
	expect(callOf(bench, run.key)).toMatchObject({
		parameters: { moderation: 'low', safety_identifier: 'user-7' },
		organization: 'org-one',
		project: 'proj_two',
		status: 200,
	});
});

test('fewer images than asked for: each item carries its share of what was charged', async () => {
	const prompt = 'Three boats [sandbox: fewer-images=1]';
	const run = await bench.run('image/generate', { ...SMALL, prompt, numberOfImages: 3 });
	expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
		[0, 2],
		[1, 2],
	]);
	const { amount } = run.items[0]!.json.cost as { amount: number };
	expect(amount * 2).toBeCloseTo(spentBy(bench, run.key).spent, 5);
});

test('no image at all is a failure, not an empty success', async () => {
	const prompt = 'A boat [sandbox: fewer-images=1]';
	const run = await bench.run('image/generate', { ...SMALL, prompt });
	expect(run.error).toMatchObject({
		message: 'OpenAI answered without an image.',
		description: expect.stringMatching(
			/^It may have been charged\. platform\.openai\.com > Usage shows what was charged\./,
		),
	});
	expect(run.items).toEqual([]);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('a prompt in any script and with emoji arrives as it is', async () => {
	const prompt = '빨간 자전거 🚲 红色自行车 "quoted"\nsecond line';
	const run = await bench.run('image/generate', { ...SMALL, prompt });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters.prompt).toBe(prompt);
});
