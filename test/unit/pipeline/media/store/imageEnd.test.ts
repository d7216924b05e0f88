// Whether a picture is there to its end: real pictures of every kind, cut anywhere and in chunks of any length.
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

import { endFinder } from '../../../../../pipeline/media/store/imageEnd';
import type { ImageType } from '../../../../../providers/contract';

/** Noise, so that no format can make the file tiny. */
function draw(channels: 3 | 4 = 3, side = 40): Sharp {
	const pixels = Buffer.alloc(side * side * channels);
	for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7919) % 251;
	return sharp(pixels, { raw: { width: side, height: side, channels } });
}

/** A segment that a JPEG carries before its frame header. */
function segment(marker: number, content: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(content.length + 2, 2);
	return Buffer.concat([head, content]);
}

const withSegments = (jpeg: Buffer, ...segments: Buffer[]) =>
	Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

const EXIF = 0xe1;

async function withThumbnail(): Promise<Buffer> {
	const thumbnail = await draw(3, 16).jpeg().toBuffer();
	const exif = Buffer.concat([Buffer.from('Exif\0\0'), thumbnail]);
	return withSegments(await draw().jpeg().toBuffer(), segment(EXIF, exif));
}

async function withPadding(): Promise<Buffer> {
	const jpeg = await draw().jpeg().toBuffer();
	return withSegments(jpeg, Buffer.alloc(5, 0xff), segment(0xfe, Buffer.from([0xff, 0xd9])));
}

const animated = async () =>
	await sharp(Buffer.alloc(20 * 20 * 3 * 3, 'animated'), {
		raw: { width: 20, height: 60, channels: 3, pageHeight: 20 },
	})
		.gif()
		.toBuffer();

const PICTURES: Array<[kind: string, type: ImageType, make: () => Promise<Buffer>]> = [
	['a PNG', 'png', () => draw().png().toBuffer()],
	['a PNG with alpha', 'png', () => draw(4).png().toBuffer()],
	['an interlaced PNG', 'png', () => draw().png({ progressive: true }).toBuffer()],
	['a PNG with a palette', 'png', () => draw().png({ palette: true }).toBuffer()],
	['a JPEG', 'jpeg', () => draw().jpeg().toBuffer()],
	['a progressive JPEG', 'jpeg', () => draw().jpeg({ progressive: true }).toBuffer()],
	['a grey JPEG', 'jpeg', () => draw().greyscale().jpeg({ mozjpeg: true }).toBuffer()],
	['a JPEG with a thumbnail', 'jpeg', withThumbnail],
	['a JPEG with a profile', 'jpeg', () => draw().jpeg().withIccProfile('p3').toBuffer()],
	['a JPEG with filling bytes and an end in a comment', 'jpeg', withPadding],
	['a GIF', 'gif', () => draw().gif().toBuffer()],
	['an animated GIF', 'gif', animated],
	['a lossy WebP', 'webp', () => draw().webp().toBuffer()],
	['a lossless WebP with alpha', 'webp', () => draw(4).webp({ lossless: true }).toBuffer()],
	['an AVIF', 'avif', () => draw().avif({ effort: 0 }).toBuffer()],
];

/** The chunks are as long as the numbers say, again and again. */
function isWhole(type: ImageType | 'unknown', file: Buffer, lengths: number[] = [65_536]): boolean {
	const end = endFinder(type);
	for (let at = 0, i = 0; at < file.length; i++) {
		const length = lengths[i % lengths.length]!;
		end.take(file.subarray(at, at + length));
		at += length;
	}
	return end.isComplete();
}

const chunkLengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 });
const behind = fc.uint8Array({ maxLength: 5000 }).map((bytes) => Buffer.from(bytes));

describe.each(PICTURES)('%s', (_kind, type, make) => {
	let file: Buffer;
	beforeAll(async () => (file = await make()));

	it('is whole, with anything behind its end, whatever the chunks are', () => {
		fc.assert(
			fc.property(behind, chunkLengths, (more, lengths) => {
				expect(isWhole(type, Buffer.concat([file, more]), lengths)).toBe(true);
			}),
		);
	});

	it('is whole with its very last byte', () => {
		const end = endFinder(type);
		let length = 0;
		while (!end.isComplete()) end.take(file.subarray(length, ++length));
		expect(length).toBe(file.length);
	});

	it('is not whole wherever it is cut, whatever the chunks are', () => {
		fc.assert(
			fc.property(fc.nat(file.length - 1), chunkLengths, (length, lengths) => {
				expect(isWhole(type, file.subarray(0, length), lengths)).toBe(false);
			}),
		);
	});
});

test('a JPEG with a film of 4 KB behind its end is whole, one that was cut before is not', async () => {
	const jpeg = await draw().jpeg().toBuffer();
	const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42'), Buffer.alloc(4096, 0xff)]);
	expect(isWhole('jpeg', Buffer.concat([jpeg, film]))).toBe(true);
	expect(isWhole('jpeg', jpeg.subarray(0, -2))).toBe(false);
});

const many = '<rect/>'.repeat(1000);

test.each<[boolean, string]>([
	[true, '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>'],
	[true, '<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>\n<!-- end -->\n\n'],
	[true, '<svg xmlns="http://www.w3.org/2000/svg"/>\n'],
	[true, '<svg:svg><svg:rect/></svg:svg >'],
	[false, '<svg xmlns="http://www.w3.org/2000/svg"><rect/>'],
	[false, '<svg xmlns="http://www.w3.org/2000/svg"><rect/></sv'],
	[false, `<svg>${many}`],
	[true, `<svg>${many}</svg>`],
])('is whole: %s for the SVG %.70s', (expected, text) => {
	expect(isWhole('svg', Buffer.from(text), [100])).toBe(expected);
});

test('of a type that nobody knows nothing is known to be missing', () => {
	expect(isWhole('unknown', Buffer.from([1, 2, 3]))).toBe(true);
});

test('whatever the bytes are, it comes to an end and answers', () => {
	const types = fc.constantFrom<ImageType>('png', 'jpeg', 'gif', 'webp', 'avif', 'heic', 'svg');
	fc.assert(
		fc.property(types, fc.uint8Array({ maxLength: 400 }), chunkLengths, (type, bytes, lengths) => {
			expect(typeof isWhole(type, Buffer.from(bytes), lengths)).toBe('boolean');
		}),
		{ numRuns: 1000 },
	);
});

test.each<[ImageType, Buffer]>([
	['jpeg', Buffer.alloc(8_000_000, 0xff)],
	['jpeg', Buffer.alloc(8_000_000, Buffer.from([0xff, 0]))],
	['png', Buffer.alloc(8_000_000)],
	['gif', Buffer.alloc(8_000_000, 0x21)],
	['avif', Buffer.alloc(8_000_000, 'aaaa')],
	['heic', Buffer.alloc(8_000_000, Buffer.from('\0\0\0\x08free'))],
	['svg', Buffer.alloc(8_000_000, '<svg ')],
])('8 MB that keep its search for the end of a %s busy are gone through', (type, bytes) => {
	expect(isWhole(type, bytes)).toBe(false);
});
