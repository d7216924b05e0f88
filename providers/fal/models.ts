// The models of fal that people know, for the head of its list. What they take and cost, fal's catalogue tells.
import type { ModelFamily } from '../limits/modelRows';

/** What an operation does with a model. */
export type Use = 'generate' | 'edit' | 'upscale' | 'removeBackground';

interface KnownModel extends ModelFamily {
	title: string;
}

export const KNOWN_MODELS: Readonly<Record<Use, readonly KnownModel[]>> = {
	generate: [
		{ name: 'fal-ai/flux-2', title: 'FLUX.2', note: 'good and cheap' },
		{ name: 'fal-ai/nano-banana-2', title: 'Nano Banana 2' },
		{ name: 'openai/gpt-image-2', title: 'GPT Image 2', note: 'best text' },
		{ name: 'fal-ai/bytedance/seedream/v4.5/text-to-image', title: 'Seedream 4.5' },
		{ name: 'fal-ai/recraft/v4/text-to-image', title: 'Recraft V4', note: 'design' },
		{ name: 'fal-ai/ideogram/v3', title: 'Ideogram V3', note: 'posters' },
		{ name: 'fal-ai/flux/schnell', title: 'FLUX.1 schnell', note: 'fastest' },
	],
	edit: [
		{ name: 'fal-ai/flux-2/edit', title: 'FLUX.2 Edit', note: 'good and cheap' },
		{ name: 'fal-ai/nano-banana-2/edit', title: 'Nano Banana 2 Edit' },
		{ name: 'openai/gpt-image-2/edit', title: 'GPT Image 2 Edit', note: 'with a mask' },
		{ name: 'fal-ai/bytedance/seedream/v4.5/edit', title: 'Seedream 4.5 Edit' },
		{ name: 'fal-ai/ideogram/v3/edit', title: 'Ideogram V3 Edit', note: 'with a mask' },
	],
	upscale: [
		{ name: 'fal-ai/clarity-upscaler', title: 'Clarity Upscaler' },
		{ name: 'fal-ai/topaz/upscale/image', title: 'Topaz Upscale' },
		{ name: 'fal-ai/seedvr/upscale/image', title: 'SeedVR Upscale', note: 'cheap' },
		{ name: 'fal-ai/esrgan', title: 'ESRGAN', note: 'cheapest' },
	],
	removeBackground: [
		{ name: 'fal-ai/bria/background/remove', title: 'Bria Background Remove' },
		{ name: 'fal-ai/birefnet/v2', title: 'BiRefNet', note: 'cheap' },
	],
};

/** What the catalogue is asked for: its category, and words where there are none of the person's own. */
export const CATALOGUE: Readonly<Record<Use, { category: string; words?: string }>> = {
	generate: { category: 'text-to-image' },
	edit: { category: 'image-to-image' },
	upscale: { category: 'image-to-image', words: 'upscale' },
	removeBackground: { category: 'image-to-image', words: 'background' },
};

/** The model that an operation begins with. */
export function defaultModel(use: Use): string {
	return KNOWN_MODELS[use][0]!.name;
}
