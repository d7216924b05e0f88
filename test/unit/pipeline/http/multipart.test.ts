// Multipart forms, from memory and streamed, read back by another implementation of the standard.
import { Readable } from 'node:stream';

import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { Response } from 'undici';

import type { LocalFile } from '../../../../pipeline/media/files';
import { multipartBody } from '../../../../pipeline/http/multipart';
import type { FormPart } from '../../../../providers/contract';

/** Files in memory need nothing of n8n. */
const context = { helpers: {} } as IExecuteFunctions;

function fileOf(name: string, content: Uint8Array, mimeType = 'image/png'): LocalFile {
	const buffer = Buffer.from(content);
	return { label: 'data', file: { name, mimeType, bytes: buffer.length, content: { buffer } } };
}

/** The form's entries as a server reads them, and its headers. */
async function sent(parts: FormPart[]) {
	const { headers, body } = await multipartBody(context, parts, () => undefined);
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
	const store = {
		helpers: {
			getBinaryStream: async () => Readable.from([stored.subarray(0, 9), stored.subarray(9)]),
		},
	} as unknown as IExecuteFunctions;
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
		['my photo (1).png', 'my_photo_1_.png'],
		['사진.png', '_.png'],
		['a"; name="other', 'a_name_other'],
		['a\r\nX-Header: 1', 'a_X-Header_1'],
		['', 'file'],
	])('"%s" is sent as "%s"', async (given, name) => {
		expect((await sentFile(fileOf(given, Buffer.alloc(1)))).name).toBe(name);
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
				expect(name).toMatch(/^[\w.-]{1,100}$/);
				expect([type, content.length]).toEqual(['image/png', 1]);
			}),
		);
	});
});

test.each<[string, LocalFile, string]>([
	['is not in n8n', { label: 'photo' }, 'The file "photo" is not in n8n.'],
	[
		'lies in a binary store that is out of reach',
		{ label: 'photo', file: { name: 'a', mimeType: 'b/c', bytes: 1, content: { binaryId: 'x' } } },
		'Files can be sent only where n8n gives access to its binary store.',
	],
])('refuses a file that %s', async (_rule, file, message) => {
	await expect(multipartBody(context, [{ name: 'file', file }], () => undefined)).rejects.toThrow(
		message,
	);
});
