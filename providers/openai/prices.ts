// What OpenAI's images cost: its own token counts times its price list, or an estimate where there are no counts.
import type { Cost } from '../contract';
import { familyOf, type ModelFamily } from './models';
import type { ImageUsage } from './schemas';

/** US dollars per million tokens. */
interface Prices {
	textIn: number;
	imageIn: number;
	out: number;
}

const IMAGE_PRICES: Readonly<Record<ModelFamily, Prices>> = {
	'gpt-image-1': { textIn: 5, imageIn: 10, out: 40 },
	'gpt-image-1-mini': { textIn: 2, imageIn: 2.5, out: 8 },
	'gpt-image-1.5': { textIn: 5, imageIn: 8, out: 32 },
	'gpt-image-2': { textIn: 5, imageIn: 8, out: 30 },
	'gpt-image-2.5': { textIn: 5, imageIn: 8, out: 30 },
};
const A_MILLION = 1_000_000;
/** A batch costs half. */
const BATCH_PART = 0.5;

/**
 * The cost of one answer, for all its images. It isn't an estimate, as it follows from OpenAI's own counts.
 * Undefined for models whose prices we don't know.
 */
export function costOfUsage(
	model: string | undefined,
	usage: ImageUsage | null | undefined,
	isBatch = false,
): Cost | undefined {
	const family = familyOf(model);
	if (!family || !usage) return undefined;
	const prices = IMAGE_PRICES[family];
	const { input_tokens, input_tokens_details: details, output_tokens } = usage;
	const textTokens = details?.text_tokens ?? input_tokens - (details?.image_tokens ?? 0);
	const imageTokens = details?.image_tokens ?? input_tokens - textTokens;
	const amount =
		(textTokens * prices.textIn + imageTokens * prices.imageIn + output_tokens * prices.out) /
		A_MILLION;
	return { amount: isBatch ? amount * BATCH_PART : amount, currency: 'USD', estimated: false };
}

/** An estimate by the number of output tokens that a picture of this size and quality takes; its input isn't counted. */
export function estimateCost(
	model: string,
	size: string | undefined,
	quality: string | undefined,
	count: number,
): Cost | undefined {
	const family = familyOf(model);
	const tokens = outputTokens(model, size, quality);
	if (!family || tokens === undefined) return undefined;
	const amount = (count * tokens * IMAGE_PRICES[family].out) / A_MILLION;
	return { amount, currency: 'USD', estimated: true };
}

/** Output tokens per image for the models with fixed sizes. */
const FIXED_TOKENS = new Map([
	['1024x1024 low', 272],
	['1024x1024 medium', 1056],
	['1024x1024 high', 4160],
	['1024x1536 low', 408],
	['1024x1536 medium', 1584],
	['1024x1536 high', 6240],
	['1536x1024 low', 400],
	['1536x1024 medium', 1568],
	['1536x1024 high', 6208],
]);
/** Base units for the models with free sizes. */
const BASES = new Map([
	['gpt-image-2 low', 16],
	['gpt-image-2 medium', 48],
	['gpt-image-2 high', 96],
	['gpt-image-2.5 low', 16],
	['gpt-image-2.5 medium', 24],
	['gpt-image-2.5 high', 48],
	['gpt-image-2.5 xhigh', 64],
	['gpt-image-2.5 max', 96],
]);

/** Output tokens of one image; undefined where size or quality is left to the model. */
export function outputTokens(
	model: string,
	size: string | undefined,
	quality: string | undefined,
): number | undefined {
	const family = familyOf(model);
	if (!family) return undefined;
	if (family.startsWith('gpt-image-1')) return FIXED_TOKENS.get(`${size} ${quality}`);
	const [, width, height] = /^(\d+)x(\d+)$/.exec(size ?? '')?.map(Number) ?? [];
	const base = BASES.get(`${family} ${quality}`);
	if (!width || !height || base === undefined) return undefined;
	const short = Math.round((base * Math.min(width, height)) / Math.max(width, height));
	return Math.ceil((base * short * (2_000_000 + width * height)) / 4_000_000);
}
