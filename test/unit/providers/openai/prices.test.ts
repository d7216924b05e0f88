// What images cost: OpenAI's counts times its price list for every model, and the estimates where there are no counts.
import fc from 'fast-check';

import { costOfUsage, estimateCost, outputTokens } from '../../../../providers/openai/prices';
import type { ImageUsage } from '../../../../providers/openai/schemas';

/** Dollars per million tokens: text in, image in, image out. */
const PRICES: Array<[model: string, textIn: number, imageIn: number, out: number]> = [
	['gpt-image-1', 5, 10, 40],
	['gpt-image-1-2025-04-23', 5, 10, 40],
	['gpt-image-1-mini', 2, 2.5, 8],
	['gpt-image-1.5', 5, 8, 32],
	['gpt-image-2', 5, 8, 30],
	['gpt-image-2-2026-04-21', 5, 8, 30],
	['gpt-image-2.5', 5, 8, 30],
	['gpt-image-2.5-sunburst', 5, 8, 30],
	['gpt-image-2.5-flare-2026-09-08', 5, 8, 30],
];
const UNPRICED = [
	'gpt-image-2.6-flare',
	'gpt-image-20',
	'gpt-image-10',
	'dall-e-3',
	'chatgpt-image-latest',
	'openai/gpt-image-2',
	'__proto__',
	'',
];

const usageOf = (text: number, image: number, out: number): ImageUsage => ({
	input_tokens: text + image,
	input_tokens_details: { text_tokens: text, image_tokens: image },
	output_tokens: out,
	total_tokens: text + image + out,
});

describe.each(PRICES)('%s', (model, textIn, imageIn, out) => {
	it('costs its tokens times its prices, and that is no estimate', () => {
		const tokens = fc.nat(1_000_000);
		fc.assert(
			fc.property(tokens, tokens, tokens, (text, image, drawn) => {
				const cost = costOfUsage(model, usageOf(text, image, drawn));
				expect(cost).toMatchObject({ currency: 'USD', estimated: false });
				expect(cost?.amount).toBeCloseTo((text * textIn + image * imageIn + drawn * out) / 1e6, 9);
			}),
		);
	});

	it('costs half of it in a batch', () => {
		const usage = usageOf(200, 3000, 4160);
		const whole = costOfUsage(model, usage)!;
		expect(costOfUsage(model, usage, true)).toEqual({ ...whole, amount: whole.amount / 2 });
	});
});

describe('counts that are not told apart', () => {
	const inTokens = (details: unknown): ImageUsage =>
		({ input_tokens: 100, output_tokens: 0, input_tokens_details: details }) as ImageUsage;

	test.each<[string, unknown, number]>([
		['without details all input is text', undefined, 100 * 5],
		['with null as details all input is text', null, 100 * 5],
		['with empty details all input is text', {}, 100 * 5],
		['what is no image is text', { image_tokens: 40 }, 60 * 5 + 40 * 8],
		['what is no text is an image', { text_tokens: 20 }, 20 * 5 + 80 * 8],
		['null is told as little as nothing', { image_tokens: null, text_tokens: 20 }, 20 * 5 + 80 * 8],
	])('%s', (_rule, details, millionths) => {
		expect(costOfUsage('gpt-image-2', inTokens(details))?.amount).toBeCloseTo(millionths / 1e6, 12);
	});
});

describe('no cost is named', () => {
	test.each(UNPRICED)('for "%s", whose prices are not known', (model) => {
		expect(costOfUsage(model, usageOf(1, 1, 1))).toBeUndefined();
		expect(estimateCost(model, '1024x1024', 'high', 1)).toBeUndefined();
	});

	test.each([
		['without a model', undefined, usageOf(1, 1, 1)],
		['without a usage', 'gpt-image-2', undefined],
		['with null as usage', 'gpt-image-2', null],
	])('%s', (_rule, model, usage) => {
		expect(costOfUsage(model, usage)).toBeUndefined();
	});
});

describe('output tokens', () => {
	const fixed: Array<[size: string, quality: string, tokens: number]> = [
		['1024x1024', 'low', 272],
		['1024x1024', 'medium', 1056],
		['1024x1024', 'high', 4160],
		['1024x1536', 'low', 408],
		['1024x1536', 'medium', 1584],
		['1024x1536', 'high', 6240],
		['1536x1024', 'low', 400],
		['1536x1024', 'medium', 1568],
		['1536x1024', 'high', 6208],
	];
	describe.each(['gpt-image-1', 'gpt-image-1-mini', 'gpt-image-1.5'])('of %s', (model) => {
		test.each(fixed)('%s %s: %i', (size, quality, tokens) => {
			expect(outputTokens(model, size, quality)).toBe(tokens);
		});
	});

	/** Worked out by hand: short = round(base · short edge / long edge), ceil(base · short · (2,000,000 + W · H) / 4,000,000). */
	test.each<[model: string, size: string, quality: string, tokens: number]>([
		['gpt-image-2', '1024x1024', 'high', 7024],
		['gpt-image-2', '1024x1024', 'medium', 1756],
		['gpt-image-2', '1024x1024', 'low', 196],
		['gpt-image-2', '1536x1024', 'high', 5488],
		['gpt-image-2', '1024x1536', 'high', 5488],
		['gpt-image-2', '3840x2160', 'high', 13342],
		['gpt-image-2-2026-04-21', '1024x1024', 'high', 7024],
		['gpt-image-2.5', '1024x1024', 'low', 196],
		['gpt-image-2.5', '1024x1024', 'medium', 439],
		['gpt-image-2.5', '1024x1024', 'high', 1756],
		['gpt-image-2.5-sunburst', '1024x1024', 'xhigh', 3122],
		['gpt-image-2.5-flare-2026-09-08', '1024x1024', 'max', 7024],
	])('of %s, %s %s: %i', (model, size, quality, tokens) => {
		expect(outputTokens(model, size, quality)).toBe(tokens);
	});

	test.each<[string, string, string | undefined, string | undefined]>([
		['an automatic size', 'gpt-image-2', 'auto', 'high'],
		['no size', 'gpt-image-1', undefined, 'high'],
		['a ratio', 'gpt-image-2', '3:2', 'high'],
		['a side that is nothing', 'gpt-image-2', '0x1024', 'high'],
		['an automatic quality', 'gpt-image-2', '1024x1024', 'auto'],
		['no quality', 'gpt-image-1', '1024x1024', undefined],
		['a quality that gpt-image-2 has not', 'gpt-image-2', '1024x1024', 'max'],
		['a quality that gpt-image-1 has not', 'gpt-image-1', '1024x1024', 'xhigh'],
		['a quality with an odd name', 'gpt-image-2', '1024x1024', 'constructor'],
		['another quality with an odd name', 'gpt-image-1', '1024x1024', 'toString'],
		['a size that gpt-image-1 has not', 'gpt-image-1', '1536x864', 'high'],
		['an unknown model', 'house-model', '1024x1024', 'high'],
	])('are not known with %s', (_rule, model, size, quality) => {
		expect(outputTokens(model, size, quality)).toBeUndefined();
		expect(estimateCost(model, size, quality, 1)).toBeUndefined();
	});
});

describe('an estimate', () => {
	test.each<[model: string, size: string, quality: string, count: number, dollars: string]>([
		['gpt-image-2', '1024x1024', 'high', 1, '0.211'],
		['gpt-image-2', '1024x1024', 'high', 10, '2.107'],
		['gpt-image-2.5', '1024x1024', 'max', 1, '0.211'],
		['gpt-image-1', '1024x1024', 'high', 1, '0.166'],
		['gpt-image-1.5', '1024x1536', 'medium', 1, '0.051'],
		['gpt-image-1-mini', '1536x1024', 'low', 2, '0.006'],
	])('%s, %s %s, %i at once: $%s', (model, size, quality, count, dollars) => {
		const cost = estimateCost(model, size, quality, count);
		expect(cost).toMatchObject({ currency: 'USD', estimated: true });
		expect(cost?.amount.toFixed(3)).toBe(dollars);
	});

	it('is the same upright and lying on models with free sizes', () => {
		const side = fc.integer({ min: 40, max: 240 }).map((steps) => steps * 16);
		fc.assert(
			fc.property(side, side, (a, b) => {
				expect(outputTokens('gpt-image-2', `${a}x${b}`, 'high')).toBe(
					outputTokens('gpt-image-2', `${b}x${a}`, 'high'),
				);
			}),
		);
	});
});
