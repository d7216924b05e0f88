// EvoLink's models and what each takes. Source: EvoLink's API reference for gpt-4o-image, gpt-image-1 and gpt-image-2.
import type { ModelLimits } from '../contract';
import { MEGABYTE } from '../megabytes';

const CLASSIC_SIZES = ['1:1', '2:3', '3:2', '1024x1024', '1024x1536', '1536x1024'] as const;
const ONE_TO_TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
const REFERENCE_TYPES = ['jpeg', 'png', 'webp'] as const;

/** S1: charged ahead by the number of images, settled by what was made. */
const GPT_4O_IMAGE: ModelLimits = {
	prompt: { recommendedTokens: 2000 },
	sizes: CLASSIC_SIZES,
	resolutions: [],
	qualities: [],
	counts: [1, 2, 4],
	references: { most: 5, maxBytes: 10 * MEGABYTE, types: REFERENCE_TYPES },
	mask: {
		types: ['png'],
		maxBytes: 4 * MEGABYTE,
		exactlyOneReference: true,
		referenceTypes: ['png'],
		needsAlpha: false,
	},
};

/** S2 */
const GPT_IMAGE_1: ModelLimits = {
	prompt: { recommendedTokens: 2000 },
	sizes: CLASSIC_SIZES,
	resolutions: [],
	qualities: ['low', 'medium', 'high'],
	counts: ONE_TO_TEN,
	references: { most: 16, maxBytes: 50 * MEGABYTE, types: REFERENCE_TYPES },
	mask: 'none',
};

/** gpt-image-2 and later. Also the rules for a model that we don't know: nothing is refused that it might take. */
const CURRENT: ModelLimits = {
	prompt: { maxCharacters: 32_000 },
	resolutions: ['1K', '2K', '4K'],
	counts: ONE_TO_TEN,
	references: { most: 16, maxBytes: 50 * MEGABYTE, types: REFERENCE_TYPES },
	mask: { types: ['png'], exactlyOneReference: false, needsAlpha: true },
};

const LIMITS: Readonly<Record<string, ModelLimits>> = {
	'gpt-4o-image': GPT_4O_IMAGE,
	'gpt-image-1': GPT_IMAGE_1,
};

/** Most bytes of a file on EvoLink's files host. */
export const MOST_UPLOAD_BYTES = 100 * MEGABYTE;

export const DEFAULT_MODEL = 'gpt-image-2';

export function limitsOf(model: string): ModelLimits {
	return Object.hasOwn(LIMITS, model) ? LIMITS[model]! : CURRENT;
}
