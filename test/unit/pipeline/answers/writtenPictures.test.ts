// Where in a string of JSON a picture begins: behind the head of a data URI, or by the first bytes of its base64.
import { headAt, mayBeginPicture, pictureAt } from '../../../../pipeline/answers/writtenPictures';

const HEAD = 'data:image/png;base64,';
const BEHIND_HEAD = 'A'.repeat(16);
const PNG = `iVBORw0KGgoAAAANSUhEUgAA${'A'.repeat(176)}`;
const JPEG = `/9j/4AAQSkZJRgABAQAAAQAB${'A'.repeat(176)}`;

test.each<[string, string, number]>([
	['of a picture', `${HEAD}AAAA`, 22],
	['of anything', 'data:,A', 6],
	['in capitals', 'DATA:IMAGE/PNG;BASE64,A', 22],
	['base64://', 'base64://A', 9],
	['base64:// in capitals', 'BASE64://A', 9],
	['base64:// with slashes as JSON writes them', 'base64:\\/\\/A', 11],
	['of 220 bytes at most', `data:${'a'.repeat(200)},A`, 206],
	['no longer one', `data:${'a'.repeat(201)},A`, 0],
	['without its comma', 'data:image/png;base64', 0],
	['with a quote before its comma', 'data:a",A', 0],
	['with a space before its comma', 'data:a ,A', 0],
	['with a colon before its comma', 'data:a:b,A', 0],
	['with a line break before its comma', 'data:a\nb,A', 0],
	['without its colon', 'data,A', 0],
	['with one slash only', 'base64:/A', 0],
	['of another word', 'date:image/png,A', 0],
	['words', 'no data:,A', 0],
	['nothing', '', 0],
])('a head: %s', (_form, text, length) => {
	expect(headAt(Buffer.from(`x${text}`), 1)).toBe(length);
});

test('only signs with which a picture may begin are worth a closer look', () => {
	const signs = Array.from({ length: 256 }, (_, code) => code).filter(mayBeginPicture);
	expect(String.fromCharCode(...signs)).toBe('/ABDRU\\bdi');
});

test.each<[string, string, number | undefined]>([
	['16 characters behind its head', `${HEAD}${BEHIND_HEAD}`, 22],
	['fewer', `${HEAD}${BEHIND_HEAD.slice(1)}`, undefined],
	['no base64 behind its head', `${HEAD}…`, undefined],
	['base64 over a line break', `${HEAD}AAAA\\n${'A'.repeat(40)}`, 22],
	['blanks behind its head', `${HEAD} \\n${BEHIND_HEAD}`, 25],
	['the head of any bytes', `data:application/octet-stream;base64,${BEHIND_HEAD}`, 37],
	['slashes as JSON writes them', `data:image\\/png;base64,${BEHIND_HEAD}`, 23],
	['three parameters', `data:image/svg+xml;a=b;c=d;e;base64,${BEHIND_HEAD}`, 36],
	['base64://', `base64://${BEHIND_HEAD}`, 9],
	['three heads', `${HEAD}${HEAD}${HEAD}${BEHIND_HEAD}`, 66],
	[
		'four heads, of which the last is no base64',
		`${HEAD}${HEAD}${HEAD}${HEAD}${BEHIND_HEAD}`,
		undefined,
	],
	["a picture's head behind another", `data:text/plain,${HEAD}${BEHIND_HEAD}`, 38],
	['the head of a text', `data:text/plain;base64,${BEHIND_HEAD}`, undefined],
	['the head of a text before a picture', `data:text/plain;base64,${PNG}`, 23],
	['the head of an image as text', `data:image/svg+xml,${BEHIND_HEAD}`, undefined],
	['a PNG alone', PNG, 0],
	['a PNG that is short', PNG.slice(0, 199), undefined],
	['a JPEG alone', JPEG, 0],
	['a JPEG with slashes as JSON writes them', JPEG.replaceAll('/', '\\/'), 0],
	['a WebP alone', `UklGRgAAAABXRUJQ${'A'.repeat(184)}`, 0],
	['a GIF alone', `R0lGODlhAQAB${'A'.repeat(188)}`, 0],
	['an AVIF alone', `AAAAIGZ0eXBhdmlm${'A'.repeat(184)}`, 0],
	['what only begins so', `iVBO${'A'.repeat(196)}`, undefined],
	['other base64', 'QUJD'.repeat(60), undefined],
	['words', 'data about foxes', undefined],
])('a picture: %s', (_form, text, before) => {
	expect(pictureAt(Buffer.from(`"${text}"`), 1, true)).toBe(before);
});

test('behind other base64 only a head begins a picture', () => {
	expect(pictureAt(Buffer.from(PNG), 0, false)).toBeUndefined();
	expect(pictureAt(Buffer.from(`${HEAD}${BEHIND_HEAD}`), 0, false)).toBe(22);
	expect(pictureAt(Buffer.from(`data:a,${PNG}`), 0, false)).toBe(7);
});
