// Multipart forms, from memory and streamed, read back by another implementation of the standard.
import { Readable } from 'node:stream';

import fc from 'fast-check';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { Response } from 'undici';

import type { LocalFile, OpenFile } from '../../../../pipeline/http/fileToSend';
import { fileBody, multipartBody } from '../../../../pipeline/http/multipart';
import { openerOf } from '../../../../pipeline/media/files';
import type { FormPart } from '../../../../providers/contract';
import { ImageFailure } from '../../../../providers/failure';

/** Files in memory are never opened. */
const neverOpened: OpenFile = async () =>
	await Promise.reject(new Error('Nothing is to be opened.'));

function fileOf(name: string, content: Uint8Array, mimeType = 'image/png'): LocalFile {
	const buffer = Buffer.from(content);
	return { label: 'data', file: { name, mimeType, bytes: buffer.length, content: { buffer } } };
}

/** The form's entries as a server reads them, and its headers. */
async function sent(parts: FormPart[]) {
	const { headers, body } = await multipartBody(neverOpened, parts, () => undefined);
	if (!Buffer.isBuffer(body)) throw new Error('A form of files in memory must be a buffer.');
	const form = await new Response(body, { headers }).formData();
	return { headers, body, entries: [...form.entries()] };
}

async function sentFile(file: LocalFile) {
	const { entries } = await sent([{ name: 'file', file }]);
	const [[, received] = []] = entries;
	if (!received || typeof received === 'string') throw new Error('There must be a file.');
	return { name: received.name, type: received.type, content: await received.bytes() };
}

it('carries texts and files in their order', async () => {
	const { entries } = await sent([
		{ name: 'model', value: 'gpt-image-2' },
		{ name: 'image[]', file: fileOf('a.png', Buffer.from('first')) },
		{ name: 'image[]', file: fileOf('b.webp', Buffer.from('second'), 'image/webp') },
		{ name: 'prompt', value: '바다 위의 여우 🦊\r\n"second line"' },
	]);
	expect(entries.map(([name]) => name)).toEqual(['model', 'image[]', 'image[]', 'prompt']);
	expect(entries[0]?.[1]).toBe('gpt-image-2');
	expect(entries[1]?.[1]).toMatchObject({ name: 'a.png', type: 'image/png', size: 5 });
	expect(entries[2]?.[1]).toMatchObject({ name: 'b.webp', type: 'image/webp', size: 6 });
	expect(entries[3]?.[1]).toBe('바다 위의 여우 🦊\r\n"second line"');
});

it('carries a text as a file where it has a file name', async () => {
	const { entries } = await sent([{ name: 'file', value: '{"n":1}\n', fileName: 'batch.jsonl' }]);
	expect(entries[0]?.[1]).toMatchObject({ name: 'batch.jsonl', size: 8 });
});

it('tells its length ahead', async () => {
	const { headers, body } = await sent([
		{ name: 'prompt', value: '여우' },
		{ name: 'file', file: fileOf('a.png', Buffer.alloc(1000)) },
	]);
	expect(headers['Content-Length']).toBe(String(body.length));
});

it('has another boundary every time', async () => {
	const [one, other] = [await sent([]), await sent([])];
	expect(one.headers['Content-Type']).not.toBe(other.headers['Content-Type']);
});

it('carries an empty file', async () => {
	const { content } = await sentFile(fileOf('empty.png', Buffer.alloc(0)));
	expect(content).toHaveLength(0);
});

it('carries any bytes unchanged', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
			const { content } = await sentFile(fileOf('a.png', bytes));
			expect(Buffer.from(content).equals(Buffer.from(bytes))).toBe(true);
		}),
	);
});

it('streams files that lie in the binary store, in their place among the others', async () => {
	const stored = Buffer.from('stored '.repeat(100));
	const store = async () => Readable.from([stored.subarray(0, 9), stored.subarray(9)]);
	const inStore: LocalFile = {
		label: 'data',
		file: { name: 'b.png', mimeType: 'image/png', bytes: 700, content: { binaryId: 'id' } },
	};
	let noticed = 0;
	const parts = [
		{ name: 'prompt', value: '여우' },
		{ name: 'image[]', file: fileOf('a.png', Buffer.from('first')) },
		{ name: 'image[]', file: inStore },
	];
	const { headers, body } = await multipartBody(store, parts, () => noticed++);
	const chunks: Buffer[] = [];
	for await (const chunk of body as Readable) chunks.push(chunk as Buffer);
	const whole = Buffer.concat(chunks);
	expect(headers['Content-Length']).toBe(String(whole.length));
	expect(noticed).toBe(chunks.length);
	const form = await new Response(whole, { headers }).formData();
	expect(form.get('prompt')).toBe('여우');
	const files = form.getAll('image[]').filter((entry) => typeof entry !== 'string');
	expect(await Promise.all(files.map(async (file) => await file.text()))).toEqual([
		'first',
		stored.toString(),
	]);
});

describe('a file name', () => {
	test.each([
		['photo.png', 'photo.png'],
		['한글 사진.png', '한글 사진.png'],
		['кот 🐈.png', 'кот 🐈.png'],
		['my photo (1).png', 'my photo (1).png'],
		['100%.png', '100%.png'],
		// undici reads %22 as a quote again.
		['a"; name="other', 'a"; name="other'],
		['a\r\nX-Header: 1', 'aX-Header: 1'],
		['a\u0000\u007f\u2028b.png', 'ab.png'],
		['../../etc/passwd', '.._.._etc_passwd'],
		['a\\', 'a_'],
		['dir//\\a.png', 'dir_a.png'],
		['a\ud800.png', 'a\ufffd.png'],
		[' photo.png ', 'photo.png'],
		['', 'file'],
		[' \n', 'file'],
	])('%j is sent as %j', async (given, name) => {
		expect((await sentFile(fileOf(given, Buffer.alloc(1)))).name).toBe(name);
	});

	it('stands in the header in UTF-8, with its quotes as browsers write them', async () => {
		const { body } = await sent([
			{ name: 'file', file: fileOf('한 "1".png', Buffer.alloc(0)) },
			{ name: 'file', value: '{}', fileName: '글.jsonl' },
		]);
		expect(body.toString()).toContain('name="file"; filename="한 %221%22.png"\r\n');
		expect(body.toString()).toContain('name="file"; filename="글.jsonl"\r\n');
	});

	it('and a type of a file add no lines to its header', async () => {
		const file = fileOf('a\r\nX-Name: 1', Buffer.from('x'), 'image/png\r\nX-Type: 1');
		const { body } = await sent([{ name: 'file', file }]);
		expect(body.toString()).not.toMatch(/^X-/m);
		const alone = await fileBody(neverOpened, file, () => undefined);
		expect(alone.headers['Content-Type']).toBe('image/pngX-Type: 1');
	});

	it('is never cut within a character', async () => {
		const { name } = await sentFile(fileOf(`${'🐈'.repeat(300)}.png`, Buffer.alloc(1)));
		expect(name).toBe(`${'🐈'.repeat(96)}.png`);
	});

	it('keeps its ending when it is cut', async () => {
		const { name } = await sentFile(fileOf(`${'x'.repeat(500)}.png`, Buffer.alloc(1)));
		expect(name).toHaveLength(100);
		expect(name).toMatch(/\.png$/);
	});

	it('of any kind leaves the form whole', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary' }), async (given) => {
				const { name, type, content } = await sentFile(fileOf(given, Buffer.from('x')));
				expect([...name].length).toBeLessThanOrEqual(100);
				expect(name.isWellFormed()).toBe(true);
				expect(name).toMatch(/^[^\p{Cc}/\\]+$/u);
				expect([type, content.length]).toEqual(['image/png', 1]);
			}),
		);
	});
});

describe('a file that can not be read is told by its name, and that nothing was charged', () => {
	const ADVICE =
		'Run the workflow again from the step that makes this file. Nothing was sent that could be charged.';
	const inStore = (name: string): LocalFile => ({
		label: 'data',
		file: { name, mimeType: 'image/png', bytes: 1, content: { binaryId: name } },
	});
	const gone = async () => await Promise.reject(new Error('Binary data file not found.'));
	const broken = () =>
		Readable.from(
			(async function* () {
				yield Buffer.from('x');
				throw new Error('EIO: i/o error, read');
			})(),
		);

	async function failureOf(files: LocalFile[], store: OpenFile) {
		const parts = files.map((file) => ({ name: 'file', file }));
		const read = async () => {
			const { body } = await multipartBody(store, parts, () => {});
			if (!Buffer.isBuffer(body)) await (body as Readable).toArray();
		};
		const failure = await read().catch((error: unknown) => error);
		if (failure instanceof ImageFailure) return failure.details;
		throw new Error('An ImageFailure was expected.');
	}

	test.each<[string, LocalFile[], OpenFile, string]>([
		[
			'is not in n8n',
			[{ label: 'photo' }],
			neverOpened,
			'The file "photo" could not be read: It is not in n8n.',
		],
		[
			'lies in a store that is out of reach',
			[inStore('a.png')],
			openerOf({ helpers: {} } as ILoadOptionsFunctions),
			'The file "a.png" could not be read: n8n gives no access to its binary store here.',
		],
		[
			'is not in the store any more',
			[inStore('a.png')],
			gone,
			'The file "a.png" could not be read: Binary data file not found.',
		],
		[
			'is gone when its turn comes',
			[inStore('a.png'), inStore('b.png')],
			async (id) => (id === 'b.png' ? await gone() : Readable.from([Buffer.from('x')])),
			'The file "b.png" could not be read: Binary data file not found.',
		],
		[
			'breaks off',
			[inStore('a.png')],
			async () => broken(),
			'The file "a.png" could not be read: EIO: i/o error, read.',
		],
	])('because it %s', async (_rule, files, store, message) => {
		expect(await failureOf(files, store)).toEqual({ kind: 'badInput', message, advice: ADVICE });
	});
});

describe('a file that is the whole body', () => {
	const content = Buffer.from('picture');
	const headers = { 'Content-Type': 'image/webp', 'Content-Length': '7' };

	it('goes out as it is, under its own type', async () => {
		const file = fileOf('a.webp', content, 'image/webp');
		expect(await fileBody(neverOpened, file, () => undefined)).toEqual({ headers, body: content });
	});

	it('is streamed from where n8n keeps it', async () => {
		const file = { name: 'a.webp', mimeType: 'image/webp', bytes: 7, content: { binaryId: 'x' } };
		let noticed = 0;
		const open: OpenFile = async () => await Promise.resolve(Readable.from([content]));
		const sentBody = await fileBody(open, { label: 'data', file } as LocalFile, () => noticed++);
		const chunks: Buffer[] = [];
		for await (const chunk of sentBody.body as Readable) chunks.push(chunk as Buffer);
		expect(sentBody.headers).toEqual(headers);
		expect(Buffer.concat(chunks)).toEqual(content);
		expect(noticed).toBe(1);
	});

	it('that is not in n8n is refused', async () => {
		await expect(fileBody(neverOpened, { label: 'data' }, () => undefined)).rejects.toThrow(
			'The file "data" could not be read: It is not in n8n.',
		);
	});
});
