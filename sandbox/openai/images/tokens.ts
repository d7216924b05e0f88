// Tokens and dollars of an image call.
import type { PixelSize } from '../../drawing/sizes';
import type { ImageRules } from '../models';

/** OpenAI's table for the models up to 1.5. */
const listedTokens: Record<string, Record<string, number>> = {
	'1024x1024': { low: 272, medium: 1056, high: 4160 },
	'1024x1536': { low: 408, medium: 1584, high: 6240 },
	'1536x1024': { low: 400, medium: 1568, high: 6208 },
};

/** The sandbox's own figures: OpenAI states none for what is sent in. */
const CHARACTERS_PER_TOKEN = 4;
const PIXELS_PER_TOKEN_EDGE = 32;
const MAX_TOKENS_PER_INPUT = 1536;

export interface ImageUsage {
	textIn: number;
	imageIn: number;
	imageOut: number;
}

export function textTokens(text: string): number {
	return Math.max(1, Math.ceil(text.length / CHARACTERS_PER_TOKEN));
}

export function inputImageTokens({ width, height }: PixelSize): number {
	const edge = (pixels: number) => Math.ceil(pixels / PIXELS_PER_TOKEN_EDGE);
	return Math.min(MAX_TOKENS_PER_INPUT, edge(width) * edge(height));
}

/** What each partial image adds, as OpenAI's guide to image generation tells. */
export const PARTIAL_IMAGE_TOKENS = 100;

/** Of one output image. */
export function outputImageTokens(rules: ImageRules, quality: string, size: PixelSize): number {
	const { width, height } = size;
	if (rules.tokens === 'listed') return listedTokens[`${width}x${height}`]?.[quality] ?? 0;
	const base = rules.tokens[quality] ?? 0;
	const short = Math.round((base * Math.min(width, height)) / Math.max(width, height));
	return Math.ceil((base * short * (2_000_000 + width * height)) / 4_000_000);
}

export function imageDollars(rules: ImageRules, usage: ImageUsage, images: number): number {
	const { prices } = rules;
	if (!prices) return (rules.perImage ?? 0) * images;
	const { textIn, imageIn, imageOut } = usage;
	return (
		(textIn * prices.textIn + imageIn * prices.imageIn + imageOut * prices.imageOut) / 1_000_000
	);
}

/** The Images API's "usage". */
export function usageJson({ textIn, imageIn, imageOut }: ImageUsage): Record<string, unknown> {
	return {
		input_tokens: textIn + imageIn,
		input_tokens_details: { image_tokens: imageIn, text_tokens: textIn },
		output_tokens: imageOut,
		output_tokens_details: { image_tokens: imageOut, text_tokens: 0 },
		total_tokens: textIn + imageIn + imageOut,
	};
}
