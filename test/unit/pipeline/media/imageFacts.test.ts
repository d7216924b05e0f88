// What a picture's first bytes tell, held against real pictures of every kind.
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

import { HEAD_BYTES, mimeTypeOf, readImageFacts } from '../../../../pipeline/media/imageFacts';

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
		expect(factsOf(file)).toEqual({ type: 'svg', bytes: file.length });
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
