// Event streams that came although none was asked for: told from other text, and read as the answer they spell out.
import fc from 'fast-check';

import { readEventStream } from '../../../../providers/chat/chatEventStream';
import { newPictures, type Reading } from '../../../../providers/chat/pictures';
import { isEventStream } from '../../../../providers/answers/eventStream';
import { BASE_URL, DATA_URI, FOX, imagePart, OWL, PIXEL_BYTES, readStream } from './transcripts';

const HEAD = { id: 'chatcmpl-1', object: 'chat.completion.chunk', model: 'gpt-4o-image' };
const USAGE = { prompt_tokens: 12, completion_tokens: 1056 };

const chunk = (delta: unknown, index: unknown = 0) => ({
	...HEAD,
	choices: [{ index, delta, finish_reason: null }],
});
const streamOf = (bodies: unknown[], end = '\n\n') =>
	[...bodies.map((body) => JSON.stringify(body)), '[DONE]']
		.map((line) => `data: ${line}${end}`)
		.join('');
const imagesIn = (stream: string) => readStream(stream).images;
const answerOf = (stream: string) => {
	const reading: Reading = { pictures: newPictures(), baseUrl: BASE_URL };
	return readEventStream(stream, reading);
};

test.each<[boolean, string]>([
	[true, 'data: {"choices":[]}\n\n'],
	[true, '\n\ndata: [DONE]'],
	[true, '\ufeffdata: {}'],
	[true, ': processing\n\ndata: {}'],
	[true, 'event: message\ndata: {}'],
	[true, 'id: 1\ndata: {}'],
	[true, 'retry: 100\ndata: {}'],
	[false, '{"choices":[]}'],
	[false, '<html>data: {}</html>'],
	[false, 'database is locked'],
	[false, 'See data: below'],
	[false, ''],
])('%s: it is an event stream, when it begins %j', (expected, text) => {
	expect(isEventStream(text)).toBe(expected);
});

describe('the answer that is spelled out', () => {
	const spelled = [
		chunk({ role: 'assistant', content: '' }),
		chunk({ content: '![ima' }),
		chunk({ content: `ge](${FOX})` }),
	];

	test.each<[string, string]>([
		['as it should be', streamOf(spelled)],
		['with CRLF', streamOf(spelled, '\r\n\r\n')],
		['with CR', streamOf(spelled, '\r\r')],
		['without empty lines', streamOf(spelled, '\n')],
		['without the end', streamOf(spelled).replace('data: [DONE]\n\n', '')],
		['without spaces behind the colon', streamOf(spelled).replaceAll('data: ', 'data:')],
		['with a mark of its byte order', `\ufeff${streamOf(spelled)}`],
		['with comments', `: processing\n\n${streamOf(spelled)}: bye\n`],
		['with other fields', streamOf(spelled).replaceAll('data: ', 'event: message\nid: 1\ndata: ')],
		[
			'with lines that are nothing',
			`data:\n\ndata: {"cut\n\ndata: 7\n\nhello\n\n${streamOf(spelled)}data: {"choi`,
		],
		[
			'with usage in a chunk of its own',
			streamOf([...spelled, { ...HEAD, choices: [], usage: USAGE }]),
		],
	])('%s', (_rule, stream) => {
		expect(imagesIn(stream)).toEqual([{ url: FOX }]);
	});

	it('keeps the model and the usage', () => {
		const first = { ...chunk({ content: FOX }), usage: null };
		const last = { ...HEAD, choices: [], usage: null };
		const stream = streamOf([first, { ...HEAD, choices: [], usage: USAGE }, last]);
		expect(answerOf(stream)).toMatchObject({ model: 'gpt-4o-image', usage: USAGE });
	});

	test.each<[string, unknown[], unknown[]]>([
		[
			'pictures beside the text',
			[chunk({ content: 'Here.' }), chunk({ images: [imagePart(DATA_URI)] })],
			[{ bytes: PIXEL_BYTES }],
		],
		[
			'content as parts',
			[
				chunk({ role: 'assistant', content: '' }),
				chunk({ content: [{ type: 'text', text: 'Here.' }, imagePart(FOX)] }),
			],
			[{ url: FOX }],
		],
		[
			'text and parts',
			[
				chunk({ content: 'Here ' }),
				chunk({ content: 'it is' }),
				chunk({ content: [imagePart(FOX)] }),
			],
			[{ url: FOX }],
		],
		[
			'parts in several chunks',
			[chunk({ content: [imagePart(FOX)] }), chunk({ content: [imagePart(OWL)] })],
			[{ url: FOX }, { url: OWL }],
		],
		[
			'the whole message at once',
			[{ ...HEAD, choices: [{ index: 0, message: { content: `![1](${FOX})` } }] }],
			[{ url: FOX }],
		],
		['the Images shape', [{ created: 1, data: [{ url: FOX }] }], [{ url: FOX }]],
		[
			'several choices, mixed',
			[
				chunk({ content: 'https://files.test/' }, 0),
				chunk({ content: 'https://files.test/b' }, 1),
				chunk({ content: 'a.png' }, 0),
				chunk({ content: '.png' }, 1),
			],
			[{ url: 'https://files.test/a.png' }, { url: 'https://files.test/b.png' }],
		],
		[
			'choices that come in another order',
			[chunk({ content: OWL }, 1), chunk({ content: FOX }, 0)],
			[{ url: FOX }, { url: OWL }],
		],
		[
			'a choice without an index',
			[{ ...HEAD, choices: [{ delta: { content: FOX } }] }],
			[{ url: FOX }],
		],
		[
			'a choice beside one that is nothing',
			[
				{
					...HEAD,
					choices: [null, { index: 1, delta: 'x' }, { index: 2, delta: { content: FOX } }],
				},
			],
			[{ url: FOX }],
		],
		[
			'an odd field beside the content',
			[chunk({ content: FOX, images: 'none', role: 7 })],
			[{ url: FOX }],
		],
		[
			'line separators within the text',
			[chunk({ content: `\u2028![1](${FOX})\u2029` })],
			[{ url: FOX }],
		],
	])('finds %s', (_rule, bodies, images) => {
		expect(imagesIn(streamOf(bodies))).toEqual(images);
	});

	it('keeps a refusal', () => {
		const bodies = [chunk({ refusal: "I can't " }), chunk({ refusal: 'draw that.' })];
		const { images, text } = readStream(streamOf(bodies));
		expect({ images, text }).toEqual({ images: [], text: "I can't draw that." });
	});

	it('keeps an error that the stream ended with', () => {
		const error = { message: 'The upstream service failed.', code: 502 };
		const answer = answerOf(streamOf([chunk({ content: 'Drawing' }), { error }]));
		expect(answer).toMatchObject({
			error: { ...error, code: '502' },
			choices: [{ text: 'Drawing' }],
		});
	});
});

describe('hostile streams', () => {
	test.each<[string, unknown]>([
		['a very large index', 4_294_967_294],
		['an index that no list has', 1e300],
		['a negative index', -1],
		['half an index', 0.5],
		['an index that is text', '0'],
		['an index that is a name', '__proto__'],
	])('%s loses nothing', (_rule, index) => {
		expect(imagesIn(streamOf([chunk({ content: FOX }, index)]))).toEqual([{ url: FOX }]);
	});

	it('takes very many pictures', () => {
		const images = Array.from({ length: 200_000 }, (_, i) => imagePart(`https://a.test/${i}.png`));
		expect(imagesIn(streamOf([chunk({ images })]))).toHaveLength(200_000);
	});

	it('takes a picture of 40 MB', () => {
		const picture = 'A'.repeat(40 * 1024 * 1024);
		const [image] = imagesIn(streamOf([chunk({ content: `data:image/png;base64,${picture}` })]));
		expect(image!.bytes!.length).toBe((picture.length * 3) / 4);
	});

	test.each(['data: ', 'data:{', '}', '{ } ', 'data: {"choices":[]}\n', '\n', '\r', ':'])(
		'takes a megabyte of %j',
		(piece) => {
			const text = `data: {${piece.repeat(Math.ceil((1024 * 1024) / piece.length))}`;
			expect(() => answerOf(text)).not.toThrow();
		},
	);

	it('never throws', () => {
		const line = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.json().map((json) => `data: ${json}`),
		);
		const odd = fc.record({
			index: fc.jsonValue(),
			delta: fc.jsonValue(),
			message: fc.jsonValue(),
		});
		const event = fc.record({ choices: fc.oneof(fc.jsonValue(), fc.array(odd)) });
		const events = fc.oneof(
			line,
			event.map((body) => `data: ${JSON.stringify(body)}`),
		);
		fc.assert(
			fc.property(fc.array(events), (lines) => {
				expect(() => readStream(lines.join('\n'))).not.toThrow();
			}),
		);
	});

	it('reads the same text however it was cut into chunks', () => {
		const pieces = fc.array(fc.string({ unit: 'grapheme' }));
		fc.assert(
			fc.property(pieces, (contents) => {
				const stream = streamOf(contents.map((content) => chunk({ content })));
				const { text } = readStream(stream);
				expect(text).toBe(contents.join('').trim());
			}),
		);
	});
});
