// Heads of PNGs made by hand: where their header, their transparency and their EXIF may stand.
import { bytesOf, factsOf, SIDEWAYS } from './heads';

describe('a PNG', () => {
	const chunk = (name: string, content = Buffer.alloc(0)) => {
		const head = Buffer.alloc(8);
		head.writeUInt32BE(content.length);
		head.write(name, 4, 'latin1');
		return Buffer.concat([head, content, Buffer.alloc(4)]);
	};
	const header = (colourType = 2, name = 'IHDR') => {
		const content = Buffer.alloc(13);
		content.writeUInt32BE(300, 0);
		content.writeUInt32BE(200, 4);
		content[8] = 8;
		content[9] = colourType;
		return chunk(name, content);
	};
	const png = (...chunks: Buffer[]) => Buffer.concat([bytesOf('\x89PNG\r\n\x1a\n'), ...chunks]);
	const FOUND = { type: 'png', width: 300, height: 200, hasAlpha: false };

	test.each([
		[0, false],
		[2, false],
		[3, false],
		[4, true],
		[6, true],
	])('of the colour type %i can be transparent: %s', (colourType, hasAlpha) => {
		expect(factsOf(png(header(colourType)))).toEqual({ ...FOUND, hasAlpha });
	});

	test('can be transparent by a chunk before its pixels, not behind them', () => {
		const [key, pixels] = [chunk('tRNS', Buffer.alloc(6)), chunk('IDAT', Buffer.alloc(9))];
		expect(factsOf(png(header(), key, pixels))).toEqual({ ...FOUND, hasAlpha: true });
		expect(factsOf(png(header(), key))).toEqual({ ...FOUND, hasAlpha: true });
		expect(factsOf(png(header(), pixels, key))).toEqual(FOUND);
	});

	test('is measured by a whole header in the first place only', () => {
		expect(factsOf(png(header()).subarray(0, 29))).toEqual(FOUND);
		expect(factsOf(png(header()).subarray(0, 28))).toEqual({ type: 'png' });
		expect(factsOf(png(header(2, 'IHDS')))).toEqual({ type: 'png' });
	});

	test('is turned by EXIF before its pixels, or behind them', () => {
		const [exif, pixels] = [chunk('eXIf', SIDEWAYS), chunk('IDAT', Buffer.alloc(9))];
		const turned = { ...FOUND, width: 200, height: 300, isTurned: true };
		expect(factsOf(png(header(), exif, pixels))).toEqual(turned);
		expect(factsOf(png(header(), pixels, exif))).toEqual(turned);
		expect(factsOf(png(header(), chunk('eXIg', SIDEWAYS), pixels))).toEqual(FOUND);
	});

	test('is not turned by what stands in a chunk, or what is longer than that', () => {
		expect(factsOf(png(header(), chunk('tEXt', chunk('eXIf', SIDEWAYS))))).toEqual(FOUND);
		const cut = chunk('eXIf', SIDEWAYS);
		cut.writeUInt32BE(SIDEWAYS.length - 3);
		expect(factsOf(png(header(), cut))).toEqual(FOUND);
	});
});
