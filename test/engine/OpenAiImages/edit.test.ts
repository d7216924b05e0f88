// Image: Edit in n8n's real engine: references and masks from files and from the web, sent as one form.
import { randomFillSync } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';
import sharp from 'sharp';

import { differences, maskWithHole, picture, type InputFile } from '../EvoLink/pictures';
import { model, startBench, type Bench, type RunWith } from './setup';
import { callOf, callsOf, requestsOf, spentBy } from './traffic';

const SIZE = { width: 1024, height: 640 };
const HOLE = { left: 160, top: 240, width: 400, height: 320 };
const AS_IS = { size: 'custom', customSize: '1024x640' };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

async function edit(
	parameters: IDataObject,
	binary: Record<string, InputFile>,
	options: RunWith = {},
) {
	return await bench.run(
		'image/edit',
		{ ...AS_IS, ...parameters },
		{ items: [{ binary }], ...options },
	);
}

const fromField = (binaryPropertyName: string) => ({ source: 'binary', binaryPropertyName });
const inputImages = (...images: IDataObject[]) => ({ inputImages: { images } });

/** Puts a picture where it can be fetched, as a file on the web would lie. */
async function onTheWeb(width: number): Promise<string> {
	const data = await picture('png', { width, height: width });
	const account = { faults: { answer: 'url' as const } };
	const options = { output: 'link' };
	const size = { size: '1024x1024', options };
	const run = await edit({ ...inputImages(fromField('data')), ...size }, { data }, { account });
	return String(run.items[0]!.json.url);
}

test('the file of the item is the reference, and its tokens are in the price', async () => {
	const data = await picture('webp', SIZE);
	const run = await edit({}, { data });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({
		status: 'succeeded',
		model: 'gpt-image-2',
		...SIZE,
		usage: { input_tokens_details: { image_tokens: 640, text_tokens: 4 } },
		cost: { amount: expect.closeTo(spentBy(bench, run.key).spent, 6), estimated: true },
	});
	const call = callOf(bench, run.key);
	expect(call.route).toBe('images/edits');
	expect(call.imagesIn).toEqual([{ type: 'image/webp', ...SIZE, bytes: data.content.length }]);
	const [request] = requestsOf(bench, run.key);
	expect(request!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
	expect(Number(request!.headers['content-length'])).toBeGreaterThan(data.content.length);
});

test('only where the mask is transparent do pixels change', async () => {
	const data = await picture('png', SIZE);
	const mask = await maskWithHole(SIZE, HOLE);
	const run = await edit({ maskSource: 'binary' }, { data, mask });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).maskIn).toEqual({
		type: 'image/png',
		...SIZE,
		bytes: mask.content.length,
	});
	const found = await differences(data.content, await run.binary(0), HOLE);
	expect(found.outside).toBe(0);
	expect(found.inside).toBeGreaterThan(0);
});

test('files and addresses mixed keep their order', async () => {
	const files = await Promise.all(
		[20, 30, 40].map(async (width) => await picture('jpeg', { width, height: width })),
	);
	const [one, two, three] = files as [InputFile, InputFile, InputFile];
	const address = await onTheWeb(64);
	const images = inputImages(
		{ source: 'url', url: address },
		fromField('three, one'),
		{ source: 'url', url: `={{ ["${address}", "${address}"] }}` },
		fromField('two'),
	);
	const run = await edit(images, { one, two, three });
	expect(run.error).toBeUndefined();
	const { imagesIn } = callOf(bench, run.key);
	expect(imagesIn.map(({ width }) => width)).toEqual([1024, 40, 20, 1024, 1024, 30]);
	expect(imagesIn.map(({ type }) => type.slice(6))).toEqual([
		'png',
		'jpeg',
		'jpeg',
		'png',
		'png',
		'jpeg',
	]);
});

test('an image from the web is fetched without the key', async () => {
	const address = await onTheWeb(64);
	const run = await edit(inputImages({ source: 'url', url: address }), {});
	expect(run.error).toBeUndefined();
	const fetches = bench.sandbox.requests.filter(({ path }) => address.endsWith(path));
	expect(fetches).toHaveLength(1);
	expect(fetches[0]!.headers).not.toHaveProperty('authorization');
});

test('sixteen references', async () => {
	const fields = Array.from({ length: 16 }, (_, index) => `picture${index}`);
	const files = await Promise.all(
		fields.map(async (field, index) => {
			return [field, await picture('png', { width: 16 + index, height: 16 })] as const;
		}),
	);
	const run = await edit(inputImages(fromField(fields.join(','))), Object.fromEntries(files));
	expect(run.error).toBeUndefined();
	const { imagesIn } = callOf(bench, run.key);
	expect(imagesIn.map(({ width }) => width)).toEqual(fields.map((_, index) => 16 + index));
});

test('a picture of 24 MB in, and one of 24 MB out, both in pieces', async () => {
	const [width, height] = [2160, 3840];
	const raw = randomFillSync(Buffer.alloc(width * height * 3));
	const content = await sharp(raw, { raw: { width, height, channels: 3 } })
		.png({ compressionLevel: 0 })
		.toBuffer();
	const data = { content, fileName: 'noise.png', mimeType: 'image/png' };
	const mask = await maskWithHole({ width, height }, HOLE);
	const parameters = { maskSource: 'binary', customSize: `${width}x${height}` };
	const run = await edit(parameters, { data, mask });
	expect(run.error).toBeUndefined();
	const result = await run.binary(0);
	expect(result.length).toBeGreaterThan(23 * 1024 * 1024);
	expect(result.length).toBe(run.items[0]!.json.fileSize);
	expect((await differences(content, result, HOLE)).outside).toBe(0);
});

test('input fidelity is sent to the models that have it', async () => {
	const data = await picture('png');
	const options = { input_fidelity: 'high' };
	const run = await edit({ ...model('gpt-image-1.5'), size: '1024x1024', options }, { data });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters.input_fidelity).toBe('high');
});

test('and neither shown nor sent for gpt-image-2', async () => {
	const data = await picture('png');
	const run = await edit({ options: { input_fidelity: 'high' } }, { data });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters).not.toHaveProperty('input_fidelity');
});

test('formats, backgrounds and several results work for edits too', async () => {
	const options = { outputFormat: 'webp', background: 'transparent', compression: 50 };
	const data = await picture('png', SIZE);
	const run = await edit({ options, numberOfImages: 2 }, { data });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.index, json.mimeType])).toEqual([
		[0, 'image/webp'],
		[1, 'image/webp'],
	]);
	expect(callOf(bench, run.key).parameters).toMatchObject({
		n: '2',
		output_format: 'webp',
		output_compression: '50',
		background: 'transparent',
	});
});

test('the files of many items never mix', async () => {
	const widths = [21, 22, 23, 24, 25];
	const items = await Promise.all(
		widths.map(async (width) => ({
			json: { prompt: `Edit ${width}` },
			binary: { data: await picture('png', { width, height: 20 }) },
		})),
	);
	const run = await edit({ prompt: '={{ $json.prompt }}' }, {}, { items });
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	const calls = callsOf(bench, run.key);
	expect(calls).toHaveLength(5);
	for (const { parameters, imagesIn } of calls) {
		expect(parameters.prompt).toBe(`Edit ${imagesIn[0]!.width}`);
	}
});

test('a file name that is no plain name does no harm', async () => {
	const data = { ...(await picture('png')), fileName: 'кот "1"\r\n🐈/../../etc.png' };
	const run = await edit({}, { data });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).imagesIn).toHaveLength(1);
});

test('in a workflow that keeps files in json', async () => {
	const data = await picture('jpeg', { width: 33, height: 33 });
	const run = await edit(
		inputImages(fromField('_files.data')),
		{ data },
		{ binaryMode: 'combined' },
	);
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).imagesIn).toMatchObject([{ width: 33 }]);
});
