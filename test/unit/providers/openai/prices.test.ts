// What images cost: OpenAI's counts times its price list for every model, and the estimates where there are no counts.
import fc from 'fast-check';

import type { ImageRequest } from '../../../../providers/contract';
import {
	costOfChat,
	costOfUsage,
	estimateBatch,
	estimateCost,
	estimateImages,
	estimateTasks,
	isDiscounted,
	outputTokens,
} from '../../../../providers/openai/prices';
import type { ImageUsage } from '../../../../providers/openai/schemas';
import { requestWith } from '../support';

/** Dollars per million tokens: text in, image in, image out. */
const PRICES: Array<[model: string, textIn: number, imageIn: number, out: number]> = [
	['gpt-image-1', 5, 10, 40],
	['gpt-image-1-2025-04-23', 5, 10, 40],
	['gpt-image-1-mini', 2, 2.5, 8],
	['gpt-image-1.5', 5, 8, 32],
	['chatgpt-image-latest', 5, 8, 32],
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
	it('costs its tokens times its prices, and that is an estimate', () => {
		const tokens = fc.integer({ min: 1, max: 1_000_000 });
		fc.assert(
			fc.property(tokens, tokens, tokens, (text, image, drawn) => {
				const cost = costOfUsage(model, usageOf(text, image, drawn));
				expect(cost).toMatchObject({ currency: 'USD', estimated: true });
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

describe('input that was in the cache', () => {
	const inTokens = (details: object): ImageUsage => ({
		input_tokens: 1000,
		output_tokens: 100,
		input_tokens_details: { text_tokens: 600, image_tokens: 400, ...details },
	});
	/** In millionths of a dollar. */
	const full = 600 * 5 + 400 * 8 + 100 * 30;
	const [onText, onImage] = [5 - 1.25, 8 - 2];

	test.each<[string, object, number]>([
		['none', { cached_tokens: 0 }, 0],
		[
			'both kinds, told apart',
			{ cached_tokens: 500, cached_tokens_details: { text_tokens: 200, image_tokens: 300 } },
			200 * onText + 300 * onImage,
		],
		[
			'both kinds, without their sum',
			{ cached_tokens_details: { image_tokens: 300 } },
			300 * onImage,
		],
		['text, where nothing more is told', { cached_tokens: 500 }, 500 * onText],
		['text first, and images for the rest', { cached_tokens: 700 }, 600 * onText + 100 * onImage],
		[
			'what is left of the sum is text',
			{ cached_tokens: 300, cached_tokens_details: { image_tokens: 100 } },
			200 * onText + 100 * onImage,
		],
		['never more than there was', { cached_tokens: 5000 }, 600 * onText + 400 * onImage],
		['an odd count is none', { cached_tokens: 'many', cached_tokens_details: [] }, 0],
	])('%s', (_rule, details, saved) => {
		const cost = costOfUsage('gpt-image-2.5-flare', inTokens(details));
		expect(cost?.amount).toBeCloseTo((full - saved) / 1e6, 12);
		expect(cost?.estimated).toBe(true);
	});
});

describe('the cost of words', () => {
	const chat = { prompt_tokens: 1000, completion_tokens: 200 };
	test.each<[string, string | undefined, object | undefined, number | undefined]>([
		['gpt-6-luna', 'gpt-6-luna', chat, 1000 * 0.1 + 200 * 0.5],
		['a dated name', 'gpt-4o-mini-2024-07-18', chat, 1000 * 0.15 + 200 * 0.6],
		[
			'cached input',
			'gpt-6-luna',
			{ ...chat, prompt_tokens_details: { cached_tokens: 400 } },
			600 * 0.1 + 400 * 0.01 + 200 * 0.5,
		],
		[
			'the counts of a response',
			'gpt-4o',
			{ input_tokens: 1000, output_tokens: 200, input_tokens_details: { cached_tokens: 100 } },
			900 * 2.5 + 100 * 1.25 + 200 * 10,
		],
		[
			'never more cached input than there was',
			'gpt-4o',
			{ ...chat, prompt_tokens_details: { cached_tokens: 5000 } },
			1000 * 1.25 + 200 * 10,
		],
		['words in alone', 'gpt-4o', { prompt_tokens: 1000 }, 1000 * 2.5],
		['words out alone', 'gpt-4o', { output_tokens: 200 }, 200 * 10],
		[
			'odd counts as none',
			'gpt-4o',
			{
				prompt_tokens: '1000',
				input_tokens: 100,
				completion_tokens: -1,
				output_tokens: Number.NaN,
				prompt_tokens_details: { cached_tokens: Infinity },
			},
			100 * 2.5,
		],
		[
			'a count of nothing as one',
			'gpt-4o',
			{ ...chat, prompt_tokens: 0, input_tokens: 9 },
			200 * 10,
		],
		['a model whose price is not known', 'llama-9', chat, undefined],
		['zeros', 'gpt-4o', { prompt_tokens: 0, completion_tokens: 0 }, undefined],
		['no usage', 'gpt-4o', undefined, undefined],
		['no model', undefined, chat, undefined],
	])('%s', (_rule, model, usage, millionths) => {
		const cost = costOfChat(model, usage);
		if (millionths === undefined) expect(cost).toBeUndefined();
		else {
			expect(cost).toMatchObject({ currency: 'USD', estimated: true });
			expect(cost?.amount).toBeCloseTo(millionths / 1e6, 12);
		}
	});
});

describe('what a background task may cost', () => {
	const asked = { size: '1024x1024', quality: 'low' };
	/** Of one image: 196 output tokens; its prompt has 9 bytes, to which a hundred tokens may come. */
	const drawn = 196 * 30;
	const prompt = 109;
	const estimateWith = (parts: Partial<ImageRequest>, ...models: string[]) =>
		estimateTasks(requestWith({ ...asked, ...parts }), models);
	const picture = { label: 'data' };

	test.each<[string, Partial<ImageRequest>, number, number]>([
		['an image', {}, drawn, drawn + prompt * 5 + (3000 + prompt) * 2.5 + (1000 + prompt) * 10],
		[
			'an image by input images, at which both models look',
			{ references: [picture, picture] },
			drawn,
			drawn + prompt * 5 + 2 * 6821 * 8 + (3000 + prompt + 2 * 1445) * 2.5 + (1000 + prompt) * 10,
		],
		[
			'an image that may take its time',
			{ extras: { background_options: { completion_window: '8h' } } },
			0,
			drawn + prompt * 5 + (3000 + prompt) * 2.5 + (1000 + prompt) * 10,
		],
		[
			'an image that may not',
			{ extras: { background_options: { completion_window: 'soonest' } } },
			drawn,
			drawn + prompt * 5 + (3000 + prompt) * 2.5 + (1000 + prompt) * 10,
		],
	])('%s', (_rule, parts, min, max) => {
		const found = estimateWith(parts, 'gpt-4o')!;
		expect(found.min * 1e6).toBeCloseTo(min, 6);
		expect(found.max * 1e6).toBeCloseTo(max, 6);
	});

	it('is what the dearest of several calling models takes', () => {
		const dearest = estimateWith({}, 'gpt-4o')!;
		expect(estimateWith({}, 'gpt-6-luna', 'gpt-4o', 'gpt-4o-mini')).toEqual(dearest);
	});

	test.each<[string, Partial<ImageRequest>, string[]]>([
		['of which the model is not known', { model: 'house-model' }, ['gpt-4o']],
		['whose calling model is not known', {}, ['gpt-4o', 'gpt-9']],
		['whose frames nobody counts', { model: 'gpt-image-2.5', outputFormat: 'gif' }, ['gpt-4o']],
	])('of one %s, nobody knows', (_rule, parts, models) => {
		expect(estimateWith(parts, ...models)).toBeUndefined();
	});

	test.each<[unknown, boolean]>([
		[{ completion_window: '8h' }, true],
		[{ completion_window: 'soonest' }, false],
		[{ completion_window: '' }, false],
		[{ completion_window: 8 }, false],
		[{}, false],
		['8h', false],
		[undefined, false],
	])('is less with %j: %s', (options, isLess) => {
		expect(isDiscounted(options)).toBe(isLess);
	});
});

describe("a person's own price for each image", () => {
	const own = { perImage: 0.05 };
	test.each<[string, Partial<ImageRequest>]>([
		['where nobody counts the frames', { outputFormat: 'gif' }],
		['where a model writes an SVG', { outputFormat: 'svg' }],
		['where the person chose how to plan', { extras: { complexity: 'low' } }],
	])('counts %s', (_rule, parts) => {
		const request = requestWith({ model: 'gpt-image-2.5', count: 2, ...parts });
		expect(estimateImages(request, own)).toEqual({ min: 0.1, max: 0.1 });
		expect(estimateBatch(request, own)).toEqual({ min: 0.05, max: 0.05 });
		expect(estimateImages(request)).toBeUndefined();
		expect(estimateBatch(request)).toBeUndefined();
		const tokens = { textIn: 1, imageIn: 1, imageOut: 1 };
		expect(estimateImages(request, { tokens })).toBeUndefined();
	});
});

test.each([
	['of images', (usage: object) => costOfUsage('gpt-image-2', usage as ImageUsage, true)],
	['of words', (usage: object) => costOfChat('gpt-4o', usage)],
])("a gateway's own dollars are the cost %s, and no estimate", (_, costOf) => {
	const usage = { ...usageOf(1, 1, 1), cost: 0.0421 };
	expect(costOf(usage)).toEqual({ amount: 0.0421, currency: 'USD', estimated: false });
});

test.each([0, -1, Number.NaN, '0.04', null, { usd: 1 }])(
	'a cost of %j is none, and what was counted is priced',
	(cost) => {
		const usage = { ...usageOf(100, 0, 0), cost } as ImageUsage;
		expect(costOfUsage('gpt-image-2', usage)?.amount).toBeCloseTo(0.0005, 12);
	},
);

describe('no cost is named', () => {
	test.each(UNPRICED)('for "%s", whose prices are not known', (model) => {
		expect(costOfUsage(model, usageOf(1, 1, 1))).toBeUndefined();
		expect(estimateCost(model, '1024x1024', 'high', 1)).toBeUndefined();
	});

	test.each([
		['without a model', undefined, usageOf(1, 1, 1)],
		['without a usage', 'gpt-image-2', undefined],
		['with null as usage', 'gpt-image-2', null],
		['for zeros, which are no counts', 'gpt-image-2', usageOf(0, 0, 0)],
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
