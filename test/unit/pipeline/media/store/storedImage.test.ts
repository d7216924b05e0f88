// What goes into n8n's store: pictures, and bytes that nobody knows, whole and not too large; pages and messages don't.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import sharp from 'sharp';

import { named, storeBytes, storeImage } from '../../../../../pipeline/media/store/storedImage';
import { failureOf } from '../../pictureStore';

const MEGABYTE = 1024 * 1024;
const LARGEST = 200 * MEGABYTE;

/** n8n's store, which takes streams and buffers and counts what it has read. */
function openStore() {
	const files: Array<{ fileName: string; mimeType: string; bytes: number }> = [];
	const prepareBinaryData = async (
		data: Readable | Buffer,
		fileName: string,
		mimeType: string,
	): Promise<IBinaryData> => {
		const file = { fileName, mimeType, bytes: 0 };
		files.push(file);
		for await (const chunk of Buffer.isBuffer(data) ? [data] : data) file.bytes += chunk.length;
		return { data: 'test', fileName, mimeType };
	};
	return { context: { helpers: { prepareBinaryData } } as unknown as IExecuteFunctions, files };
}

const hide = (text: string) => text.replaceAll('sk-SECRET', '•••');
const draw = () => sharp({ create: { width: 9, height: 7, channels: 3, background: '#c04020' } });

async function* chunksOf(...chunks: Buffer[]): AsyncGenerator<Buffer> {
	yield* chunks;
}

const incoming = (...chunks: Buffer[]) => ({
	bytes: chunksOf(...chunks),
	lender: Readable.from([]) as never,
	hide,
});

const png = async () => await draw().png().toBuffer();

/** A PNG of so many bytes, in chunks that share their memory. */
async function* longPng(length: number): AsyncGenerator<Buffer> {
	const picture = await png();
	const end = picture.indexOf('IEND') - 4;
	const head = Buffer.alloc(8);
	head.writeUInt32BE(length, 0);
	head.write('zeRo', 4);
	yield Buffer.concat([picture.subarray(0, end), head]);
	const piece = Buffer.alloc(MEGABYTE);
	for (let left = length + 4; left > 0; left -= piece.length) {
		yield piece.subarray(0, Math.min(left, piece.length));
	}
	yield picture.subarray(end);
}

const FORMATS: Array<[name: string, make: () => Promise<Buffer>, mimeType: string]> = [
	['fox.png', png, 'image/png'],
	['fox.jpg', () => draw().jpeg().toBuffer(), 'image/jpeg'],
	['fox.webp', () => draw().webp().toBuffer(), 'image/webp'],
	['fox.gif', () => draw().gif().toBuffer(), 'image/gif'],
	['fox.avif', () => draw().avif({ effort: 0 }).toBuffer(), 'image/avif'],
	['fox.svg', async () => Buffer.from('<svg width="9"><rect/></svg>'), 'image/svg+xml'],
	['fox', async () => Buffer.from([1, 2, 3, 0, 255]), 'application/octet-stream'],
];

describe.each([
	['streamed', storeStreamed],
	['from memory', storeFromMemory],
] as const)('%s', (_way, store) => {
	test.each(FORMATS)('%s has the ending and the type of what it is', async (name, make, type) => {
		const { context, files } = openStore();
		const file = await make();
		const stored = await store(context, file);
		expect(stored).toMatchObject({ mimeType: type, binary: { fileName: name, mimeType: type } });
		expect(stored.facts.bytes).toBe(file.length);
		expect(files).toEqual([{ fileName: name, mimeType: type, bytes: file.length }]);
		expect(named(stored, 'cat').binary.fileName).toBe(name.replace('fox', 'cat'));
	});

	test.each<[string, string, string]>([
		['an empty file', '', 'an empty file'],
		['white space', ' \n', 'an empty file'],
		['a web page', '<!DOCTYPE html><p>Later</p>', 'a web page'],
		['a page behind a mark', '\uFEFF\n<html></html>', 'a web page'],
		['an error in XML', '<?xml version="1.0"?><Error/>', 'a web page'],
		[
			'an error in JSON',
			'{"RetCode":-148654,\n "ErrMsg":"file not exist"}',
			'a text: {"RetCode":-148654, "ErrMsg":"file not exist"}',
		],
		['a text', 'Nicht gefunden: 猫', 'a text: Nicht gefunden: 猫'],
		[
			'a text that is cut at a key',
			`${'no '.repeat(32)}sk-SECRET`,
			`a text: ${'no '.repeat(32)}•••`,
		],
		['a long text', 'no '.repeat(200), `a text: ${'no '.repeat(34).slice(0, 100)}`],
	])('%s is no picture', async (_rule, text, found) => {
		const { context, files } = openStore();
		const details = await failureOf(store(context, Buffer.from(text)));
		expect(details).toMatchObject({
			kind: 'download',
			message: `In place of the picture there was ${found}.`,
		});
		expect(files).toEqual([]);
	});

	it('takes a picture with bytes behind its end, and none that is cut', async () => {
		const { context } = openStore();
		const jpeg = await draw().jpeg().toBuffer();
		const film = Buffer.concat([jpeg, Buffer.alloc(4096, 'film')]);
		expect((await store(context, film)).facts).toMatchObject({ type: 'jpeg', bytes: film.length });
		const details = await failureOf(store(context, jpeg.subarray(0, -2)));
		expect(details.message).toBe('The picture arrived incomplete.');
	});
});

async function storeStreamed(context: IExecuteFunctions, file: Buffer) {
	return await storeImage(context, incoming(file.subarray(0, 3), file.subarray(3)), 'fox');
}

async function storeFromMemory(context: IExecuteFunctions, file: Buffer) {
	return await storeBytes(context, file, 'fox', hide);
}

describe('the limit', () => {
	it('is held within a stream, which is read no further', async () => {
		const { context, files } = openStore();
		const details = await failureOf(
			storeImage(context, { ...incoming(), bytes: longPng(LARGEST) }, 'fox'),
		);
		expect(details).toMatchObject({
			kind: 'download',
			status: 413,
			message: 'The file is larger than 200 MB, which no picture should be.',
		});
		expect(files[0]!.bytes).toBeLessThanOrEqual(LARGEST);
	});

	it('lets the largest picture pass', async () => {
		const { context } = openStore();
		const length = (await buffer(Readable.from(longPng(0)))).length;
		const bytes = longPng(LARGEST - length);
		expect((await storeImage(context, { ...incoming(), bytes }, 'fox')).facts.bytes).toBe(LARGEST);
	});

	it('is another where another is named', async () => {
		const { context } = openStore();
		const file = await png();
		await storeImage(context, incoming(file), 'fox', file.length);
		const details = await failureOf(storeImage(context, incoming(file), 'fox', file.length - 1));
		expect(details.status).toBe(413);
	});
});

it('throws what breaks the stream off, not what the store makes of it', async () => {
	const { context } = openStore();
	const file = await draw().resize(400, 400).png({ compressionLevel: 0 }).toBuffer();
	async function* breaking(): AsyncGenerator<Buffer> {
		yield file.subarray(0, 300_000);
		throw new Error('It broke.');
	}
	await expect(storeImage(context, { ...incoming(), bytes: breaking() }, 'fox')).rejects.toThrow(
		'It broke.',
	);
});

describe('where n8n', () => {
	const ways = [storeStreamed, storeFromMemory];

	test.each(ways)('can’t store it, that is told without a system’s code', async (store) => {
		const prepareBinaryData = async () =>
			await Promise.reject(new Error('ENOSPC: no space left on device, write'));
		const context = { helpers: { prepareBinaryData } } as unknown as IExecuteFunctions;
		expect(await failureOf(store(context, await png()))).toEqual({
			kind: 'download',
			message: 'n8n could not store the picture: no space left on device, write',
			advice:
				'Make room where n8n keeps its files. The picture itself is safe at the provider: fetch it with Task: Get and this task ID.',
			status: 507,
		});
	});

	test.each(ways)('gives no access to its store, that is a defect', async (store) => {
		const context = { helpers: {} } as unknown as IExecuteFunctions;
		await expect(store(context, await png())).rejects.toThrow(
			new TypeError('Pictures can be stored only where n8n gives access to its binary store.'),
		);
	});
});

test.each([storeStreamed, storeFromMemory])(
	'what is no whole picture says what to do',
	async (store) => {
		const { context } = openStore();
		expect(await failureOf(store(context, Buffer.from('Not found')))).toEqual({
			kind: 'download',
			message: 'In place of the picture there was a text: Not found.',
			advice: 'Try again in a few minutes with Task: Get and this task ID.',
		});
		expect(await failureOf(store(context, (await png()).subarray(0, -1)))).toEqual({
			kind: 'download',
			message: 'The picture arrived incomplete.',
			advice:
				'The picture itself is safe at the provider. Fetch it again with Task: Get and this task ID.',
		});
	},
);

test('one in memory may have 200 MB, and not a byte more', async () => {
	const { context } = openStore();
	const [picture, largest] = [await png(), Buffer.alloc(LARGEST + 1)];
	picture.copy(largest);
	const stored = await storeBytes(context, largest.subarray(0, LARGEST), 'fox', hide);
	expect(stored.facts.bytes).toBe(LARGEST);
	expect(await failureOf(storeBytes(context, largest, 'fox', hide))).toEqual({
		kind: 'download',
		message: 'The file is larger than 200 MB, which no picture should be.',
		advice: 'Set Output to Link Only in the Options and look at the file in a browser.',
		status: 413,
	});
});
