// What OpenAI's images cost: its own token counts times its price list, or an estimate where there are no counts.
import type { Cost } from '../contract';
import type { ImageUsage } from './schemas';

/** US dollars per million tokens. */
interface Prices {
	textIn: number;
	imageIn: number;
	out: number;
}

const IMAGE_PRICES: ReadonlyArray<[RegExp, Prices]> = [
	[/^gpt-image-2/, { textIn: 5, imageIn: 8, out: 30 }],
	[/^gpt-image-1\.5/, { textIn: 5, imageIn: 8, out: 32 }],
	[/^gpt-image-1-mini/, { textIn: 2, imageIn: 2.5, out: 8 }],
	[/^gpt-image-1/, { textIn: 5, imageIn: 10, out: 40 }],
];
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
	const prices = model && IMAGE_PRICES.find(([pattern]) => pattern.test(model))?.[1];
	if (!prices || !usage) return undefined;
	const { input_tokens, input_tokens_details, output_tokens } = usage;
	const imageTokens = input_tokens_details?.image_tokens ?? 0;
	const textTokens = input_tokens_details?.text_tokens ?? input_tokens - imageTokens;
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
	const prices = IMAGE_PRICES.find(([pattern]) => pattern.test(model))?.[1];
	const tokens = outputTokens(model, size, quality);
	if (!prices || tokens === undefined) return undefined;
	return { amount: (count * tokens * prices.out) / A_MILLION, currency: 'USD', estimated: true };
}

/** Output tokens per image for the models with fixed sizes. */
const FIXED_TOKENS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
	'1024x1024': { low: 272, medium: 1056, high: 4160 },
	'1024x1536': { low: 408, medium: 1584, high: 6240 },
	'1536x1024': { low: 400, medium: 1568, high: 6208 },
};
/** Base units for the models with free sizes. */
const BASES: ReadonlyArray<[RegExp, Readonly<Record<string, number>>]> = [
	[/^gpt-image-2\.5/, { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 }],
	[/^gpt-image-2/, { low: 16, medium: 48, high: 96 }],
];

/** Output tokens of one image; undefined where size or quality is left to the model. */
export function outputTokens(
	model: string,
	size: string | undefined,
	quality: string | undefined,
): number | undefined {
	const [, width, height] = /^(\d+)x(\d+)$/.exec(size ?? '')?.map(Number) ?? [];
	if (!width || !height || !quality) return undefined;
	const base = BASES.find(([pattern]) => pattern.test(model))?.[1][quality];
	if (base === undefined) return FIXED_TOKENS[`${width}x${height}`]?.[quality];
	const short = Math.round((base * Math.min(width, height)) / Math.max(width, height));
	return Math.ceil((base * short * (2_000_000 + width * height)) / 4_000_000);
}
