// The models of fal: those that people know, for the head of its list, and how each of them is told what to draw.
import type { KnownModels, Use } from '../described/describedModels';
import type { Dialect } from '../described/dialect';
import { MEGABYTE } from '../limits/megabytes';

export const KNOWN_MODELS: KnownModels = {
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
export const CATALOGUE: Readonly<Record<Use, { category: string; q?: string }>> = {
	generate: { category: 'text-to-image' },
	edit: { category: 'image-to-image' },
	upscale: { category: 'image-to-image', q: 'upscale' },
	removeBackground: { category: 'image-to-image', q: 'background' },
};

/** Names of images that have another use. */
const OTHER_USE = /mask|style|control|ip_adapter|pose|depth/;

export const DIALECT: Dialect = {
	one: ['image_url', 'input_image_url', 'image', 'reference_image_url'],
	many: ['image_urls', 'input_image_urls', 'images', 'reference_image_urls'],
	isInputImage: (name) => name.endsWith('_url') && name.includes('image') && !OTHER_USE.test(name),
	masks: ['mask_url', 'mask_image_url'],
	count: 'num_images',
	size: 'image_size',
	ratio: 'aspect_ratio',
	presets: new Map([
		['square_hd', '1024x1024'],
		['square', '512x512'],
		['portrait_4_3', '768x1024'],
		['portrait_16_9', '576x1024'],
		['landscape_4_3', '1024x768'],
		['landscape_16_9', '1024x576'],
	]),
	// A picture inside an answer makes fal forget that answer after minutes.
	withheld: ['sync_mode'],
	maxInputBytes: 50 * MEGABYTE,
};
