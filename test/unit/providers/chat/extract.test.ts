// Where the images stand in a chat answer: transcripts of all seven shapes, and what is no image of ours.
import {
	CHINESE_LOG,
	readBody,
	type Found,
	PIXEL_BYTES,
	chatWith,
	DATA_URI,
	FOX,
	imagePart,
	KOREAN_LOG,
	OWL,
	PIXEL,
	saying,
} from './transcripts';

type Row = [rule: string, answer: unknown, images: Found['images']];

const DOWNLOAD_FOX = 'https://files.test/cdn/download/20260402/fox.png';
const SIGNED = 'https://files.test/a/fox.webp?sig=a%2Bb%3D&se=2026-04-02T10:00:00Z';
const fox = { url: FOX };
const owl = { url: OWL };
const pixel = { bytes: PIXEL_BYTES };

const found = (answer: unknown, sentUrls: string[] = []) => readBody(answer, sentUrls).images;

describe('shape a: Markdown images in the text', () => {
	test.each<Row>([
		['alone', saying(`![image](${FOX})`), [fox]],
		['between words', saying(`Here it is:\n\n![A red fox](${FOX})\n\nEnjoy! 🦊`), [fox]],
		['between Chinese words', saying(`好的，图片如下：![图片](${FOX})，请查收。`), [fox]],
		['between Korean words', saying(`이미지입니다![그림](${FOX})를 확인하세요.`), [fox]],
		['without a description', saying(`![](${FOX})`), [fox]],
		['with a title', saying(`![image](${FOX} "A red fox")`), [fox]],
		['in angle brackets', saying(`![image](<${FOX}>)`), [fox]],
		['with a query', saying(`![image](${SIGNED})`), [{ url: SIGNED }]],
		[
			'without any file ending',
			saying('![image](https://files.test/v/8a7f?x=1)'),
			[{ url: 'https://files.test/v/8a7f?x=1' }],
		],
		['several', saying(`![1](${FOX})\n![2](${OWL})`), [fox, owl]],
		['the same one twice', saying(`![1](${FOX})\n\n![2](${FOX})`), [fox]],
		['the same one up to its anchor', saying(`![1](${FOX})\n![2](${FOX}#full)`), [fox]],
		['inside a link', saying(`[![image](${FOX})](${FOX})`), [fox]],
		['an address that is none', saying('![image](https://) ![image](fox.png)'), []],
		['an attachment that nobody can fetch', saying('![image](attachment://fox.png)'), []],
	])('%s', (_rule, answer, images) => {
		expect(found(answer)).toEqual(images);
	});
});

describe('shape b: a progress log, images and their downloads', () => {
	const chineseEnd = `![gen_01jqwxzv](${FOX})\n\n[点击下载](${DOWNLOAD_FOX})`;
	test.each<Row>([
		['Chinese', saying(`${CHINESE_LOG}\n\n${chineseEnd}`), [fox]],
		[
			'Korean, with two images',
			saying(`${KOREAN_LOG}\n\n![gen_0](${FOX})\n![gen_1](${OWL})\n[다운로드](${DOWNLOAD_FOX})`),
			[fox, owl],
		],
		[
			'a download only',
			saying(`${CHINESE_LOG}\n[点击下载](${DOWNLOAD_FOX})`),
			[{ url: DOWNLOAD_FOX }],
		],
		['a link and its download', saying(`[full size](${FOX}) | [download](${DOWNLOAD_FOX})`), [fox]],
		['a download and its link', saying(`[download](${DOWNLOAD_FOX}) | [full size](${FOX})`), [fox]],
		[
			'an image and its download, both as images',
			saying(`![image](${FOX}) ![download](${DOWNLOAD_FOX})`),
			[fox],
		],
		[
			'a download in one choice and its image in another',
			chatWith({ content: `[download](${DOWNLOAD_FOX})` }, { content: `![image](${FOX})` }),
			[fox],
		],
	])('%s', (_rule, answer, images) => {
		expect(found(answer)).toEqual(images);
	});
});

describe('shape c: no image, though there are links', () => {
	test.each<[string, string]>([
		['the log of a drawing that ended in nothing', CHINESE_LOG],
		['the log in Korean', KOREAN_LOG],
		['a preview', `Still drawing. [Preview](https://pages.test/web/fox.png)`],
		['a page of a preview', 'See https://pages.test/preview/fox.png'],
		['a link to a page', 'See [the gallery](https://pages.test/gallery?image=fox.png).'],
		[
			'percentages',
			'[0](https://a.test/0.png) [7%](https://a.test/7.png) [100](https://a.test/b.png)',
		],
		['a refusal', "I'm sorry, I can't draw that. See https://pages.test/policy.html for why."],
		['a cut data URI that holds nothing yet', 'data:image/png;base64,'],
		['nothing', ''],
	])('%s', (_rule, text) => {
		expect(readBody(saying(text))).toMatchObject({ images: [], text });
	});
});

describe('shapes d and e: parts', () => {
	const words = { type: 'text', text: 'Here is your image.' };
	test.each<Row>([
		['d: an image part', saying([words, imagePart(FOX)]), [fox]],
		['d: several', saying([imagePart(FOX), words, imagePart(OWL)]), [fox, owl]],
		['d: a data URI', saying([imagePart(DATA_URI)]), [pixel]],
		['d: an address without an object', saying([{ type: 'image_url', image_url: FOX }]), [fox]],
		[
			'd: parts that are nothing',
			saying([null, 7, {}, [], { image_url: null }, imagePart(FOX)]),
			[fox],
		],
		['d: an image within a text part', saying([{ type: 'text', text: `![1](${FOX})` }]), [fox]],
		['d: an address as a part, which is text', saying(['https://pages.test/gallery']), []],
		['d: text as a part', saying([`![1](${FOX})`]), [fox]],
		['e: a data URI', chatWith({ content: 'Here.', images: [imagePart(DATA_URI)] }), [pixel]],
		[
			'e: several',
			chatWith({ content: '', images: [imagePart(DATA_URI), imagePart(FOX)] }),
			[pixel, fox],
		],
		['e: content is null', chatWith({ content: null, images: [imagePart(FOX)] }), [fox]],
		['e: no content at all', chatWith({ images: [imagePart(FOX)] }), [fox]],
		['e: content is an object', chatWith({ content: {}, images: [imagePart(FOX)] }), [fox]],
		[
			'e: another kind of picture',
			chatWith({ images: [imagePart(`data:image/webp;base64,${PIXEL}`)] }),
			[pixel],
		],
	])('%s', (_rule, answer, images) => {
		expect(found(answer)).toEqual(images);
	});
});

describe('shape f: the picture itself in the text', () => {
	test.each<Row>([
		['a data URI', saying(`Here is your image.\n\n${DATA_URI}`), [pixel]],
		['base64://', saying(`base64://${PIXEL}`), [pixel]],
		['a data URI as a Markdown image', saying(`![image](${DATA_URI})`), [pixel]],
		['base64:// as a Markdown image', saying(`![image](base64://${PIXEL})`), [pixel]],
		['in quotes and a full stop', saying(`"${DATA_URI}". Done.`), [pixel]],
		['with Korean right behind it', saying(`${DATA_URI}입니다`), [pixel]],
		[
			'several',
			saying(`${DATA_URI}\n\nbase64://R0lGODlhAQABAIAAAAAAAP`),
			[pixel, { bytes: Buffer.from('R0lGODlhAQABAIAAAAAAAP', 'base64') }],
		],
		['the same one twice', saying(`${DATA_URI}\n${DATA_URI}`), [pixel]],
		['in capitals', saying(`DATA:IMAGE/PNG;BASE64,${PIXEL}`), [pixel]],
		[
			'cut short, with no bracket behind it',
			saying(`![image](${DATA_URI.slice(0, 60)}`),
			[{ bytes: Buffer.from(PIXEL.slice(0, 38), 'base64') }],
		],
	])('%s', (_rule, answer, images) => {
		expect(found(answer)).toEqual(images);
	});

	it('is left out of what a person reads', () => {
		const { text } = readBody(saying(`Look:\n![image](${DATA_URI})\nbase64://${PIXEL}`));
		expect(text).toBe('Look:\n![image]([image])\n[image]');
	});
});

describe('shape g: the Images shape', () => {
	test.each<Row>([
		['links', { created: 1, data: [{ url: FOX }, { url: OWL }] }, [fox, owl]],
		[
			'pictures, of which the answer holds the references',
			{ data: [{ b64_json: 'stored:1' }, { b64_json: 'stored:2' }] },
			[{ stored: 'stored:1' }, { stored: 'stored:2' }],
		],
		[
			'both',
			{
				data: [
					{ b64_json: 'stored:1', url: '' },
					{ url: FOX, b64_json: '' },
				],
			},
			[{ stored: 'stored:1' }, fox],
		],
		['a data URI as link', { data: [{ url: DATA_URI }] }, [pixel]],
		['beside a choice without images', { ...saying('Done.'), data: [{ url: FOX }] }, [fox]],
		['entries that are nothing', { data: [null, {}, 'fox', { url: 7 }, { url: FOX }] }, [fox]],
		['empty', { data: [] }, []],
	])('%s', (_rule, answer, images) => {
		expect(found(answer)).toEqual(images);
	});
});
