// Where pictures made by hand end: with their very last byte, whatever stands within them, and what is believed of lengths.
import { endFinder } from '../../../../../pipeline/media/store/imageEnd';
import type { ImageType } from '../../../../../providers/contract';
import { bytesOf } from './heads';

/** After how many bytes it is whole; undefined where it never is. */
function endOf(type: ImageType, file: Buffer): number | undefined {
	const end = endFinder(type);
	for (let at = 0; at < file.length; at++) {
		end.take(file.subarray(at, at + 1));
		if (end.isComplete()) return at + 1;
	}
	return undefined;
}

describe.each(['avif', 'heic'] as const)('%s', (type) => {
	const box = (name: string, bytes = 5, length = bytes + 8) => {
		const head = Buffer.alloc(8 + bytes, 'meta');
		head.writeUInt32BE(length);
		head.write(name, 4, 'latin1');
		return head;
	};
	const long = (name: string, bytes: number, length = BigInt(bytes + 16)) => {
		const size = Buffer.alloc(8);
		size.writeBigUInt64BE(length);
		return Buffer.concat([box(name, 0, 1), size, Buffer.alloc(bytes)]);
	};
	const [ftyp, meta, moov, mdat] = ['ftyp', 'meta', 'moov', 'mdat'].map((name) => box(name)) as [
		Buffer,
		Buffer,
		Buffer,
		Buffer,
	];

	test.each<[string, Buffer[]]>([
		['its pixels behind what describes them', [ftyp, meta, mdat]],
		['its pixels behind what describes a sequence', [ftyp, moov, mdat]],
		['what describes its pixels behind them', [ftyp, mdat, meta]],
		['another box between', [ftyp, meta, box('free', 0), mdat]],
		['pixels of a length of eight bytes', [ftyp, meta, long('mdat', 9)]],
		['a box of a length of eight bytes before', [ftyp, long('free', 9), meta, mdat]],
		['a length that is less than its head', [ftyp, meta, box('free', 0, 7), mdat]],
		['a long length that is less than its head', [ftyp, meta, long('free', 0, 3n), mdat]],
	])('ends with its last byte: %s', (_what, boxes) => {
		const file = Buffer.concat(boxes);
		expect(endOf(type, file)).toBe(file.length);
		expect(endOf(type, Buffer.concat([file, meta]))).toBe(file.length);
	});

	test.each<[string, Buffer[]]>([
		['without pixels', [ftyp, meta, moov]],
		['without what describes them', [ftyp, mdat]],
		['without a length of its pixels, of which nothing is known', [ftyp, box('mdat', 20, 0), meta]],
		['with a cut length', [ftyp, meta, long('mdat', 9).subarray(0, 15)]],
		['with a length beyond its end', [ftyp, meta, box('mdat', 5, 14)]],
	])('never ends %s', (_what, boxes) => {
		expect(endOf(type, Buffer.concat(boxes))).toBeUndefined();
	});

	test('ends anywhere in pixels without a length behind what describes them', () => {
		const file = Buffer.concat([ftyp, meta, box('mdat', 20, 0)]);
		expect(endOf(type, file)).toBe(file.length - 20);
	});

	test.each(['\0met', 'met\x1f', 'me\x7fa', '\xffeta'])('ends before a box called %j', (name) => {
		expect(endOf(type, Buffer.concat([ftyp, box(name)]))).toBe(ftyp.length + 8);
	});

	test.each([' met', 'met~'])('goes on behind a box called %j', (name) => {
		const file = Buffer.concat([ftyp, box(name), meta, mdat]);
		expect(endOf(type, file)).toBe(file.length);
	});
});

describe('a JPEG', () => {
	const begin = bytesOf('\xff\xd8');
	const end = bytesOf('\xff\xd9');
	const segment = (marker: number, content: Buffer, length = content.length + 2) => {
		const head = Buffer.from([0xff, marker, 0, 0]);
		head.writeUInt16BE(length, 2);
		return Buffer.concat([head, content]);
	};

	test.each<[string, Buffer[]]>([
		['nothing between', []],
		['an end within a segment', [segment(0xe0, end)]],
		['a scan with zeros behind 0xff', [segment(0xda, end), bytesOf('a\xff\0b')]],
		['a scan with restarts', [segment(0xda, end), bytesOf('\xff\xd0a\xff\xd7\xff\xd8b')]],
		['a byte that means nothing', [bytesOf('\xff\x01a')]],
		['filling bytes', [bytesOf('\xff\xff\xff'), segment(0xfe, end), bytesOf('\xff\xff')]],
		['a segment of the first marker', [segment(0x02, end)]],
		['a segment of the last marker', [segment(0xfe, end)]],
		['a segment behind the restarts', [segment(0xda, end), segment(0xdb, end)]],
		['a segment before the restarts', [segment(0xcf, end)]],
		['a length that is less than itself', [segment(0xe0, Buffer.alloc(0), 1)]],
		['no length', [segment(0xe0, Buffer.alloc(0), 0)]],
	])('ends with its last byte: %s', (_what, parts) => {
		const file = Buffer.concat([begin, ...parts, end]);
		expect(endOf('jpeg', file)).toBe(file.length);
	});
});

describe('a GIF', () => {
	const screen = (packed: number) => bytesOf(`GIF89a\0\0\0\0${String.fromCharCode(packed)}\0\0`);
	const table = (bits: number) => Buffer.alloc(3 * 2 ** bits, ';');
	const blocks = bytesOf('\x03;;;\x01;\0');
	const image = (packed: number, ...parts: Buffer[]) =>
		Buffer.concat([
			bytesOf(`,\0\0\0\0\0\0\0\0${String.fromCharCode(packed)}`),
			...parts,
			bytesOf('\x08'),
			blocks,
		]);
	const extension = Buffer.concat([bytesOf('!\xfe'), blocks]);

	test.each<[string, Buffer[]]>([
		['nothing between', [screen(0)]],
		['a table of two colours', [screen(0x80), table(1)]],
		['a table of 256 colours', [screen(0xff), table(8)]],
		['the number of colours of a table that is not there', [screen(0x7f)]],
		['an image', [screen(0), image(0)]],
		['an image with colours of its own', [screen(0x81), table(2), image(0x82, table(3))]],
		['an extension before an image', [screen(0), extension, image(0)]],
		['an extension without blocks', [screen(0), bytesOf('!;\0')]],
	])('ends with its last byte: %s', (_what, parts) => {
		const file = Buffer.concat([...parts, bytesOf(';')]);
		expect(endOf('gif', file)).toBe(file.length);
		expect(endOf('gif', file.subarray(0, -1))).toBeUndefined();
	});

	test('ends at what is no block of one', () => {
		expect(endOf('gif', Buffer.concat([screen(0), bytesOf('x;')]))).toBe(14);
	});
});

describe('a WebP', () => {
	const webp = (length: number, bytes: number) => {
		const file = Buffer.alloc(12 + bytes);
		file.write('RIFF', 'latin1');
		file.writeUInt32LE(length, 4);
		return file;
	};

	test.each([
		[4, 0, 12],
		[5, 1, 13],
		[300, 296, 308],
		[300, 400, 308],
		[300, 295, undefined],
		[3, 9, 12],
		[0, 9, 12],
	])('that says to have %i bytes, with %i behind its head, ends after %s', (length, bytes, end) => {
		expect(endOf('webp', webp(length, bytes))).toBe(end);
	});
});

describe('a PNG', () => {
	const chunk = (name: string, content = '') => {
		const head = Buffer.alloc(8);
		head.writeUInt32BE(content.length);
		head.write(name, 4, 'latin1');
		return Buffer.concat([head, bytesOf(content), Buffer.alloc(4)]);
	};
	const signature = bytesOf('\x89PNG\r\n\x1a\n');

	test.each<[string, Buffer[]]>([
		['nothing between', []],
		['a chunk with an end in it', [chunk('tEXt', '\0\0\0\0IEND\0\0\0\0')]],
		['an empty chunk', [chunk('IDAT')]],
	])('ends with its last byte: %s', (_what, chunks) => {
		const file = Buffer.concat([signature, ...chunks, chunk('IEND')]);
		expect(endOf('png', file)).toBe(file.length);
		expect(endOf('png', file.subarray(0, -1))).toBeUndefined();
	});
});

describe('an SVG', () => {
	test.each<[string, boolean]>([
		['</svg>', true],
		['</SVG \n>', true],
		['</svg:svg>', true],
		['</svgx>', false],
		['</xsvg>', false],
		['<svg/>', true],
		['<svg:svg a="b"/> \n', true],
		['<svg a="b"/>x', false],
		['<svg a="b">', false],
		['<path/>', false],
		[`</svg>${' '.repeat(1018)}`, true],
		[`</svg>${' '.repeat(1019)}`, false],
	])('is whole with %.40s: %s', (text, expected) => {
		for (const length of [1, 1000, 2000]) {
			const end = endFinder('svg');
			const file = Buffer.from(`<svg>${'x'.repeat(2000)}${text}`);
			for (let at = 0; at < file.length; at += length) end.take(file.subarray(at, at + length));
			expect(end.isComplete()).toBe(expected);
		}
	});
});
