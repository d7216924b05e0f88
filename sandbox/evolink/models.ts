// The models that the EvoLink sandbox offers, with each one's limits and prices.
const MEGABYTE = 1024 * 1024;

export interface MaskRules {
	maximumBytes: number;
	/** The mask goes with exactly one reference, which must be a PNG as well. */
	onePngReference: boolean;
	alphaRequired: boolean;
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
	references: { minimum: number; maximum: number; maximumBytes: number };
	mask?: MaskRules;
	billing: 'per_call' | 'per_token';
}

const oneToTen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const current: Omit<ModelRules, 'id'> = {
	promptCharacters: 32_000,
	sizes: 'free',
	defaultSize: 'auto',
	qualities: ['low', 'medium', 'high', 'xhigh', 'max'],
	defaultQuality: 'medium',
	counts: oneToTen,
	references: { minimum: 1, maximum: 16, maximumBytes: 50 * MEGABYTE },
	mask: { maximumBytes: 50 * MEGABYTE, onePngReference: false, alphaRequired: true },
	billing: 'per_token',
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
		references: { minimum: 1, maximum: 16, maximumBytes: 50 * MEGABYTE },
		billing: 'per_token',
	},
	{
		id: 'gpt-4o-image',
		sizes: 'listed',
		qualities: [],
		defaultQuality: 'high',
		counts: [1, 2, 4],
		references: { minimum: 0, maximum: 5, maximumBytes: 10 * MEGABYTE },
		mask: { maximumBytes: 4 * MEGABYTE, onePngReference: true, alphaRequired: false },
		billing: 'per_call',
	},
];

export function findModel(id: string): ModelRules | undefined {
	return models.find((model) => model.id === id);
}
