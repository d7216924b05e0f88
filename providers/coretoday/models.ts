// Core.Today's models and what they take. Source: Core.Today's page for openai/gpt-image-2.
import type { ModelLimits } from '../contract';
import { MEGABYTE } from '../limits/megabytes';
import { rowOf, type ModelRow } from '../limits/modelRows';

const TYPES = ['png', 'jpeg', 'webp'] as const;

const GPT_IMAGE_2: ModelLimits = {
	prompt: {},
	sizes: ['1:1', '3:2', '2:3'],
	resolutions: [],
	qualities: ['low', 'medium', 'high', 'auto'],
	outputFormats: ['webp', 'png', 'jpeg'],
	backgrounds: ['auto', 'opaque'],
	counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
	maxPerTask: 1,
	references: { max: 16, maxBytes: 50 * MEGABYTE, types: TYPES },
	mask: 'none',
};

/** Any other model: its settings are the person's own, in Additional Input. */
const UNKNOWN: ModelLimits = {
	prompt: { mayBeEmpty: true },
	sizeWords: true,
	counts: GPT_IMAGE_2.counts,
	maxPerTask: 1,
	references: GPT_IMAGE_2.references,
	mask: 'none',
};

export const DEFAULT_MODEL = 'openai/gpt-image-2';

export const IMAGE_MODELS: readonly ModelRow[] = [
	{
		name: DEFAULT_MODEL,
		title: 'GPT Image 2',
		note: 'best text',
		// Answers may leave out the owner.
		otherNames: ['gpt-image-2'],
		limits: GPT_IMAGE_2,
		prices: {
			// Automatic quality costs as much as high.
			credits: { low: 45, medium: 176, high: 480, auto: 480 },
			date: '2026-11-28',
			source: "the model's page at Core.Today",
		},
	},
];

/** The format that a model answers when none is asked for. */
export const DEFAULT_FORMAT = 'webp';

export function modelRowOf(model: string | undefined): ModelRow | undefined {
	return rowOf(IMAGE_MODELS, model);
}

export function limitsOf(model: string): ModelLimits {
	return modelRowOf(model)?.limits ?? UNKNOWN;
}
