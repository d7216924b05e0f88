// File: Upload in n8n's real engine: what arrives at EvoLink is the file, byte by byte.
import { randomBytes } from 'node:crypto';

import { startBench, type Bench } from './setup';
import { requestsOf, uploads } from './traffic';

const MEGABYTE = 1024 * 1024;

/** EvoLink takes pictures by what they are, whatever they are called. */
function gif(): Buffer {
	return Buffer.concat([Buffer.from('GIF89a'), randomBytes(10)]);
}

const files = {
	photo: { content: randomBytes(3 * MEGABYTE), fileName: 'photo.jpg', mimeType: 'image/jpeg' },
	film: { content: randomBytes(10), fileName: '설명.mp4', mimeType: 'video/mp4' },
	nameless: { content: gif(), mimeType: 'application/octet-stream' },
	odd: { content: gif(), fileName: 'a "b";\r\nc.bin', mimeType: 'application/zip' },
};

async function bytesAt(url: unknown): Promise<Buffer> {
	return Buffer.from(await (await fetch(String(url))).arrayBuffer());
}

describe.each(['filesystem', 'default'] as const)('with the %s binary store', (binaryMode) => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await startBench(binaryMode);
	});
	afterAll(async () => await bench.close());

	test.each(Object.entries(files))('the %s arrives as it was', async (field, file) => {
		const run = await bench.run(
			'file',
			'upload',
			{ binaryPropertyName: field },
			{ items: [{ binary: { [field]: file } }] },
		);
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json).toMatchObject({
			id: expect.stringMatching(/^file_/),
			url: expect.stringMatching(/^http/),
			bytes: file.content.length,
			expiresAt: expect.stringMatching(/Z$/),
		});
		expect(run.items[0]!.pairedItem).toEqual({ item: 0 });
		expect((await bytesAt(run.items[0]!.json.url)).equals(file.content)).toBe(true);
		expect(uploads(bench, run.key)).toHaveLength(1);
	});

	test('an empty file is told before anything is sent', async () => {
		const empty = { content: Buffer.alloc(0), fileName: 'empty.png', mimeType: 'image/png' };
		const run = await bench.run('file', 'upload', {}, { items: [{ binary: { data: empty } }] });
		expect(run.error?.message).toBe('The file in "data" is empty.');
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('a field without a file is told by name', async () => {
		const items = [{ binary: { photo: files.photo } }];
		const run = await bench.run('file', 'upload', { binaryPropertyName: 'picture' }, { items });
		expect(run.error?.message).toBe('There is no file in the field "picture" of this item.');
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test.each([
		['Input Data Field Name', { binaryPropertyName: '={{ $json.nothing }}' }],
		['URL', { source: 'url', url: '={{ $json.nothing }}' }],
	])('an empty %s is told', async (field, parameters) => {
		const run = await bench.run('file', 'upload', parameters);
		expect(run.error?.message).toBe(`The ${field} is empty.`);
		expect(requestsOf(bench, run.key)).toEqual([]);
	});
});

describe('limits, addresses and many items', () => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await startBench();
	});
	afterAll(async () => await bench.close());

	test('100 MB are taken, one byte more is refused before anything is sent', async () => {
		const file = (bytes: number) => ({
			content: Buffer.alloc(bytes),
			fileName: 'large.mp4',
			mimeType: 'video/mp4',
		});
		const large = await bench.run(
			'file',
			'upload',
			{},
			{ items: [{ binary: { data: file(100 * MEGABYTE) } }] },
		);
		expect(large.items[0]?.json.bytes).toBe(100 * MEGABYTE);
		const larger = await bench.run(
			'file',
			'upload',
			{},
			{ items: [{ binary: { data: file(100 * MEGABYTE + 1) } }] },
		);
		expect(larger.error?.message).toBe(
			'The file in "data" is larger than 100 MB, the most that EvoLink takes.',
		);
		expect(requestsOf(bench, larger.key)).toEqual([]);
	});

	test('a file that lies in the json, where the workflow combines the two', async () => {
		const run = await bench.run(
			'file',
			'upload',
			{ binaryPropertyName: '_files.photo' },
			{ items: [{ binary: { photo: files.photo } }], binaryMode: 'combined' },
		);
		expect(run.error).toBeUndefined();
		expect((await bytesAt(run.items[0]!.json.url)).equals(files.photo.content)).toBe(true);
	});

	test('a file from the web', async () => {
		const first = await bench.run(
			'file',
			'upload',
			{ binaryPropertyName: 'photo' },
			{ items: [{ binary: { photo: files.photo } }] },
		);
		const url = first.items[0]!.json.url;
		const run = await bench.run('file', 'upload', { source: 'url', url: ` ${String(url)} ` });
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json.url).not.toBe(url);
		expect((await bytesAt(run.items[0]!.json.url)).equals(files.photo.content)).toBe(true);
	});

	test('an address that is none, and one where nothing is', async () => {
		const none = await bench.run('file', 'upload', { source: 'url', url: 'C:\\photo.png' });
		expect(none.error?.message).toContain("isn't a web address");
		expect(requestsOf(bench, none.key)).toEqual([]);

		const url = `${bench.sandbox.url}/nothing-here`;
		const dead = await bench.run('file', 'upload', { source: 'url', url });
		expect(dead.error?.message).toContain('file_url could not be fetched');
		expect(dead.error?.description).toContain('HTTP status: 400');
	});

	test("what is no picture, sound or film is refused in EvoLink's words", async () => {
		const file = { content: Buffer.from('한국어'), fileName: '설명.txt', mimeType: 'text/plain' };
		const run = await bench.run('file', 'upload', {}, { items: [{ binary: { data: file } }] });
		expect(run.error).toMatchObject({
			message: 'EvoLink: Files of this type are not allowed.',
			description: expect.stringContaining('Code: 40002 · HTTP status: 400'),
		});
	});

	test('many items keep their order, and a bad one fails alone', async () => {
		const items = [10, 0, 30, 40].map((bytes) => ({
			binary: {
				data: {
					content: randomBytes(bytes),
					fileName: `${bytes}.png`,
					mimeType: 'image/png',
				},
			},
		}));
		const run = await bench.run('file', 'upload', {}, { items, onError: 'continueRegularOutput' });
		expect(run.items.map(({ json }) => json.name ?? json.kind)).toEqual([
			'10.png',
			'badInput',
			'30.png',
			'40.png',
		]);
		for (const item of [0, 2, 3]) {
			const sent = items[item]!.binary.data.content;
			expect((await bytesAt(run.items[item]!.json.url)).equals(sent)).toBe(true);
		}
	});
});
