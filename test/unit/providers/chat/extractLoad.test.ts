// Very large and hostile texts: the only bound is the test's own time limit, which a search that goes back would break.
import { FOX, imagePart, readBody, saying } from './transcripts';

const MEGABYTE = 1024 * 1024;
const LARGE = 'A'.repeat(40 * MEGABYTE);

describe('a picture of 40 MB', () => {
	test.each<[string, string, string]>([
		['bare', 'data:image/png;base64,', ''],
		['as base64://', 'base64://', ''],
		['as a Markdown image', '![image](data:image/png;base64,', ')'],
		['as a Markdown image with no end', '![image](data:image/png;base64,', ''],
		['amid text', 'Here it is:\n![image](data:image/webp;base64,', ')\n\n图片已生成。'],
	])('%s', (_rule, before, after) => {
		const { images, text } = readBody(saying(`${before}${LARGE}${after}`));
		expect(images).toHaveLength(1);
		expect(images[0]!.bytes!.length).toBe((LARGE.length * 3) / 4);
		expect(text.length).toBeLessThan(100);
	});

	it('as a part', () => {
		const { images } = readBody(saying([imagePart(`data:image/png;base64,${LARGE}`)]));
		expect(images[0]!.bytes!.length).toBe((LARGE.length * 3) / 4);
	});

	it('that is none, as a part', () => {
		const url = `data:image/png;base64,${'='.repeat(MEGABYTE)}x`;
		expect(readBody(saying([imagePart(url)])).images).toHaveLength(1);
	});

	it('that was in the request', () => {
		const sent = `data:image/png;base64,${LARGE}`;
		expect(readBody(saying(`![reference](${sent})\n![image](${FOX})`), [sent]).images).toEqual([
			{ url: FOX },
		]);
	});
});

describe('a megabyte of', () => {
	const pieces = [
		...['[', '![', '](', '[](', '![](', ')', '(', '"', "'", '<', '!', '[]', '![a]', '[a]', '[[a]]'],
		...[
			' ',
			'\n',
			'1',
			'100 ',
			'미리 ',
			'preview',
			'[미리 ',
			'[1 ',
			'.',
			'.png',
			'。',
			'*',
			'_',
			'=',
			'/',
		],
		...[
			'https://',
			'https://a',
			'https://a.',
			'https://a(',
			'https://a()',
			'[](https://a',
			'![](https://a ',
		],
		...[
			'![](https://a "',
			'[](https://a (',
			'![](<https://a',
			'![](data:',
			'![](base64://',
			'data:image/',
		],
		...[
			'data:image/png;base64,',
			'base64://',
			'data:image/png;base64,A',
			'![](data:image/png;base64,A ',
		],
		...[
			'https://a.test/x.png',
			'[100](https://a.test/x.png) ',
			'![x](https://a.test/x.png) ',
			'`',
			'|',
		],
	];
	test.each(pieces)('%j', (piece) => {
		const text = piece.repeat(Math.ceil(MEGABYTE / piece.length));
		expect(() => readBody(saying(text), [FOX])).not.toThrow();
		const planted = readBody(saying(`${text}\n\n![image](${FOX})\n`));
		expect(typeof planted.text).toBe('string');
	});

	test.each([
		['spaces as a link text', `[${' '.repeat(MEGABYTE)}](${FOX})`],
		['digits as a link text', `[${'1'.repeat(MEGABYTE)}x](${FOX})`],
		['digits and spaces as a link text', `[1${' '.repeat(MEGABYTE)}x](${FOX})`],
		['spaces before an address', `![image](${' '.repeat(MEGABYTE)}${FOX})`],
		['spaces behind an address', `![image](${FOX}${' '.repeat(MEGABYTE)}`],
		['an address', `https://files.test/${'a'.repeat(MEGABYTE)}`],
		['an address with brackets', `https://files.test/${'(a)'.repeat(MEGABYTE / 4)}.png`],
		['marks behind an address', `${FOX}${'.'.repeat(MEGABYTE)}a`],
	])('%s', (_rule, text) => {
		expect(() => readBody(saying(text))).not.toThrow();
	});
});
