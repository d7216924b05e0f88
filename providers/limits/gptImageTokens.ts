// How many tokens GPT image models count, as far as OpenAI tells, whoever serves them. Sources: OpenAI's guides to image
// generation and to images as input.
import type { InputTokens } from './modelRows';

/** Output tokens per image of the models with fixed sizes. */
export const FIXED_TOKENS: Readonly<Record<string, number>> = {
	'1024x1024 low': 272,
	'1024x1024 medium': 1056,
	'1024x1024 high': 4160,
	'1024x1536 low': 408,
	'1024x1536 medium': 1584,
	'1024x1536 high': 6240,
	'1536x1024 low': 400,
	'1536x1024 medium': 1568,
	'1536x1024 high': 6208,
};

/** What the output tokens of the models with free sizes are reckoned from. */
export const BASES_OF_2 = { low: 16, medium: 48, high: 96 } as const;
export const BASES_OF_2_5 = { low: 16, medium: 24, high: 48, xhigh: 64, max: 96 } as const;

/** What each partial image adds. */
export const PARTIAL_IMAGE_TOKENS = 100;

const VISION_GUIDE = { date: '2026-11-28', source: "OpenAI's guide to images as input" };
const BASE = 65;
const TILE = 129;
/** An image becomes 512 pixels high or wide, and no longer than 2048. */
const MAX_TILES = 4;
const MIN_OF_1 = BASE + TILE;
const MAX_OF_1 = BASE + MAX_TILES * TILE;
/** Of an image that is no square; of a square it is 4160. */
const HIGH_FIDELITY = 6240;

export const INPUT_TOKENS_OF_1: InputTokens = {
	min: MIN_OF_1,
	max: MAX_OF_1,
	highFidelity: HIGH_FIDELITY,
	...VISION_GUIDE,
};

export const INPUT_TOKENS_OF_1_5: InputTokens = {
	...INPUT_TOKENS_OF_1,
	assumed: 'It counts as gpt-image-1 does, of which alone the guide tells.',
};

export const INPUT_TOKENS_OF_2: InputTokens = {
	min: 0,
	max: MAX_OF_1 + HIGH_FIDELITY,
	...VISION_GUIDE,
	assumed:
		'It counts at most what gpt-image-1 does with high fidelity: the guide only says that all its input has high fidelity.',
};
