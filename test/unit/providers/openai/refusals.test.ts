// What is refused before anything is sent, word for word: every bad setting and every bad file.
import type { ImageRequest } from '../../../../providers/contract';
import { checkRequest } from '../../../../providers/limits/checkRequest';
import { limitsOf, taskLimitsOf } from '../../../../providers/openai/models';
import { imageWith, refusals, requestWith } from '../support';

const MEGABYTE = 1024 * 1024;

const check = (request: ImageRequest) => checkRequest(request, limitsOf(request.model));
const images = (count: number) => Array.from({ length: count }, (_, i) => imageWith(`image ${i}`));

describe('what only one of the endpoints takes', () => {
	refusals(check, [
		[
			'moderation in an edit',
			{ references: images(1), extras: { moderation: 'low' } },
			'The setting "Moderation" works only with a request without input images.',
			'Remove it from the Options, or take the input images away.',
		],
		[
			'input_fidelity without an input image',
			{ model: 'gpt-image-1.5', extras: { input_fidelity: 'high' } },
			'The setting "Input Fidelity" works only with input images.',
			'Remove it from the Options, or add an input image.',
		],
		[
			'input_fidelity high on the small model',
			{ model: 'gpt-image-1-mini', references: images(1), extras: { input_fidelity: 'high' } },
			'gpt-image-1-mini doesn\'t take the Input Fidelity "high".',
			'Choose one of: low.',
		],
	]);

	it('a background task takes moderation in an edit too', () => {
		const request = requestWith({ references: images(1), extras: { moderation: 'low' } });
		expect(() => checkRequest(request, taskLimitsOf(request.model))).not.toThrow();
	});
});

describe('gpt-image-2 refuses', () => {
	const gif = imageWith('data', { type: 'gif' });
	const noPercentage = 'Set Output Format to JPEG or WebP, or remove Compression from the Options.';
	refusals(check, [
		[
			'the size 1000x1000',
			{ size: '1000x1000' },
			'gpt-image-2 doesn\'t take the Size "1000x1000": both sides must be divisible by 16.',
			'Change the size, for instance to 1008x1008 or 1024x1024.',
		],
		[
			'the size 4096x4096',
			{ size: '4096x4096' },
			'gpt-image-2 doesn\'t take the Size "4096x4096": at most 3840 × 2160 pixels are possible.',
			'Change the size, for instance to 1024x1024.',
		],
		[
			'a ratio in place of pixels',
			{ size: '16:9' },
			'gpt-image-2 doesn\'t take the Size "16:9".',
			'Enter width and height in pixels, such as 1536x1024, or choose Automatic.',
		],
		[
			'a transparent JPEG',
			{ background: 'transparent', outputFormat: 'jpeg' },
			"A JPEG can't have a transparent background.",
			'Set Output Format to PNG or WebP, or Background to another value.',
		],
		[
			'compression 101',
			{ compression: 101, outputFormat: 'webp' },
			'Compression must be a whole number from 0 to 100.',
			'Change it in the Options.',
		],
		[
			'compression with PNG',
			{ compression: 50, outputFormat: 'png' },
			"A PNG can't be compressed by a percentage.",
			noPercentage,
		],
		[
			'compression without a format, which means PNG',
			{ compression: 50 },
			"A PNG can't be compressed by a percentage.",
			noPercentage,
		],
		[
			'a GIF as output',
			{ outputFormat: 'gif' },
			'gpt-image-2 doesn\'t take the Output Format "gif".',
			'Choose one of: png, jpeg, webp.',
		],
		[
			'eleven images',
			{ count: 11 },
			'gpt-image-2 makes 1 to 10 images at a time, not 11.',
			'Set Number of Images to 1 to 10.',
		],
		[
			'a prompt of 32,001 characters',
			{ prompt: 'x'.repeat(32_001) },
			'gpt-image-2 takes a Prompt of at most 32,000 characters, this one has 32,001.',
			'Shorten the Prompt.',
		],
		[
			'seventeen references',
			{ references: images(17) },
			'gpt-image-2 takes at most 16 input images, 17 were given.',
			'Take away 1 of them.',
		],
		[
			'a reference of 51 MB',
			{ references: [imageWith('data', { bytes: 51 * MEGABYTE })] },
			'The input image "data" has 51.0 MB. gpt-image-2 takes less than 50 MB.',
			'Make the picture smaller, for instance with the Edit Image node.',
		],
		[
			'a GIF as reference',
			{ references: [gif] },
			'The input image "data" is a GIF file. gpt-image-2 takes PNG, WebP, JPEG.',
			'Convert it to PNG, WebP, JPEG, for instance with the Edit Image node.',
		],
		[
			'a mask without alpha',
			{ references: images(1), mask: imageWith('mask', { hasAlpha: false }) },
			'The mask "mask" has no transparent part.',
			'Save it as a PNG with transparency: the transparent area is what gets changed.',
		],
		[
			'a JPEG as mask',
			{ references: images(1), mask: imageWith('mask', { type: 'jpeg' }) },
			'The mask "mask" is a JPEG file. gpt-image-2 takes PNG.',
			'Convert it to PNG, for instance with the Edit Image node.',
		],
		[
			'a mask of 5 MB',
			{ references: images(1), mask: imageWith('mask', { bytes: 5 * MEGABYTE }) },
			'The mask "mask" has 5.0 MB. gpt-image-2 takes less than 4 MB.',
			'Make the picture smaller, for instance with the Edit Image node.',
		],
		[
			'a mask of other dimensions than the first reference',
			{ references: images(2), mask: imageWith('mask', { width: 32 }) },
			'The mask "mask" is 32 × 64 pixels, the input image "image 0" is 64 × 64.',
			'Both must have the same width and height: resize the mask to the image.',
		],
		[
			'a mask without a reference',
			{ mask: imageWith('mask') },
			'There is a Mask but no input image.',
			'Add the image that the Mask belongs to.',
		],
	]);
});
