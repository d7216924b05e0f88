// Pictures that are written out in a text: where one begins and ends, and that it makes no difference in which pieces the
// text comes.
import { referenceOfBytes } from '../../../../providers/answers/pictureReference';
import { newPictures } from '../../../../providers/chat/pictures';
import { liftPictures, TextLifter } from '../../../../providers/chat/textLifter';
import { DATA_URI, PIXEL, PIXEL_BYTES } from './transcripts';

const HEAD = 'data:image/png;base64,';
/** Without the two signs that fill it. */
const BODY = PIXEL.slice(0, -2);
const SHORT = `iVBORw0KGgo${'A'.repeat(40)}`;
const LONG = `iVBORw0KGgo${'A'.repeat(60)}`;

/** Bytes that differ everywhere, so that no piece of their base64 can be lost or come twice. */
const base64Of = (bytes: number) =>
	Buffer.concat([
		Buffer.from('89504e470d0a1a0a', 'hex'),
		Buffer.from(Array.from({ length: bytes - 8 }, (_, i) => (i * i + (i >> 8)) & 0xff)),
	]).toString('base64');
const wrapped = (base64: string, lineEnd: string, length = 20) =>
	base64.match(new RegExp(`.{1,${length}}`, 'g'))!.join(lineEnd);

/** The text of these pieces, with the base64 of each picture in brackets, without the signs that fill it. */
const lifted = (...pieces: string[]) => {
	const pictures = newPictures();
	const lifter = new TextLifter(pictures);
	for (const piece of pieces) lifter.write(piece);
	return lifter.end().text.replace(/stored:[\w-]{64}/g, (reference) => {
		const base64 = pictures.find(reference)!.toString('base64');
		return `[${base64.replace(/=+$/, '')}]`;
	});
};

test.each<[string, string, string]>([
	['behind its head', DATA_URI, `[${BODY}]`],
	['behind base64://', `base64://${PIXEL}`, `[${BODY}]`],
	['behind parameters', `data:image/svg+xml;charset=utf-8;a=b;c;base64,${PIXEL}`, `[${BODY}]`],
	['behind any bytes', `data:application/octet-stream;base64, ${PIXEL}`, `[${BODY}]`],
	['behind three heads', `${HEAD}${HEAD}\n${DATA_URI}`, `[${BODY}]`],
	['bare', `a ${PIXEL} b`, `a [${BODY}] b`],
	['bare, behind a sign', `"${PIXEL}"`, `"[${BODY}]"`],
	['bare, with 40 characters behind its beginning', SHORT, `[${SHORT}]`],
	['twice', `${DATA_URI} ${DATA_URI}`, `[${BODY}] [${BODY}]`],
	['with slashes as JSON writes them', `${HEAD}${PIXEL.replaceAll('/', '\\/')}`, `[${BODY}]`],
	['up to a letter behind its end', `${DATA_URI}Done`, `[${BODY}] Done`],
	['up to a sign behind its end', `${DATA_URI}.`, `[${BODY}].`],
	['with two signs that fill it, and no more', `${DATA_URI}=`, `[${BODY}]=`],
	['without the signs that fill it', `${HEAD}${BODY}.`, `[${BODY}].`],
	['with line breaks', `${HEAD}${wrapped(PIXEL, '\n')}`, `[${BODY}]`],
	['with returns', `${HEAD}${wrapped(PIXEL, '\r')}`, `[${BODY}]`],
	['with both, and indented', `${HEAD}${wrapped(PIXEL, ' \r\n\t ')}`, `[${BODY}]`],
	['with line breaks as JSON writes them', `${HEAD}${wrapped(PIXEL, '\\n')}"`, `[${BODY}]"`],
	['with returns as JSON writes them', `${HEAD}${wrapped(PIXEL, '\\r\\n')}"`, `[${BODY}]"`],
	['with a short last line in a bracket', `(${HEAD}${wrapped(SHORT, '\n')})`, `([${SHORT}])`],
	['with a short last line behind three', `${HEAD}${wrapped(LONG, '\n')}`, `[${LONG}]`],
	[
		'without words behind two lines',
		`${HEAD}${wrapped(SHORT, '\n')}`,
		`[${SHORT.slice(0, 40)}]\n${SHORT.slice(40)}`,
	],
	['up to an empty line', `${DATA_URI}\n\n${'a'.repeat(30)}`, `[${BODY}]\n\n${'a'.repeat(30)}`],
	['up to a line of words', `${HEAD}${BODY}\nand more`, `[${BODY}]\nand more`],
	['up to the next one on its own line', `${HEAD}${BODY}\n${PIXEL}`, `[${BODY}]\n[${BODY}]`],
])('a picture is found %s', (_where, text, expected) => {
	expect(lifted(text)).toBe(expected);
});

test.each<[string, string]>([
	['words', 'A red fox.'],
	['a head alone', HEAD],
	['fewer than 16 characters behind a head', `${HEAD}${'A'.repeat(15)}.`],
	['fewer than 16 characters at the end', `base64://${'A'.repeat(15)}`],
	['a head of another kind', `data:text/plain;base64,${'A'.repeat(60)}`],
	['bare base64 within a word', `x${BODY}`],
	['bare base64 behind a path', `/${BODY}`],
	['bare base64 that is short', SHORT.slice(0, -1)],
	['what begins so in other letters', `ivborw0kggo${'A'.repeat(60)}`],
	['other base64', 'QUJD'.repeat(30)],
	['nothing', ''],
])('what is no picture stays as it stood: %s', (_what, text) => {
	expect(lifted(text)).toBe(text);
});

test.each<[string, string, string]>([
	['a picture', `Here: ${DATA_URI}`, referenceOfBytes(PIXEL_BYTES)],
	['the second of two', `${HEAD}${SHORT} ${DATA_URI}`, referenceOfBytes(PIXEL_BYTES)],
	['words', `${DATA_URI}.`, ''],
	['words without a picture', 'A fox', ''],
])('what a text ends with is %s', (_what, text, reference) => {
	expect(liftPictures(text, newPictures()).lastPicture).toBe(reference);
});

describe('in whatever pieces the text comes', () => {
	const [small, large] = [3000, 42_000].map((bytes) => base64Of(bytes)) as [string, string];
	const words = 'Once there was a fox. '.repeat(400);
	const none = `${HEAD}${'A'.repeat(9)}.`;
	const text = `${words}![a](${HEAD}${small})${words}${wrapped(large, '\n', 76)}\n\n${words}"${small}" base64://${large}, ${none} ${words}`;
	const expected = `${words}![a]([${small}])${words}[${large}]\n\n${words}"[${small}]" [${large}], ${none} ${words}`;

	test.each([97, 1000, 1024, 5000, 16_383, 16_384, 20_001, 1_000_000])(
		'%i characters at once',
		(size) => {
			expect(lifted(...text.match(new RegExp(`[^]{1,${size}}`, 'g'))!)).toBe(expected);
		},
	);

	// A head, a picture's beginning, a line break or its end then stands at the border of two pieces.
	test('wherever it is cut in three', () => {
		const around = `${'a '.repeat(8000)}${HEAD}${wrapped(small.slice(0, 800), '\r\n', 76)}== (${small}) ${words}`;
		const whole = lifted(around);
		for (let first = 16_000; first < around.length; first += 7) {
			const second = first + 16_384;
			const pieces = [around.slice(0, first), around.slice(first, second), around.slice(second)];
			expect(lifted(...pieces)).toBe(whole);
		}
	});
});
