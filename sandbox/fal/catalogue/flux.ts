// The FLUX family.
import {
	acceleration,
	aspectRatio,
	editPrompt,
	enhancePrompt,
	guidance,
	imageSize,
	manyImages,
	numImages,
	oneImage,
	outputFormat,
	prompt,
	promptExpansion,
	safetyChecker,
	safetyTolerance,
	seed,
	steps,
	syncMode,
} from './fields';
import type { Model, Output } from './model';
import { perImage, perMegapixel } from './prices';
import { address, decimal, type Fields, flag, requiredAddress } from './schema';

const JPEG_OR_PNG = outputFormat(['jpeg', 'png'], 'jpeg');
const ANY_FORMAT = outputFormat(['jpeg', 'png', 'webp'], 'png');
const RATIOS = ['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21'];

const full: Output = {
	pictures: 'images',
	file: 'sized',
	extras: ['timings', 'seed', 'has_nsfw_concepts', 'prompt'],
};
const seeded: Output = { pictures: 'images', file: 'empty', extras: ['seed'] };

const first = (standardSteps: number, limit: number): Fields => ({
	...prompt,
	...imageSize('landscape_4_3'),
	...steps(limit, standardSteps),
	...seed,
	...guidance(20, 3.5),
	...syncMode,
	...numImages(),
	...safetyChecker,
	...JPEG_OR_PNG,
	...acceleration('none'),
});

const kontext: Fields = {
	...editPrompt,
	...seed,
	...guidance(20, 3.5),
	...syncMode,
	...numImages(),
	...JPEG_OR_PNG,
	...safetyTolerance(6, '2'),
	...enhancePrompt,
	...aspectRatio(RATIOS),
};

const second: Fields = {
	...guidance(20, 2.5),
	...seed,
	...steps(50, 28),
	...numImages(),
	...acceleration('regular'),
	...promptExpansion,
	...syncMode,
	...safetyChecker,
	...ANY_FORMAT,
};

const secondPro: Fields = {
	...seed,
	...safetyTolerance(5, '2'),
	...safetyChecker,
	...JPEG_OR_PNG,
	...syncMode,
};

const flex: Fields = { ...guidance(10, 3.5), ...steps(50, 28), ...secondPro };

const drawn = { work: 'edit', group: 'flux' } as const;
const made = { ...drawn, category: 'text-to-image', tags: ['flux'] } as const;
const edited = { ...drawn, category: 'image-to-image', tags: ['flux', 'editing'] } as const;

const makesAndEdits = (
	id: string,
	name: string,
	input: Fields,
	price: Model['price'],
	output: Output,
): Model[] => [
	{
		...made,
		id,
		name,
		description: `${name} makes images from text.`,
		input: { ...prompt, ...imageSize('landscape_4_3'), ...input },
		output,
		price,
	},
	{
		...edited,
		id: `${id}/edit`,
		name: `${name} Edit`,
		description: `${name} edits one or more images.`,
		input: {
			...editPrompt,
			...imageSize(output === full ? undefined : 'auto', output === full ? [] : ['auto']),
			...manyImages(),
			...input,
		},
		output,
		price,
	},
];

export const flux: readonly Model[] = [
	{
		...made,
		id: 'fal-ai/flux/schnell',
		name: 'FLUX.1 [schnell]',
		description: 'Images from text in one to four steps.',
		input: first(4, 12),
		output: full,
		price: perMegapixel(0.003),
	},
	{
		...made,
		id: 'fal-ai/flux/dev',
		name: 'FLUX.1 [dev]',
		description: 'A flow transformer with 12 billion parameters.',
		input: first(28, 50),
		output: full,
		price: perMegapixel(0.025),
	},
	{
		...made,
		id: 'fal-ai/flux-pro/v1.1-ultra',
		name: 'FLUX1.1 [pro] ultra',
		description: 'Images of up to four megapixels.',
		input: {
			...prompt,
			...seed,
			...syncMode,
			...numImages(),
			...safetyChecker,
			...JPEG_OR_PNG,
			...safetyTolerance(6, '2'),
			...enhancePrompt,
			image_url: address('URL of an image to start from.'),
			image_prompt_strength: decimal('How much the image counts.', 0, 1, 0.1),
			...aspectRatio(RATIOS, '16:9'),
			raw: flag('Whether the images look less processed.', false),
		},
		output: full,
		price: perImage(0.06),
	},
	{
		...edited,
		id: 'fal-ai/flux-pro/kontext',
		name: 'FLUX.1 Kontext [pro]',
		description: 'Edits an image as the text says.',
		input: { ...kontext, ...oneImage },
		output: full,
		price: perImage(0.04),
	},
	{
		...edited,
		id: 'fal-ai/flux-pro/kontext/max',
		name: 'FLUX.1 Kontext [max]',
		description: 'Edits an image as the text says, more precisely.',
		input: { ...kontext, ...oneImage },
		output: full,
		price: perImage(0.08),
	},
	{
		...edited,
		id: 'fal-ai/flux-pro/kontext/multi',
		name: 'FLUX.1 Kontext [pro] multi',
		description: 'Edits with several images.',
		input: { ...kontext, ...manyImages() },
		output: full,
		price: perImage(0.04),
	},
	{
		...edited,
		id: 'fal-ai/flux-pro/v1/fill',
		name: 'FLUX.1 [pro] Fill',
		description: 'Fills the white part of a mask.',
		input: {
			...editPrompt,
			...seed,
			...syncMode,
			...numImages(),
			...JPEG_OR_PNG,
			...safetyTolerance(6, '2'),
			...enhancePrompt,
			...oneImage,
			mask_url: requiredAddress('URL of the mask, as large as the image.'),
		},
		output: full,
		price: perMegapixel(0.05),
	},
	...makesAndEdits('fal-ai/flux-2', 'FLUX.2 [dev]', second, perMegapixel(0.012), full),
	...makesAndEdits('fal-ai/flux-2-pro', 'FLUX.2 [pro]', secondPro, perMegapixel(0.015, 1), seeded),
	...makesAndEdits('fal-ai/flux-2-flex', 'FLUX.2 [flex]', flex, perMegapixel(0.05), seeded),
	...makesAndEdits(
		'fal-ai/flux-2-max',
		'FLUX.2 [max]',
		secondPro,
		perMegapixel(0.03, 4 / 3),
		seeded,
	),
];
