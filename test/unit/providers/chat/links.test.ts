// Links in a text: where an address begins and ends, written as Markdown, plain, or cut off.
import { lastAddress, markdownLinks, plainLinks } from '../../../../providers/chat/links';

type Link = [isImage: boolean, label: string, address: string, start: number];

test.each<[string, string, Link[]]>([
	['an image', 'See ![a](https://x.test/1).', [[true, 'a', 'https://x.test/1', 9]]],
	['a link', '[a](/p)', [[false, 'a', '/p', 4]]],
	[
		'an image in a link',
		'[![i](/1)](/2)',
		[
			[true, 'i', '/1', 6],
			[false, '![i](/1)', '/2', 11],
		],
	],
	['brackets in brackets', '[a [b] c](/p)', [[false, 'a [b] c', '/p', 10]]],
	['a bracket that is never closed', '[a ![b](/p)', [[true, 'b', '/p', 8]]],
	['an empty label', '![](/p)', [[true, '', '/p', 4]]],
	['angle brackets and a title', '[a]( </p> "t")', [[false, 'a', '/p', 6]]],
	['a title in quotes', '[a](/p "t")', [[false, 'a', '/p', 4]]],
	['white space around it', '[a](\n\t/p \n)', [[false, 'a', '/p', 6]]],
	['ten spaces', `[a](${' '.repeat(10)}/p${' '.repeat(10)})`, [[false, 'a', '/p', 14]]],
	['no more of them before it', `[a](${' '.repeat(11)}/p)`, []],
	['no more of them behind it', `[a](/p${' '.repeat(11)})`, []],
	['round brackets in pairs', '[a](/p(1)q(2)r)', [[false, 'a', '/p(1)q(2)r', 4]]],
	['capitals', '[a](HTTP://X.TEST/P)', [[false, 'a', 'HTTP://X.TEST/P', 4]]],
	['a data URI', '[a](data:image/svg+xml,x)', [[false, 'a', 'data:image/svg+xml,x', 4]]],
	['a reference', '![a](stored:x)', [[true, 'a', 'stored:x', 5]]],
	[
		'the label as far as anybody reads it',
		`[${'a'.repeat(501)}](/p)`,
		[[false, 'a'.repeat(500), '/p', 504]],
	],
	['more open brackets than are kept', `${'['.repeat(6000)}a](/p)`, [[false, 'a', '/p', 6003]]],
	['no address on its own', '[a](p) [b](ftp://x.test) [c](#d)', []],
	['no address without its end', '[a](/p', []],
	['no address with a bracket in it', '[a](/p[1])', []],
	['no address that stands apart', '[a] (/p)', []],
	['no address without a label', 'a](/p)', []],
	['no other brackets', '[a] [b]', []],
])('Markdown: %s', (_rule, text, links) => {
	const found = [...markdownLinks(text)];
	expect(
		found.map(({ isImage, label, address, start }) => [isImage, label, address, start]),
	).toEqual(links);
});

test.each<[string, string, string | undefined]>([
	['an address', 'See ![a](stored:x', 'stored:x'],
	['one in an angle bracket, and spaces', '![a](  <stored:x  ', 'stored:x'],
	['an empty label', '![](stored:x', 'stored:x'],
	['a label of 500 characters', `![${'a'.repeat(500)}](x`, 'x'],
	['a longer one', `![${'a'.repeat(501)}](x`, undefined],
	['an address of 200 characters', `![a](${'x'.repeat(200)}`, 'x'.repeat(200)],
	['one of more', `![a](${'x'.repeat(201)}`, undefined],
	['what stands behind a long text', `${'b'.repeat(5000)}![a](x`, 'x'],
	['an image that is whole', '![a](stored:x)', undefined],
	['a link', '[a](stored:x', undefined],
	['words behind it', '![a](stored:x and', undefined],
	['brackets in its label', '![a[b]](x', undefined],
	['nothing', '', undefined],
])('the image that a text ends with: %s', (_rule, text, address) => {
	expect(lastAddress(text)).toBe(address);
});

const LONGEST_HOST = 'h'.repeat(253);
const LONGEST = `https://a.test/${'b'.repeat(8192 - 15)}`;

test.each<[string, string, Array<[url: string, start: number]>]>([
	['where it begins', 'At https://a.test/b now', [['https://a.test/b', 3]]],
	[
		'two',
		'http://a.test HTTPS://B.TEST?c',
		[
			['http://a.test', 0],
			['HTTPS://B.TEST?c', 14],
		],
	],
	['round brackets in pairs', 'https://a.test/b_(c)_(d)', [['https://a.test/b_(c)_(d)', 0]]],
	['no open bracket', 'https://a.test/b(', [['https://a.test/b', 0]]],
	['without marks behind it', 'https://a.test/b.,;:!?*_~', [['https://a.test/b', 0]]],
	['with marks in it', 'https://a.test/b.,;:!?*_~c', [['https://a.test/b.,;:!?*_~c', 0]]],
	['a file before words', 'https://a.test/b.png입니다', [['https://a.test/b.png', 0]]],
	[
		'a file with a query before words',
		'https://a.test/b.JPEG?c=d입니다',
		[['https://a.test/b.JPEG?c=d', 0]],
	],
	['no file in a query', 'https://a.test/b?c=.png입', [['https://a.test/b?c=.png입', 0]]],
	['letters of any kind', 'https://a.test/여우', [['https://a.test/여우', 0]]],
	['an anchor', 'https://a.test/b#c', [['https://a.test/b#c', 0]]],
	['a host of 253 characters', `https://${LONGEST_HOST}/`, [[`https://${LONGEST_HOST}/`, 0]]],
	['no longer one', `https://${LONGEST_HOST}h/`, []],
	['an address of 8,192 characters', LONGEST, [[LONGEST, 0]]],
	['no longer address', `${LONGEST}b`, []],
	['no host', 'https:// http://. https://?a', []],
	['no host that there can be', 'https://a%b/', []],
	['no other kind', 'ftp://a.test www.a.test', []],
	...[...'<>"\'[]{}|\\^`。，“「'].map((sign): [string, string, Array<[string, number]>] => [
		`up to ${sign}`,
		`https://a.test/b${sign}c`,
		[['https://a.test/b', 0]],
	]),
])('plain: %s', (_rule, text, links) => {
	expect([...plainLinks(text)].map(({ url, start }) => [url, start])).toEqual(links);
});
