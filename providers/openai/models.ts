// OpenAI's image models and what each takes. Source: OpenAI's Images API reference and the types of its official client.
import type { ModelLimits } from '../contract';
import { MEGABYTE } from '../megabytes';

const ONE_TO_TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const FIXED_SIZES = ['auto', '1024x1024', '1536x1024', '1024x1536'] as const;
const QUALITIES = ['auto', 'low', 'medium', 'high'] as const;
const OF_EVERY_GPT_IMAGE = [
	'moderation',
	'partial_images',
	'safety_identifier',
	'stream',
	'user',
] as const;
const PARTIAL_IMAGES = { partial_images: ['0', '1', '2', '3'] };

const GPT_IMAGE: ModelLimits = {
	prompt: { maxCharacters: 32_000 },
	qualities: QUALITIES,
	outputFormats: ['png', 'jpeg', 'webp'],
	backgrounds: ['auto', 'opaque', 'transparent'],
	extraValues: PARTIAL_IMAGES,
	extraUses: { input_fidelity: 'edit', moderation: 'generate' },
	counts: ONE_TO_TEN,
	references: { most: 16, maxBytes: 50 * MEGABYTE, types: ['png', 'webp', 'jpeg'] },
	mask: { types: ['png'], maxBytes: 4 * MEGABYTE, exactlyOneReference: false, needsAlpha: true },
};

/** gpt-image-2 and 2.5: any width and height within these rules. */
const FREE_SIZES = {
	step: 16,
	mostRatio: 3,
	longest: [3840, 2160],
	least: 655_360,
	most: 8_294_400,
} as const;

const LIMITS = {
	'gpt-image-1': {
		...GPT_IMAGE,
		sizes: FIXED_SIZES,
		extras: [...OF_EVERY_GPT_IMAGE, 'input_fidelity'],
	},
	'gpt-image-1-mini': {
		...GPT_IMAGE,
		sizes: FIXED_SIZES,
		extras: [...OF_EVERY_GPT_IMAGE, 'input_fidelity'],
		extraValues: { ...PARTIAL_IMAGES, input_fidelity: ['low'] },
	},
	'gpt-image-1.5': {
		...GPT_IMAGE,
		sizes: FIXED_SIZES,
		extras: [...OF_EVERY_GPT_IMAGE, 'input_fidelity'],
	},
	'gpt-image-2': { ...GPT_IMAGE, pixels: FREE_SIZES, extras: OF_EVERY_GPT_IMAGE },
	'gpt-image-2.5': {
		...GPT_IMAGE,
		pixels: FREE_SIZES,
		qualities: [...QUALITIES, 'xhigh', 'max'],
		extras: OF_EVERY_GPT_IMAGE,
	},
} satisfies Readonly<Record<string, ModelLimits>>;

/** A model with all its dated names and variants, such as `gpt-image-2.5-flare-2026-09-08`. */
export type ModelFamily = keyof typeof LIMITS;
const FAMILIES = Object.keys(LIMITS) as ModelFamily[];

/** For a model that we don't know, on OpenAI or a compatible server: only what the endpoints themselves set. */
const UNKNOWN: ModelLimits = {
	prompt: { maxCharacters: 32_000 },
	counts: ONE_TO_TEN,
	references: GPT_IMAGE.references,
	mask: { types: ['png'], maxBytes: 4 * MEGABYTE, exactlyOneReference: false, needsAlpha: true },
};

export const DEFAULT_MODEL = 'gpt-image-2';

/** Limits by name. A longer name, such as a dated one, has the limits of the longest name that it begins with. */
export function limitsOf(model: string): ModelLimits {
	const family = familyOf(model);
	return family === undefined ? UNKNOWN : LIMITS[family];
}

export function familyOf(model: string | undefined): ModelFamily | undefined {
	return FAMILIES.filter((name) => model === name || model?.startsWith(`${name}-`)).sort(
		(a, b) => b.length - a.length,
	)[0];
}

/** A background task makes one image, so that several images are several tasks. Its tool checks edits for moderation too. */
export function taskLimitsOf(model: string): ModelLimits {
	return { ...limitsOf(model), mostPerTask: 1, extraUses: { input_fidelity: 'edit' } };
}

/** Variations have no prompt, and only servers that we don't know still make them. */
export function variationLimits(): ModelLimits {
	return {
		prompt: { mayBeEmpty: true },
		counts: ONE_TO_TEN,
		references: { most: 1, maxBytes: 4 * MEGABYTE, types: ['png', 'webp', 'jpeg'] },
		mask: 'none',
	};
}
