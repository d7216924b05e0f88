// What a picture's first bytes tell, held against real pictures of every kind, whole and cut short.
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

import {
	HEAD_BYTES,
	isComplete,
	mimeTypeOf,
	readImageFacts,
} from '../../../../pipeline/media/imageFacts';

const WIDTH = 123;
const HEIGHT = 45;
const TAIL_BYTES = 64;

/** Noise, so that no format can make the file tiny. */
function draw(channels: 3 | 4 = 3): Sharp {
	const pixels = Buffer.alloc(WIDTH * HEIGHT * channels);
	for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7919) % 251;
	return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels } });
}

const factsOf = (file: Buffer) => readImageFacts(file.subarray(0, HEAD_BYTES), file.length);
const isWhole = (file: Buffer) =>
	isComplete(factsOf(file), file.subarray(0, HEAD_BYTES), file.subarray(-TAIL_BYTES));

/** A segment that a JPEG carries before its frame header. */
function jpegSegment(marker: number, content: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(content.length + 2, 2);
	return Buffer.concat([head, content]);
}

/** The same JPEG with more segments right after its first two bytes. */
const withSegments = (jpeg: Buffer, ...segments: Buffer[]) =>
	Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

type Picture = [kind: string, make: () => Promise<Buffer>, type: string, hasAlpha?: boolean];
const PICTURES: Picture[] = [
	['a PNG', () => draw().png().toBuffer(), 'png', false],
	['a PNG with alpha', () => draw(4).png().toBuffer(), 'png', true],
	['a PNG with a palette', () => draw().png({ palette: true }).toBuffer(), 'png', false],
	[
		'a PNG whose palette is transparent',
		() => draw(4).png({ palette: true }).toBuffer(),
		'png',
		true,
	],
	['a grey PNG', () => draw().greyscale().png().toBuffer(), 'png', false],
	['an interlaced PNG', () => draw(4).png({ progressive: true }).toBuffer(), 'png', true],
	['a JPEG', () => draw().jpeg().toBuffer(), 'jpeg'],
	['a progressive JPEG', () => draw().jpeg({ progressive: true }).toBuffer(), 'jpeg'],
	['a grey JPEG', () => draw().greyscale().jpeg().toBuffer(), 'jpeg'],
	['a JPEG with a colour profile', () => draw().jpeg().withIccProfile('p3').toBuffer(), 'jpeg'],
	['a lossy WebP', () => draw().webp().toBuffer(), 'webp'],
	['a lossless WebP', () => draw().webp({ lossless: true }).toBuffer(), 'webp'],
	['a lossy WebP with alpha', () => draw(4).webp().toBuffer(), 'webp'],
	['a lossless WebP with alpha', () => draw(4).webp({ lossless: true }).toBuffer(), 'webp'],
	['a GIF', () => draw().gif().toBuffer(), 'gif'],
];

describe.each(PICTURES)('%s', (_kind, make, type, hasAlpha) => {
	let file: Buffer;
	beforeAll(async () => (file = await make()));

	it('is known with its dimensions and length', () => {
		const expected = { type, bytes: file.length, width: WIDTH, height: HEIGHT };
		expect(factsOf(file)).toEqual(hasAlpha === undefined ? expected : { ...expected, hasAlpha });
	});

	it('is whole', () => {
		expect(isWhole(file)).toBe(true);
	});

	it('is known by its type or not at all, wherever it is cut, and never by wrong dimensions', () => {
		for (let length = 0; length < Math.min(file.length, 1000); length++) {
			const facts = readImageFacts(file.subarray(0, length), file.length);
			expect([type, 'unknown']).toContain(facts.type);
			expect([WIDTH, undefined]).toContain(facts.width);
			expect([HEIGHT, undefined]).toContain(facts.height);
		}
	});
});

describe('a picture that was cut short is not whole', () => {
	const cuttable = PICTURES.filter(([, , type]) => type !== 'gif');
	test.each(cuttable)('%s', async (_kind, make) => {
		const file = await make();
		for (const part of [0.5, 0.9, 0.99]) {
			expect(isWhole(file.subarray(0, Math.floor(file.length * part)))).toBe(false);
		}
	});
});

describe('a JPEG with much before its frame', () => {
	let jpeg: Buffer;
	beforeAll(async () => (jpeg = await draw().jpeg().toBuffer()));

	const EXIF = 0xe1;
	const PROFILE = 0xe2;
	const large = Buffer.alloc(65_533, 0xff);

	test.each<[string, () => Buffer]>([
		['a full segment of EXIF', () => withSegments(jpeg, jpegSegment(EXIF, large))],
		[
			'EXIF and a colour profile in two parts',
			() =>
				withSegments(
					jpeg,
					jpegSegment(EXIF, large),
					jpegSegment(PROFILE, large),
					jpegSegment(PROFILE, large),
				),
		],
		[
			'EXIF whose thumbnail is a JPEG of other dimensions',
			() => withSegments(jpeg, jpegSegment(EXIF, Buffer.concat([Buffer.from('Exif\0\0'), jpeg]))),
		],
		['filling bytes before a marker', () => withSegments(jpeg, Buffer.alloc(5, 0xff))],
	])('has its dimensions found behind %s', (_rule, file) => {
		expect(factsOf(file())).toMatchObject({ type: 'jpeg', width: WIDTH, height: HEIGHT });
	});

	it('has no dimensions, and is still a JPEG, where they lie beyond the bytes that are read', () => {
		const segments = Array.from({ length: 5 }, () => jpegSegment(PROFILE, large));
		const file = withSegments(jpeg, ...segments);
		expect(factsOf(file)).toEqual({ type: 'jpeg', bytes: file.length });
	});
});

test.each<[string, Buffer]>([
	['an empty file', Buffer.alloc(0)],
	['a text named .png', Buffer.from('This is not a picture.')],
	['a web page', Buffer.from('<!doctype html><html><body>404</body></html>')],
	['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
	['a sound in the same container as WebP', Buffer.from('RIFF\x10\0\0\0WAVEfmt ')],
	['the beginning of a signature', Buffer.from([0x89, 0x50, 0x4e])],
	['two bytes of a JPEG', Buffer.from([0xff, 0xd8])],
])('%s is no known picture', (_rule, file) => {
	expect(factsOf(file)).toEqual({ type: 'unknown', bytes: file.length });
});

it('never throws, whatever the bytes are', () => {
	const beginnings = fc.constantFrom(
		Buffer.alloc(0),
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
		Buffer.from([0xff, 0xd8, 0xff]),
		Buffer.from('RIFF\0\0\0\0WEBPVP8 '),
		Buffer.from('RIFF\0\0\0\0WEBPVP8L'),
		Buffer.from('RIFF\0\0\0\0WEBPVP8X'),
		Buffer.from('GIF89a'),
	);
	fc.assert(
		fc.property(beginnings, fc.uint8Array({ maxLength: 200 }), (beginning, rest) => {
			const file = Buffer.concat([beginning, rest]);
			expect(factsOf(file).bytes).toBe(file.length);
			expect(typeof isWhole(file)).toBe('boolean');
		}),
		{ numRuns: 1000 },
	);
});

test.each([
	['png', 'image/png'],
	['jpeg', 'image/jpeg'],
	['webp', 'image/webp'],
	['gif', 'image/gif'],
] as const)('the MIME type of %s is %s', (type, mimeType) => {
	expect(mimeTypeOf(type)).toBe(mimeType);
});
