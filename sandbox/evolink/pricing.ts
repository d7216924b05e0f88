// What a task costs in credits, and the tokens that it is counted in: 68 credits are one dollar.
import { roundCredits } from '../accounts/ledger';
import type { PixelSize } from '../drawing/sizes';
import type { ModelRules } from './models';

const CREDITS_PER_DOLLAR = 68;
const DOLLARS_PER_CALL = 0.0208;

/** Dollars per 1000 tokens. */
const tokenPrices = {
	'gpt-image-1': { imageOut: 0.036, imageIn: 0.009, textIn: 0.0045 },
	current: { imageOut: 0.027, imageIn: 0.0072, textIn: 0.0045 },
};

const listedTokens: Record<string, Record<string, number>> = {
	'1024x1024': { low: 272, medium: 1056, high: 4160 },
	'1024x1536': { low: 408, medium: 1584, high: 6240 },
	'1536x1024': { low: 400, medium: 1568, high: 6208 },
};

const currentBase: Record<string, Record<string, number>> = {
	'gpt-image-2': { low: 16, medium: 48, high: 96, xhigh: 96, max: 96 },
	'gpt-image-2.5': { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 },
};

/** A round figure: no provider states how many tokens a reference image has. */
const TOKENS_PER_REFERENCE = 1_000;
const CHARACTERS_PER_TOKEN = 4;

export interface PricedRequest {
	model: ModelRules;
	quality: string;
	prompt: string;
	referenceCount: number;
	size: PixelSize;
}

export interface Tokens {
	imageOut: number;
	imageIn: number;
	textIn: number;
}

/** Credits for one request that makes so many images. */
export function priceInCredits(request: PricedRequest, images: number): number {
	if (request.model.billing === 'per_call') {
		return roundCredits(images * DOLLARS_PER_CALL * CREDITS_PER_DOLLAR);
	}
	const prices = tokenPrices[request.model.id === 'gpt-image-1' ? 'gpt-image-1' : 'current'];
	const { imageOut, imageIn, textIn } = tokensOf(request, images);
	const dollars = imageOut * prices.imageOut + imageIn * prices.imageIn + textIn * prices.textIn;
	return roundCredits((dollars / 1_000) * CREDITS_PER_DOLLAR);
}

/** What wasn't made is not counted at all. */
export function tokensOf(request: PricedRequest, images: number): Tokens {
	if (images === 0) return { imageOut: 0, imageIn: 0, textIn: 0 };
	return {
		imageOut: images * outputTokens(request),
		imageIn: request.referenceCount * TOKENS_PER_REFERENCE,
		textIn: Math.ceil(request.prompt.length / CHARACTERS_PER_TOKEN),
	};
}

export function creditsToDollars(credits: number): number {
	return Math.round((credits / CREDITS_PER_DOLLAR) * 1_000_000) / 1_000_000;
}

function outputTokens({ model, quality, size: { width, height } }: PricedRequest): number {
	if (model.id === 'gpt-image-1') return listedTokens[`${width}x${height}`]?.[quality] ?? 4160;
	const base = currentBase[model.id]?.[quality] ?? 48;
	const short = Math.round((base * Math.min(width, height)) / Math.max(width, height));
	return Math.ceil((base * short * (2_000_000 + width * height)) / 4_000_000);
}
