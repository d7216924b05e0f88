// EvoLink's models and what each takes. Source: EvoLink's API reference for gpt-4o-image, gpt-image-1 and gpt-image-2.
import type { ModelLimits } from '../contract';
import {
	BASES_OF_2,
	BASES_OF_2_5,
	FIXED_TOKENS,
	INPUT_TOKENS_OF_1,
	INPUT_TOKENS_OF_2,
} from '../limits/gptImageTokens';
import { MEGABYTE } from '../limits/megabytes';
import { rowOf, type FreeSizes, type InputTokens, type ModelRow } from '../limits/modelRows';

const CLASSIC_SIZES = ['1:1', '2:3', '3:2', '1024x1024', '1024x1536', '1536x1024'] as const;
const ONE_TO_TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const REFERENCE_TYPES = ['jpeg', 'png', 'webp'] as const;
const CODE_NAMES = ['flare', 'sunburst'] as const;

/** S1: charged ahead by the number of images, settled by what was made. */
const GPT_4O_IMAGE: ModelLimits = {
	prompt: { recommendedTokens: 2000 },
	sizes: CLASSIC_SIZES,
	resolutions: [],
	qualities: [],
	counts: [1, 2, 4],
	references: { max: 5, maxBytes: 10 * MEGABYTE, types: REFERENCE_TYPES },
	mask: {
		types: ['png'],
		maxBytes: 4 * MEGABYTE,
		exactlyOneReference: true,
		referenceTypes: ['png'],
		needsAlpha: false,
		// As the parameters of EvoLink's own skill for agents say.
		marksInWhite: true,
	},
};

/** S2 */
const GPT_IMAGE_1: ModelLimits = {
	prompt: { recommendedTokens: 2000 },
	sizes: CLASSIC_SIZES,
	resolutions: [],
	qualities: ['low', 'medium', 'high'],
	counts: ONE_TO_TEN,
	references: { max: 16, maxBytes: 50 * MEGABYTE, types: REFERENCE_TYPES },
	mask: 'none',
};

/** gpt-image-2 and later. */
const CURRENT: ModelLimits = {
	prompt: { maxCharacters: 32_000 },
	// As on OpenAI's own: EvoLink's pages name no other rules for pixels.
	drawnPixels: { step: 16, maxRatio: 3, longest: [3840, 2160], min: 655_360, max: 8_294_400 },
	resolutions: ['1K', '2K', '4K'],
	counts: ONE_TO_TEN,
	references: { max: 16, maxBytes: 50 * MEGABYTE, types: REFERENCE_TYPES },
	mask: { types: ['png'], exactlyOneReference: false, needsAlpha: true },
};

/** For a model that we don't know: nothing is refused that it might take, such as a mask in black and white. */
const UNKNOWN: ModelLimits = {
	...CURRENT,
	// Models of many makers are here, of which most take ratios.
	drawnPixels: undefined,
	mask: { types: ['png'], exactlyOneReference: false, needsAlpha: false },
};

const PRICE_PAGE = { date: '2026-11-28', source: "EvoLink's price page" };
const CURRENT_PRICES = { tokens: { textIn: 4.5, imageIn: 7.2, imageOut: 27 }, ...PRICE_PAGE };

/** An aspect ratio gets about so many pixels. What Automatic comes to is reckoned as EvoLink's own page does, at most. */
const SIZE_RANGE: FreeSizes = {
	automatic: ['1440x480', '2048x2048'],
	resolutions: { '1K': 1_048_576, '2K': 4_194_304, '4K': 8_294_400 },
	date: '2026-11-28',
	source: "EvoLink's reference and price page for gpt-image-2",
};

/** EvoLink charges by the tokens that OpenAI counts. */
const asAtOpenAi = (tokens: InputTokens): InputTokens => ({
	...tokens,
	assumed: ['EvoLink passes on the tokens that OpenAI counts.', tokens.assumed ?? '']
		.join(' ')
		.trim(),
});
const INPUT_TOKENS = asAtOpenAi(INPUT_TOKENS_OF_2);

export const IMAGE_MODELS: readonly ModelRow[] = [
	{
		name: 'gpt-image-2.6',
		title: 'GPT Image 2.6',
		note: 'newest',
		variants: CODE_NAMES,
		limits: CURRENT,
	},
	{
		name: 'gpt-image-2.5',
		title: 'GPT Image 2.5',
		variants: CODE_NAMES,
		limits: CURRENT,
		prices: CURRENT_PRICES,
		outputBases: BASES_OF_2_5,
		freeSizes: SIZE_RANGE,
		inputTokens: INPUT_TOKENS,
	},
	{
		name: 'gpt-image-2',
		title: 'GPT Image 2',
		note: 'best text',
		limits: CURRENT,
		prices: CURRENT_PRICES,
		outputBases: BASES_OF_2,
		freeSizes: SIZE_RANGE,
		inputTokens: INPUT_TOKENS,
	},
	{
		name: 'gpt-image-1',
		title: 'GPT Image 1',
		limits: GPT_IMAGE_1,
		outputTokens: FIXED_TOKENS,
		inputTokens: asAtOpenAi(INPUT_TOKENS_OF_1),
		defaults: { size: '1024x1024', quality: 'high' },
		prices: {
			tokens: { textIn: 4.5, cachedTextIn: 1.1, imageIn: 9, cachedImageIn: 2.2, imageOut: 36 },
			...PRICE_PAGE,
		},
	},
	{
		name: 'gpt-4o-image',
		title: 'GPT-4o Image',
		note: 'one price per image',
		limits: GPT_4O_IMAGE,
		prices: { perImage: 0.0208, ...PRICE_PAGE },
	},
];

/** Most bytes of a file on EvoLink's files host. */
export const MAX_UPLOAD_BYTES = 100 * MEGABYTE;
export const UPLOAD_TYPES = 'JPEG, PNG, GIF and WebP pictures, sound and film';

export const DEFAULT_MODEL = 'gpt-image-2';

export function modelRowOf(model: string | undefined): ModelRow | undefined {
	return rowOf(IMAGE_MODELS, model);
}

/** Films, and what goes with them. */
const FILM = /video|[it]2v/i;
/** Makers and families of models for films, sound and text, where the name doesn't speak of images. */
const NO_PICTURES =
	/^(?!.*(?:image|imagine|banana)).*(?:seedance|kling|sora|veo|hailuo|suno|speech|tts|embedding|claude|gpt-|gemini|deepseek|kimi|glm-|grok|llama|qwen|doubao-seed-)/i;
const EDITS_ONLY = /i2i|image-to-image|seededit|image-edit/i;
const DRAWS_ONLY = /t2i|text-to-image/i;

/**
 * Whether an operation can use a model, as far as its name tells: EvoLink lists models for text, films and sound among the
 * others, and says nothing else of them.
 */
export function mayServe(model: string, operation: string): boolean {
	if (FILM.test(model) || NO_PICTURES.test(model)) return false;
	if (operation === 'generate') return !EDITS_ONLY.test(model);
	return operation !== 'edit' || !DRAWS_ONLY.test(model);
}

export function limitsOf(model: string): ModelLimits {
	return modelRowOf(model)?.limits ?? UNKNOWN;
}
