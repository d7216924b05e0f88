// Which of several places counts, how links end, and that nothing of the request comes back as a result.
import { referenceOfBytes } from '../../../../providers/answers/pictureReference';
import { sentKeys } from '../../../../providers/chat/sent';
import { digestOf } from '../../../../providers/digest';
import { requestWith } from '../support';
import {
	chatWith,
	DATA_URI,
	FOX,
	imagePart,
	OWL,
	PIXEL,
	PIXEL_BYTES,
	readBody,
	saying,
	type Found,
} from './transcripts';

type Row = [rule: string, answer: unknown, images: Found['images']];

const fox = { url: FOX };
const owl = { url: OWL };
const found = (...given: Parameters<typeof readBody>) => readBody(...given).images;
const STORED = referenceOfBytes(PIXEL_BYTES);
const PIXEL_FILE = { file: { label: 'data' }, digest: digestOf(PIXEL_BYTES) };

describe('plain links', () => {
	test.each<[string, string]>([
		['at the end of a sentence', `Here: ${FOX}.`],
		['before a comma', `${FOX}, as you wished`],
		['in brackets', `(${FOX})`],
		['in square brackets', `[${FOX}]`],
		['in angle brackets', `<${FOX}>`],
		['in quotes', `{"url":"${FOX}"}`],
		['in typographic quotes', `“${FOX}”`],
		['as code', `\`${FOX}\``],
		['in bold', `**${FOX}**`],
		['underlined', `_${FOX}_`],
		['in a table', `|${FOX}|`],
		['before a Chinese full stop', `图片：${FOX}。`],
		['before a Chinese comma', `${FOX}，请查收`],
		['in Chinese brackets', `（${FOX}）`],
		['in Chinese quotes', `「${FOX}」`],
		['before Chinese words', `链接${FOX}已生成`],
		['before a Korean particle', `${FOX}입니다. 확인하세요`],
		['with several marks behind it', `${FOX}?!...`],
		['as a Markdown link', `[Open](${FOX})`],
		['as a Markdown link with a title', `[Open](${FOX} "fox")`],
		['in HTML', `<img src="${FOX}" alt="fox">`],
		['twice', `${FOX}\n${FOX}`],
	])('%s', (_rule, text) => {
		expect(found(saying(text))).toEqual([fox]);
	});

	test.each<[string, string]>([
		['with a query', 'https://files.test/a/fox.webp?sig=a%2Bb%3D&se=2026'],
		['in capitals', 'HTTPS://FILES.TEST/FOX.JPG'],
		['with another name in it', 'https://files.test/여우.png'],
		['with a percent in it', 'https://files.test/%E7%8B%90.jpeg'],
		['to a download without an ending', 'https://files.test/cdn/download/8a7f'],
		['to an animation', 'https://files.test/fox.gif'],
	])('%s, as it stands', (_rule, url) => {
		expect(found(saying(`See ${url} now`))).toEqual([{ url }]);
	});

	it('keeps two images that only have their file names in common', () => {
		const [first, second] = ['https://files.test/1/image.png', 'https://files.test/2/image.png'];
		expect(found(saying(`${first}\n${second}`))).toEqual([{ url: first }, { url: second }]);
	});

	it('keeps two downloads that only have their file names in common', () => {
		const urls = ['1', '2'].map((id) => `https://files.test/cdn/download/${id}/image.png`);
		expect(found(saying(urls.join(' ')))).toEqual(urls.map((url) => ({ url })));
	});
});

describe('the first place that has images counts', () => {
	const all = {
		images: [imagePart('https://files.test/1.png')],
		content: [
			imagePart('https://files.test/2.png'),
			{
				type: 'text',
				text: `![3](https://files.test/3.png) ${DATA_URI} https://files.test/5.png`,
			},
		],
	};
	const data = [{ url: 'https://files.test/6.png' }];
	const [parts, words] = all.content;
	const onlyText = (text: string) => ({ ...chatWith({ content: text }), data });
	test.each<Row>([
		['images[]', { ...chatWith(all), data }, [{ url: 'https://files.test/1.png' }]],
		[
			'content parts',
			{ ...chatWith({ content: [parts, words] }), data },
			[{ url: 'https://files.test/2.png' }],
		],
		[
			'Markdown images',
			{ ...chatWith({ content: [words] }), data },
			[{ url: 'https://files.test/3.png' }],
		],
		['data URIs', onlyText(`${DATA_URI} https://files.test/5.png`), [{ bytes: PIXEL_BYTES }]],
		['plain links', onlyText('https://files.test/5.png'), [{ url: 'https://files.test/5.png' }]],
		['data[]', onlyText('Done.'), [{ url: 'https://files.test/6.png' }]],
	])('%s', (_rule, answer, images) => {
		expect(found(answer)).toEqual(images);
	});

	it('goes on to the next place when a place holds only what was sent', () => {
		const answer = chatWith({ images: [imagePart(OWL)], content: `![2](${OWL}) ${FOX}` });
		expect(found(answer, [OWL])).toEqual([fox]);
	});
});

describe('several choices', () => {
	test.each<Row>([
		[
			'one image each',
			chatWith({ content: `![1](${FOX})` }, { content: `![1](${OWL})` }),
			[fox, owl],
		],
		['in different places', chatWith({ content: FOX }, { images: [imagePart(OWL)] }), [fox, owl]],
		['the same image', chatWith({ content: FOX }, { content: `![1](${FOX})` }), [fox]],
		['one of them without an image', chatWith({ content: 'No.' }, { content: FOX }), [fox]],
		[
			'one of them without a message',
			{ choices: [{ index: 0, finish_reason: 'length' }, { message: { content: FOX } }] },
			[fox],
		],
		[
			'one of them with an empty message',
			{ choices: [{ message: null }, null, 7, { message: { content: FOX } }] },
			[fox],
		],
		[
			'several images each',
			chatWith({ content: `![1](${FOX})![2](${OWL})` }, { content: 'https://a.test/c.png' }),
			[fox, owl, { url: 'https://a.test/c.png' }],
		],
	])('%s', (_rule, answer, images) => {
		expect(found(answer)).toEqual(images);
	});

	it('are all read by a person', () => {
		const answer = chatWith({ content: 'First.' }, { content: 'Second.' });
		expect(readBody(answer).text).toBe('First.\nSecond.');
	});
});

describe('what was in the request never comes back', () => {
	const sent = 'https://photos.test/my cat.png?a=1';
	const echoes: Array<[string, unknown]> = [
		['as a Markdown image', saying(`![reference](<${sent.replace(' ', '%20')}>) ![image](${FOX})`)],
		['as a part', saying([imagePart(sent), imagePart(FOX)])],
		['in images[]', chatWith({ images: [imagePart(sent), imagePart(FOX)] })],
		['as a link', saying(`Reference: https://photos.test/my%20cat.png?a=1\n${FOX}`)],
		['in capitals', saying(`HTTPS://PHOTOS.TEST/my%20cat.png?a=1 ${FOX}`)],
		['with an anchor', saying(`https://photos.test/my%20cat.png?a=1#x ${FOX}`)],
		['in data[]', { data: [{ url: sent }, { url: FOX }] }],
	];
	test.each(echoes)('%s', (_rule, answer) => {
		expect(found(answer, [sent])).toEqual([fox]);
	});

	test.each<[string, unknown]>([
		['as a Markdown image', saying(`![reference](${DATA_URI})\n![image](${FOX})`)],
		['as a part', saying([imagePart(DATA_URI), imagePart(FOX)])],
		['in images[]', chatWith({ images: [imagePart(DATA_URI), imagePart(FOX)] })],
		['bare', saying(`${DATA_URI}\n${FOX}`)],
		['as base64://', saying(`base64://${PIXEL}\n${FOX}`)],
	])('nor does a sent file, %s', (_rule, answer) => {
		expect(found(answer, [DATA_URI])).toEqual([fox]);
		expect(found(answer, [PIXEL_FILE])).toEqual([fox]);
	});

	it('leaves nothing where nothing else is there', () => {
		expect(found(saying(`> ${OWL}\n\n![reference](${OWL})`), [OWL])).toEqual([]);
	});
});

describe('the text for a person', () => {
	test.each<[string, Record<string, unknown>, string]>([
		[
			'the refusal, when there is one',
			{ content: null, refusal: "I can't draw that." },
			"I can't draw that.",
		],
		[
			'the content, when the refusal is empty',
			{ content: 'I drew nothing.', refusal: '' },
			'I drew nothing.',
		],
		[
			'the content, when the refusal is null',
			{ content: ' 抱歉，无法生成。 ', refusal: null },
			'抱歉，无法生成。',
		],
		[
			'the texts of all parts',
			{
				content: [
					{ type: 'text', text: 'No' },
					{ type: 'text', text: 'image.' },
				],
			},
			'No\nimage.',
		],
		['nothing, when there is nothing', { content: null }, ''],
	])('%s', (_rule, message, text) => {
		expect(readBody(chatWith(message)).text).toBe(text);
	});
});

test('an address beside choices is no image', () => {
	expect(readBody({ ...saying('Done.'), url: FOX })).toMatchObject({ images: [], text: 'Done.' });
});

test('texts among the parts are no images that can not be read', () => {
	expect(readBody(saying(['Here it is.', imagePart(FOX)]))).toEqual({
		images: [fox],
		unread: 0,
		text: 'Here it is.',
		saidInstead: '',
	});
});

test.each<[string, unknown, string, string]>([
	[
		'a choice without an image',
		chatWith({ content: FOX }, { content: ' No. ' }),
		`${FOX}\nNo.`,
		'No.',
	],
	[
		'no choice, where each has one',
		chatWith({ content: FOX }, { content: OWL }),
		`${FOX}\n${OWL}`,
		'',
	],
	[
		'all choices, where none has one',
		chatWith({ content: 'No.' }, { content: 'Never.' }),
		'No.\nNever.',
		'No.\nNever.',
	],
	['a refusal before the text beside it', chatWith({ content: 'a', refusal: 'No.' }), 'No.', 'No.'],
])('what was said in the place of an image: %s', (_rule, answer, text, saidInstead) => {
	expect(readBody(answer)).toMatchObject({ text, saidInstead });
});

test.each<[string, string, string[]]>([
	['a preview by its text', '[Preview](https://a.test/1.png)', []],
	['a preview in Chinese', '[图片预览](https://a.test/1.png) [預覽](https://a.test/2.png)', []],
	['a preview in Korean', '[미리 보기](https://a.test/1.png) [미리보기](https://a.test/2.png)', []],
	['a preview by its path', 'https://a.test/PREVIEW/1.png https://a.test/preview', []],
	['what is only called so', 'https://a.test/previews/1.png', ['https://a.test/previews/1.png']],
	['progress', '[ 17 % ](https://a.test/1.png) [17](https://a.test/2.png)', []],
	['what only has a number in it', '[No. 17](https://a.test/1.png)', ['https://a.test/1.png']],
	['what begins with a number', '[17 foxes](https://a.test/1.png)', ['https://a.test/1.png']],
	['pages', 'https://a.test/1.png.html https://a.test/png', []],
	[
		'every kind of file',
		'https://a.test/1.jpg https://a.test/2.WEBP https://a.test/3.avif',
		['https://a.test/1.jpg', 'https://a.test/2.WEBP', 'https://a.test/3.avif'],
	],
])('links to files are images, and %s', (_rule, text, urls) => {
	expect(found(saying(text))).toEqual(urls.map((url) => ({ url })));
});

test.each<[string, Parameters<typeof requestWith>[0], string[]]>([
	[
		'an input image by its address, without its anchor',
		{ references: [{ label: 'x', url: `${FOX}#a` }] },
		[FOX],
	],
	['a file by its digest', { references: [{ label: 'x', inline: PIXEL_FILE }] }, [STORED]],
	['a data URI by its digest', { references: [{ label: 'x', url: DATA_URI }] }, [STORED]],
	[
		'what is no address not at all',
		{ references: [{ label: 'x', url: 'fox.png' }, { label: 'y' }] },
		[],
	],
	['a picture that is written in the prompt', { prompt: `Like ${DATA_URI}` }, [STORED]],
	[
		'links in system message and parameters',
		{ extras: { systemMessage: FOX, parameters: { a: [OWL] } } },
		[FOX, OWL],
	],
])('the images of a request are known again: %s', (_rule, request, keys) => {
	expect([...sentKeys(requestWith({ prompt: 'A fox', ...request }))]).toEqual(keys);
});

test('the links of a text are found without what only stands behind them', () => {
	const prompt = `Like ${FOX}, but (see ${OWL}). 그리고 https://a.test/b?c=d。`;
	expect([...sentKeys(requestWith({ prompt }))]).toEqual([FOX, OWL, 'https://a.test/b?c=d']);
	expect([...sentKeys(requestWith({ prompt: 'no link' }))]).toEqual([]);
});
