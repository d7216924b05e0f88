// JSON with pictures inside, in chunks of any length: the pictures come out whole, and everything else stays as it was.
import fc from 'fast-check';

import { ByteSource } from '../../../../pipeline/answers/byteSource';
import {
	readStreamedJson,
	type ReadOptions,
	type TakeImage,
} from '../../../../pipeline/answers/streamedJson';

const FIELDS = new Set(['b64_json', 'result']);

async function* inChunks(text: string, lengths: number[]): AsyncGenerator<Buffer> {
	const bytes = Buffer.from(text);
	for (let position = 0, i = 0; position < bytes.length; i++) {
		const length = lengths[i % lengths.length] ?? 1;
		yield bytes.subarray(position, position + length);
		position += length;
	}
}

const collect = async (bytes: AsyncIterator<Buffer>) => {
	const chunks: Buffer[] = [];
	for (let next = await bytes.next(); !next.done; next = await bytes.next())
		chunks.push(next.value);
	return Buffer.concat(chunks);
};

/** The JSON that is left, and the pictures that were taken out of it, in order. */
async function read(text: string, lengths = [7], options: Partial<ReadOptions> = {}) {
	const pictures: Buffer[] = [];
	const left = await readStreamedJson(new ByteSource(inChunks(text, lengths)), {
		fields: FIELDS,
		takeImage: async ({ bytes }) => `stored:${pictures.push(await collect(bytes)) - 1}`,
		maxBytes: 64 * 1024 * 1024,
		maxPictures: 100,
		...options,
	});
	return { left: left.toString(), pictures };
}

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 250, 251, 252]);
const BASE64 = PICTURE.toString('base64');

it('takes every picture out and leaves a reference in its place', async () => {
	const answer = {
		created: 1,
		data: [{ b64_json: BASE64 }, { b64_json: BASE64 }],
		usage: { n: 2 },
	};
	const { left, pictures } = await read(JSON.stringify(answer));
	expect(JSON.parse(left)).toEqual({
		...answer,
		data: [{ b64_json: 'stored:0' }, { b64_json: 'stored:1' }],
	});
	expect(pictures).toEqual([PICTURE, PICTURE]);
});

test.each<[string, string]>([
	['with white space around the colon', `{"b64_json" :\n "${BASE64}"}`],
	['behind the head of a data URI', `{"b64_json":"data:image/png;base64,${BASE64}"}`],
	['with escaped slashes', `{"b64_json":"${BASE64.replaceAll('/', '\\/')}"}`],
	['with line breaks', `{"b64_json":"${BASE64.slice(0, 5)}\\n${BASE64.slice(5)}"}`],
	['without filling characters', `{"b64_json":"${BASE64.replaceAll('=', '')}"}`],
])('reads a picture %s', async (_rule, text) => {
	for (const length of [1, 2, 3, 5, 1000]) {
		const { left, pictures } = await read(text, [length]);
		expect(JSON.parse(left)).toEqual({ b64_json: 'stored:0' });
		expect(pictures).toEqual([PICTURE]);
	}
});

test.each<[string, unknown]>([
	['null where a picture could be', { result: null }],
	['an empty text where a picture could be', { result: '' }],
	['an object where a picture could be', { result: { text: 'hello' } }],
	['a list where a picture could be', { result: ['hello'] }],
	["a field's name as a value", { type: 'b64_json', text: 'result' }],
	["a field's name with quotes in a text", { text: '"b64_json":"AAAA"' }],
	['text with escapes, Korean and emoji', { prompt: 'a \\ "여우" 🦊\n', url: 'https://a.test/b' }],
	['a plain text', 'b64_json'],
])('leaves alone %s', async (_rule, value) => {
	for (const length of [1, 2, 3, 1000]) {
		const { left, pictures } = await read(JSON.stringify(value), [length]);
		expect(JSON.parse(left)).toEqual(value);
		expect(pictures).toEqual([]);
	}
});

it('gives back any JSON without pictures as it was, byte for byte', async () => {
	const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
	await fc.assert(
		fc.asyncProperty(fc.json(), lengths, async (text, chunks) => {
			expect((await read(text, chunks)).left).toBe(text);
		}),
	);
});

it('gives back any picture byte for byte, however the answer is cut into chunks', async () => {
	const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
	const bytes = fc.uint8Array({ minLength: 1, maxLength: 500 });
	await fc.assert(
		fc.asyncProperty(bytes, lengths, async (picture, chunks) => {
			const text = JSON.stringify({ b64_json: Buffer.from(picture).toString('base64') });
			const { pictures } = await read(text, chunks);
			expect(pictures.map((found) => found.toString('hex'))).toEqual([
				Buffer.from(picture).toString('hex'),
			]);
		}),
	);
});

it('leaves what is no JSON for the reader to judge', async () => {
	expect((await read('<html>502</html>')).left).toBe('<html>502</html>');
	expect((await read('')).left).toBe('');
});

it('reads on behind a picture that was only looked at', async () => {
	const text = JSON.stringify({ b64_json: BASE64.repeat(100), usage: 1 });
	const takeImage: TakeImage = async ({ bytes }) => {
		await bytes.next();
		return 'refused';
	};
	const { left } = await read(text, [10], { takeImage });
	expect(JSON.parse(left)).toEqual({ b64_json: 'refused', usage: 1 });
});

describe('pictures in texts', () => {
	const HEAD = 'data:image/png;base64,';
	const bytesOf = (length: number) =>
		Buffer.concat([
			Buffer.from('89504e470d0a1a0a', 'hex'),
			Buffer.from(Array.from({ length }, (_, i) => (i * i + (i >> 8)) & 0xff)),
		]);
	const FOX = bytesOf(200);
	/** It ends with a sign that fills it. */
	const WRITTEN = FOX.toString('base64');
	const BARE = WRITTEN.replace(/=+$/, '');
	const LENGTHS = [1, 7, 1000, 100_000];
	const broken = (base64: string, between: string) => base64.match(/.{1,76}/g)!.join(between);

	test.each<[string, string, string, Partial<ReadOptions>?]>([
		['between words', `{"t":"a ${HEAD}${WRITTEN} b"}`, '{"t":"a stored:0 b"}'],
		['behind nothing but blanks', `{"t":" \\n\\u0020${BARE} \\n"}`, '{"t":"stored:0"}'],
		['behind as many as 200', `{"t":"${' '.repeat(200)}${BARE}"}`, '{"t":"stored:0"}'],
		['behind more', `{"t":"${' '.repeat(201)}${BARE}"}`, `{"t":"${' '.repeat(201)}stored:0"}`],
		['behind another escape', `{"t":"\\f${BARE}"}`, '{"t":"\\fstored:0"}'],
		['right before a word', `{"t":"${HEAD}${WRITTEN}abc"}`, '{"t":"stored:0 abc"}'],
		['right before a sign', `{"t":"${HEAD}${WRITTEN}.abc"}`, '{"t":"stored:0.abc"}'],
		['bare behind a word', `{"t":"ab${BARE}"}`, `{"t":"ab${BARE}"}`],
		['bare behind a line break', `{"t":"ab\\n${BARE}"}`, '{"t":"ab\\nstored:0"}'],
		['bare behind a slash', `{"t":"ab\\/${BARE}"}`, `{"t":"ab\\/${BARE}"}`],
		['behind its head behind a word', `{"t":"ab${HEAD}${BARE}"}`, '{"t":"abstored:0"}'],
		['twice in one text', `{"t":"${WRITTEN} ${WRITTEN}"}`, '{"t":"stored:0 stored:1"}'],
		['no more than may be', `["${BARE}","${BARE}"]`, `["stored:0","${BARE}"]`, { maxPictures: 1 }],
		[
			'under a name, no more than may be',
			`[{"result":"${BARE}"},{"result":"QUJD"}]`,
			'[{"result":"stored:0"},{"result":"QUJD"}]',
			{ maxPictures: 1 },
		],
		[
			'under a name with blanks and heads',
			`{"result":" ${HEAD}\\n${HEAD}${BARE}"}`,
			'{"result":"stored:0"}',
		],
		[
			'under a name, with signs in it',
			`{"result":"${broken(BARE, ' !?')}"}`,
			'{"result":"stored:0"}',
		],
		[
			'under a name with a quote in it',
			`{"re\\"sult":"${BARE.slice(0, 40)}"}`,
			`{"re\\"sult":"${BARE.slice(0, 40)}"}`,
		],
		['under a name with nothing but blanks', '{"result":" \\n "}', '{"result":""}'],
		[
			'behind a line that was cut',
			`{"t":"a\n{"result":"${BARE}"}`,
			'{"t":"a\n{"result":"stored:0"}',
			{ isInLines: true },
		],
		[
			'cut with its line',
			`{"result":"${BARE}\n{"t":1}`,
			'{"result":"stored:0\n{"t":1}',
			{ isInLines: true },
		],
	])('%s', async (_where, text, expected, options = {}) => {
		for (const length of LENGTHS) {
			const { left, pictures } = await read(text, [length], options);
			expect(left).toBe(expected);
			for (const picture of pictures) expect(picture).toEqual(FOX);
		}
	});

	test.each<[string, (base64: string) => string]>([
		['plain', (base64) => base64],
		['without filling', (base64) => base64.replace(/=+$/, '')],
		['with line breaks', (base64) => broken(base64, '\\n')],
		['with returns too', (base64) => broken(base64, '\\r\\n')],
		['with slashes as JSON writes them', (base64) => base64.replaceAll('/', '\\/')],
		[
			'with one such slash far behind',
			(base64) => `${base64.slice(0, 90_000)}\\n${base64.slice(90_000)}`,
		],
	])('a large one comes out whole: %s', async (_how, write) => {
		const large = bytesOf(200_000);
		const written = write(large.toString('base64'));
		for (const length of [997, 65_536, 1_000_000]) {
			const text = `{"result":"${written}","t":"a ${HEAD}${written}"}`;
			const { left, pictures } = await read(text, [length]);
			expect(left).toBe('{"result":"stored:0","t":"a stored:1"}');
			expect(pictures.map((picture) => picture.equals(large))).toEqual([true, true]);
		}
	});

	test('a picture may stay as it is written where pictures come in pieces, unless a name tells it', async () => {
		const seen: unknown[] = [];
		const takeImage: TakeImage = async ({ bytes, isNamed, canStay, mayGoOn }) => {
			await collect(bytes);
			seen.push([isNamed, canStay, mayGoOn()]);
			return isNamed ? '' : undefined;
		};
		const text = `["${HEAD}${BARE}","a ${HEAD}${WRITTEN}","${BARE} b",{"result":"${BARE}"}]`;
		const { left } = await read(text, [50], { takeImage, isInPieces: true });
		expect(left).toBe(text.replace(/"result":"[^"]*"/, '"result":""'));
		expect(seen).toEqual([
			[false, true, true],
			[false, true, false],
			[false, true, false],
			[true, false, true],
		]);
	});
});
