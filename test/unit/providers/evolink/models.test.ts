// What each of EvoLink's models takes, held against EvoLink's own table of parameters.
import {
	DEFAULT_MODEL,
	IMAGE_MODELS,
	limitsOf,
	mayServe,
	modelRowOf,
} from '../../../../providers/evolink/models';
import { checkRequest } from '../../../../providers/limits/checkRequest';
import { labelOf } from '../../../../providers/limits/modelRows';
import { requestWith } from '../support';

const MEGABYTE = 1024 * 1024;
const CLASSIC_SIZES = ['1:1', '2:3', '3:2', '1024x1024', '1024x1536', '1536x1024'];
const ONE_TO_TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

test.each([
	['gpt-image-2', true, true],
	['gpt-4o-image', true, true],
	['gemini-3-pro-image-preview', true, true],
	['nano-banana-2-lite', true, true],
	['doubao-seedream-4.5', true, true],
	['kling-o1-image', true, true],
	['nobody-knows-it-1', true, true],
	['doubao-seedream-3.0-t2i', true, false],
	['wan2.5-text-to-image', true, false],
	['doubao-seededit-4.0-i2i', false, true],
	['qwen-image-edit-plus', false, true],
	['kling-o3-image-to-video', false, false],
	['grok-imagine-text-to-video', false, false],
	['wan2.5-i2v-preview', false, false],
	['MiniMax-Hailuo-2.3', false, false],
	['veo3', false, false],
	['suno-v5', false, false],
	['gpt-5.2', false, false],
	['gemini-3-pro-preview', false, false],
	['claude-sonnet-5', false, false],
])('%s is listed under Generate: %s, under Edit: %s', (model, draws, edits) => {
	expect(mayServe(model, 'generate')).toBe(draws);
	expect(mayServe(model, 'edit')).toBe(edits);
	expect(mayServe(model, 'estimateCost')).toBe(draws || edits);
});

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

test.each([
	['gpt-image-2.6-flare', 'GPT Image 2.6 Flare · newest'],
	['gpt-image-2.5-sunburst', 'GPT Image 2.5 Sunburst'],
	['gpt-image-2', 'GPT Image 2 · best text'],
	['gpt-image-1', 'GPT Image 1'],
	['gpt-4o-image', 'GPT-4o Image · one price per image'],
	['a-model-of-next-year', undefined],
])('%s is called %s', (model, label) => {
	expect(labelOf(IMAGE_MODELS, model)).toBe(label);
});

test('free sizes are drawn as at OpenAI', () => {
	expect(limitsOf('gpt-image-2').drawnPixels).toEqual({
		step: 16,
		maxRatio: 3,
		longest: [3840, 2160],
		min: 655_360,
		max: 8_294_400,
	});
});

describe('what estimates follow from', () => {
	const PRICE_PAGE = { date: '2026-11-28', source: "EvoLink's price page" };
	const PASSED_ON = 'EvoLink passes on the tokens that OpenAI counts.';

	test.each<[string, object | undefined]>([
		['gpt-image-2.6', undefined],
		['gpt-image-2.5', { tokens: { textIn: 4.5, imageIn: 7.2, imageOut: 27 }, ...PRICE_PAGE }],
		['gpt-image-2', { tokens: { textIn: 4.5, imageIn: 7.2, imageOut: 27 }, ...PRICE_PAGE }],
		[
			'gpt-image-1',
			{
				tokens: { textIn: 4.5, cachedTextIn: 1.1, imageIn: 9, cachedImageIn: 2.2, imageOut: 36 },
				...PRICE_PAGE,
			},
		],
		['gpt-4o-image', { perImage: 0.0208, ...PRICE_PAGE }],
	])('%s has the prices of the price page', (model, prices) => {
		expect(modelRowOf(model)?.prices).toEqual(prices);
	});

	test('the size that Automatic comes to, and the pixels of a ratio', () => {
		expect(modelRowOf('gpt-image-2')?.freeSizes).toEqual({
			automatic: ['1440x480', '2048x2048'],
			resolutions: { '1K': 1024 * 1024, '2K': 2048 * 2048, '4K': 3840 * 2160 },
			date: '2026-11-28',
			source: "EvoLink's reference and price page for gpt-image-2",
		});
		expect(modelRowOf('gpt-image-1')?.defaults).toEqual({ size: '1024x1024', quality: 'high' });
	});

	test('why the tokens of input images are taken for true', () => {
		expect(modelRowOf('gpt-image-1')?.inputTokens?.assumed).toBe(PASSED_ON);
		expect(modelRowOf('gpt-image-2')?.inputTokens?.assumed).toBe(
			`${PASSED_ON} It counts at most what gpt-image-1 does with high fidelity: the guide only says that all its input has high fidelity.`,
		);
	});
});

test('the default model is one that EvoLink still offers', () => {
	expect(DEFAULT_MODEL).toBe('gpt-image-2');
});
