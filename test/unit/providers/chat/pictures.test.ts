// The pictures of one answer by their references, and whether one has its end.
import { referenceOfBytes } from '../../../../providers/answers/pictureReference';
import { hasItsEnd, newPictures } from '../../../../providers/chat/pictures';
import { PIXEL_BYTES } from './transcripts';

test('a picture that comes twice is one', () => {
	const pictures = newPictures();
	const other = Buffer.from('other');
	const reference = pictures.keep(PIXEL_BYTES);
	expect(reference).toBe(referenceOfBytes(PIXEL_BYTES));
	expect(pictures.keep(other)).toBe(referenceOfBytes(other));
	expect(pictures.keep(Buffer.from(PIXEL_BYTES))).toBe(reference);
	expect(pictures.references()).toEqual([reference, referenceOfBytes(other)]);
	expect(pictures.find(reference)).toEqual(PIXEL_BYTES);
	expect(pictures.find('stored:1')).toBeUndefined();
});

const latin = (text: string) => Buffer.from(text, 'latin1');
const REST = 'x'.repeat(100);
const webp = (told: number, behind: number) =>
	latin(`RIFF${String.fromCharCode(told)}\0\0\0WEBP${'x'.repeat(behind)}`);

test.each<[boolean, string, Buffer]>([
	[true, 'a PNG', PIXEL_BYTES],
	[true, 'a PNG with a few bytes more', Buffer.concat([PIXEL_BYTES, Buffer.alloc(50)])],
	[false, 'a PNG with many bytes more', Buffer.concat([PIXEL_BYTES, Buffer.alloc(64)])],
	[false, 'a PNG that was cut', PIXEL_BYTES.subarray(0, -9)],
	[true, 'a JPEG', latin(`\xff\xd8${REST}\xff\xd9`)],
	[true, 'a JPEG with a few bytes more', latin(`\xff\xd8${REST}\xff\xd9\0\0`)],
	[false, 'a JPEG that was cut', latin(`\xff\xd8${REST}\xff`)],
	[true, 'a GIF', latin(`GIF89a${REST};`)],
	[false, 'a GIF that was cut', latin(`GIF89a${REST}`)],
	[false, 'a GIF with more behind it', latin(`GIF89a${REST};x`)],
	[true, 'a WebP', webp(14, 10)],
	[true, 'a WebP with bytes more', webp(14, 11)],
	[false, 'a WebP that was cut', webp(14, 9)],
	[false, 'another RIFF', latin(`RIFF\x0e\0\0\0WAVE${REST}`)],
	[false, 'a picture of another kind', latin(`<svg>${REST}</svg>`)],
	[false, 'nothing', Buffer.alloc(0)],
])('whether it surely has its end is %s for %s', (expected, _what, bytes) => {
	expect(hasItsEnd(bytes)).toBe(expected);
});
