// What holds for whatever a gateway sends: no throw, nothing of the request, and every planted image is found.
import fc from 'fast-check';

import { chatWith, imagePart, readBody } from './transcripts';

/** Text that could be taken for a part of Markdown, of a link or of a picture. */
const noise = fc
	.array(
		fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.constantFrom(
				...[
					'![',
					'](',
					')',
					'[100](',
					'[',
					']',
					'<',
					'>',
					'"',
					'`',
					'\n',
					' ',
					'> ID: `task_1`',
					'|',
				],
				...[
					'https://',
					'http://a.test/b',
					'data:image/png;base64,',
					'base64://',
					'%',
					'。',
					'，',
					'🦊',
				],
				...[
					'이미지',
					'图片',
					'预览',
					'preview',
					'.png',
					'/cdn/download/',
					'\\',
					'{',
					'}',
					'\u0000',
					'\ud800',
				],
			),
		),
		{ maxLength: 12 },
	)
	.map((pieces) => pieces.join(''));

/** Words as they stand around an image, which end where they end. */
const words = fc
	.array(
		fc.constantFrom(
			...[
				'Here is your image.',
				'图片已生成。',
				'이미지가 완성되었습니다.',
				'🦊',
				'> ✅',
				'**Done**',
			],
			...[
				'>[Preview](https://pages.test/web/1)',
				'[100](https://files.test/progress.png)',
				'(1)',
				'- a',
			],
		),
		{ maxLength: 6 },
	)
	.map((pieces) => pieces.join('\n'));

const fileName = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const link = fc
	.tuple(
		fileName,
		fc.constantFrom('png', 'jpg', 'jpeg', 'webp'),
		fc.constantFrom('', '?a=1&b=%20c'),
	)
	.map(([name, ending, query]) => `https://cdn.test/v/${name}.${ending}${query}`);
const base64 = fc
	.uint8Array({ minLength: 15, maxLength: 60 })
	.map((bytes) => Buffer.from(bytes).toString('base64'));

const message = fc.oneof(
	fc.jsonValue(),
	fc.record(
		{
			content: fc.oneof(noise, fc.array(fc.oneof(noise, fc.jsonValue(), noise.map(imagePart)))),
			images: fc.oneof(fc.jsonValue(), fc.array(noise.map(imagePart))),
			refusal: fc.oneof(noise, fc.jsonValue()),
		},
		{ requiredKeys: [] },
	),
);
const answer = fc.oneof(
	fc.jsonValue(),
	noise,
	fc.record(
		{
			choices: fc.oneof(fc.jsonValue(), fc.array(fc.oneof(fc.jsonValue(), fc.record({ message })))),
			data: fc.oneof(fc.jsonValue(), fc.array(fc.record({ url: noise, b64_json: noise }))),
		},
		{ requiredKeys: [] },
	),
);

test('whatever arrives, it never throws, and its images are addresses or pictures', () => {
	fc.assert(
		fc.property(answer, fc.array(noise), (body, sent) => {
			const { images, text } = readBody(body, sent);
			expect(typeof text).toBe('string');
			for (const { url, bytes, stored } of images) {
				expect([url, bytes, stored].filter((place) => place)).toHaveLength(1);
				if (url !== undefined) expect(URL.canParse(url)).toBe(true);
			}
		}),
	);
});

test('an address of the request is never a result, wherever it comes back', () => {
	fc.assert(
		fc.property(link, noise, words, words, (sent, odd, before, after) => {
			const places = [
				{ choices: [{ message: { content: `${odd}${before}\n![x](${sent})\n${after}` } }] },
				{ choices: [{ message: { content: `${before}\n${sent}\n${odd}` } }] },
				{ choices: [{ message: { content: [imagePart(sent), { type: 'text', text: sent }] } }] },
				{ choices: [{ message: { images: [imagePart(sent)] } }] },
				{ data: [{ url: sent }] },
			];
			for (const body of places) {
				const urls = readBody(body, [sent]).images.map(({ url }) => url);
				expect(urls).not.toContain(sent);
			}
		}),
	);
});

describe('a planted image is found amid other text', () => {
	const shapes: Array<[string, (url: string, before: string, after: string) => unknown]> = [
		['a', (url, before, after) => chatWith({ content: `${before}\n![image](${url})\n${after}` })],
		[
			'b',
			(url, before, after) =>
				chatWith({ content: `${before}\n> 100%\n![gen_1](${url})\n[download](${url})\n${after}` }),
		],
		[
			'b, with a link only',
			(url, before, after) => chatWith({ content: `${before}\n${url}\n${after}` }),
		],
		[
			'd',
			(url, before, after) =>
				chatWith({
					content: [{ type: 'text', text: before }, imagePart(url), { type: 'text', text: after }],
				}),
		],
		['e', (url, before, after) => chatWith({ content: before + after, images: [imagePart(url)] })],
		['g', (url, before) => ({ ...chatWith({ content: before }), data: [{ url }] })],
	];
	test.each(shapes)('shape %s', (_shape, bodyOf) => {
		fc.assert(
			fc.property(link, words, words, (url, before, after) => {
				expect(readBody(bodyOf(url, before, after)).images).toEqual([{ url }]);
			}),
		);
	});

	test('shape f', () => {
		const heads = fc.constantFrom('data:image/png;base64,', 'data:image/webp;base64,', 'base64://');
		fc.assert(
			fc.property(base64, heads, words, words, (picture, head, before, after) => {
				const content = `${before}\n${head}${picture}\n${after}`;
				expect(readBody(chatWith({ content })).images).toEqual([
					{ bytes: Buffer.from(picture, 'base64') },
				]);
			}),
		);
	});

	test('behind anything that could be taken for Markdown, as an image', () => {
		fc.assert(
			fc.property(link, noise, words, (url, before, after) => {
				const content = `${before}\n\n![image](${url})\n${after}`;
				const urls = readBody(chatWith({ content })).images.map((image) => image.url);
				expect(urls).toContain(url);
			}),
		);
	});
});
