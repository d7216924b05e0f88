// Image: Edit in n8n's real engine: references and masks from files and from the web.
import type { IDataObject } from 'n8n-workflow';
import sharp from 'sharp';

import { differences, maskWithHole, noise, picture, type InputFile } from './pictures';
import { startBench, type Bench } from './setup';
import { creates, model, uploads } from './traffic';

const HOLE = { left: 16, top: 24, width: 40, height: 32 };
const SIZE = { width: 128, height: 96 };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** The file behind an address that a task was given. */
async function fetched(url: string): Promise<Buffer> {
	const response = await fetch(url);
	return Buffer.from(await response.arrayBuffer());
}

function taskOf(key: string) {
	return bench.sandbox.evolink.tasks(key)[0]!;
}

async function edit(
	parameters: IDataObject,
	binary: Record<string, InputFile>,
	options: Parameters<Bench['image']>[2] = {},
) {
	return await bench.image(
		'edit',
		{ size: '', ...parameters },
		{ items: [{ binary }], ...options },
	);
}

const fromField = (binaryPropertyName: string) => ({ source: 'binary', binaryPropertyName });

test.concurrent('the file of the item is uploaded as it is and becomes the reference', async () => {
	const data = await picture('webp');
	const run = await edit({}, { data });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({ status: 'succeeded', width: 64, height: 64 });
	const [url] = taskOf(run.key).imageUrls;
	expect((await fetched(url!)).equals(data.content)).toBe(true);
	const [upload] = uploads(bench, run.key);
	expect(upload).toMatchObject({ method: 'POST', path: expect.stringContaining('/stream') });
	expect(upload!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
	expect(Number(upload!.headers['content-length'])).toBeGreaterThan(data.content.length);
});

test.concurrent('a file of many pieces arrives whole', async () => {
	const data = await noise(9);
	const run = await edit({ ...model('gpt-4o-image'), completion: 'return' }, { data });
	expect(run.error).toBeUndefined();
	const [url] = taskOf(run.key).imageUrls;
	expect((await fetched(url!)).equals(data.content)).toBe(true);
});

test.concurrent('only where the mask is transparent do pixels change', async () => {
	const data = await picture('png', SIZE);
	const mask = await maskWithHole(SIZE, HOLE);
	const run = await edit({ maskSource: 'binary' }, { data, mask });
	expect(run.error).toBeUndefined();
	const { imageUrls, maskUrl } = taskOf(run.key);
	expect((await fetched(maskUrl!)).equals(mask.content)).toBe(true);
	expect((await fetched(imageUrls[0]!)).equals(data.content)).toBe(true);
	const found = await differences(data.content, await run.binary(0), HOLE);
	expect(found.outside).toBe(0);
	expect(found.inside).toBeGreaterThan(0);
});

test.concurrent('in a workflow that keeps files in json', async () => {
	const data = await picture('jpeg');
	const inputImages = { images: [fromField('_files.data')] };
	const run = await edit({ inputImages }, { data }, { binaryMode: 'combined' });
	expect(run.error).toBeUndefined();
	expect((await fetched(taskOf(run.key).imageUrls[0]!)).equals(data.content)).toBe(true);
	expect((await sharp(await run.binary(0)).metadata()).width).toBe(64);
});

/** Puts a picture where the sandbox can fetch it, as a file on the web would lie. */
async function onTheWeb(file: InputFile): Promise<string> {
	const { imageUrls } = await edit({ completion: 'return' }, { data: file }).then(({ key }) =>
		taskOf(key),
	);
	return imageUrls[0]!;
}

test.concurrent('files and addresses mixed keep their order', async () => {
	const [one, two, three] = await Promise.all(
		['#100000', '#200000', '#300000'].map(async (background) => {
			return await picture('png', { background });
		}),
	);
	const address = await onTheWeb(await picture('png', { background: '#008000' }));
	const another = await onTheWeb(await picture('png', { background: '#000080' }));
	const images = [
		{ source: 'url', url: address },
		fromField('three, one'),
		{ source: 'url', url: `={{ ["${another}", "${address}"] }}` },
		fromField('two'),
	];
	const run = await edit(
		{ inputImages: { images }, completion: 'return' },
		{ one: one!, two: two!, three: three! },
	);
	expect(run.error).toBeUndefined();
	const { imageUrls } = taskOf(run.key);
	expect(imageUrls).toEqual([
		address,
		expect.any(String),
		expect.any(String),
		another,
		address,
		expect.any(String),
	]);
	const uploaded = [imageUrls[1]!, imageUrls[2]!, imageUrls[5]!];
	const files = await Promise.all(uploaded.map(fetched));
	expect(
		files.map((file) => [three, one, two].findIndex((of) => of!.content.equals(file))),
	).toEqual([0, 1, 2]);
	expect(uploads(bench, run.key)).toHaveLength(3);
});

test.concurrent(
	'addresses with commas in them, one for each line or with commas between',
	async () => {
		const address = await onTheWeb(await picture('png'));
		const [one, two, three] = ['w=1,h=1', 'w=2,h=2', 'w=3,h=3'].map(
			(query) => `${address}?${query}`,
		);
		const images = [{ source: 'url', url: `${one}\n ${two} , ${three}` }];
		const run = await edit({ inputImages: { images }, completion: 'return' }, {});
		expect(run.error).toBeUndefined();
		expect(taskOf(run.key).imageUrls).toEqual([one, two, three]);
	},
);

test.concurrent('a mask by address', async () => {
	const maskUrl = await onTheWeb(await maskWithHole(SIZE, HOLE));
	const data = await picture('png', SIZE);
	const run = await edit({ maskSource: 'url', maskUrl }, { data });
	expect(taskOf(run.key).maskUrl).toBe(maskUrl);
	const found = await differences(data.content, await run.binary(0), HOLE);
	expect(found).toEqual({ inside: expect.any(Number), outside: 0 });
});

test.concurrent('several results of one edit', async () => {
	const run = await edit({ numberOfImages: 2 }, { data: await picture('png') });
	expect(run.items.map(({ json }) => json.index)).toEqual([0, 1]);
	expect(await run.binary(0)).not.toEqual(await run.binary(1));
});

test.concurrent('the files of many items never mix', async () => {
	const colours = ['#ff0000', '#00ff00', '#0000ff', '#ffff00', '#00ffff'];
	const files = await Promise.all(
		colours.map(async (background) => await picture('png', { background })),
	);
	const items = files.map((data, index) => ({
		json: { prompt: `Edit ${index}` },
		binary: { data },
	}));
	const run = await bench.image(
		'edit',
		{ prompt: '={{ $json.prompt }}', size: '', completion: 'return' },
		{ items },
	);
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	const tasks = bench.sandbox.evolink.tasks(run.key);
	expect(tasks).toHaveLength(5);
	for (const { prompt, imageUrls } of tasks) {
		const index = Number(prompt.replace('Edit ', ''));
		expect((await fetched(imageUrls[0]!)).equals(files[index]!.content)).toBe(true);
	}
});

test.concurrent('a file name that is no plain name does no harm', async () => {
	const data = { ...(await picture('png')), fileName: 'кот "1"\r\n🐈/../../etc.png' };
	const run = await edit({ completion: 'return' }, { data });
	expect(run.error).toBeUndefined();
	expect((await fetched(taskOf(run.key).imageUrls[0]!)).equals(data.content)).toBe(true);
});

test.concurrent('an upload that is refused stops the item before anything is made', async () => {
	const credential = { filesBaseUrl: bench.sandbox.evolink.baseUrl };
	const run = await edit({}, { data: await picture('png') }, { credential });
	expect(run.error).toMatchObject({
		message: 'EvoLink: There is no POST /evolink/api/v1/files/upload/stream.',
		description: expect.stringContaining(
			'check the Base URL and the other addresses in the credential',
		),
	});
	expect(creates(bench, run.key)).toEqual([]);
});
