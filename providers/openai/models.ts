// OpenAI's models and what each takes. Source: OpenAI's Images API reference and the types of its official client.
import type { ModelLimits, PixelLimits } from '../contract';
import {
	BASES_OF_2,
	BASES_OF_2_5,
	FIXED_TOKENS,
	INPUT_TOKENS_OF_1,
	INPUT_TOKENS_OF_1_5,
	INPUT_TOKENS_OF_2,
} from '../limits/gptImageTokens';
import { MEGABYTE } from '../limits/megabytes';
import { rowOf, type FreeSizes, type ModelFamily, type ModelRow } from '../limits/modelRows';

const ONE_TO_TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const FIXED_SIZES = ['auto', '1024x1024', '1536x1024', '1024x1536'] as const;
const OUTPUT_FORMATS = ['png', 'jpeg', 'webp'] as const;
const QUALITIES = ['auto', 'low', 'medium', 'high'] as const;
const OF_EVERY_GPT_IMAGE = [
	'moderation',
	'partial_images',
	'safety_identifier',
	'stream',
	'user',
] as const;
const PARTIAL_IMAGES = { partial_images: ['0', '1', '2', '3'] };

const SIZE_STEP = 16;

/** gpt-image-2 and 2.5: any width and height within these rules. */
const FREE_PIXELS: PixelLimits = {
	step: SIZE_STEP,
	maxRatio: 3,
	longest: [3840, 2160],
	min: 655_360,
	max: 8_294_400,
};
/** All frames of an animation together may have as many pixels as the largest picture, so that 16 of these fit. */
const FRAME_PIXELS: PixelLimits = {
	...FREE_PIXELS,
	longest: [960, 720],
	min: 102_400,
	max: 518_400,
};

/** For a model that we don't know, on OpenAI or a compatible server: only what the endpoints themselves set. */
const UNKNOWN: ModelLimits = {
	prompt: { maxCharacters: 32_000 },
	drawnPixels: FREE_PIXELS,
	counts: ONE_TO_TEN,
	references: {
		max: 16,
		maxBytes: 50 * MEGABYTE,
		belowMaxBytes: true,
		types: ['png', 'webp', 'jpeg'],
	},
	mask: {
		types: ['png'],
		maxBytes: 4 * MEGABYTE,
		belowMaxBytes: true,
		exactlyOneReference: false,
		needsAlpha: true,
	},
	markup: { types: ['png'], exactlyOneReference: false, needsAlpha: true },
};

const GPT_IMAGE: ModelLimits = {
	...UNKNOWN,
	markup: undefined,
	qualities: QUALITIES,
	outputFormats: OUTPUT_FORMATS,
	backgrounds: ['auto', 'opaque', 'transparent'],
	extraValues: PARTIAL_IMAGES,
	extraUses: { input_fidelity: 'edit', moderation: 'generate' },
};

const FIRST: ModelLimits = {
	...GPT_IMAGE,
	sizes: FIXED_SIZES,
	extras: [...OF_EVERY_GPT_IMAGE, 'input_fidelity'],
};

const SECOND: ModelLimits = {
	...GPT_IMAGE,
	pixels: FREE_PIXELS,
	ratioStep: SIZE_STEP,
	extras: OF_EVERY_GPT_IMAGE,
};

/** One that OpenAI has named since: all of its kind take pixels only. */
const UNKNOWN_GPT_IMAGE: ModelLimits = { ...UNKNOWN, ratioStep: SIZE_STEP };
const GPT_IMAGE_NAME = /^gpt-image-/;

const STREAM = ['stream', 'partial_images'] as const;

/** What came with 2.6 and 2.5: OpenAI's types tell what goes with what, and not always which of the two has it. */
const ANIMATED_AND_DRAWN = {
	extraFormats: { frame_count: 'gif', frame_duration_ms: 'gif', svg: 'svg' },
	extraValues: {
		...PARTIAL_IMAGES,
		complexity: ['low', 'medium', 'high'],
		frame_count: Array.from({ length: 15 }, (_, index) => String(index + 2)),
	},
	formatLimits: {
		gif: { extras: STREAM, noMask: true, drawnPixels: FRAME_PIXELS },
		svg: { extras: STREAM },
	},
	markup: UNKNOWN.markup,
} satisfies Partial<ModelLimits>;

const PRICE_PAGE = { date: '2026-11-28', source: "OpenAI's price page" };
const SECOND_PRICES = {
	tokens: { textIn: 5, cachedTextIn: 1.25, imageIn: 8, cachedImageIn: 2, imageOut: 30 },
	...PRICE_PAGE,
};
const FIRST_FOLLOWERS_PRICES = {
	tokens: { textIn: 5, cachedTextIn: 1.25, imageIn: 8, cachedImageIn: 2, imageOut: 32 },
	...PRICE_PAGE,
};
const FIRST_FOLLOWERS_END = { date: '2026-12-01', next: 'gpt-image-2.6-sunburst' };
/** Of the sizes that are taken, the longest one with the fewest pixels and the largest square: by OpenAI's rule for tokens. */
const SIZE_RANGE: FreeSizes = {
	automatic: ['1440x480', '2160x2160'],
	date: '2026-11-28',
	source: "OpenAI's guide to image generation",
};
const CODE_NAMES = ['flare', 'sunburst'] as const;

export const IMAGE_MODELS: readonly ModelRow[] = [
	{
		name: 'gpt-image-2.6',
		title: 'GPT Image 2.6',
		note: 'newest',
		variants: CODE_NAMES,
		// Its sizes and qualities aren't documented: nothing is refused, and a ratio becomes pixels as on 2.5.
		limits: { ...UNKNOWN, ...ANIMATED_AND_DRAWN, ratioStep: SIZE_STEP },
	},
	{
		name: 'gpt-image-2.5',
		title: 'GPT Image 2.5',
		note: 'animations and SVG',
		variants: CODE_NAMES,
		limits: {
			...SECOND,
			...ANIMATED_AND_DRAWN,
			qualities: [...QUALITIES, 'xhigh', 'max'],
			outputFormats: [...OUTPUT_FORMATS, 'gif', 'svg'],
			extras: [...OF_EVERY_GPT_IMAGE, 'complexity', 'frame_count', 'frame_duration_ms', 'svg'],
		},
		prices: SECOND_PRICES,
		outputBases: BASES_OF_2_5,
		freeSizes: SIZE_RANGE,
		inputTokens: INPUT_TOKENS_OF_2,
	},
	{
		name: 'gpt-image-2',
		title: 'GPT Image 2',
		note: 'best text',
		limits: SECOND,
		prices: SECOND_PRICES,
		outputBases: BASES_OF_2,
		freeSizes: SIZE_RANGE,
		inputTokens: INPUT_TOKENS_OF_2,
	},
	{
		name: 'chatgpt-image-latest',
		title: 'ChatGPT Image',
		limits: FIRST,
		prices: FIRST_FOLLOWERS_PRICES,
		outputTokens: FIXED_TOKENS,
		inputTokens: INPUT_TOKENS_OF_1_5,
		shutdown: FIRST_FOLLOWERS_END,
	},
	{
		name: 'gpt-image-1.5',
		title: 'GPT Image 1.5',
		limits: FIRST,
		prices: FIRST_FOLLOWERS_PRICES,
		outputTokens: FIXED_TOKENS,
		inputTokens: INPUT_TOKENS_OF_1_5,
		shutdown: FIRST_FOLLOWERS_END,
	},
	{
		name: 'gpt-image-1-mini',
		title: 'GPT Image 1 Mini',
		note: 'cheapest',
		limits: { ...FIRST, extraValues: { ...PARTIAL_IMAGES, input_fidelity: ['low'] } },
		prices: {
			tokens: { textIn: 2, cachedTextIn: 0.2, imageIn: 2.5, cachedImageIn: 0.25, imageOut: 8 },
			...PRICE_PAGE,
		},
		outputTokens: FIXED_TOKENS,
		inputTokens: INPUT_TOKENS_OF_1_5,
		shutdown: FIRST_FOLLOWERS_END,
	},
	{
		name: 'gpt-image-1',
		title: 'GPT Image 1',
		limits: FIRST,
		prices: {
			tokens: { textIn: 5, cachedTextIn: 1.25, imageIn: 10, cachedImageIn: 2.5, imageOut: 40 },
			...PRICE_PAGE,
		},
		outputTokens: FIXED_TOKENS,
		inputTokens: INPUT_TOKENS_OF_1,
		shutdown: { date: '2026-10-23', next: 'gpt-image-2.5-sunburst' },
	},
];

const GPT_4O_END = { date: '2027-01-14', next: 'gpt-6-luna' };

/** A model that reads and writes. */
interface ChatModelRow extends ModelFamily {
	/** US dollars per million tokens. */
	prices: { in: number; cachedIn: number; out: number; date: string; source: string };
	/** Most tokens of a picture that it looks at. */
	pictureTokens: number;
	/** It takes tools and a temperature only where it is told not to reason. */
	reasonsUnlessTold?: boolean;
}

/**
 * What a text model takes at most to call the image tool, beside the prompt and the pictures. An assumption of
 * 2026-11-28, as OpenAI names no figures: the tool's description is read, and the prompt is written anew.
 */
export const CALL_TOKENS = { in: 3_000, out: 1_000 };

/** Those of which anything must be known, in the order in which Automatic takes them. */
const CHAT_MODELS: readonly ChatModelRow[] = [
	{
		name: 'gpt-6-luna',
		title: 'GPT-6 Luna',
		note: 'cheapest',
		prices: { in: 0.1, cachedIn: 0.01, out: 0.5, ...PRICE_PAGE },
		// An assumption: 12 million pixels were counted as 14,364 tokens with GPT 6 (published measurements, 2026).
		pictureTokens: 15_000,
		reasonsUnlessTold: true,
	},
	{
		name: 'gpt-4o-mini',
		title: 'GPT-4o Mini',
		prices: { in: 0.15, cachedIn: 0.075, out: 0.6, ...PRICE_PAGE },
		// 2,833 and, for each of at most 8 tiles, 5,667, as OpenAI's guide to images as input says.
		pictureTokens: 48_169,
		shutdown: GPT_4O_END,
	},
	{
		name: 'gpt-4o',
		title: 'GPT-4o',
		prices: { in: 2.5, cachedIn: 1.25, out: 10, ...PRICE_PAGE },
		// 85 and, for each of at most 8 tiles, 170.
		pictureTokens: 1_445,
		shutdown: GPT_4O_END,
	},
];

export const CHAT_MODEL_NAMES: readonly string[] = CHAT_MODELS.map(({ name }) => name);

/** All that anything is known of. */
export const KNOWN_MODELS: readonly ModelFamily[] = [...IMAGE_MODELS, ...CHAT_MODELS];

export const DEFAULT_MODEL = 'gpt-image-2';

/** Models of OpenAI that neither draw nor chat in words. */
const NO_CHAT =
	/image|dall-e|embedding|whisper|tts|audio|realtime|moderation|transcribe|sora|davinci|babbage/i;
/** What the small ones of a server that we don't know are called. */
const SMALL = /luna|mini|nano|flash|small/i;

/** A model in an account's list. */
export interface ListedModel {
	id: string;
	/** When it is switched off, where that is announced. */
	shutdownDate?: Date;
}

/** In place of a text model's name: the best that the account has on the day. */
export const AUTOMATIC = 'automatic';
export const DEFAULT_CHAT_MODEL = 'gpt-6-luna';

export function chatModelsIn(listed: readonly ListedModel[]): ListedModel[] {
	return listed.filter(({ id }) => !NO_CHAT.test(id));
}

/** What Automatic stands for, by the account's list. Without a list it is the one that every account should have. */
export function automaticChatModel(listed: readonly ListedModel[]): ListedModel {
	const chatting = chatModelsIn(listed);
	const known = CHAT_MODELS.flatMap(
		(row) =>
			chatting.find(({ id }) => id === row.name) ??
			chatting.find(({ id }) => rowOf([row], id)) ??
			[],
	);
	return (
		known[0] ??
		chatting.find(({ id }) => SMALL.test(id)) ??
		chatting[0] ?? { id: DEFAULT_CHAT_MODEL }
	);
}

export function modelRowOf(model: string | undefined): ModelRow | undefined {
	return rowOf(IMAGE_MODELS, model);
}

/** When a model ends, as far as OpenAI has announced it, and what comes next. */
export function shutdownOf(model: string): ModelFamily['shutdown'] {
	return rowOf(KNOWN_MODELS, model)?.shutdown;
}

export function chatRowOf(model: string | undefined): ChatModelRow | undefined {
	return rowOf(CHAT_MODELS, model);
}

export function limitsOf(model: string): ModelLimits {
	return modelRowOf(model)?.limits ?? (GPT_IMAGE_NAME.test(model) ? UNKNOWN_GPT_IMAGE : UNKNOWN);
}

/**
 * A background task makes one image, so that several images are several tasks. Its tool checks edits for moderation too,
 * and has no markup.
 */
export function taskLimitsOf(model: string): ModelLimits {
	const limits = limitsOf(model);
	return {
		...limits,
		maxPerTask: 1,
		extras: limits.extras && [...limits.extras, 'background_options'],
		extraUses: { input_fidelity: 'edit' },
		markup: undefined,
	};
}

/** Variations have no prompt, and only servers that we don't know still make them. */
export function variationLimits(): ModelLimits {
	return {
		prompt: { mayBeEmpty: true },
		counts: ONE_TO_TEN,
		references: {
			max: 1,
			maxBytes: 4 * MEGABYTE,
			belowMaxBytes: true,
			types: ['png', 'webp', 'jpeg'],
		},
		mask: 'none',
	};
}
