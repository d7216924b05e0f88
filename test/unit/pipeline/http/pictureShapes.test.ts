// Every shape in which gateways write pictures into JSON: all come out, byte for byte, and nothing else does.
import fc from 'fast-check';

import { ByteSource } from '../../../../pipeline/answers/byteSource';
import { readStreamedJson, type ReadOptions } from '../../../../pipeline/answers/streamedJson';

const noise = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 7919) % 251));
const startingWith = (...head: Array<number | string>) =>
	Buffer.concat([
		...head.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))),
		noise(400),
	]);

const PICTURES: Record<string, Buffer> = {
	PNG: startingWith(0x89, 'PNG\r\n', 0x1a, '\n'),
	JPEG: startingWith(0xff, 0xd8, 0xff, 0xe0),
	WebP: startingWith('RIFF', 0, 1, 0, 0, 'WEBPVP8 '),
	GIF: startingWith('GIF89a'),
	AVIF: startingWith(0, 0, 0, 0x1c, 'ftypavif'),
	HEIC: startingWith(0, 0, 0, 0x18, 'ftypheic'),
};
const PNG = PICTURES.PNG!;
const BASE64 = PNG.toString('base64');
const URI = `data:image/png;base64,${BASE64}`;

async function* inChunks(text: string, lengths: number[]): AsyncGenerator<Buffer> {
	const bytes = Buffer.from(text);
	for (let at = 0, i = 0; at < bytes.length; i++) {
		const length = lengths[i % lengths.length]!;
		yield bytes.subarray(at, at + length);
		at += length;
	}
}

async function read(text: string, lengths = [1000], options: Partial<ReadOptions> = {}) {
	const pictures: string[] = [];
	const left = await readStreamedJson(new ByteSource(inChunks(text, lengths)), {
		fields: new Set(['b64_json']),
		takeImage: async ({ bytes }) => {
			const chunks: Buffer[] = [];
			for (let next = await bytes.next(); !next.done; next = await bytes.next())
				chunks.push(next.value);
			return `stored:${pictures.push(Buffer.concat(chunks).toString('hex')) - 1}`;
		},
		maxBytes: 1024 * 1024,
		maxPictures: 100,
		...options,
	});
	return { left: left.toString(), pictures };
}

/** A JSON's text, in which only the picture is missing, gives that picture and these rests, however it is cut. */
async function expectPictures(text: string, left: unknown, pictures: Buffer[]) {
	for (const length of [1, 2, 3, 7, 64, 100_000]) {
		const found = await read(text, [length]);
		expect(found.pictures).toEqual(pictures.map((picture) => picture.toString('hex')));
		expect(JSON.parse(found.left)).toEqual(left);
	}
}

const wrapped = (lineBreak: string, width = 76) =>
	BASE64.match(new RegExp(`.{1,${width}}`, 'g'))!.join(lineBreak);
const urlSafe = PNG.toString('base64url');

test.each<[string, unknown, unknown]>([
	['an address', { url: URI }, { url: 'stored:0' }],
	['an address behind white space', { url: ` \n\t${URI}` }, { url: 'stored:0' }],
	['an address with white space behind it', { url: `${URI} \n` }, { url: 'stored:0' }],
	['an address in capitals', { url: `DATA:IMAGE/PNG;BASE64,${BASE64}` }, { url: 'stored:0' }],
	['an address with two heads', { url: `data:image/png;base64,${URI}` }, { url: 'stored:0' }],
	['an address with a parameter', { url: URI.replace(';', ';name=a.png;') }, { url: 'stored:0' }],
	[
		'an address that leaves its type open',
		{ url: URI.replace('image/png', 'application/octet-stream') },
		{ url: 'stored:0' },
	],
	[
		'an address of another type',
		{ url: URI.replace('image/png;base64', 'text/plain') },
		{ url: 'stored:0' },
	],
	['base64://', { text: `Here: base64://${BASE64} ok` }, { text: 'Here: stored:0 ok' }],
	['Markdown', `![image](${URI})\n\nDone.`, '![image](stored:0)\n\nDone.'],
	['Markdown in Chinese', `图片：![图](${URI})。`, '图片：![图](stored:0)。'],
	['a text right behind', `图${URI}图`, '图stored:0图'],
	[
		'a source',
		{ source: { type: 'base64', data: BASE64 } },
		{ source: { type: 'base64', data: 'stored:0' } },
	],
	['inline data', { inlineData: { data: BASE64 } }, { inlineData: { data: 'stored:0' } }],
	['a list', { images: [BASE64] }, { images: ['stored:0'] }],
	['bare base64', { content: BASE64 }, { content: 'stored:0' }],
	[
		'bare base64 behind words',
		{ content: `Here is it: ${BASE64}` },
		{ content: 'Here is it: stored:0' },
	],
	['base64 for addresses', { content: urlSafe }, { content: 'stored:0' }],
	[
		'base64 for addresses behind a head',
		{ url: `data:image/png;base64,${urlSafe}` },
		{ url: 'stored:0' },
	],
	[
		'JSON as text',
		{ content: JSON.stringify({ b64_json: BASE64 }) },
		{ content: '{"b64_json":"stored:0"}' },
	],
	[
		'JSON as text within text',
		{ content: JSON.stringify({ text: JSON.stringify({ b64_json: wrapped('\n') }) }) },
		{ content: JSON.stringify({ text: '{"b64_json":"stored:0"}' }) },
	],
	[
		'JSON in a fence',
		`\`\`\`json\n${JSON.stringify({ image: URI })}\n\`\`\``,
		'```json\n{"image":"stored:0"}\n```',
	],
	['line breaks', `![image](data:image/png;base64,${wrapped('\n')})`, '![image](stored:0)'],
	[
		'line breaks of two signs',
		`![image](data:image/png;base64,${wrapped('\r\n')})`,
		'![image](stored:0)',
	],
	[
		'indented lines',
		`![image](data:image/png;base64,\n  ${wrapped('\n  ')}\n)`,
		'![image](stored:0\n)',
	],
	['short lines', { data: wrapped('\n', 7) }, { data: 'stored:0' }],
	['a line break and words', `${URI}\nHere it is`, 'stored:0\nHere it is'],
	['a line break and an address', `${URI}\nhttps://a.test/`, 'stored:0\nhttps://a.test/'],
	['an empty line and a word', `${URI}\n\nDone`, 'stored:0\n\nDone'],
	['a word right behind it', `${URI.replace(/=*$/, '==')}Done`, 'stored:0 Done'],
	['the name of a field', { b64_json: BASE64 }, { b64_json: 'stored:0' }],
	['a field with white space', { b64_json: ` ${URI}\n` }, { b64_json: 'stored:0' }],
	[
		'a field in capitals',
		{ b64_json: `DATA:IMAGE/PNG;BASE64,${BASE64}` },
		{ b64_json: 'stored:0' },
	],
	[
		'a field with two heads',
		{ b64_json: `data:image/png;base64, ${URI}` },
		{ b64_json: 'stored:0' },
	],
	['a field with lines', { b64_json: wrapped('\r\n', 5) }, { b64_json: 'stored:0' }],
	['a field for addresses', { b64_json: urlSafe }, { b64_json: 'stored:0' }],
])('comes out of %s', async (_shape, answer, left) => {
	await expectPictures(JSON.stringify(answer), left, [PNG]);
});

test.each(Object.keys(PICTURES))('%s comes out without a head', async (type) => {
	const picture = PICTURES[type]!;
	const data = picture.toString('base64');
	await expectPictures(JSON.stringify({ data }), { data: 'stored:0' }, [picture]);
});

test.each<[string, (text: string) => string]>([
	['slashes', (text) => text.replaceAll('/', '\\/')],
	['plus signs and fillings', (text) => text.replaceAll('+', '\\u002b').replaceAll('=', '\\u003D')],
	['slashes as numbers', (text) => text.replaceAll('/', '\\u002f')],
])('comes out with escaped %s', async (_what, escape) => {
	for (const picture of Object.values(PICTURES)) {
		const base64 = picture.toString('base64');
		for (const written of [base64, `data:image/png;base64,${base64}`]) {
			await expectPictures(`{"a":"${escape(written)}"}`, { a: 'stored:0' }, [picture]);
			await expectPictures(`{"b64_json":"${escape(written)}"}`, { b64_json: 'stored:0' }, [
				picture,
			]);
		}
	}
});

test('comes out behind escapes of any kind', async () => {
	for (const before of ['\\u4e2d', '\\u0022', '\\n', '\\t', '\\"', '\\\\', '\\b', '\\u003c']) {
		for (const written of [BASE64, URI]) {
			const { left, pictures } = await read(`{"a":"${before}${written}${before}b"}`, [3]);
			expect(pictures).toEqual([PNG.toString('hex')]);
			expect(JSON.parse(left)).toHaveProperty('a');
		}
	}
});

test('several come out of one text, also on lines of their own', async () => {
	const jpeg = PICTURES.JPEG!;
	const text = `![a](${URI}) ![b](data:image/jpeg;base64,${jpeg.toString('base64')})`;
	await expectPictures(JSON.stringify(text), '![a](stored:0) ![b](stored:1)', [PNG, jpeg]);
	const lines = `${PNG.toString('base64').replace(/=/g, '')}\n${jpeg.toString('base64')}`;
	await expectPictures(JSON.stringify(lines), 'stored:0\nstored:1', [PNG, jpeg]);
});

test.each<[string, string]>([
	['a short data URI', 'Use data:image/png;base64,iVBORw0KGgo= for this.'],
	['a data URI that is no base64', 'data:image/svg+xml;utf8,<svg></svg>'],
	['a head without a comma', `data:image/png;base64 ${'A'.repeat(500)}`],
	['a head that is too long', `data:image/png;${'a'.repeat(300)};base64,AAAA`],
	['base64 of something else', Buffer.from('hello '.repeat(100)).toString('base64')],
	['few characters of a picture', BASE64.slice(0, 150)],
	['a picture in the midst of other characters', `AAAA${BASE64}`],
	['an address', `https://a.test/iVBORw0KGgo/${'a'.repeat(300)}.png`],
	['a film', Buffer.concat([Buffer.from('\0\0\0\x1cftypisom'), noise(400)]).toString('base64')],
	['a sound', Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVE'), noise(400)]).toString('base64')],
	['data: and base64: as words', 'data: base64: Data:, base64:/'],
])('leaves alone %s', async (_what, text) => {
	for (const length of [1, 3, 100_000]) {
		const json = JSON.stringify({ text });
		expect(await read(json, [length])).toEqual({ left: json, pictures: [] });
	}
});

test('the same comes out however the bytes are cut', async () => {
	const escapes = fc.constantFrom('/', '\\/', '\\u002f', '\\\\/');
	const lineBreaks = fc.constantFrom('', '\\n', '\\r\\n', '\\n  ');
	const befores = fc.constantFrom('', ' ', '\\n', '여우 ', '![a](', '\\"', '\\u4e2d');
	const heads = fc.constantFrom(
		'',
		'data:image/png;base64,',
		'base64:\\/\\/',
		'DATA:image\\/png;base64,',
	);
	const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
	await fc.assert(
		fc.asyncProperty(
			...[befores, heads, escapes, lineBreaks],
			fc.uint8Array({ minLength: 400, maxLength: 900 }),
			lengths,
			async (before, head, slash, lineBreak, rest, chunks) => {
				const picture = Buffer.concat([PNG.subarray(0, 8), rest]);
				const lines = picture.toString('base64').match(/.{1,76}/g)!;
				const written = lines.join(lineBreak).replaceAll('/', slash);
				const text = `{"a":"${before}${head}${written}) ok","b":1}`;
				const found = await read(text, chunks);
				expect(found.pictures).toEqual([picture.toString('hex')]);
				const kept = /^\s*$|^\\n$/.test(before) ? '' : before;
				expect(found.left).toBe(`{"a":"${kept}stored:0) ok","b":1}`);
				expect(await read(text)).toEqual(found);
			},
		),
	);
});

test('any text stays as it is, byte for byte', async () => {
	const piece = fc.constantFrom(
		...['data:', 'image/png;base64,', 'base64://', '\\', '"', '{', '[', ':', 'b64_json', ' ', '\n'],
		...['\\n', '\\u00', '/9j/', 'iVBOR', 'AAAA', '=', '한', '\ufeff', 'a'],
	);
	const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
	await fc.assert(
		fc.asyncProperty(fc.array(piece, { maxLength: 60 }), lengths, async (pieces, chunks) => {
			const text = pieces.join('');
			const { left, pictures } = await read(text, chunks, { fields: new Set() });
			if (pictures.length === 0) expect(left).toBe(text);
			expect(await read(text, [100_000], { fields: new Set() })).toEqual({ left, pictures });
		}),
	);
});

test('so many come out and no more', async () => {
	const text = JSON.stringify({ b64_json: BASE64, texts: [URI, URI, BASE64], end: 1 });
	const { left, pictures } = await read(text, [100], { maxPictures: 2 });
	expect(pictures).toHaveLength(2);
	const texts = ['stored:1', URI, BASE64];
	expect(JSON.parse(left)).toEqual({ b64_json: 'stored:0', texts, end: 1 });
	expect((await read(text, [100], { maxPictures: 0 })).left).toBe(text);
});

test('a line that was cut takes none of the next with it', async () => {
	const cut = `{"b64_json":"${BASE64.slice(0, 300)}`;
	const whole = JSON.stringify({ a: URI, b64_json: BASE64 });
	const { left, pictures } = await read(`${cut}\n${whole}\n`, [10], { isInLines: true });
	expect(left).toBe('{"b64_json":"stored:0\n{"a":"stored:1","b64_json":"stored:2"}\n');
	expect(pictures.slice(1)).toEqual([PNG.toString('hex'), PNG.toString('hex')]);
});
