// Image: Edit, Upscale and Remove Background: input images and masks by fal's storage, or as addresses.
import sharp from 'sharp';

import { modelById, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const drawn = async (background = '#c04020') => {
	const canvas = { width: 64, height: 48, channels: 3 as const, background };
	return await sharp({ create: canvas }).png().toBuffer();
};
const items = async () => [
	{
		binary: {
			data: { content: await drawn(), fileName: 'bottle.png', mimeType: 'image/png' },
			mask: { content: await drawn('#ffffff'), mimeType: 'image/png' },
		},
	},
];
const inputOf = (key: string) => bench.sandbox.fal.tasks(key)[0]!.input as Record<string, unknown>;

test.each([
	['fal-ai/flux-2/edit', 'image_urls', true],
	['fal-ai/flux-pro/kontext', 'image_url', false],
])('edits a file with %s, under %s', async (model, field, isList) => {
	const run = await bench.run(
		'image/edit',
		{ model: modelById(model), prompt: 'On a table' },
		{ items: await items() },
	);
	expect(run.error).toBeUndefined();
	const [upload] = bench.sandbox.fal.uploads(run.key);
	expect(upload).toMatchObject({ contentType: 'image/png', bytes: (await drawn()).length });
	const [url] = [inputOf(run.key)[field]].flat();
	expect(String(url)).toContain(upload!.id);
	expect(Array.isArray(inputOf(run.key)[field])).toBe(isList);
	expect(run.items[0]!.json.status).toBe('succeeded');
});

test('passes an address on, and uploads nothing', async () => {
	const url = 'https://example.com/a.png';
	const run = await bench.run('image/edit', {
		model: modelById('fal-ai/nano-banana/edit'),
		inputImages: { images: [{ source: 'url', url }] },
		completion: 'return',
	});
	expect(run.error).toBeUndefined();
	expect(inputOf(run.key).image_urls).toEqual([url]);
	expect(bench.sandbox.fal.uploads(run.key)).toEqual([]);
});

test.each([
	['fal-ai/flux-pro/v1/fill', 'mask_url'],
	['fal-ai/gpt-image-1.5/edit', 'mask_image_url'],
])('sends a mask to %s as %s', async (model, field) => {
	const run = await bench.run(
		'image/edit',
		{ model: modelById(model), maskSource: 'binary' },
		{ items: await items() },
	);
	expect(run.error).toBeUndefined();
	expect(bench.sandbox.fal.uploads(run.key)).toHaveLength(2);
	expect(inputOf(run.key)[field]).toEqual(expect.stringMatching(/^http/));
});

test('refuses a mask where the model takes none, and uploads nothing', async () => {
	const run = await bench.run(
		'image/edit',
		{ model: modelById('fal-ai/flux-2/edit'), maskSource: 'binary' },
		{ items: await items() },
	);
	expect(run.error?.message).toBe("fal-ai/flux-2/edit can't work with a Mask.");
	expect(bench.sandbox.fal.uploads(run.key)).toEqual([]);
});

test.each([
	['upscale', 'fal-ai/clarity-upscaler', { upscale_factor: 2 }],
	['upscale', 'fal-ai/esrgan', {}],
	['upscale', 'fal-ai/topaz/upscale/image', {}],
	['upscale', 'fal-ai/seedvr/upscale/image', {}],
	['removeBackground', 'fal-ai/bria/background/remove', {}],
	['removeBackground', 'fal-ai/birefnet/v2', {}],
])('%s with %s', async (operation, model, value) => {
	const run = await bench.run(
		`image/${operation}`,
		{ model: modelById(model), input: { mappingMode: 'defineBelow', value } },
		{ items: await items() },
	);
	expect(run.error).toBeUndefined();
	expect(inputOf(run.key)).toEqual({ image_url: expect.stringMatching(/^http/), ...value });
	expect(run.items).toMatchObject([
		{ json: { status: 'succeeded', model, count: 1, cost: { estimated: false } } },
	]);
	expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
});

test.each(['upscale', 'removeBackground'])(
	'a failed item of %s says whether it may have been charged',
	async (operation) => {
		const refused = { account: { faults: { create: { status: 400 } } } };
		const options = { items: await items(), onError: 'continueRegularOutput', ...refused } as const;
		const run = await bench.run(`image/${operation}`, {}, options);
		expect(run.items).toMatchObject([{ json: { status: 'failed', mayBeCharged: false } }]);
	},
);

test('takes the default model of each operation', async () => {
	for (const operation of ['edit', 'upscale', 'removeBackground']) {
		const run = await bench.run(`image/${operation}`, {}, { items: await items() });
		expect(run.error).toBeUndefined();
	}
});

test('says that a model has no prompt for what is written there', async () => {
	const run = await bench.run(
		'image/edit',
		{ model: modelById('fal-ai/esrgan') },
		{ items: await items() },
	);
	expect(run.error).toBeUndefined();
	expect(run.hints.map(({ message }) => message)).toEqual([
		'fal-ai/esrgan takes no Prompt, so that the one of item 0 was left out.',
	]);
});

test('a storage that refuses the type says so, and nothing is ordered', async () => {
	const run = await bench.run(
		'image/edit',
		{ model: modelById('fal-ai/flux-2/edit') },
		{
			items: await items(),
			account: { faults: { refusedTypes: ['image/png'] } },
		},
	);
	expect(run.error?.message).toMatch(/^fal: .*image\/png/);
	expect(bench.sandbox.fal.tasks(run.key)).toEqual([]);
});

test('File: Upload tells where a file lies', async () => {
	const run = await bench.run('file/upload', {}, { items: await items() });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toEqual({
		url: expect.stringMatching(/^http/),
		name: 'bottle.png',
		bytes: (await drawn()).length,
	});
	const answer = await fetch(String(run.items[0]!.json.url));
	expect(Buffer.from(await answer.arrayBuffer()).equals(await drawn())).toBe(true);
});

describe('a model of another operation is refused by name, and nothing is uploaded or ordered', () => {
	test.each(['fal-ai/flux-2/edit', 'fal-ai/flux-pro/kontext', 'fal-ai/clarity-upscaler'])(
		'%s in Generate',
		async (model) => {
			const run = await bench.run('image/generate', { model: modelById(model) });
			expect(run.error?.message).toBe(`${model} works from an input image, and Generate has none.`);
			expect(run.error?.description).toContain('Set Operation to Edit, or choose another Model.');
			expect(bench.sandbox.fal.tasks(run.key)).toEqual([]);
		},
	);

	test.each(['edit', 'upscale', 'removeBackground'])('one of Generate in %s', async (operation) => {
		const model = modelById('fal-ai/flux/dev');
		const run = await bench.run(`image/${operation}`, { model }, { items: await items() });
		expect(run.error?.message).toBe(
			'fal-ai/flux/dev draws from the Prompt alone and takes no input image.',
		);
		expect(run.error?.description).toContain('Set Operation to Generate, or choose a Model');
		expect(bench.sandbox.fal.uploads(run.key)).toEqual([]);
		expect(bench.sandbox.fal.tasks(run.key)).toEqual([]);
	});

	test('Estimate Cost takes both', async () => {
		for (const model of ['fal-ai/flux-2/edit', 'fal-ai/flux/dev']) {
			const run = await bench.run('image/estimateCost', { model: modelById(model) });
			expect(run.error).toBeUndefined();
		}
	});
});
