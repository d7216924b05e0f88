// Core.Today's models and what they take. Source: Core.Today's page for openai/gpt-image-2.
import type { ModelLimits } from '../contract';
import { MEGABYTE } from '../megabytes';

const TYPES = ['png', 'jpeg', 'webp'] as const;

const GPT_IMAGE_2: ModelLimits = {
	prompt: {},
	sizes: ['1:1', '3:2', '2:3'],
	resolutions: [],
	qualities: ['low', 'medium', 'high', 'auto'],
	outputFormats: ['webp', 'png', 'jpeg'],
	backgrounds: ['auto', 'opaque'],
	counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
	mostPerTask: 1,
	references: { most: 16, maxBytes: 50 * MEGABYTE, types: TYPES },
	mask: 'none',
};

/** Any other model: its settings are the person's own, in Additional Input. */
const UNKNOWN: ModelLimits = {
	prompt: { mayBeEmpty: true },
	sizeWords: true,
	counts: GPT_IMAGE_2.counts,
	mostPerTask: 1,
	references: GPT_IMAGE_2.references,
	mask: 'none',
};

export const DEFAULT_MODEL = 'openai/gpt-image-2';

/** The format that a model answers when none is asked for. */
export const DEFAULT_FORMAT = 'webp';

export function limitsOf(model: string): ModelLimits {
	return model === DEFAULT_MODEL ? GPT_IMAGE_2 : UNKNOWN;
}
