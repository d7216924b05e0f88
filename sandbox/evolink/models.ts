// The models for pictures that the EvoLink sandbox offers, with each one's limits and prices.
import type { Billing } from './task-request';

const MEGABYTE = 1024 * 1024;

export interface MaskRules {
	maxBytes: number;
	/** The mask goes with exactly one reference, which must be a PNG as well. */
	onePngReference: boolean;
	alphaRequired: boolean;
	/** White means: edit here, as EvoLink's skill document says. */
	marksInWhite?: boolean;
}

export interface ModelRules {
	id: string;
	/** Undefined: the only limit is the size of the request. */
	promptCharacters?: number;
	/** "listed" takes three ratios and three sizes; "free" any ratio, any size within bounds, auto and resolution. */
	sizes: 'listed' | 'free';
	defaultSize?: string;
	qualities: readonly string[];
	defaultQuality: string;
	counts: readonly number[];
	references: { min: number; max: number; maxBytes: number };
	mask?: MaskRules;
	billing: Billing;
}

const oneToTen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const current: Omit<ModelRules, 'id'> = {
	promptCharacters: 32_000,
	sizes: 'free',
	defaultSize: 'auto',
	qualities: ['low', 'medium', 'high', 'xhigh', 'max'],
	defaultQuality: 'medium',
	counts: oneToTen,
	references: { min: 1, max: 16, maxBytes: 50 * MEGABYTE },
	mask: { maxBytes: 50 * MEGABYTE, onePngReference: false, alphaRequired: true },
	billing: 'per_token',
};

/** What the official client offers beside OpenAI's models: nobody here knows their limits, so they have the widest. */
const others = [
	'gemini-3.1-flash-image-preview',
	'gemini-3-pro-image-preview',
	'z-image-turbo',
	'doubao-seedream-4.5',
	'doubao-seedream-4.0',
	'doubao-seedream-3.0-t2i',
	'doubao-seededit-4.0-i2i',
	'doubao-seededit-3.0-i2i',
	'qwen-image-edit',
	'qwen-image-edit-plus',
	'wan2.5-t2i-preview',
	'wan2.5-i2i-preview',
	'wan2.5-text-to-image',
	'wan2.5-image-to-image',
	'gemini-2.5-flash-image',
	'nano-banana-2-lite',
];

const version15: Omit<ModelRules, 'id'> = {
	promptCharacters: 2_000,
	sizes: 'listed',
	defaultSize: '1024x1024',
	qualities: ['low', 'medium', 'high', 'auto'],
	defaultQuality: 'auto',
	counts: oneToTen,
	references: { min: 1, max: 16, maxBytes: 50 * MEGABYTE },
	billing: 'per_call',
};

export const models: readonly ModelRules[] = [
	{ id: 'gpt-image-2.5', ...current },
	{ id: 'gpt-image-2', ...current },
	{
		id: 'gpt-image-1',
		sizes: 'listed',
		defaultSize: '1024x1024',
		qualities: ['low', 'medium', 'high'],
		defaultQuality: 'high',
		counts: oneToTen,
		references: { min: 1, max: 16, maxBytes: 50 * MEGABYTE },
		billing: 'per_token',
	},
	{
		id: 'gpt-4o-image',
		sizes: 'listed',
		qualities: [],
		defaultQuality: 'high',
		counts: [1, 2, 4],
		references: { min: 0, max: 5, maxBytes: 10 * MEGABYTE },
		mask: {
			maxBytes: 4 * MEGABYTE,
			onePngReference: true,
			alphaRequired: false,
			marksInWhite: true,
		},
		billing: 'per_call',
	},
	{ id: 'gpt-image-1.5', ...version15 },
	{ id: 'gpt-image-1.5-lite', ...version15 },
	...others.map(
		(id): ModelRules => ({
			...current,
			id,
			promptCharacters: 2_000,
			qualities: [],
			mask: undefined,
			billing: 'per_call',
		}),
	),
];

export function findModel(id: string): ModelRules | undefined {
	return models.find((model) => model.id === id);
}
