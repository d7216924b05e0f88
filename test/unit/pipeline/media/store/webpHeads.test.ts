// Heads of WebPs made by hand: how each of the three kinds is measured, and where its EXIF stands.
import { bytesOf, EXIF, factsOf, SIDEWAYS } from './heads';

describe('a WebP', () => {
	const chunk = (name: string, content: Buffer) => {
		const head = Buffer.alloc(8);
		head.write(name, 'latin1');
		head.writeUInt32LE(content.length, 4);
		return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
	};
	const webp = (...chunks: Buffer[]) => Buffer.concat([bytesOf('RIFF\0\0\0\0WEBP'), ...chunks]);
	/** Flags, and width and height less one in three bytes each. */
	const extended = (flags: number, width = 0x20001, height = 0x10002) => {
		const content = Buffer.alloc(10);
		content[0] = flags;
		content.writeUIntLE(width - 1, 4, 3);
		content.writeUIntLE(height - 1, 7, 3);
		return chunk('VP8X', content);
	};
	const FOUND = { type: 'webp', width: 0x20001, height: 0x10002 };
	const TURNED = { type: 'webp', width: 0x10002, height: 0x20001, isTurned: true };
	const pixels = chunk('VP8 ', Buffer.alloc(21));

	test('is measured by three bytes for each side where it is extended', () => {
		expect(factsOf(webp(extended(0), pixels))).toEqual(FOUND);
		expect(factsOf(webp(extended(0)))).toEqual(FOUND);
		expect(factsOf(webp(extended(0)).subarray(0, 29))).toEqual({ type: 'webp' });
	});

	test('is measured by fourteen bits for each side where it is lossy or lossless', () => {
		const lossy = Buffer.alloc(10);
		lossy.writeUInt16LE(0xc000 | 16_383, 6);
		lossy.writeUInt16LE(0x4000 | 9000, 8);
		expect(factsOf(webp(chunk('VP8 ', lossy)))).toEqual({
			type: 'webp',
			width: 16_383,
			height: 9000,
		});
		const lossless = Buffer.alloc(12);
		lossless.writeUInt32LE(((3 << 28) | ((9000 - 1) << 14) | (16_384 - 1)) >>> 0, 1);
		expect(factsOf(webp(chunk('VP8L', lossless)))).toEqual({
			type: 'webp',
			width: 16_384,
			height: 9000,
		});
		expect(factsOf(webp(chunk('VP8Z', lossless)))).toEqual({ type: 'webp' });
	});

	test('is turned by EXIF behind its pixels, with or without a word before it', () => {
		expect(factsOf(webp(extended(8), pixels, chunk('EXIF', SIDEWAYS)))).toEqual(TURNED);
		expect(factsOf(webp(extended(8), pixels, chunk('EXIF', EXIF)))).toEqual(TURNED);
		expect(factsOf(webp(extended(8), pixels, chunk('EXIG', EXIF)))).toEqual(FOUND);
		const cut = chunk('EXIF', SIDEWAYS);
		cut.writeUInt32LE(SIDEWAYS.length - 3, 4);
		expect(factsOf(webp(extended(8), pixels, cut))).toEqual(FOUND);
	});

	const file = webp(extended(8), pixels);
	test.each<[string, Buffer, number, boolean]>([
		['where more of it is to come', file, file.length + 1, true],
		['where it is whole', file, file.length, false],
		['where it says of no EXIF', webp(extended(0xf7), pixels), 9999, false],
		['where EXIF is there', webp(extended(8), chunk('EXIF', Buffer.alloc(4))), 9999, false],
		['where it isn’t extended', webp(chunk('VP8L', Buffer.alloc(20, 8))), 9999, false],
	])('may be turned by what stands behind its beginning %s: %#', (_what, head, bytes, mayBe) => {
		expect(factsOf(head, bytes).mayBeTurned).toBe(mayBe ? true : undefined);
	});

	test.each(['RIFF\0\0\0\0WEBQ', 'RIFX\0\0\0\0WEBP', 'RIFF\0\0\0\0\0WEBP'])('is not %j', (head) => {
		expect(factsOf(Buffer.concat([bytesOf(head), Buffer.alloc(30)]))).toEqual({
			type: 'unknown',
		});
	});
});
