// What pixels tell, row by row: which are transparent, which count as black or white, and when the rest can't change it.
import { createPixelView } from '../../../../pipeline/media/pixelView';
import type { PngLayout } from '../../../../pipeline/media/pngLayout';

const layoutWith = (parts: Partial<PngLayout>): PngLayout => {
	const { depth = 8, samples = 1 } = parts;
	return {
		width: 10,
		height: 1,
		isInterlaced: false,
		depth,
		samples,
		bitsPerPixel: samples * depth,
		hasAlpha: false,
		...parts,
	};
};

/** Ten pixels in one row, or as many as are named. */
function factsOf(layout: Partial<PngLayout>, bytes: number[], pixels = 10) {
	const view = createPixelView(layoutWith(layout));
	view.see(Buffer.from(bytes), pixels);
	return view.facts();
}

const ten = (...samples: number[]) => Array.from({ length: 10 }, () => samples).flat();
const DARK_AND_LIGHT = [64, 191];
/** Of ten pixels, one may be of another colour. */
const greyBeside = (...others: number[]) => [
	...others,
	...Array.from({ length: 10 - others.length }, (_, at) => DARK_AND_LIGHT[at % 2]!),
];

test.each<[string, number[], boolean, boolean]>([
	['as dark as black is, and as light as white', greyBeside(), true, true],
	['one a little too light for black', greyBeside(65), true, true],
	['two a little too light for black', greyBeside(65, 65), false, true],
	['two a little too dark for white', greyBeside(190, 190), false, true],
	['only black', ten(64), false, false],
	['only white', ten(191), false, true],
	['no white', [...ten(0).slice(1), 190], false, false],
])('grey: %s', (_what, bytes, isBlackAndWhite, hasWhite) => {
	expect(factsOf({}, bytes)).toEqual({ isOpaque: true, isBlackAndWhite, hasWhite });
});

describe('a colour counts by its darkest and its lightest part', () => {
	const black = [64, 0, 3];
	const white = [191, 255, 200];
	test.each<[string, number[][], boolean, boolean]>([
		['black and white', [black, white], true, true],
		['a red that is too light for black', [[65, 0, 0], black, white], false, true],
		['a green that is too light for black', [[0, 65, 0], black, white], false, true],
		['a blue that is too light for black', [[0, 0, 65], black, white], false, true],
		['a red that is too dark for white', [black, [190, 255, 255]], false, false],
		['a green that is too dark for white', [black, [255, 190, 255]], false, false],
		['a blue that is too dark for white', [black, [255, 255, 190]], false, false],
		['bright red', [[255, 0, 0], black, white], false, true],
	])('%s', (_what, colours, isBlackAndWhite, hasWhite) => {
		const facts = { isOpaque: true, isBlackAndWhite, hasWhite };
		const layout = { width: colours.length };
		expect(factsOf({ ...layout, samples: 3 }, colours.flat(), colours.length)).toEqual(facts);
		const numbers = colours.map((_, index) => index);
		const palette = Buffer.from(colours.flat());
		expect(factsOf({ ...layout, palette }, numbers, colours.length)).toEqual(facts);
	});
});

test.each<[string, Partial<PngLayout>, number[], boolean]>([
	['alpha that is full', { hasAlpha: true, samples: 2 }, ten(9, 255), true],
	[
		'alpha that isn’t full in the last pixel',
		{ hasAlpha: true, samples: 2 },
		[...ten(9, 255).slice(1), 254],
		false,
	],
	['colours with alpha', { hasAlpha: true, samples: 4 }, ten(0, 0, 0, 254), false],
	['colours that only look like one', { hasAlpha: true, samples: 4 }, ten(0, 0, 0, 255), true],
	['one grey', { transparency: Buffer.from([0, 9]) }, greyBeside(9), false],
	['another grey', { transparency: Buffer.from([0, 8]) }, greyBeside(9), true],
	[
		'a grey told in bits that don’t count',
		{ transparency: Buffer.from([7, 9]) },
		greyBeside(9),
		false,
	],
	['a grey that is told in one byte', { transparency: Buffer.from([9]) }, greyBeside(9), true],
	[
		'a colour of 3 samples',
		{ samples: 3, transparency: Buffer.from([0, 1, 0, 2, 0, 3]) },
		ten(1, 2, 3),
		false,
	],
	[
		'a colour that differs in its first',
		{ samples: 3, transparency: Buffer.from([0, 9, 0, 2, 0, 3]) },
		ten(1, 2, 3),
		true,
	],
	[
		'a colour that differs in its second',
		{ samples: 3, transparency: Buffer.from([0, 1, 0, 9, 0, 3]) },
		ten(1, 2, 3),
		true,
	],
	[
		'a colour that differs in its last',
		{ samples: 3, transparency: Buffer.from([0, 1, 0, 2, 0, 9]) },
		ten(1, 2, 3),
		true,
	],
	[
		'a palette’s colour',
		{ palette: Buffer.alloc(9), transparency: Buffer.from([255, 254]) },
		greyBeside(1),
		false,
	],
	[
		'a palette’s colour that is opaque',
		{ palette: Buffer.alloc(9), transparency: Buffer.from([0, 255]) },
		ten(1),
		true,
	],
	[
		'a palette’s colour that isn’t listed',
		{ palette: Buffer.alloc(9), transparency: Buffer.from([0]) },
		ten(1),
		true,
	],
	['a palette without any', { palette: Buffer.alloc(9) }, ten(1), true],
])('is opaque beside %s', (_what, layout, bytes, isOpaque) => {
	expect(factsOf(layout, bytes).isOpaque).toBe(isOpaque);
});

test.each<[1 | 2 | 4 | 16, number[], number]>([
	[1, [0b01_01_01_01, 0b01_000000], 10],
	[2, [0b00_11_00_11, 0b00_11_00_11, 0b00_11_0101], 10],
	[4, [0x0f, 0x3c, 0x4f, 0x0f, 0x0f], 10],
	[16, [...[64, 64, 191, 191], ...[64, 64, 191, 191]], 4],
])('%i bits of grey are scaled to black and white', (depth, bytes, pixels) => {
	expect(factsOf({ depth, width: pixels }, bytes, pixels)).toEqual({
		isOpaque: true,
		isBlackAndWhite: true,
		hasWhite: true,
	});
});

test('no more pixels of a row are seen than it has', () => {
	expect(factsOf({ depth: 1, width: 3 }, [0b00011111], 3).hasWhite).toBe(false);
	expect(factsOf({ depth: 1, width: 4 }, [0b00011111], 4).hasWhite).toBe(true);
});

describe('the rest can’t change what is known', () => {
	const afterRow = (layout: Partial<PngLayout>, bytes: number[], pixels = 10) => {
		const view = createPixelView(layoutWith(layout));
		view.see(Buffer.from(bytes), pixels);
		return view.isDecided();
	};
	test.each<[string, boolean, Partial<PngLayout>, number[]]>([
		['behind a transparent pixel', true, { hasAlpha: true, samples: 2 }, ten(0, 0)],
		['behind white and too many others', true, {}, greyBeside(100, 100)],
		['behind white and some others', false, {}, greyBeside(100)],
		['behind too many others without white', false, {}, ten(100)],
		['behind black and white', false, {}, greyBeside()],
		[
			'where it may be transparent yet',
			false,
			{ hasAlpha: true, samples: 2 },
			[...ten(100, 255).slice(2), 255, 255],
		],
		[
			'where its key may come yet',
			false,
			{ transparency: Buffer.from([0, 7]) },
			greyBeside(100, 100),
		],
		['in a picture of twice as many pixels', false, { height: 2 }, greyBeside(100, 100)],
		[
			'in a picture of twice as many pixels, behind one more',
			true,
			{ height: 2 },
			greyBeside(100, 100, 100),
		],
	])('%s: %s', (_when, expected, layout, bytes) => {
		expect(afterRow(layout, bytes)).toBe(expected);
	});
});
