// The models that the Core.Today sandbox offers: one that is checked strictly, and some that take any input.
export type Quality = 'low' | 'medium' | 'high' | 'auto';

export interface ModelRules {
	id: string;
	/** Unknown input keys are refused. */
	isStrict: boolean;
	/** Input keys that hold a list even when one file is sent. */
	fileLists: readonly string[];
	/** Credits for one image. */
	credits: Readonly<Record<Quality, number>>;
}

const flat = (credits: number) => ({ low: credits, medium: credits, high: credits, auto: credits });

export const GPT_IMAGE_2 = 'openai/gpt-image-2';

export const models: readonly ModelRules[] = [
	{
		id: GPT_IMAGE_2,
		isStrict: true,
		fileLists: ['input_images'],
		credits: { low: 45, medium: 176, high: 480, auto: 480 },
	},
	{ id: 'sandbox/any-model', isStrict: false, fileLists: [], credits: flat(10) },
	// Without a provider before the slash, as some of the provider's examples have it.
	{ id: 'flux-schnell', isStrict: false, fileLists: [], credits: flat(4) },
];

export function findModel(id: string): ModelRules | undefined {
	return models.find((model) => model.id === id);
}
