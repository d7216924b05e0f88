// What each of EvoLink's models takes, held against EvoLink's own table of parameters.
import { DEFAULT_MODEL, limitsOf } from '../../../../providers/evolink/models';
import { checkRequest } from '../../../../providers/limits/checkRequest';
import { requestWith } from '../support';

const MEGABYTE = 1024 * 1024;
const CLASSIC_SIZES = ['1:1', '2:3', '3:2', '1024x1024', '1024x1536', '1536x1024'];
const ONE_TO_TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

test('S1 gpt-4o-image', () => {
	expect(limitsOf('gpt-4o-image')).toEqual({
		prompt: { recommendedTokens: 2000 },
		sizes: CLASSIC_SIZES,
		resolutions: [],
		qualities: [],
		counts: [1, 2, 4],
		references: { max: 5, maxBytes: 10 * MEGABYTE, types: ['jpeg', 'png', 'webp'] },
		mask: {
			types: ['png'],
			maxBytes: 4 * MEGABYTE,
			exactlyOneReference: true,
			referenceTypes: ['png'],
			needsAlpha: false,
			marksInWhite: true,
		},
	});
});

test('S2 gpt-image-1', () => {
	expect(limitsOf('gpt-image-1')).toEqual({
		prompt: { recommendedTokens: 2000 },
		sizes: CLASSIC_SIZES,
		resolutions: [],
		qualities: ['low', 'medium', 'high'],
		counts: ONE_TO_TEN,
		references: { max: 16, maxBytes: 50 * MEGABYTE, types: ['jpeg', 'png', 'webp'] },
		mask: 'none',
	});
});

test.each([
	['gpt-image-2', true],
	['gpt-image-2.5', true],
	['a-model-of-next-year', false],
	['', false],
	['__proto__', false],
	['toString', false],
])(
	'"%s" gets the rules of the current models, the most permissive ones (mask with alpha: %s)',
	(model, needsAlpha) => {
		const { drawnPixels, ...limits } = limitsOf(model);
		expect(drawnPixels !== undefined).toBe(needsAlpha);
		expect(limits).toEqual({
			prompt: { maxCharacters: 32_000 },
			resolutions: ['1K', '2K', '4K'],
			counts: ONE_TO_TEN,
			references: { max: 16, maxBytes: 50 * MEGABYTE, types: ['jpeg', 'png', 'webp'] },
			mask: { types: ['png'], exactlyOneReference: false, needsAlpha },
		});
	},
);

describe('a current model takes', () => {
	test.each([
		['any ratio', { size: '21:9' }],
		['any pixels', { size: '2048x1152' }],
		['an automatic size', { size: 'auto' }],
		['a resolution with a ratio', { size: '16:9', resolution: '4K' }],
		['the lowest quality', { quality: 'low' }],
		['the highest quality', { quality: 'max' }],
	])('%s', (_rule, settings) => {
		const request = requestWith({ model: DEFAULT_MODEL, ...settings });
		expect(() => checkRequest(request, limitsOf(DEFAULT_MODEL))).not.toThrow();
	});
});

test('the default model is one that EvoLink still offers', () => {
	expect(DEFAULT_MODEL).toBe('gpt-image-2');
});
