// What a mask's pixels tell, in every way in which a PNG can write them.
import { deflateSync } from 'node:zlib';

import sharp, { type Sharp } from 'sharp';

import { HEAD_BYTES } from '../../../../pipeline/media/store/imageFacts';
import { pngPixels } from '../../../../pipeline/media/pngPixels';

const WIDTH = 37;
const HEIGHT = 23;

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
const BLACK: Colour = [0, 0, 0, 255];
const WHITE: Colour = [255, 255, 255, 255];
const GREY: Colour = [128, 128, 128, 255];
const CLEAR: Colour = [0, 0, 0, 0];

function draw(colourAt: (x: number, y: number) => Colour): Sharp {
	const pixels = Buffer.alloc(WIDTH * HEIGHT * 4);
	for (let y = 0; y < HEIGHT; y++) {
		for (let x = 0; x < WIDTH; x++) pixels.set(colourAt(x, y), (y * WIDTH + x) * 4);
	}
	return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } });
}

const photo = (x: number, y: number): Colour => [
	(x * 91) % 256,
	(y * 57) % 256,
	(x * y) % 256,
	255,
];
const stencil = (x: number): Colour => (x > 20 ? WHITE : BLACK);
/** Only the last pixel of all is transparent. */
const holed =
	(colourAt: (x: number, y: number) => Colour, hole: Colour = CLEAR) =>
	(x: number, y: number) =>
		x === WIDTH - 1 && y === HEIGHT - 1 ? hole : colourAt(x, y);

async function* inPieces(file: Buffer, length: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < file.length; at += length) yield file.subarray(at, at + length);
}

const look = async (file: Buffer, length = 61) =>
	await pngPixels(file.subarray(0, HEAD_BYTES), inPieces(file, length));

const WAYS: Array<[string, (picture: Sharp) => Sharp]> = [
	['of 8 bits', (picture) => picture.png()],
	['without filters', (picture) => picture.png({ adaptiveFiltering: false })],
	['with all filters', (picture) => picture.png({ adaptiveFiltering: true })],
	['interlaced', (picture) => picture.png({ progressive: true, adaptiveFiltering: true })],
	['of 16 bits', (picture) => picture.toColourspace('rgb16').png({ adaptiveFiltering: true })],
	['with a palette', (picture) => picture.png({ palette: true })],
	['with an interlaced palette', (picture) => picture.png({ palette: true, progressive: true })],
	['with a palette of two colours', (picture) => picture.png({ palette: true, colours: 4 })],
];

describe.each(WAYS)('a PNG %s', (_way, as) => {
	test.each<[string, (x: number, y: number) => Colour, object]>([
		['opaque everywhere', photo, { isOpaque: true, isBlackAndWhite: false }],
		['black and white', stencil, { isOpaque: true, isBlackAndWhite: true, hasWhite: true }],
		['all white', () => WHITE, { isOpaque: true, isBlackAndWhite: false, hasWhite: true }],
		['all black', () => BLACK, { isOpaque: true, isBlackAndWhite: false, hasWhite: false }],
		['grey', () => GREY, { isOpaque: true, isBlackAndWhite: false, hasWhite: false }],
		[
			'grey, with one white pixel at its end',
			holed(() => GREY, WHITE),
			{ isOpaque: true, isBlackAndWhite: false, hasWhite: true },
		],
		['with one transparent pixel', holed(stencil), { isOpaque: false }],
		['all transparent', () => CLEAR, { isOpaque: false }],
	])('that is %s', async (_rule, colourAt, expected) => {
		const file = await as(draw(colourAt)).toBuffer();
		expect(await look(file)).toMatchObject(expected);
	});
});

describe('grey', () => {
	const grey = (picture: Sharp) => picture.toColourspace('b-w').png({ adaptiveFiltering: true });

	test('with alpha', async () => {
		expect(await look(await grey(draw(stencil)).toBuffer())).toEqual({
			isOpaque: true,
			isBlackAndWhite: true,
			hasWhite: true,
		});
		expect(await look(await grey(draw(holed(stencil))).toBuffer())).toMatchObject({
			isOpaque: false,
		});
	});

	test('without alpha', async () => {
		expect(await look(await grey(draw(stencil).removeAlpha()).toBuffer())).toEqual({
			isOpaque: true,
			isBlackAndWhite: true,
			hasWhite: true,
		});
	});
});

test('a part that is only half transparent is no opaque mask', async () => {
	const file = await draw(holed(stencil, [9, 9, 9, 254]))
		.png()
		.toBuffer();
	expect(await look(file)).toMatchObject({ isOpaque: false });
});

test('soft edges are black and white all the same', async () => {
	const soft = (x: number): Colour => (x === 20 ? [128, 128, 128, 255] : stencil(x));
	expect(await look(await draw(soft).png().toBuffer())).toMatchObject({ isBlackAndWhite: true });
});

describe('made by hand', () => {
	const chunk = (name: string, content: Buffer) => {
		const head = Buffer.alloc(8);
		head.writeUInt32BE(content.length);
		head.write(name, 4, 'latin1');
		return Buffer.concat([head, content, Buffer.alloc(4)]);
	};
	function png(
		{ depth, colour, width = 4, height = 2 }: Record<string, number>,
		rows: Buffer,
		...before: Buffer[]
	): Buffer {
		const head = Buffer.alloc(13);
		head.writeUInt32BE(width!, 0);
		head.writeUInt32BE(height!, 4);
		head[8] = depth!;
		head[9] = colour!;
		return Buffer.concat([
			Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
			chunk('IHDR', head),
			...before,
			chunk('IDAT', deflateSync(rows).subarray(0, 5)),
			chunk('IDAT', deflateSync(rows).subarray(5)),
			chunk('IEND', Buffer.alloc(0)),
		]);
	}
	const row = (...bytes: number[]) => Buffer.from([0, ...bytes]);
	const RGB_ROWS = Buffer.concat([
		row(255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0),
		row(255, 255, 255, 255, 255, 255, 0, 0, 0, 1, 2, 3),
	]);

	test.each<[string, Buffer, object]>([
		[
			'one bit of grey',
			png({ depth: 1, colour: 0 }, Buffer.concat([row(0b10100000), row(0b11110000)])),
			{ isOpaque: true, isBlackAndWhite: true },
		],
		[
			'one bit of grey whose white is transparent',
			png(
				{ depth: 1, colour: 0 },
				Buffer.concat([row(0), row(0b00010000)]),
				chunk('tRNS', Buffer.from([0, 1])),
			),
			{ isOpaque: false },
		],
		[
			'one bit of grey whose transparent white is nowhere but in the padding',
			png(
				{ depth: 1, colour: 0 },
				Buffer.concat([row(0b00001111), row(0b00001111)]),
				chunk('tRNS', Buffer.from([0, 1])),
			),
			{ isOpaque: true },
		],
		[
			'two bits of a palette whose last colour is transparent',
			png(
				{ depth: 2, colour: 3 },
				Buffer.concat([row(0b00011011), row(0b00000001)]),
				chunk('PLTE', Buffer.from([0, 0, 0, 255, 255, 255, 0, 0, 0, 9, 9, 9])),
				chunk('tRNS', Buffer.from([255, 255, 255, 0])),
			),
			{ isOpaque: false },
		],
		[
			'four bits of a palette whose transparent colour is used nowhere',
			png(
				{ depth: 4, colour: 3 },
				Buffer.concat([row(0x01, 0x10), row(0x11, 0x00)]),
				chunk('PLTE', Buffer.from([0, 0, 0, 255, 255, 255, 9, 9, 9])),
				chunk('tRNS', Buffer.from([255, 255, 0])),
			),
			{ isOpaque: true, isBlackAndWhite: true },
		],
		['colours', png({ depth: 8, colour: 2 }, RGB_ROWS), { isOpaque: true, isBlackAndWhite: true }],
		[
			'colours of which one is transparent',
			png({ depth: 8, colour: 2 }, RGB_ROWS, chunk('tRNS', Buffer.from([0, 1, 0, 2, 0, 3]))),
			{ isOpaque: false },
		],
		[
			'colours of which one that is nowhere is transparent',
			png({ depth: 8, colour: 2 }, RGB_ROWS, chunk('tRNS', Buffer.from([0, 1, 0, 2, 0, 4]))),
			{ isOpaque: true },
		],
		[
			'16 bits of grey whose alpha is one less than full',
			png({ depth: 16, colour: 4, width: 1, height: 1 }, row(0, 0, 255, 254)),
			{ isOpaque: false },
		],
		[
			'an interlaced picture of one pixel',
			(() => {
				const file = png({ depth: 8, colour: 6, width: 1, height: 1 }, row(1, 2, 3, 0));
				file[28] = 1;
				return file;
			})(),
			{ isOpaque: false },
		],
	])('%s', async (_what, file, expected) => {
		for (const length of [1, 7, 10_000]) {
			expect(await look(file, length)).toMatchObject(expected);
		}
	});

	const whole = () => png({ depth: 8, colour: 2 }, RGB_ROWS);
	const renamed = (name: string, other: string) =>
		Buffer.from(whole().toString('latin1').replaceAll(name, other), 'latin1');
	/** Without its last byte, that tells whether it is interlaced. */
	const shortHeader = () => {
		const file = whole();
		file[11] = 12;
		return Buffer.concat([file.subarray(0, 28), file.subarray(29)]);
	};

	test.each<[string, Buffer]>([
		['no PNG', Buffer.from('GIF89a')],
		[
			'another signature',
			Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\r', 'latin1'), whole().subarray(8)]),
		],
		['a header of another name', renamed('IHDR', 'IHDS')],
		['a header that is too short', shortHeader()],
		['no pixels', renamed('IDAT', 'IDAS')],
		['an empty file', Buffer.alloc(0)],
		['a PNG that is cut', png({ depth: 8, colour: 2 }, RGB_ROWS).subarray(0, 60)],
		['rows that are missing', png({ depth: 8, colour: 2, height: 9 }, RGB_ROWS)],
		['a colour type that is none', png({ depth: 8, colour: 5 }, RGB_ROWS)],
		['a depth that is none', png({ depth: 7, colour: 2 }, RGB_ROWS)],
		['a palette that is missing', png({ depth: 8, colour: 3 }, RGB_ROWS)],
		[
			'more pixels than anybody draws',
			png({ depth: 1, colour: 0, width: 8001, height: 8000 }, Buffer.alloc(8000 * 1002)),
		],
		[
			'a row that unpacks to more than any picture has',
			png({ depth: 1, colour: 0, width: 10_000_000, height: 1 }, Buffer.alloc(1_250_001)),
		],
		[
			'a row of one pixel more than that',
			png({ depth: 1, colour: 0, width: 65_536, height: 1 }, Buffer.alloc(8193)),
		],
		[
			'pixels that can not be unpacked',
			Buffer.from(
				png({ depth: 8, colour: 2 }, RGB_ROWS)
					.toString('latin1')
					.replace(/IDAT\x78/, 'IDATx'),
				'latin1',
			).fill(0xff, 45, 60),
		],
	])('%s is left to the provider', async (_what, file) => {
		expect(await look(file)).toBeUndefined();
	});

	test.each([
		[8000, 8000],
		[65_535, 1],
	])('as many pixels as %i times %i are looked at', async (width, height) => {
		const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
		expect(await look(png({ depth: 1, colour: 0, width, height }, rows), 9999)).toEqual({
			isOpaque: true,
			isBlackAndWhite: false,
			hasWhite: false,
		});
	});

	/** Its parts are rows of opaque pixels, as many as are named, but for the last pixel of all. */
	test.each<[number, number, number[]]>([
		[1, 8, [1, 1, 1, 1, 1, 1, 1, 1]],
		[8, 1, [1, 1, 2, 4]],
		[2, 2, [1, 1, 2]],
		[5, 1, [1, 1, 1, 2]],
	])('an interlaced picture of %i times %i is seen up to its end', async (width, height, rows) => {
		const written = (last: number) => {
			const bytes = Buffer.concat(
				rows.map((pixels) => row(...Array<number>(pixels * 4).fill(255))),
			);
			bytes[bytes.length - 1] = last;
			const file = png({ depth: 8, colour: 6, width, height }, bytes);
			file[28] = 1;
			return file;
		};
		expect(await look(written(254), 10)).toMatchObject({ isOpaque: false });
		expect(await look(written(255), 10)).toMatchObject({ isOpaque: true, hasWhite: true });
	});
});

test('a picture of 60 million pixels in a small file is unpacked only up to its first transparent one', async () => {
	const [width, height] = [10_000, 6000];
	const file = await sharp({
		create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
		limitInputPixels: false,
	})
		.png({ compressionLevel: 9 })
		.toBuffer();
	let given = 0;
	async function* counted(): AsyncGenerator<Buffer> {
		for await (const piece of inPieces(file, 1000)) {
			given += piece.length;
			yield piece;
		}
	}
	expect(await pngPixels(file.subarray(0, HEAD_BYTES), counted())).toMatchObject({
		isOpaque: false,
	});
	expect(given).toBeLessThan(file.length);
});

test('the file is closed as soon as the answer is known', async () => {
	const file = await draw(() => CLEAR)
		.png({ compressionLevel: 0 })
		.toBuffer();
	let isClosed = false;
	async function* watched(): AsyncGenerator<Buffer> {
		try {
			yield* inPieces(file, 64);
		} finally {
			isClosed = true;
		}
	}
	await pngPixels(file.subarray(0, HEAD_BYTES), watched());
	expect(isClosed).toBe(true);
});
