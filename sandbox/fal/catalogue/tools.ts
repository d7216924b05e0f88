// Upscalers and background removers: one picture in, one picture out.
import { guidance, oneImage, outputFormat, safetyChecker, seed, steps, syncMode } from './fields';
import type { Model, Output } from './model';
import { perImage, perMegapixel, perSecond } from './prices';
import { choice, decimal, flag, text, whole } from './schema';

const one: Output = { pictures: 'image', file: 'sized', extras: [] };
const shared = { category: 'image-to-image' } as const;
const upscaler = { ...shared, work: 'upscale', tags: ['upscaling'] } as const;
const remover = { ...shared, work: 'cutout', tags: ['background removal'] } as const;

const TOPAZ_MODELS = [
	'Low Resolution V2',
	'Standard V2',
	'CGI',
	'High Fidelity V2',
	'Text Refine',
	'Recovery',
	'Redefine',
	'Recovery V2',
	'Standard MAX',
	'Wonder',
];
const TOPAZ_MEGAPIXELS = 24_000_000;

const BIREFNET_MODELS = [
	'General Use (Light)',
	'General Use (Light 2K)',
	'General Use (Heavy)',
	'Matting',
	'Portrait',
	'General Use (Dynamic)',
];

export const tools: readonly Model[] = [
	{
		...upscaler,
		id: 'fal-ai/esrgan',
		name: 'Upscale Images',
		description: 'Real-ESRGAN.',
		group: 'esrgan',
		input: {
			...oneImage,
			scale: decimal('Rescaling factor.', 1, 8, 2),
			tile: whole('Tile size; 0 is no tile.', 0, 4096, 0),
			face: flag('Whether to upscale a face.', false),
			model: choice(
				'Model to use for upscaling.',
				[
					'RealESRGAN_x4plus',
					'RealESRGAN_x2plus',
					'RealESRGAN_x4plus_anime_6B',
					'RealESRGAN_x4_v3',
				],
				'RealESRGAN_x4plus',
			),
			...outputFormat(['png', 'jpeg'], 'png'),
		},
		output: one,
		price: perSecond(0.0011, 2.5),
	},
	{
		...upscaler,
		id: 'fal-ai/clarity-upscaler',
		name: 'Clarity Upscaler',
		description: 'Upscales with high fidelity.',
		group: 'clarity',
		input: {
			...oneImage,
			prompt: text('The prompt to use.', 'masterpiece, best quality, highres'),
			upscale_factor: decimal('The upscale factor.', 1, 4, 2),
			negative_prompt: text('What to leave out.', '(worst quality, low quality, normal quality:2)'),
			creativity: decimal('How far it may go from the image.', 0, 1, 0.35),
			resemblance: decimal('How close it stays to the image.', 0, 1, 0.6),
			...guidance(20, 4),
			...steps(50, 18),
			...seed,
			...safetyChecker,
		},
		output: { ...one, extras: ['seed', 'timings'] },
		price: perMegapixel(0.03),
	},
	{
		...upscaler,
		id: 'fal-ai/topaz/upscale/image',
		name: 'Topaz Upscale',
		description: "Topaz Labs' upscalers.",
		group: 'topaz',
		input: {
			model: choice('Model to use for image enhancement.', TOPAZ_MODELS, 'Standard V2'),
			upscale_factor: decimal('Factor to upscale the image by.', 1, 4, 2),
			crop_to_fill: flag('Whether to crop.', false),
			...oneImage,
			...outputFormat(['jpeg', 'png'], 'jpeg'),
			subject_detection: choice('Subject detection.', ['All', 'Foreground', 'Background'], 'All'),
			face_enhancement: flag('Whether to enhance faces.', true),
			face_enhancement_strength: decimal('Strength of the face enhancement.', 0, 1, 0.8),
		},
		output: { pictures: 'image', file: 'sizeless', extras: [] },
		price: perImage(0.08, ({ size }) => Math.ceil((size.width * size.height) / TOPAZ_MEGAPIXELS)),
	},
	{
		...upscaler,
		id: 'fal-ai/seedvr/upscale/image',
		name: 'SeedVR2',
		description: 'Upscales by a factor or to a resolution.',
		group: 'seedvr',
		input: {
			...oneImage,
			upscale_mode: choice('By a factor, or to a resolution.', ['target', 'factor'], 'factor'),
			upscale_factor: decimal('The upscale factor.', 1, 10, 2),
			target_resolution: choice(
				'The resolution to upscale to.',
				['720p', '1080p', '1440p', '2160p'],
				'1080p',
			),
			...seed,
			noise_scale: decimal('The noise scale.', 0, 1, 0.1),
			...outputFormat(['png', 'jpg', 'webp'], 'jpg'),
			...syncMode,
		},
		output: { pictures: 'image', file: 'empty', extras: ['seed'] },
		price: perMegapixel(0.001),
	},
	{
		...remover,
		id: 'fal-ai/bria/background/remove',
		name: 'Bria RMBG 2.0',
		description: 'Removes the background.',
		group: 'bria',
		input: { ...oneImage, ...syncMode },
		output: one,
		price: perImage(0.018),
	},
	{
		...remover,
		id: 'fal-ai/birefnet/v2',
		name: 'BiRefNet Background Removal',
		description: 'Removes the background; gives the mask as well.',
		group: 'birefnet',
		input: {
			...oneImage,
			model: choice('Model to use.', BIREFNET_MODELS, 'General Use (Light)'),
			operating_resolution: choice(
				'The resolution to operate on.',
				['1024x1024', '2048x2048', '2304x2304'],
				'1024x1024',
			),
			output_mask: flag('Whether to give the mask as well.', false),
			mask_only: flag('Whether to give the mask only.', false),
			refine_foreground: flag('Whether to refine the foreground.', true),
			...syncMode,
			...outputFormat(['webp', 'png', 'gif'], 'png'),
		},
		output: { pictures: 'image', file: 'empty', extras: [], maskField: 'output_mask' },
		price: perSecond(0.0008, 1.5),
	},
];
