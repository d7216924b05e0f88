// Base64 as strings of JSON have it: which characters belong to it behind backslashes, line breaks and blanks.
import {
	base64Ahead,
	beginsPicture,
	behindBlank,
	behindBreak,
	characterAt,
	charactersAt,
	endOfOthers,
	endOfPlain,
	isBase64,
} from '../../../../pipeline/answers/writtenBase64';

const FORTY = 'abcd'.repeat(10);
const PNG = 'iVBORw0KGgoAAAANSUhEUgAA';

test.each<[written: string, character: string, length: number]>([
	['a', 'a', 1],
	['"', '"', 1],
	['\\n', '\n', 2],
	['\\r', '\r', 2],
	['\\t', '\t', 2],
	['\\/', '/', 2],
	['\\"', '"', 2],
	['\\\\n', '\n', 3],
	['\\\\\\/', '/', 4],
	['\\\\"', '\\', 2],
	['\\\\\\"', '"', 4],
	['\\\\\\\\"', '\\', 4],
	[`${'\\'.repeat(7)}n`, '\n', 8],
	[`${'\\'.repeat(8)}n`, '\\', 6],
	['\\u0041b', 'A', 6],
	['\\\\u002F', '/', 7],
	['\\u00ff', '\u00ff', 6],
	['\\uABCD', '\uabcd', 6],
	['\\u00g1', '\\', 2],
	['\\u00', '\\', 2],
	['\\x', '\\', 2],
	['\\\\x', '\\', 2],
	['\\\\\\x', '\\', 2],
	['\\\\\\\\x', '\\', 4],
	['\\', '\\', 2],
])('what is written as %j is one character: %j', (written, character, length) => {
	const found = characterAt(Buffer.from(`.${written}`), 1);
	expect([String.fromCharCode(found.code), found.length]).toEqual([character, length]);
});

test('both alphabets are base64, and nothing else is', () => {
	const signs = Array.from({ length: 256 }, (_, code) => code).filter(isBase64);
	expect(String.fromCharCode(...signs)).toBe(
		'+-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz',
	);
	expect(isBase64(undefined)).toBe(false);
	expect(isBase64(0x20ac)).toBe(false);
});

test.each<[string, string, number, string, number]>([
	['up to another sign', 'ab=c', 9, 'ab', 2],
	['up to a line break', 'ab\\ncd', 9, 'ab', 2],
	['up to the end', 'abc', 9, 'abc', 3],
	['as many as are wanted', 'abcd', 2, 'ab', 2],
	['written as escapes', 'a\\/\\u0042\\\\/', 9, 'a/B/', 12],
	['none', '"', 9, '', 0],
])('characters are read %s', (_rule, written, max, text, end) => {
	expect(charactersAt(Buffer.from(`"${written}`), 1, max)).toEqual({ text, end: end + 1 });
});

test.each([
	['abc"', 0, 9, 3],
	['abc', 0, 9, 3],
	['abc', 0, 2, 2],
	['"abc', 1, 9, 4],
	['ab\\/', 0, 9, 2],
	['=', 0, 9, 0],
])('plain characters in %j from %i to %i end at %i', (text, from, to, end) => {
	expect(endOfPlain(Buffer.from(text), from, to)).toBe(end);
});

test.each([
	['!? é.a', 0, 6],
	['!"', 0, 1],
	['!\\', 0, 1],
	['!=', 0, 1],
	['!\n', 0, 1],
	['!\r!', 0, 3],
	['a!', 1, 2],
	['a', 0, 0],
])('what is neither base64 nor of meaning in %j from %i ends at %i', (text, from, end) => {
	expect(endOfOthers(Buffer.from(text), from)).toBe(end);
});

test.each<[string, string, number | undefined]>([
	['a line break', `\\n${FORTY}`, 2],
	['a return', `\\r${FORTY}`, 2],
	['both', `\\r\\n${FORTY}`, 4],
	['blanks around it', ` \\t\\n \\t${FORTY}`, 8],
	['escapes of escapes', `\\\\n${FORTY}`, 3],
	['a short line before a quote', '\\nab"', 2],
	['a short line before an escaped quote', '\\nab\\"', 2],
	...[...`')]}>\`=`].map((sign): [string, string, number] => [
		`a short line before ${sign}`,
		`\\nab${sign} and more`,
		2,
	]),
	['a short line before another', '\\nab\\ncd', 2],
	['a short line before a return', '\\nab\\rcd', 2],
	['a short line at the end of all', '\\nab', 2],
	['a long line before words', `\\n${FORTY} and`, 2],
	['a line that is too short before words', `\\n${FORTY.slice(1)} and`, undefined],
	['words', '\\nand more', undefined],
	['a short line before a comma', '\\nab, c', undefined],
	['two line breaks', `\\n\\n${FORTY}`, undefined],
	['two returns', `\\r\\r${FORTY}`, undefined],
	['no line break', ` ${FORTY}`, undefined],
	['nothing', FORTY, undefined],
	['a line break that is written as itself', `\n${FORTY}`, undefined],
	['a return that is written as itself', `\r${FORTY}`, undefined],
	['a line break, and nothing behind it', '\\n', undefined],
	['a line break before a quote', '\\n"', undefined],
	['another picture', `\\n${PNG}${FORTY}`, undefined],
	['less than tells another picture', `\\n${PNG.slice(0, 23)}`, 2],
	['100 blanks', `\\n${' '.repeat(98)}${FORTY}`, 100],
	['more of them', `\\n${' '.repeat(99)}${FORTY}`, undefined],
])('base64 goes on behind %s', (_rule, written, behind) => {
	expect(behindBreak(Buffer.from(`x${written}`), 1)).toBe(
		behind === undefined ? undefined : behind + 1,
	);
});

test.each<[string, string, number, string, number]>([
	['over line breaks', `ab\\n${FORTY}\\n${FORTY}"`, 100, `ab${FORTY}${FORTY}`, 86],
	['as much as is wanted', `ab\\n${FORTY}`, 5, 'ababc', 7],
	['up to words', 'ab\\nand more', 100, 'ab', 2],
	['up to the lookahead', `${FORTY}\\n`.repeat(50), 5000, FORTY.repeat(25), 1048],
])('base64 ahead is read %s', (_rule, written, max, text, end) => {
	expect(base64Ahead(Buffer.from(written), 0, max)).toEqual({ text, end });
});

test.each<[string, string, number]>([
	['none', 'ab', 0],
	['spaces', '  ab', 2],
	['tabs and line breaks as escapes', '\\t\\n\\r\\u0020 ab', 13],
	['a tab', '\tab', 1],
	['no line break that is written as itself', ' \nab', 1],
	['no return that is written as itself', ' \rab', 1],
	['all there is', '   ', 3],
	['as far as the lookahead', ' '.repeat(2000), 1024],
])('blanks are passed over: %s', (_rule, written, behind) => {
	expect(behindBlank(Buffer.from(`x${written}`), 1)).toBe(behind + 1);
});

const ftyp = (brand: string) => Buffer.from(`\0\0\0 ftyp${brand}`, 'latin1').toString('base64');
const riff = (kind: string) => Buffer.from(`RIFF\0\0\0\0${kind}`, 'latin1').toString('base64');

test.each<[boolean, string, string]>([
	[true, 'a PNG', PNG],
	[false, 'a PNG that is cut', PNG.slice(0, 10)],
	[true, 'a JPEG', '/9j/4AAQ'],
	[false, 'what begins nearly so', '/9g/4AAQ'],
	[true, 'a GIF', 'R0lGODlhAQAB'],
	[true, 'an older GIF', 'R0lGODdhAQAB'],
	[false, 'what begins nearly as one', 'R0lGODhhAQAB'],
	[false, 'a GIF behind something else', 'AAAAR0lGODlhAQAB'],
	[true, 'a WebP', riff('WEBP')],
	[false, 'sound', riff('WAVE')],
	...[
		'avif',
		'avis',
		'heic',
		'heim',
		'heis',
		'heix',
		'hevc',
		'hevm',
		'hevs',
		'hevx',
		'mif1',
		'msf1',
		'miaf',
	].map((brand): [boolean, string, string] => [true, brand, ftyp(brand)]),
	[false, 'a film', ftyp('isom')],
	[false, 'no brand', Buffer.from('\0\0\0 free').toString('base64')],
	[false, 'words', Buffer.from('Once there was a fox').toString('base64')],
	[false, 'nothing', ''],
])('whether a picture begins is %s for %s', (expected, _what, base64) => {
	expect(beginsPicture(base64)).toBe(expected);
});
