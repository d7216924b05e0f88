// The input fields that many of fal's models have, with the names and defaults that they have there.
import {
	addresses,
	choice,
	choiceOrObject,
	decimal,
	type Field,
	flag,
	requiredAddress,
	requiredAddresses,
	requiredText,
	whole,
} from './schema';

export const SIZES = {
	square_hd: { width: 1024, height: 1024 },
	square: { width: 512, height: 512 },
	portrait_4_3: { width: 768, height: 1024 },
	portrait_16_9: { width: 576, height: 1024 },
	landscape_4_3: { width: 1024, height: 768 },
	landscape_16_9: { width: 1024, height: 576 },
} as const;

const SEED_LIMIT = 2 ** 64;

export const prompt = { prompt: requiredText('The prompt to generate an image from.') };
export const editPrompt = { prompt: requiredText('The prompt to edit the image.') };

export const seed = {
	seed: whole('The same seed and prompt give the same image.', 0, SEED_LIMIT),
};
export const syncMode = {
	sync_mode: flag('Whether the image comes as a data URI in the answer.', false),
};
export const safetyChecker = {
	enable_safety_checker: flag('Whether the safety checker looks at the images.', true),
};
export const acceleration = (standard: string) => ({
	acceleration: choice(
		'The speed of the generation. The higher, the faster.',
		['none', 'regular', 'high'],
		standard,
	),
});
export const safetyTolerance = (levels: number, standard: string) => ({
	safety_tolerance: choice(
		'How much is let through: 1 is the most strict.',
		Array.from({ length: levels }, (_none, index) => String(index + 1)),
		standard,
	),
});
export const numImages = (limit = 4) => ({
	num_images: whole('The number of images to generate.', 1, limit, 1),
});
export const outputFormat = (formats: readonly string[], standard: string) => ({
	output_format: choice('The format of the generated image.', formats, standard),
});
export const steps = (limit: number, standard: number) => ({
	num_inference_steps: whole('The number of inference steps.', 1, limit, standard),
});
export const guidance = (limit: number, standard: number) => ({
	guidance_scale: decimal('How closely the model follows the prompt.', 0, limit, standard),
});
export const promptExpansion = {
	enable_prompt_expansion: flag('Whether the prompt is expanded for better results.', false),
};
export const enhancePrompt = {
	enhance_prompt: flag('Whether to enhance the prompt for better results.', false),
};

export const imageSize = (
	standard?: string,
	more: readonly string[] = [],
): { image_size: Field } => ({
	image_size: choiceOrObject(
		'The size of the generated image.',
		[...Object.keys(SIZES), ...more],
		'ImageSize',
		standard,
	),
});

export const aspectRatio = (ratios: readonly string[], standard?: string) => ({
	aspect_ratio: choice('The aspect ratio of the generated image.', ratios, standard),
});
export const resolution = (values: readonly string[], standard: string) => ({
	resolution: choice('The resolution of the image to generate.', values, standard),
});

export const oneImage = { image_url: requiredAddress('URL of the input image.') };
export const manyImages = (limit?: number) => ({
	image_urls: requiredAddresses('URLs of the input images.', limit),
});
export const styleImages = {
	image_urls: addresses('URLs of style references, 10 MB in all.'),
};
