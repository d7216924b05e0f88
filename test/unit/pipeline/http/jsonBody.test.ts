// JSON bodies are what JSON.stringify writes, with all digits of long numbers, and with files as data URIs in their places.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import fc from 'fast-check';

import type { LocalFile, OpenFile } from '../../../../pipeline/http/fileToSend';
import { hasFiles, jsonBody, jsonBodyWithFiles } from '../../../../pipeline/http/jsonBody';
import { ImageFailure } from '../../../../providers/failure';
import { LocalInlineFile } from '../../../../pipeline/http/fileToSend';

it('leaves JSON to n8n, where it can', () => {
	const json = { a: 1, b: ['x', null], c: '17454220438242315174' };
	expect(jsonBody(json)).toEqual({ headers: {}, body: json });
});

it('writes long numbers as numbers, and nothing else differently', () => {
	const { headers, body } = jsonBody({
		seed: 17454220438242315174n,
		more: [-9007199254740993n, '12', 12, undefined],
		left: undefined,
		text: '"17454220438242315174"',
	});
	expect(headers).toEqual({ 'Content-Type': 'application/json' });
	expect(String(body)).toBe(
		'{"seed":17454220438242315174,"more":[-9007199254740993,"12",12,null],"text":"\\"17454220438242315174\\""}',
	);
});

/** n8n's store: each file under the bytes that it has, read in pieces of so many. */
const storeOf =
	(pieceBytes: number): OpenFile =>
	async (id) => {
		const bytes = Buffer.from(id, 'hex');
		const count = Math.ceil(bytes.length / pieceBytes);
		return await Promise.resolve(
			Readable.from(
				Array.from({ length: count }, (_none, index) =>
					bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
				),
			),
		);
	};

function fileOf(bytes: Buffer, isStored: boolean, mimeType = 'image/png'): LocalInlineFile {
	const content = isStored ? { binaryId: bytes.toString('hex') } : { buffer: bytes };
	const file: LocalFile = {
		label: 'data',
		file: { name: 'a.png', mimeType, bytes: bytes.length, content },
	};
	return new LocalInlineFile(file, 'digest');
}

const uriOf = (bytes: Buffer, mimeType = 'image/png') =>
	`data:${mimeType};base64,${bytes.toString('base64')}`;

async function sent(json: Record<string, unknown>, store = storeOf(4), onBytes = () => {}) {
	const { headers, body } = await jsonBodyWithFiles(store, json, onBytes);
	const bytes = Buffer.isBuffer(body) ? body : await buffer(body as Readable);
	expect(headers).toEqual({
		'Content-Type': 'application/json',
		'Content-Length': String(bytes.length),
	});
	return { text: bytes.toString(), isStream: !Buffer.isBuffer(body) };
}

const BYTES = Buffer.from('0123456789abcdef'.repeat(4), 'hex');

describe.each([
	['memory', false],
	["n8n's store", true],
])('files from %s', (_place, isStored) => {
	const files = Array.from({ length: 9 }, (_none, length) => BYTES.subarray(0, length + 4));
	const [one, other] = files.map((bytes) => ({ file: fileOf(bytes, isStored), uri: uriOf(bytes) }));

	test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['alone', { a: one!.file }, { a: one!.uri }],
		['the same twice', { a: one!.file, b: one!.file }, { a: one!.uri, b: one!.uri }],
		['side by side', { a: [one!.file, other!.file] }, { a: [one!.uri, other!.uri] }],
		[
			'of every length',
			{ a: files.map((bytes) => fileOf(bytes, isStored)) },
			{ a: files.map((bytes) => uriOf(bytes)) },
		],
		[
			'among everything else',
			{
				x: 1.5,
				n: null,
				u: undefined,
				t: true,
				d: new Date(0),
				f: NaN,
				deep: { a: [one!.file, []] },
			},
			{
				x: 1.5,
				n: null,
				u: undefined,
				t: true,
				d: new Date(0),
				f: NaN,
				deep: { a: [one!.uri, []] },
			},
		],
		[
			'beside texts of all kinds',
			{ '"': '\\"\n\u2028', a: one!.file, lone: '\ud800', uri: one!.uri, 한: '🦊' },
			{ '"': '\\"\n\u2028', a: one!.uri, lone: '\ud800', uri: one!.uri, 한: '🦊' },
		],
		[
			'of a type that is none',
			{ a: fileOf(BYTES, isStored, 'x","y":"\\') },
			{ a: uriOf(BYTES, 'x","y":"\\') },
		],
		['without a byte', { a: fileOf(Buffer.alloc(0), isStored) }, { a: uriOf(Buffer.alloc(0)) }],
	])('%s', async (_rule, json, same) => {
		expect(hasFiles(json)).toBe(true);
		expect(await sent(json)).toEqual({ text: JSON.stringify(same), isStream: isStored });
	});

	it('beside long numbers', async () => {
		const { text } = await sent({ seed: 17454220438242315174n, a: one!.file, b: [-1n] });
		expect(text).toBe(`{"seed":17454220438242315174,"a":"${one!.uri}","b":[-1]}`);
	});

	it('longer than what is written at once', async () => {
		const bytes = Buffer.alloc(200_001, 'picture');
		for (const pieceBytes of [65_536, 300_000]) {
			const { text } = await sent({ a: fileOf(bytes, isStored), b: 1 }, storeOf(pieceBytes));
			expect(text).toBe(JSON.stringify({ a: uriOf(bytes), b: 1 }));
		}
	});

	it('among any JSON', async () => {
		const text = fc.string({ unit: 'binary' });
		const likeMark = fc
			.tuple(fc.constantFrom('', '"', '\\"'), fc.uuid())
			.map((parts) => parts.join(''));
		const loneSurrogate = fc.constantFrom('\ud83e', '\udd8a', '"\udd8a\ud83e');
		const leaf = fc.oneof(
			fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
			fc.constantFrom(null, undefined, true, -0, 1e21),
			fc.double(),
			text,
			likeMark,
			loneSurrogate,
		);
		const { value } = fc.letrec((tie) => ({
			value: fc.oneof(
				{ depthSize: 'small' },
				leaf,
				fc.array(tie('value'), { maxLength: 4 }),
				fc.dictionary(fc.oneof(text, likeMark), tie('value'), { maxKeys: 4 }),
			),
		}));
		await fc.assert(
			fc.asyncProperty(fc.array(value), fc.integer({ min: 1, max: 9 }), async (any, pieceBytes) => {
				const first = Buffer.from('first');
				const withFiles = mapped(any, (bytes) => fileOf(bytes, isStored));
				const asTexts = mapped(any, (bytes) => uriOf(bytes));
				const json = { a: fileOf(first, isStored), any: withFiles };
				expect((await sent(json, storeOf(pieceBytes))).text).toBe(
					JSON.stringify({ a: uriOf(first), any: asTexts }),
				);
			}),
		);
	});
});

/** A copy with something else in the place of each file. */
function mapped(value: unknown, replace: (bytes: Buffer) => unknown): unknown {
	if (Buffer.isBuffer(value)) return replace(value);
	if (Array.isArray(value)) return value.map((each) => mapped(each, replace));
	if (typeof value !== 'object' || value === null) return value;
	// As a field, unlike when it is set, it can have any name.
	return Object.fromEntries(
		Object.entries(value).map(([name, each]) => [name, mapped(each, replace)]),
	);
}

it('has no files where none are', () => {
	expect(hasFiles({ a: [{ b: 'data:image/png;base64,AAAA', c: 1n, d: null }] })).toBe(false);
});

it('tells of each piece that is taken', async () => {
	let noticed = 0;
	await sent({ a: fileOf(BYTES, true) }, storeOf(8), () => noticed++);
	expect(noticed).toBeGreaterThanOrEqual(BYTES.length / 8);
});

it('reads nothing before it is wanted', async () => {
	const opened: string[] = [];
	const store: OpenFile = async (id) => {
		opened.push(id);
		return await storeOf(4)(id);
	};
	const names = ['01', '02', '03'];
	const files = names.map((name) => fileOf(Buffer.from(name, 'hex'), true));
	const { body } = await jsonBodyWithFiles(store, { files }, () => {});
	// Of the first one the stream's class is borrowed.
	expect(opened).toEqual(['01']);
	await buffer(body as Readable);
	expect(opened).toEqual(['01', ...names]);
});

it('closes the file that it was reading when nobody wants the rest', async () => {
	const opened: Readable[] = [];
	const store: OpenFile = async () => {
		const endless = async function* () {
			for (;;) yield await Promise.resolve(Buffer.alloc(65_536));
		};
		opened.push(Readable.from(endless()));
		return await Promise.resolve(opened.at(-1)!);
	};
	const { body } = await jsonBodyWithFiles(store, { a: fileOf(BYTES, true) }, () => {});
	const chunks = (body as Readable)[Symbol.asyncIterator]();
	while (opened.length < 2) await chunks.next();
	await chunks.return!();
	await new Promise(setImmediate);
	expect(opened.map(({ destroyed }) => destroyed)).toEqual([true, true]);
});

test.each<[string, LocalInlineFile[], OpenFile, string]>([
	[
		'is not in n8n',
		[new LocalInlineFile({ label: 'photo' }, 'digest')],
		storeOf(4),
		'The file "photo" could not be read: It is not in n8n.',
	],
	[
		'is gone when its turn comes',
		[fileOf(Buffer.of(1), true), fileOf(Buffer.of(2), true)],
		async (id) => (id === '01' ? await storeOf(4)(id) : await Promise.reject(new Error('Gone.'))),
		'The file "a.png" could not be read: Gone.',
	],
	[
		'breaks off',
		[fileOf(Buffer.of(1), true)],
		async () =>
			await Promise.resolve(
				Readable.from(
					(async function* () {
						yield Buffer.from('x');
						throw new Error('EIO: i/o error, read');
					})(),
				),
			),
		'The file "a.png" could not be read: EIO: i/o error, read.',
	],
])('a file that %s', async (_rule, files, store, message) => {
	const failure = await sent({ files }, store).catch((error: unknown) => error);
	expect(failure).toBeInstanceOf(ImageFailure);
	expect((failure as ImageFailure).details).toMatchObject({ kind: 'badInput', message });
});
