// Image: Edit. Input images reach Core.Today by URL, with the request or through the storage, each byte as it was.
import { noise, picture, type InputFile } from '../EvoLink/pictures';
import { startBench, type Bench } from './setup';
import { creates, LINKS, requestsOf, uploads } from './traffic';

let bench: Bench;
let photo: InputFile;
let sign: InputFile;
beforeAll(async () => {
	bench = await startBench();
	photo = await picture('jpeg', { width: 96, height: 64 });
	sign = await picture('png', { width: 64, height: 96, background: '#2060a0' });
});
afterAll(async () => await bench.close());

const binary = (binaryPropertyName: string) => ({ source: 'binary', binaryPropertyName });
const fromUrl = (url: string) => ({ source: 'url', url });

/** An edit that isn't downloaded, of images in binary fields and at URLs. */
async function edit(
	images: Array<Record<string, string>>,
	{ fileWay, ...parameters }: { fileWay?: string; numberOfImages?: number } = {},
	binaries: Record<string, InputFile> = { photo, sign },
) {
	const options = { ...LINKS.options, ...(fileWay ? { fileWay } : {}) };
	const run = await bench.run(
		'image/edit',
		{ inputImages: { images }, quality: 'low', ...parameters, options },
		{ items: [{ binary: binaries }] },
	);
	const predictions = bench.sandbox.coreToday.predictions(run.key);
	return { run, predictions, files: predictions.flatMap(({ files }) => files) };
}

async function bytesAt(url: string): Promise<Buffer> {
	return Buffer.from(await (await fetch(url)).arrayBuffer());
}

/** A picture that lies on the web: in the sandbox's own storage, under another key. */
async function onTheWeb(file: InputFile): Promise<string> {
	const run = await bench.run('file/upload', {}, { items: [{ binary: { data: file } }] });
	return String(run.items[0]!.json.url);
}

describe.each(['filesystem', 'default'] as const)('with the %s binary store', (binaryMode) => {
	beforeAll(async () => {
		await bench.close();
		bench = await startBench(binaryMode);
	});

	test('small files go with the request, by themselves', async () => {
		const { run, predictions, files } = await edit([binary('photo'), binary('sign')]);
		expect(run.error).toBeUndefined();
		expect(files.map(({ key, way, type }) => [key, way, type])).toEqual([
			['input_images[0]', 'multipart', 'image/jpeg'],
			['input_images[1]', 'multipart', 'image/png'],
		]);
		expect((await bytesAt(files[0]!.url)).equals(photo.content)).toBe(true);
		expect((await bytesAt(files[1]!.url)).equals(sign.content)).toBe(true);
		expect(predictions[0]!.input).toMatchObject({ prompt: 'A red bicycle', quality: 'low' });
		expect(requestsOf(bench, run.key)[0]!.path).toBe('/coretoday/v1/predictions/upload');
		expect(uploads(bench, run.key)).toEqual([]);
	});

	test('through the storage, when that is chosen', async () => {
		const { run, files } = await edit([binary('photo'), binary('sign')], { fileWay: 'storage' });
		expect(run.error).toBeUndefined();
		expect(files.map(({ way, type }) => [way, type])).toEqual([
			['storage', 'image/jpeg'],
			['storage', 'image/png'],
		]);
		expect((await bytesAt(files[0]!.url)).equals(photo.content)).toBe(true);
		expect((await bytesAt(files[1]!.url)).equals(sign.content)).toBe(true);
		expect(creates(bench, run.key).map(({ path }) => path)).toEqual(['/coretoday/v1/predictions']);
		expect(uploads(bench, run.key)).toHaveLength(2);
	});
});

test('files of many megabytes go through the storage, by themselves', async () => {
	const large = await noise(21);
	const { run, files } = await edit([binary('large')], {}, { large });
	expect(run.error).toBeUndefined();
	expect(files.map(({ way, bytes }) => [way, bytes])).toEqual([['storage', large.content.length]]);
	expect((await bytesAt(files[0]!.url)).equals(large.content)).toBe(true);
});

test('a file for three images is uploaded once only', async () => {
	const { run, predictions, files } = await edit([binary('photo')], { numberOfImages: 3 });
	expect(run.items).toHaveLength(3);
	expect(predictions).toHaveLength(3);
	expect(new Set(files.map(({ url }) => url)).size).toBe(1);
	expect(files.map(({ way }) => way)).toEqual(['storage', 'storage', 'storage']);
	expect(uploads(bench, run.key)).toHaveLength(1);
});

test('three images with the request, when that is chosen: each brings the file along', async () => {
	const { run, files } = await edit([binary('photo')], { numberOfImages: 3, fileWay: 'multipart' });
	expect(run.items).toHaveLength(3);
	expect(files.map(({ way }) => way)).toEqual(['multipart', 'multipart', 'multipart']);
	expect(uploads(bench, run.key)).toEqual([]);
});

test('web addresses are passed on as they are', async () => {
	const urls = [await onTheWeb(photo), await onTheWeb(sign)];
	const { run, predictions } = await edit(urls.map(fromUrl));
	expect(run.error).toBeUndefined();
	expect(predictions[0]!.input.input_images).toEqual(urls);
	expect(uploads(bench, run.key)).toEqual([]);
	expect(creates(bench, run.key)[0]!.path).toBe('/coretoday/v1/predictions');
});

test('addresses and files mixed keep their order, the files through the storage', async () => {
	const url = await onTheWeb(sign);
	const { run, predictions, files } = await edit([binary('photo'), fromUrl(url), binary('sign')]);
	expect(run.error).toBeUndefined();
	expect(files.map(({ type }) => type)).toEqual(['image/jpeg', 'image/png', 'image/png']);
	expect((predictions[0]!.input.input_images as string[])[1]).toBe(url);
	expect(uploads(bench, run.key)).toHaveLength(2);
});

test('addresses and files mixed, with the request: n8n fetches and sends along', async () => {
	const url = await onTheWeb(sign);
	const images = [fromUrl(url), binary('photo')];
	const { run, files } = await edit(images, { fileWay: 'multipart' });
	expect(run.error).toBeUndefined();
	expect(files.map(({ way, type }) => [way, type])).toEqual([
		['multipart', 'image/png'],
		['multipart', 'image/jpeg'],
	]);
	expect((await bytesAt(files[0]!.url)).equals(sign.content)).toBe(true);
	expect((await bytesAt(files[1]!.url)).equals(photo.content)).toBe(true);
});

test('an address where nothing is, with the request: told before anything is sent', async () => {
	const url = `${bench.sandbox.url}/nothing-here`;
	const { run } = await edit([fromUrl(url)], { fileWay: 'multipart' });
	expect(run.error?.message).toBe(
		`Input image 1 (${url}) could not be fetched. There is nothing at its address (HTTP 404).`,
	);
	expect(run.error?.description).toContain('Nothing was charged.');
	expect(requestsOf(bench, run.key)).toEqual([]);
});

test('an address where nothing is, passed on: Core.Today says so and charges nothing', async () => {
	const { run, predictions } = await edit([fromUrl(`${bench.sandbox.url}/nothing-here`)]);
	expect(run.error?.message).toContain('Core.Today: input.input_images[0] could not be fetched');
	expect(predictions).toEqual([]);
});

test('a file in the storage has a name that tells its type', async () => {
	const nameless = { content: photo.content, mimeType: 'image/jpeg' };
	const odd = { content: sign.content, fileName: '설명 "b".png', mimeType: 'image/png' };
	const images = [binary('nameless'), binary('odd')];
	const { run, files } = await edit(images, { fileWay: 'storage' }, { nameless, odd });
	expect(run.error).toBeUndefined();
	expect(files.map(({ url }) => url)).toEqual([
		expect.stringMatching(/\.jpe?g$/),
		expect.stringMatching(/\.png$/),
	]);
});

test('17 files are too many, one of text is none, both told before anything is sent', async () => {
	const many = await edit(Array.from({ length: 17 }, () => binary('photo')));
	expect(many.run.error?.message).toBe(
		'openai/gpt-image-2 takes at most 16 input images, 17 were given.',
	);
	const text = { content: Buffer.from('hello'), fileName: 'a.png', mimeType: 'image/png' };
	const none = await edit([binary('text')], {}, { text });
	expect(none.run.error?.message).toContain('input image "text"');
	for (const { run } of [many, none]) expect(requestsOf(bench, run.key)).toEqual([]);
});
