// Heads of JPEGs made by hand: which segments measure and turn a picture, and what only looks like one.
import { bytesOf, EXIF, factsOf, SIDEWAYS } from './heads';

describe('a JPEG', () => {
	const segment = (marker: number, content: Buffer) => {
		const head = Buffer.from([0xff, marker, 0, 0]);
		head.writeUInt16BE(content.length + 2, 2);
		return Buffer.concat([head, content]);
	};
	const jpeg = (...segments: Buffer[]) => Buffer.concat([bytesOf('\xff\xd8'), ...segments]);
	/** Its first five bytes: bits of a sample, height, width. */
	const frame = (marker = 0xc0, width = 300, height = 200) => {
		const content = Buffer.alloc(15);
		content[0] = 8;
		content.writeUInt16BE(height, 1);
		content.writeUInt16BE(width, 3);
		return segment(marker, content);
	};
	const FOUND = { type: 'jpeg', width: 300, height: 200 };
	const TURNED = { type: 'jpeg', width: 200, height: 300, isTurned: true };

	test.each([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])(
		'is measured by its frame behind the marker %i',
		(marker) => {
			expect(factsOf(jpeg(frame(marker)))).toEqual(FOUND);
		},
	);

	test.each([0x02, 0xbf, 0xc4, 0xc8, 0xcc, 0xd0, 0xdb, 0xdd, 0xe0, 0xfe])(
		'is not measured by what stands behind the marker %i',
		(marker) => {
			expect(factsOf(jpeg(frame(marker, 9, 9), frame()))).toEqual(FOUND);
			expect(factsOf(jpeg(frame(marker, 9, 9)))).toEqual({ type: 'jpeg' });
		},
	);

	test('is measured no further than its segments reach', () => {
		expect(factsOf(jpeg(bytesOf('no'), frame()))).toEqual({ type: 'jpeg' });
		expect(factsOf(jpeg(segment(0xe0, Buffer.alloc(5)), bytesOf('\0'), frame()))).toEqual({
			type: 'jpeg',
		});
		expect(factsOf(jpeg(frame()).subarray(0, 12))).toEqual(FOUND);
		expect(factsOf(jpeg(frame()).subarray(0, 11))).toEqual({ type: 'jpeg' });
	});

	test('is turned by EXIF before its frame, also behind others and behind padding', () => {
		expect(factsOf(jpeg(segment(0xe1, EXIF), frame()))).toEqual(TURNED);
		const others = [segment(0xe0, EXIF), segment(0xe1, bytesOf('http://ns'))];
		expect(factsOf(jpeg(...others, segment(0xe1, EXIF), frame()))).toEqual(TURNED);
		expect(factsOf(jpeg(bytesOf('\xff\xff'), segment(0xe1, EXIF), frame()))).toEqual(TURNED);
		expect(factsOf(jpeg(...others, frame()))).toEqual(FOUND);
	});

	test('is not turned by what stands behind the start of its scan, or behind what is no segment', () => {
		const scan = segment(0xda, Buffer.alloc(4));
		expect(factsOf(jpeg(frame(), scan, segment(0xe1, EXIF)))).toEqual(FOUND);
		expect(factsOf(jpeg(frame(), bytesOf('no'), segment(0xe1, EXIF)))).toEqual(FOUND);
	});

	test('is turned by the first EXIF only, and by no other kind of it', () => {
		const upright = Buffer.from(EXIF);
		upright[upright.length - 3] = 1;
		expect(factsOf(jpeg(segment(0xe1, upright), segment(0xe1, EXIF), frame()))).toEqual(FOUND);
		const other = Buffer.concat([bytesOf('Exif\0\x01'), SIDEWAYS]);
		expect(factsOf(jpeg(segment(0xe1, other), frame()))).toEqual(FOUND);
	});

	/** TIFF 6.0: an entry has a tag, a type, a count and a value. */
	const exifOf = (...entries: Array<[tag: number, value: number]>) => {
		const tiff = Buffer.alloc(10 + entries.length * 12);
		tiff.write('MM\0*', 'latin1');
		tiff.writeUInt32BE(8, 4);
		tiff.writeUInt16BE(entries.length, 8);
		entries.forEach(([tag, value], at) => {
			tiff.writeUInt16BE(tag, 10 + at * 12);
			tiff.writeUInt16BE(value, 18 + at * 12);
		});
		return tiff;
	};
	test.each<[string, Buffer, boolean]>([
		['its only entry', exifOf([0x0112, 6]), true],
		['its last entry', exifOf([0x010f, 1], [0x0110, 1], [0x0112, 5]), true],
		['the first of two', exifOf([0x0112, 1], [0x0112, 6]), false],
		['8', exifOf([0x0112, 8]), true],
		['4', exifOf([0x0112, 4]), false],
		['9', exifOf([0x0112, 9]), false],
		['another tag', exifOf([0x0113, 6]), false],
		['an entry that is cut', exifOf([0x0112, 6]).subarray(0, 21), false],
		['a list that is empty', exifOf(), false],
		['a list that is not there', exifOf().subarray(0, 8), false],
		['a list that is cut', exifOf().subarray(0, 9), false],
		['no list', exifOf().subarray(0, 7), false],
	])('is turned by %s as it says', (_what, tiff, isTurned) => {
		const exif = Buffer.concat([bytesOf('Exif\0\0'), tiff]);
		expect(factsOf(jpeg(segment(0xe1, exif), frame()))).toEqual(isTurned ? TURNED : FOUND);
	});

	test('has at least three bytes', () => {
		expect(factsOf(bytesOf('\xff\xd8\xff'))).toEqual({ type: 'jpeg' });
		expect(factsOf(bytesOf('\xff\xd8'))).toEqual({ type: 'unknown' });
	});
});
