// An MP4 file of pictures, each shown for a second: motion JPEG, which needs no encoder of its own.
import type { PixelSize } from './sizes';

/** JPEG pictures, in the registry of MP4's object types. */
const JPEG_OBJECT = 0x6c;
const VISUAL_STREAM = 0x11;
/** Units of time in a second. */
const TIMESCALE = 1_000;

export function mp4Of(pictures: Buffer[], size: PixelSize): Buffer {
	const fileType = box('ftyp', ascii('isom'), u32(0x200), ascii('isommp41'));
	// How long the head is doesn't depend on where the pictures begin.
	const head = (begin: number) => movie(pictures, size, begin);
	const begin = fileType.length + head(0).length + 8;
	return Buffer.concat([fileType, head(begin), box('mdat', ...pictures)]);
}

function movie(pictures: Buffer[], size: PixelSize, begin: number): Buffer {
	const duration = pictures.length * TIMESCALE;
	return box(
		'moov',
		fullBox(
			'mvhd',
			0,
			u32(0, 0, TIMESCALE, duration, 0x10000, 0x01000000, 0, 0),
			matrix,
			u32(0, 0, 0, 0, 0, 0, 2),
		),
		box(
			'trak',
			fullBox(
				'tkhd',
				3,
				u32(0, 0, 1, 0, duration, 0, 0, 0, 0),
				matrix,
				u32(size.width << 16, size.height << 16),
			),
			box(
				'mdia',
				fullBox('mdhd', 0, u32(0, 0, TIMESCALE, duration, 0x55c40000)),
				fullBox('hdlr', 0, u32(0), ascii('vide'), u32(0, 0, 0), ascii('pictures\0')),
				box(
					'minf',
					fullBox('vmhd', 1, u32(0, 0)),
					box('dinf', fullBox('dref', 0, u32(1), fullBox('url ', 1))),
					samples(pictures, size, begin),
				),
			),
		),
	);
}

/** Where each picture lies, and how long it is shown. */
function samples(pictures: Buffer[], size: PixelSize, begin: number): Buffer {
	return box(
		'stbl',
		fullBox('stsd', 0, u32(1), sampleEntry(size)),
		fullBox('stts', 0, u32(1, pictures.length, TIMESCALE)),
		fullBox('stsc', 0, u32(1, 1, pictures.length, 1)),
		fullBox('stsz', 0, u32(0, pictures.length, ...pictures.map(({ length }) => length))),
		fullBox('stco', 0, u32(1, begin)),
	);
}

function sampleEntry({ width, height }: PixelSize): Buffer {
	const dotsPerInch = 72 << 16;
	return box(
		'mp4v',
		u32(0),
		u16(0, 1),
		u32(0, 0, 0, 0),
		u16(width, height),
		u32(dotsPerInch, dotsPerInch, 0),
		u16(1),
		Buffer.alloc(32),
		u16(24, 0xffff),
		fullBox('esds', 0, descriptor(3, u16(1), u8(0), decoder, descriptor(6, u8(2)))),
	);
}

const decoder = descriptor(4, u8(JPEG_OBJECT, VISUAL_STREAM, 0, 0, 0), u32(0, 0));

const matrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

function box(type: string, ...content: Buffer[]): Buffer {
	const body = Buffer.concat(content);
	return Buffer.concat([u32(body.length + 8), ascii(type), body]);
}

/** With a version, which is always 0, and flags. */
function fullBox(type: string, flags: number, ...content: Buffer[]): Buffer {
	return box(type, u32(flags), ...content);
}

function descriptor(tag: number, ...content: Buffer[]): Buffer {
	const body = Buffer.concat(content);
	return Buffer.concat([u8(tag, body.length), body]);
}

function ascii(text: string): Buffer {
	return Buffer.from(text, 'latin1');
}

function u8(...values: number[]): Buffer {
	return Buffer.from(values);
}

function u16(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 2);
	for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
	return bytes;
}

function u32(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4);
	return bytes;
}
