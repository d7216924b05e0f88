// OpenAI's models as fal offers them.
import { editPrompt, imageSize, manyImages, numImages, outputFormat, syncMode } from './fields';
import type { Model, Output } from './model';
import { megapixels, perImage, perToken } from './prices';
import { address, choice, type Fields, requiredText } from './schema';

const output: Output = { pictures: 'images', file: 'empty', extras: [] };
const FORMATS = outputFormat(['jpeg', 'png', 'webp'], 'png');
const LISTED = ['1024x1024', '1536x1024', '1024x1536'];
const EDGE_STEP = 16;

const quality = {
	quality: choice('Quality for the generated image.', ['low', 'medium', 'high'], 'high'),
};
const background = {
	background: choice('Background for the image.', ['auto', 'transparent', 'opaque'], 'auto'),
};
const mask = { mask_image_url: address('URL of a mask: it says which part may change.') };

const older: Fields = { ...background, ...quality, ...numImages(), ...FORMATS, ...syncMode };
const newer: Fields = { ...quality, ...numImages(), ...FORMATS, ...syncMode };

/** Dollars for a square and for any other size, out of those for the dearest square. */
const dollars: Record<string, readonly [number, number]> = {
	low: [0.009, 0.013],
	medium: [0.034, 0.05],
	high: [0.133, 0.2],
};
const HIGH_SQUARE = 0.133;
/** Of one megapixel: the sandbox's own figures. */
const tokens: Record<string, number> = { low: 200, medium: 1050, high: 4160 };

const shared = { output, work: 'edit', group: 'gpt-image', tags: ['openai'] } as const;
const made = { ...shared, category: 'text-to-image' } as const;
const edited = { ...shared, category: 'image-to-image' } as const;

const olderPrice = perImage(HIGH_SQUARE, ({ input, size }) => {
	const [square, other] = dollars[String(input.quality)] ?? [HIGH_SQUARE, 0.2];
	return (size.width === size.height ? square : other) / HIGH_SQUARE;
});
const newerPrice = perToken(
	30,
	(job) => (tokens[String(job.input.quality)] ?? 4160) * megapixels(job),
);

const stepsOfSixteen: Model['refuse'] = ({ input, size: { width, height } }) =>
	typeof input.image_size === 'object' && (width % EDGE_STEP !== 0 || height % EDGE_STEP !== 0)
		? { field: 'image_size', message: `Width and height must be multiples of ${EDGE_STEP}` }
		: undefined;

export const openai: readonly Model[] = [
	{
		...made,
		id: 'fal-ai/gpt-image-1.5',
		name: 'GPT Image 1.5',
		description: 'GPT Image 1.5 makes images from text.',
		input: {
			prompt: requiredText('The prompt for image generation.', 2),
			image_size: choice('The size of the image.', LISTED, '1024x1024'),
			...older,
		},
		price: olderPrice,
	},
	{
		...edited,
		id: 'fal-ai/gpt-image-1.5/edit',
		name: 'GPT Image 1.5 Edit',
		description: 'GPT Image 1.5 edits images.',
		input: {
			prompt: requiredText('The prompt for image generation.', 2),
			...manyImages(),
			...mask,
			image_size: choice('The size of the image.', ['auto', ...LISTED], 'auto'),
			input_fidelity: choice('How close to the input images.', ['low', 'high'], 'high'),
			...older,
		},
		price: olderPrice,
	},
	{
		...made,
		id: 'openai/gpt-image-2',
		name: 'GPT Image 2',
		description: 'GPT Image 2 makes images from text.',
		input: {
			prompt: requiredText('The prompt for image generation.', 2),
			...imageSize('landscape_4_3'),
			...newer,
		},
		price: newerPrice,
		refuse: stepsOfSixteen,
	},
	{
		...edited,
		id: 'openai/gpt-image-2/edit',
		name: 'GPT Image 2 Edit',
		description: 'GPT Image 2 edits images.',
		input: { ...editPrompt, ...manyImages(16), ...mask, ...imageSize('auto', ['auto']), ...newer },
		price: newerPrice,
		refuse: stepsOfSixteen,
	},
];
