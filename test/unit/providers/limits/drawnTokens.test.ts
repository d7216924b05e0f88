// Output tokens by a model's row: of what is chosen, and of all that is left to the model.
import type { ImageRequest } from '../../../../providers/contract';
import { drawnTokenRange, drawnTokens } from '../../../../providers/limits/drawnTokens';
import { FIXED_TOKENS } from '../../../../providers/limits/gptImageTokens';
import type { ModelRow } from '../../../../providers/limits/modelRows';
import { limitsOf } from '../../../../providers/openai/models';

const LIMITS = limitsOf('any');
const FIXED: ModelRow = {
	name: 'fixed',
	limits: LIMITS,
	outputTokens: {
		'1024x1024 low': 100,
		'1024x1024 high': 400,
		'1536x1024 low': 150,
		'1536x1024 high': 600,
	},
};
const FREE: ModelRow = {
	name: 'free',
	limits: LIMITS,
	outputBases: { low: 16, high: 96 },
	freeSizes: {
		automatic: ['1440x480', '2160x2160'],
		resolutions: { '1K': 1024 * 1024, '2K': 2048 * 2048 },
		date: '2026-11-28',
		source: 'a guide',
	},
};
const { automatic, date, source } = FREE.freeSizes!;
const WITHOUT_RESOLUTIONS: ModelRow = { ...FREE, freeSizes: { automatic, date, source } };

/** By OpenAI's rule: base × the short side in blocks, and more for each pixel. */
const tokens = (base: number, width: number, height: number) => {
	const short = Math.round((base * Math.min(width, height)) / Math.max(width, height));
	return Math.ceil((base * short * (2_000_000 + width * height)) / 4_000_000);
};

describe('the tokens of one image', () => {
	test.each<[string, ModelRow, string | undefined, string | undefined, number | undefined]>([
		['a listed size', FIXED, '1536x1024', 'high', 600],
		['a size that is not listed', FIXED, '512x512', 'low', undefined],
		['a free size', FREE, '1024x1024', 'high', 7024],
		['a wide one', FREE, '1536x1024', 'high', 5488],
		['the same upright', FREE, '1024x1536', 'high', 5488],
		[
			'a row of which nothing is known',
			{ name: 'x', limits: LIMITS },
			'1024x1024',
			'low',
			undefined,
		],
		['an odd name', FREE, '1024x1024', 'toString', undefined],
		['no quality', FREE, '1024x1024', undefined, undefined],
		['no size', FREE, undefined, 'low', undefined],
	])('of %s', (_rule, row, size, quality, expected) => {
		expect(drawnTokens(row, size, quality)).toBe(expected);
	});
});

describe('the fewest and the most tokens', () => {
	type Choice = Pick<ImageRequest, 'size' | 'quality' | 'resolution'>;
	test.each<[string, ModelRow, Choice, { min: number; max: number } | undefined]>([
		['of what is chosen', FIXED, { size: '1024x1024', quality: 'low' }, { min: 100, max: 100 }],
		['of every quality', FIXED, { size: '1024x1024' }, { min: 100, max: 400 }],
		[
			'of every quality that is automatic',
			FIXED,
			{ size: '1024x1024', quality: 'auto' },
			{ min: 100, max: 400 },
		],
		['of every size', FIXED, { quality: 'high' }, { min: 400, max: 600 }],
		[
			'of every size that is automatic',
			FIXED,
			{ size: 'auto', quality: 'high' },
			{ min: 400, max: 600 },
		],
		['of everything', FIXED, {}, { min: 100, max: 600 }],
		['of the sizes in a ratio', FIXED, { size: '3:2' }, { min: 150, max: 600 }],
		['of the sizes in the same ratio', FIXED, { size: '1.5:1' }, { min: 150, max: 600 }],
		['of a ratio that no size has', FIXED, { size: '2:3' }, undefined],
		['of what only begins like a ratio', FIXED, { size: '3:2:1' }, undefined],
		['of what only ends like a ratio', FIXED, { size: 'x3:2' }, undefined],
		['of a ratio with a letter in it', FIXED, { size: '3.x:2' }, undefined],
		['of a ratio with a longer fraction', FIXED, { size: '15.00:10.00' }, { min: 150, max: 600 }],
		['of a ratio of nothing', FIXED, { size: '0:1' }, undefined],
		['of a size that is not listed', FIXED, { size: '512x512' }, undefined],
		[
			'of a quality that one size lacks',
			{ ...FIXED, outputTokens: { ...FIXED.outputTokens, '1:1 max': 1 } },
			{ size: '1024x1024' },
			undefined,
		],
		[
			"of the model's own choice, where it is told",
			{ ...FIXED, defaults: { size: '1536x1024', quality: 'low' } },
			{},
			{ min: 150, max: 150 },
		],
		[
			'of what is chosen in its place',
			{ ...FIXED, defaults: { size: '1536x1024', quality: 'low' } },
			{ size: '1024x1024', quality: 'high' },
			{ min: 400, max: 400 },
		],
		['of a free size', FREE, { size: '1024x1024' }, { min: 196, max: 7024 }],
		['of any free size', FREE, {}, { min: tokens(16, 1440, 480), max: tokens(96, 2160, 2160) }],
		[
			'of a ratio in the usual resolution',
			FREE,
			{ size: '1:1', quality: 'high' },
			{ min: 7024, max: 7024 },
		],
		[
			'of a ratio in another resolution',
			FREE,
			{ size: '1:1', quality: 'high', resolution: '2K' },
			{ min: tokens(96, 2048, 2048), max: tokens(96, 2048, 2048) },
		],
		[
			'of a resolution that is not known',
			FREE,
			{ size: '1:1', quality: 'high', resolution: '8K' },
			undefined,
		],
		[
			'of one with an odd name',
			FREE,
			{ size: '1:1', quality: 'high', resolution: 'toString' },
			undefined,
		],
		[
			'of a ratio where no resolution is told',
			WITHOUT_RESOLUTIONS,
			{ size: '1:1', quality: 'high' },
			undefined,
		],
		[
			'of a resolution where none is told',
			WITHOUT_RESOLUTIONS,
			{ size: '1:1', resolution: '1K' },
			undefined,
		],
		[
			'of a ratio whose sides are rounded this way or that',
			FREE,
			{ size: '3:2', quality: 'high' },
			{ min: tokens(96, 1264, 832), max: tokens(96, 1248, 848) },
		],
		[
			'of a ratio that would be longer than a picture can be',
			{ ...FREE, freeSizes: { ...FREE.freeSizes!, resolutions: { '4K': 3840 * 3840 } } },
			{ size: '16:9', quality: 'high' },
			{ min: tokens(96, 3840, 2160), max: tokens(96, 3840, 2160) },
		],
		[
			'of the same upright',
			{ ...FREE, freeSizes: { ...FREE.freeSizes!, resolutions: { '4K': 3840 * 3840 } } },
			{ size: '9:16', quality: 'high' },
			{ min: tokens(96, 2160, 3840), max: tokens(96, 2160, 3840) },
		],
	])('%s', (_rule, row, choice, range) => {
		expect(drawnTokenRange(row, choice)).toEqual(range);
	});
});

test('the tokens of fixed sizes are those of the table in the guide', () => {
	expect(FIXED_TOKENS).toEqual({
		'1024x1024 low': 272,
		'1024x1024 medium': 1056,
		'1024x1024 high': 4160,
		'1024x1536 low': 408,
		'1024x1536 medium': 1584,
		'1024x1536 high': 6240,
		'1536x1024 low': 400,
		'1536x1024 medium': 1568,
		'1536x1024 high': 6208,
	});
});
