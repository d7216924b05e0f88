// What a picture's first bytes tell, held against real pictures of every kind.
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

import {
	HEAD_BYTES,
	mimeTypeOf,
	readImageFacts,
} from '../../../../../pipeline/media/store/imageFacts';

const WIDTH = 123;
const HEIGHT = 45;

/** Noise, so that no format can make the file tiny. */
function draw(channels: 3 | 4 = 3): Sharp {
	const pixels = Buffer.alloc(WIDTH * HEIGHT * channels);
	for (let i = 0; i < pixels.length; i++) pixels[i] = (i * 7919) % 251;
	return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels } });
}

const factsOf = (file: Buffer) => readImageFacts(file.subarray(0, HEAD_BYTES), file.length);

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
	['an AVIF', () => draw().avif({ effort: 0 }).toBuffer(), 'avif'],
];

describe.each(PICTURES)('%s', (_kind, make, type, hasAlpha) => {
	let file: Buffer;
	beforeAll(async () => (file = await make()));

	it('is known with its dimensions and length', () => {
		const expected = { type, bytes: file.length, width: WIDTH, height: HEIGHT };
		expect(factsOf(file)).toEqual(hasAlpha === undefined ? expected : { ...expected, hasAlpha });
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

describe('an SVG', () => {
	const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect/></svg>';
	test.each<[string, string]>([
		['alone', svg],
		['empty', '<svg/>'],
		['behind white space', `\r\n\t ${svg}`],
		['behind a byte order mark', `\uFEFF${svg}`],
		["behind XML's own line", `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n${svg}`],
		[
			'behind all that a program writes',
			`\uFEFF<?xml version="1.0"?>\n<!-- Made by > hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [\n<!ENTITY ns "http://ns.test/">\n]>\n<!-- again -->${svg}`,
		],
		['in capitals, behind a doctype', `<!doctype SVG>\n<SVG width="1">`],
		['with a prefix', '<svg:svg xmlns:svg="http://www.w3.org/2000/svg"></svg:svg>'],
	])('is known %s', (_rule, text) => {
		const file = Buffer.from(text);
		expect(factsOf(file)).toMatchObject({ type: 'svg', bytes: file.length });
	});

	test.each<[string, string]>([
		['a web page with one in it', `<!doctype html><html><body>${svg}</body></html>`],
		['a page in XML with one in it', `<?xml version="1.0"?><html>${svg}</html>`],
		['an error in XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
		['a tag that only begins alike', '<svgfoo></svgfoo>'],
		['a comment that never ends', `<!-- ${svg}`],
		['a text about one', `This is ${svg}`],
	])('is not seen in %s', (_rule, text) => {
		expect(factsOf(Buffer.from(text)).type).toBe('unknown');
	});

	test.each<[string, number | undefined, number | undefined]>([
		['<svg width="1024" height="640">', 1024, 640],
		["<svg data-note='>' height = '640px' width = '1024.4'>", 1024, 640],
		['<svg viewBox="0 0 24 12"/>', 24, 12],
		['<svg width="100%" height="100%" viewBox="-5,-5, 30 40">', 30, 40],
		['<svg width="2cm" height="1cm">', undefined, undefined],
		['<svg stroke-width="3" width="0" height="5">', undefined, undefined],
		['<svg><rect width="3" height="4"/></svg>', undefined, undefined],
		['<svg title="never closed', undefined, undefined],
	])('%s has its dimensions', (text, width, height) => {
		const facts = factsOf(Buffer.from(`<?xml version="1.0"?>${text}`));
		expect([facts.type, facts.width, facts.height]).toEqual(['svg', width, height]);
	});

	it('is looked for in 256 KB of anything', () => {
		for (const sign of ['<!---->', '<?x?>', '<!doctype svg>', ' ', '<', '<!doctype svg [']) {
			expect(factsOf(Buffer.from(sign.repeat(HEAD_BYTES / sign.length))).type).toBe('unknown');
		}
	});
});

describe('AVIF, HEIC and others in their container', () => {
	const ftyp = (...brands: string[]) => {
		const box = Buffer.from(`\0\0\0\0ftyp${brands[0]!}\0\0\0\0${brands.slice(1).join('')}`);
		box.writeUInt32BE(box.length, 0);
		return box;
	};
	test.each<[string, Buffer]>([
		['avif', ftyp('avif', 'mif1', 'miaf')],
		['avif', ftyp('mif1', 'avif', 'heic')],
		['avif', ftyp('avis', 'msf1')],
		['heic', ftyp('heic', 'mif1', 'heic')],
		['heic', ftyp('mif1', 'heic')],
		['heic', ftyp('heix')],
		['heic', ftyp('msf1', 'hevc')],
		['unknown', ftyp('isom', 'iso2', 'avc1', 'mp41')],
		['unknown', ftyp('qt  ')],
		['unknown', Buffer.from('\0\0\0\x18ftyp')],
	])('%s by %s', (type, file) => {
		expect(factsOf(file)).toEqual({ type, bytes: file.length });
	});

	it('is measured by its largest part, as thumbnails and tiles are told too', async () => {
		const small = Buffer.from('\0\0\0\x14ispe\0\0\0\0\0\0\0\x10\0\0\0\x10', 'latin1');
		const large = Buffer.from('\0\0\0\x14ispe\0\0\0\0\0\0\x02\0\0\0\x01\0', 'latin1');
		const file = Buffer.concat([ftyp('heic'), small, large, small, Buffer.from('mdat'), large]);
		expect(factsOf(file)).toMatchObject({ type: 'heic', width: 512, height: 256 });
	});
});

describe('a picture that lies on its side in its file, as phones write it, is measured as it is seen', () => {
	/** EXIF with an entry before the orientation, in either byte order. */
	function exif(orientation: number, order: 'II' | 'MM' = 'MM'): Buffer {
		const tiff = Buffer.alloc(8 + 2 + 24 + 4);
		const short = (value: number, at: number) =>
			order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
		const long = (value: number, at: number) =>
			order === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
		tiff.write(order, 'latin1');
		short(42, 2);
		long(8, 4);
		short(2, 8);
		short(0x010f, 10);
		short(2, 12);
		long(1, 14);
		short(0x0112, 22);
		short(3, 24);
		long(1, 26);
		short(orientation, 30);
		return tiff;
	}
	const UPRIGHT = { width: WIDTH, height: HEIGHT };
	const TURNED = { width: HEIGHT, height: WIDTH, isTurned: true };
	const headed = (tiff: Buffer) => Buffer.concat([Buffer.from('Exif\0\0'), tiff]);

	test.each([1, 2, 3, 4, 5, 6, 7, 8])('a JPEG of orientation %i', async (orientation) => {
		const file = await draw().jpeg().withMetadata({ orientation }).toBuffer();
		expect(factsOf(file)).toEqual({
			type: 'jpeg',
			bytes: file.length,
			...(orientation > 4 ? TURNED : UPRIGHT),
		});
	});

	test.each(['II', 'MM'] as const)('a JPEG with %s as its byte order', async (order) => {
		const jpeg = await draw().jpeg().toBuffer();
		const xmp = jpegSegment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x/>'));
		const exifs = jpegSegment(0xe1, headed(exif(6, order)));
		expect(factsOf(withSegments(jpeg, xmp, exifs))).toMatchObject(TURNED);
	});

	test.each<[string, (file: Sharp) => Sharp]>([
		['a PNG', (file) => file.png()],
		['a lossy WebP', (file) => file.webp()],
		['a lossless WebP', (file) => file.webp({ lossless: true })],
		['an AVIF', (file) => file.avif({ effort: 0 })],
	])('%s of orientation 6', async (_kind, as) => {
		const file = await as(draw()).withMetadata({ orientation: 6 }).toBuffer();
		expect(factsOf(file)).toMatchObject(TURNED);
	});

	test.each<[number, object]>([
		[0, UPRIGHT],
		[1, TURNED],
		[2, UPRIGHT],
		[3, TURNED],
	])('a HEIC that says %i right angles', (angle, expected) => {
		const file = Buffer.concat([
			Buffer.from('\0\0\0\x10ftypheic\0\0\0\0', 'latin1'),
			Buffer.from(`\0\0\0\x14ispe\0\0\0\0\0\0\0\x7b\0\0\0\x2d`, 'latin1'),
			Buffer.from([0, 0, 0, 9, ...Buffer.from('irot'), angle]),
			Buffer.from('\0\0\0\x08mdat', 'latin1'),
		]);
		expect(factsOf(file)).toMatchObject(expected);
	});

	test.each<[string, Buffer]>([
		['no orientation', Buffer.from('MM\0*\0\0\0\x08\0\0')],
		['an orientation that is none', exif(9)],
		['a list beyond its end', Buffer.from('MM\0*\0\xff\0\0', 'latin1')],
		['a list that is cut', exif(6).subarray(0, 28)],
		['no byte order', Buffer.from('XX\0*\0\0\0\x08\0\0')],
		['nothing', Buffer.alloc(0)],
	])('but not by EXIF with %s', async (_rule, tiff) => {
		const jpeg = await draw().jpeg().toBuffer();
		const facts = factsOf(withSegments(jpeg, jpegSegment(0xe1, headed(tiff))));
		expect(facts).toEqual({ type: 'jpeg', bytes: expect.any(Number) as number, ...UPRIGHT });
	});

	it('a WebP whose beginning does not reach its EXIF may be turned', async () => {
		const file = await draw().webp().withMetadata({ orientation: 6 }).toBuffer();
		const exifAt = file.lastIndexOf('EXIF');
		const head = file.subarray(0, exifAt);
		expect(readImageFacts(head, file.length)).toMatchObject({ ...UPRIGHT, mayBeTurned: true });
		expect(factsOf(file)).not.toHaveProperty('mayBeTurned');
		const plain = await draw(4).webp().toBuffer();
		expect(readImageFacts(plain.subarray(0, 40), plain.length)).not.toHaveProperty('mayBeTurned');
	});

	it('and a square is as it was', async () => {
		const square = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
		const file = await square.jpeg().withMetadata({ orientation: 6 }).toBuffer();
		expect(factsOf(file)).toEqual({ type: 'jpeg', bytes: file.length, width: 8, height: 8 });
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
		Buffer.from('\xff\xd8\xff\xe1\0\xc8Exif\0\0MM\0*', 'latin1'),
		Buffer.from('RIFF\0\0\0\0WEBPVP8 '),
		Buffer.from('RIFF\0\0\0\0WEBPVP8L'),
		Buffer.from('RIFF\0\0\0\0WEBPVP8X'),
		Buffer.from('GIF89a'),
		Buffer.from('\0\0\0\x18ftypavif'),
		Buffer.from('\xff\xff\xff\xffftypheic\0\0\0\0ispe', 'latin1'),
		Buffer.from('<!doctype svg ['),
	);
	fc.assert(
		fc.property(beginnings, fc.uint8Array({ maxLength: 200 }), (beginning, rest) => {
			const file = Buffer.concat([beginning, rest]);
			expect(factsOf(file).bytes).toBe(file.length);
		}),
		{ numRuns: 1000 },
	);
});

test.each([
	['png', 'image/png'],
	['jpeg', 'image/jpeg'],
	['webp', 'image/webp'],
	['gif', 'image/gif'],
	['avif', 'image/avif'],
	['heic', 'image/heic'],
	['svg', 'image/svg+xml'],
	['unknown', 'application/octet-stream'],
] as const)('the MIME type of %s is %s', (type, mimeType) => {
	expect(mimeTypeOf(type)).toBe(mimeType);
});
