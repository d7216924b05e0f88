// Image: Generate through chat: the images are found wherever the gateway puts them, and are what was drawn.
import sharp from 'sharp';

import { model, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const WITH_IMAGES = ['a', 'b', 'd', 'e', 'f', 'g'] as const;

describe.each(WITH_IMAGES)('shape %s', (shape) => {
	const parameters = { model: model(`gpt-4o-image-${shape}`) };

	test.each(['link', 'data', 'base64'] as const)('an image written as %s', async (as) => {
		const run = await bench.run('generate', parameters, { account: { faults: { as } } });
		expect(run.error).toBeUndefined();
		expect(run.calls).toMatchObject([{ shape, status: 200 }]);
		expect(run.items).toHaveLength(1);
		const { json } = run.items[0]!;
		expect(json).toMatchObject({
			provider: 'imagechat',
			model: `gpt-4o-image-${shape}`,
			status: 'succeeded',
			index: 0,
			count: 1,
			width: 64,
			height: 64,
			mimeType: 'image/png',
			fileSize: run.calls[0]!.imagesOut[0]!.bytes,
		});
		expect(json.taskId).toBeUndefined();
		const picture = await run.binary(0);
		expect(picture.length).toBe(json.fileSize);
		expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 64 });
		expect(run.items[0]!.pairedItem).toEqual({ item: 0 });
	});

	test('several choices with several images each', async () => {
		const run = await bench.run(
			'generate',
			{ ...parameters, numberOfImages: 2 },
			{ account: { faults: { images: 3 } } },
		);
		expect(run.error).toBeUndefined();
		expect(run.calls[0]!.parameters.n).toBe(2);
		expect(run.items.map(({ json }) => [json.index, json.count])).toEqual(
			[0, 1, 2, 3, 4, 5].map((index) => [index, 6]),
		);
		const sizes = run.items.map(({ json }) => json.fileSize);
		expect(sizes).toEqual(run.calls[0]!.imagesOut.map(({ bytes }) => bytes));
	});

	test.each(['빨간 자전거', '红色自行车', 'A red bicycle'])('asked for as "%s"', async (prompt) => {
		const run = await bench.run('generate', { ...parameters, prompt });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
	});

	test.each(['link', 'data'] as const)(
		'an event stream, though none was asked for (%s)',
		async (as) => {
			const account = { faults: { as, stream: true, images: 2 } };
			const run = await bench.run('generate', parameters, { account });
			expect(run.error).toBeUndefined();
			expect(run.calls[0]!.parameters.stream).toBe(false);
			expect(run.items.map(({ json }) => json.fileSize)).toEqual(
				run.calls[0]!.imagesOut.map(({ bytes }) => bytes),
			);
			expect(run.tokenUsage).toMatchObject({ outputTokens: 2112 });
		},
	);

	test('Link Only: a link where there is one, and the picture itself where there is none', async () => {
		const given = { ...parameters, options: { output: 'link' } };
		const linked = await bench.run('generate', given, { account: { faults: { as: 'link' } } });
		expect(linked.items[0]!.binary).toBeUndefined();
		expect(linked.items[0]!.json.url).toMatch(`${bench.sandbox.url}/chat-files/cdn/`);
		const inside = await bench.run('generate', given, { account: { faults: { as: 'data' } } });
		expect(inside.error).toBeUndefined();
		expect((await inside.binary(0)).length).toBe(inside.calls[0]!.imagesOut[0]!.bytes);
	});
});

test('a download link alone is an image', async () => {
	const account = { faults: { as: 'download', shape: 'b' } } as const;
	const run = await bench.run('generate', {}, { account });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => json.url)).toEqual([
		expect.stringContaining('/cdn/download/'),
	]);
});

test('shape c has no image: the error carries what the gateway said', async () => {
	const run = await bench.run('generate', { model: model('gpt-4o-image-c') });
	expect(run.items).toEqual([]);
	expect(run.error?.message).toMatch(/^The model answered without an image\. It said: "```json/);
	expect(run.error?.message).toContain('Queued');
	expect(run.error?.description?.split('\n')[0]).toBe(
		'Change the Prompt, or choose a model that draws. It may have been charged. Your account at the gateway shows what was charged.',
	);
	expect(run.calls).toHaveLength(1);
});

test.each([
	['A red bicycle', "I can't draw this: the request goes against the content policy."],
	['빨간 자전거', '죄송합니다. 콘텐츠 정책에 어긋나는 요청이라 그릴 수 없습니다.'],
	['红色自行车', '抱歉，这个请求违反了内容政策，无法生成图片。'],
])('a refusal of "%s" is told in the words of the model', async (prompt, words) => {
	for (const stream of [false, true]) {
		const account = { faults: { refuse: true, stream } };
		const run = await bench.run('generate', { prompt }, { account });
		expect(run.error?.message).toContain(`The model answered without an image. It said: "${words}`);
		expect(run.calls).toHaveLength(1);
	}
});

test('with Continue the refusal is an item, and the others are made', async () => {
	const prompts = ['A kite', 'A kite [sandbox: refuse]', 'A boat'];
	const run = await bench.run(
		'generate',
		{ prompt: '={{ $json.prompt }}' },
		{ items: prompts.map((prompt) => ({ json: { prompt } })), onError: 'continueRegularOutput' },
	);
	expect(run.items.map(({ json }) => json.kind ?? json.status)).toEqual([
		'succeeded',
		'noImage',
		'succeeded',
	]);
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2].map((item) => ({ item })),
	);
});
