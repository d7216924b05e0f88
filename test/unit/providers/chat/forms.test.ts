// The forms in which gateways write an image, in every place where one may stand, and odd entries beside good ones.
import { referenceOfBytes } from '../../../../providers/answers/pictureReference';
import {
	BASE_URL,
	chatWith,
	DATA_URI,
	FOX,
	imagePart,
	OWL,
	PIXEL,
	PIXEL_BYTES,
	readBody,
	readStream,
	saying,
	type Found,
} from './transcripts';

const STORED = referenceOfBytes(PIXEL_BYTES);
const stored = { stored: STORED };
const pixel = { bytes: PIXEL_BYTES };
const fox = { url: FOX };
const WRAPPED = PIXEL.match(/.{1,20}/g)!.join('\n');
const chunk = (delta: unknown) => ({ choices: [{ index: 0, delta, finish_reason: null }] });
const streamOf = (...bodies: unknown[]) =>
	[...bodies.map((body) => JSON.stringify(body)), '[DONE]']
		.map((line) => `data: ${line}\n\n`)
		.join('');

/** One entry, whose picture is written as the given text. */
const forms: Array<[string, (written: string) => unknown]> = [
	['image_url with a url', (url) => ({ type: 'image_url', image_url: { url } })],
	['image_url as text', (url) => ({ type: 'image_url', image_url: url })],
	[
		'a source',
		(data) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }),
	],
	['inlineData', (data) => ({ inlineData: { mimeType: 'image/png', data } })],
	['inline_data', (data) => ({ inline_data: { mime_type: 'image/png', data } })],
	['b64_json', (b64) => ({ b64_json: b64 })],
	['b64_json beside a link that is null', (b64) => ({ b64_json: b64, url: null })],
	['output_image with an address', (url) => ({ type: 'output_image', image_url: url })],
	['output_image with data', (data) => ({ type: 'output_image', data })],
	['output_image with a result', (result) => ({ type: 'output_image', result })],
	['an image', (image) => ({ type: 'image', image })],
	['a url', (url) => ({ url })],
];

describe.each(forms)('%s', (_form, entry) => {
	const places: Array<[string, (written: string) => Found]> = [
		['in images[]', (written) => readBody(chatWith({ images: [entry(written)] }))],
		['as the only one of images', (written) => readBody(chatWith({ images: entry(written) }))],
		['as a part', (written) => readBody(saying([{ type: 'text', text: 'Here.' }, entry(written)]))],
		['in data[]', (written) => readBody({ data: [entry(written)] })],
		['in images[] outside of a message', (written) => readBody({ images: [entry(written)] })],
		['in a list alone', (written) => readBody([entry(written)])],
		['alone', (written) => readBody(entry(written))],
		[
			'in a stream, as a part',
			(written) => readStream(streamOf(chunk({ content: [entry(written)] }))),
		],
		[
			'in a stream, in images[]',
			(written) => readStream(streamOf(chunk({ images: [entry(written)] }))),
		],
		['in a stream, in data[]', (written) => readStream(streamOf({ data: [entry(written)] }))],
	];
	const writings: Array<[string, string, Found['images']]> = [
		['a reference', STORED, [stored]],
		['base64', PIXEL, [pixel]],
		['base64 with line breaks', WRAPPED, [pixel]],
		['a data URI', DATA_URI, [pixel]],
		[
			'a data URI in capitals',
			` ${DATA_URI.replace('data:image/png;base64', 'DATA:IMAGE/PNG;BASE64')}`,
			[pixel],
		],
		['a doubled data URI', `data:image/png;base64,${DATA_URI}`, [pixel]],
		['base64://', `base64://${PIXEL}`, [pixel]],
	];
	describe.each(places)('%s', (_place, read) => {
		test.each(writings)('%s', (_writing, written, images) => {
			expect(read(written)).toMatchObject({ images, unread: 0 });
		});
	});
});

describe('the Images answer {"images":[…]}', () => {
	test.each<[string, unknown, Found['images']]>([
		['references', { images: [STORED] }, [stored]],
		['base64', { images: [PIXEL] }, [pixel]],
		['links', { images: [FOX, OWL] }, [fox, { url: OWL }]],
	])('%s', (_rule, body, images) => {
		expect(readBody(body)).toMatchObject({ images, unread: 0 });
	});
});

describe('a picture in a text', () => {
	const AVIF = `AAAAIGZ0eXBhdmlm${'A'.repeat(60)}`;
	test.each<[string, string, Found['images']]>([
		['a reference in Markdown', `![image](${STORED})`, [stored]],
		['a reference alone', STORED, [stored]],
		['a reference before words', `${STORED}입니다`, [stored]],
		['a reference right before a letter', `${STORED}Done`, [stored]],
		['a reference as JSON', `{"b64_json":"${STORED}"}`, [stored]],
		['a reference in Markdown that was cut', `![image](${STORED}`, [stored]],
		['bare base64', PIXEL, [pixel]],
		['bare base64 between words', `Here:\n${PIXEL}\nEnjoy!`, [pixel]],
		['as JSON', `{"b64_json":"${PIXEL}"}`, [pixel]],
		['as JSON in a code block', `\`\`\`json\n{"b64_json": "${PIXEL}"}\n\`\`\``, [pixel]],
		['bare base64 in Markdown', `![image](${PIXEL})`, [pixel]],
		['a bare AVIF', AVIF, [{ bytes: Buffer.from(AVIF, 'base64') }]],
		['with line breaks in Markdown', `![image](data:image/png;base64,${WRAPPED})`, [pixel]],
		['with a line break behind the head', `![image](data:image/png;base64,\n${WRAPPED})`, [pixel]],
		['with CRLF', `![image](data:image/png;base64,${WRAPPED.replaceAll('\n', '\r\n')})`, [pixel]],
		['with line breaks, alone', `data:image/png;base64,${WRAPPED}`, [pixel]],
		[
			'with line breaks before words',
			`data:image/png;base64,${WRAPPED}\n\nEnjoy the picture!`,
			[pixel],
		],
		['before a line of words', `${DATA_URI}\nEnjoy the picture!`, [pixel]],
		['with parameters', `data:image/png;charset=utf-8;base64,${PIXEL}`, [pixel]],
		['with a doubled head', `data:image/png;base64,${DATA_URI}`, [pixel]],
		['in capitals', `DATA:IMAGE/PNG;BASE64,${PIXEL}`, [pixel]],
		['right before a letter', `${DATA_URI}Done`, [pixel]],
		[
			'an SVG as text',
			'![a](data:image/svg+xml,%3Csvg%3E%3C/svg%3E)',
			[{ bytes: Buffer.from('<svg></svg>') }],
		],
		['words that only look like a reference', 'The file is stored:here_it_is', []],
		['base64 within a longer word', `x${PIXEL}`, []],
		[
			'a path within an address',
			'https://files.test/a/9j/4AAQSkZJRgABAQAAAQABAAD2wBDAAMCAgMCAgMDAwMEAwMEBQg',
			[],
		],
	])('%s', (_rule, text, images) => {
		expect(readBody(saying(text)).images).toEqual(images);
		const pieces = text.match(/[^]{1,7}/gu)!.map((content) => chunk({ content }));
		expect(readStream(streamOf(...pieces)).images).toEqual(images);
	});

	it('that is cut in any way into pieces', () => {
		const text = `Look: ![image](data:image/png;base64,${WRAPPED}) and ${PIXEL}.`;
		for (let size = 1; size < text.length; size += 3) {
			const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!;
			const stream = streamOf(...pieces.map((content) => chunk({ content })));
			expect(readStream(stream)).toMatchObject({ images: [pixel], unread: 0 });
		}
	});
});

describe('a path leads to the gateway', () => {
	const path = '/data/image/x.jpg';
	const image = { url: 'https://gateway.test/data/image/x.jpg' };
	test.each<[string, unknown]>([
		['in data[]', { data: [{ url: path, b64_json: null }] }],
		['in images[]', chatWith({ images: [imagePart(path)] })],
		['as a part', saying([imagePart(path)])],
		['in Markdown', saying(`![image](${path})`)],
		['alone', { url: path, b64_json: null }],
	])('%s', (_rule, body) => {
		expect(BASE_URL).toBe('https://gateway.test/api/v1');
		expect(readBody(body)).toMatchObject({ images: [image], unread: 0 });
	});
});

describe('odd entries take none of the good ones with them', () => {
	test.each<[string, unknown, number]>([
		['null in data[]', { data: [fox, null] }, 0],
		['a revised prompt that is a number', { data: [{ ...fox, revised_prompt: 5 }] }, 0],
		['an odd url beside an empty text', { data: [{ url: 7, b64_json: '' }, fox] }, 1],
		['an image without its place', { data: [{ type: 'image' }, fox] }, 1],
		['a word in images[]', { images: ['later', FOX] }, 1],
		[
			'a cut data URI in images[]',
			chatWith({ images: [imagePart('data:image/png;base64,'), imagePart(FOX)] }),
			1,
		],
		[
			'parts that are no images',
			saying([null, 7, [], { type: 'text' }, { type: 'tool', url: OWL }, imagePart(FOX)]),
			0,
		],
		[
			'a part of another medium',
			saying([{ inlineData: { mimeType: 'audio/mp3', data: PIXEL } }, imagePart(FOX)]),
			0,
		],
		[
			'choices that are nothing',
			{ choices: [null, 7, {}, { message: { images: [imagePart(FOX)] } }] },
			0,
		],
	])('%s', (_rule, body, unread) => {
		expect(readBody(body)).toMatchObject({ images: [fox], unread });
	});
});

describe('each picture once, and none of the request', () => {
	test.each<[string, unknown]>([
		['in Markdown', saying(`![a](${STORED}) ![b](${STORED})`)],
		['in data[]', { data: [{ b64_json: STORED }, { b64_json: STORED }] }],
		['in two choices', chatWith({ content: STORED }, { content: STORED })],
	])('the same one %s', (_rule, body) => {
		expect(readBody(body).images).toEqual([stored]);
	});

	test.each<[string, unknown]>([
		['in Markdown', saying(`![reference](${STORED}) ![image](${FOX})`)],
		['as a part', saying([imagePart(STORED), imagePart(FOX)])],
		['as another kind of part', saying([{ inlineData: { data: STORED } }, imagePart(FOX)])],
		['in images[]', chatWith({ images: [imagePart(STORED), imagePart(FOX)] })],
		['in data[]', { data: [{ b64_json: STORED }, fox] }],
		['written with line breaks', saying(`data:image/png;base64,${WRAPPED}\n\n![image](${FOX})`)],
	])('a stored picture that was sent as a data URI, %s', (_rule, body) => {
		expect(readBody(body, [DATA_URI]).images).toEqual([fox]);
	});
});
