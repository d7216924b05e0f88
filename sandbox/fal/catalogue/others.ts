// Seedream, Ideogram, Recraft, Grok and Z-Image.
import {
	acceleration,
	aspectRatio,
	editPrompt,
	imageSize,
	manyImages,
	numImages,
	oneImage,
	outputFormat,
	prompt,
	promptExpansion,
	resolution,
	safetyChecker,
	seed,
	steps,
	styleImages,
	syncMode,
} from './fields';
import type { Model, Output } from './model';
import { perImage, perMegapixel } from './prices';
import { choice, type Fields, object, objects, requiredAddress, text, whole } from './schema';

const seeded: Output = { pictures: 'images', file: 'empty', extras: ['seed'] };
const nameless: Output = { pictures: 'images', file: 'sizeless', extras: [] };
const namelessSeeded: Output = { ...nameless, extras: ['seed'] };
const made = { work: 'edit', category: 'text-to-image' } as const;
const edited = { work: 'edit', category: 'image-to-image' } as const;

interface Seedream {
	version: string;
	name: string;
	input: Fields;
	price: Model['price'];
	owner?: string;
}

const seedream = ({
	version,
	name,
	input,
	price,
	owner = 'fal-ai/bytedance',
}: Seedream): Model[] => {
	const shared = { group: 'seedream', tags: ['bytedance'], output: seeded, price };
	const common: Fields = {
		...input,
		...numImages(6),
		max_images: whole('Up to so many images in each of the generations.', 1, 6, 1),
		...seed,
		...syncMode,
		...safetyChecker,
	};
	return [
		{
			...made,
			...shared,
			id: `${owner}/seedream/${version}/text-to-image`,
			name,
			description: `${name} makes images from text.`,
			input: { ...prompt, ...common },
		},
		{
			...edited,
			...shared,
			id: `${owner}/seedream/${version}/edit`,
			name: `${name} Edit`,
			description: `${name} edits images.`,
			input: { ...editPrompt, ...manyImages(10), ...common },
		},
	];
};

const speeds: Record<string, number> = { TURBO: 1, BALANCED: 2, QUALITY: 3 };
const ideogram: Fields = {
	...styleImages,
	rendering_speed: choice('The rendering speed.', Object.keys(speeds), 'BALANCED'),
	color_palette: object('The colours to use.', 'ColorPalette'),
	expand_prompt: { schema: { type: 'boolean', default: true }, isRequired: false },
	...numImages(8),
	...seed,
	...syncMode,
};
const byIdeogram = {
	group: 'ideogram',
	tags: ['typography'],
	output: namelessSeeded,
	price: perImage(0.03, ({ input }) => speeds[String(input.rendering_speed)] ?? 2),
};

const VECTOR = 'vector_illustration';
const styles = [
	'any',
	'realistic_image',
	'digital_illustration',
	VECTOR,
	'realistic_image/b_and_w',
	'realistic_image/natural_light',
	'realistic_image/studio_portrait',
	'digital_illustration/hand_drawn',
	'digital_illustration/pixel_art',
	'digital_illustration/watercolor',
	`${VECTOR}/doodle_line_art`,
	`${VECTOR}/line_art`,
	`${VECTOR}/linocut`,
];
const colours = { colors: objects('Preferred colours.', 'RGBColor') };
const recraft4: Fields = {
	...prompt,
	...imageSize('square_hd'),
	...colours,
	background_color: object('The preferred background colour.', 'RGBColor'),
	...safetyChecker,
};
const byRecraft = { group: 'recraft', tags: ['design', 'vector'], output: nameless };

const grok: Fields = {
	...numImages(),
	...outputFormat(['jpeg', 'png', 'webp'], 'jpeg'),
	...syncMode,
};
const byGrok = {
	group: 'grok-imagine',
	tags: ['xai'],
	output: { pictures: 'images', file: 'sized', extras: ['revised_prompt'] } as Output,
	price: perImage(0.02),
};

export const others: readonly Model[] = [
	...seedream({
		version: 'v4.5',
		name: 'Seedream 4.5',
		input: imageSize(undefined, ['auto_2K', 'auto_4K']),
		price: perImage(0.04),
	}),
	...seedream({
		version: 'v5/lite',
		name: 'Seedream 5.0 Lite',
		input: imageSize('auto_2K', ['auto_2K', 'auto_3K']),
		price: perImage(0.035),
	}),
	...seedream({
		version: 'v5/pro',
		name: 'Seedream 5.0 Pro',
		input: imageSize('auto_2K', ['auto_2K', 'auto_4K']),
		price: perImage(0.0675, ({ input }) => (input.image_size === 'auto_4K' ? 2 : 1)),
		owner: 'bytedance',
	}),
	{
		...made,
		...byIdeogram,
		id: 'fal-ai/ideogram/v3',
		name: 'Ideogram V3',
		description: 'Images with readable text in them.',
		input: {
			...prompt,
			...imageSize('square_hd'),
			style: choice('The style type.', ['AUTO', 'GENERAL', 'REALISTIC', 'DESIGN']),
			negative_prompt: text('What to leave out of the image.', ''),
			...ideogram,
		},
	},
	{
		...edited,
		...byIdeogram,
		id: 'fal-ai/ideogram/v3/edit',
		name: 'Ideogram V3 Edit',
		description: 'Changes the marked part of an image.',
		input: {
			...editPrompt,
			...oneImage,
			mask_url: requiredAddress('URL of the mask, as large as the image.'),
			...ideogram,
		},
	},
	{
		...made,
		...byRecraft,
		id: 'fal-ai/recraft/v3/text-to-image',
		name: 'Recraft V3',
		description: 'Images and vector art in many styles.',
		input: {
			...prompt,
			...imageSize('square_hd'),
			style: choice('The style; vector images cost twice as much.', styles, 'realistic_image'),
			...colours,
			style_id: text('The ID of a style of your own.'),
			enable_safety_checker: {
				schema: { type: 'boolean', default: false },
				isRequired: false,
			},
		},
		price: perImage(0.04, ({ input }) => (String(input.style).startsWith(VECTOR) ? 2 : 1)),
	},
	{
		...made,
		...byRecraft,
		id: 'fal-ai/recraft/v4/text-to-image',
		name: 'Recraft V4',
		description: 'Images for design work.',
		input: recraft4,
		price: perImage(0.04),
	},
	{
		...made,
		...byRecraft,
		id: 'fal-ai/recraft/v4/pro/text-to-image',
		name: 'Recraft V4 Pro',
		description: 'Large images for design work.',
		input: recraft4,
		price: perImage(0.25),
	},
	{
		...made,
		...byRecraft,
		id: 'fal-ai/recraft/v4/text-to-vector',
		name: 'Recraft V4 Vector',
		description: 'Vector art.',
		work: 'vector',
		input: recraft4,
		price: perImage(0.08),
	},
	{
		...made,
		...byGrok,
		id: 'xai/grok-imagine-image',
		name: 'Grok Imagine',
		description: 'Images from text.',
		input: {
			...prompt,
			...aspectRatio(['auto', '1:1', '16:9', '4:3', '3:4', '9:16'], 'auto'),
			...resolution(['1K', '4K'], '1K'),
			...grok,
		},
	},
	{
		...edited,
		...byGrok,
		id: 'xai/grok-imagine-image/edit',
		name: 'Grok Imagine Edit',
		description: 'Edits up to three images.',
		input: { ...editPrompt, ...manyImages(3), ...resolution(['1k', '2k'], '1k'), ...grok },
	},
	{
		...made,
		id: 'fal-ai/z-image/turbo',
		name: 'Z-Image Turbo',
		description: 'Fast images.',
		group: 'z-image',
		tags: ['fast'],
		input: {
			...prompt,
			...imageSize('landscape_4_3'),
			...steps(8, 8),
			...seed,
			...syncMode,
			...numImages(),
			...safetyChecker,
			...outputFormat(['jpeg', 'png', 'webp'], 'png'),
			...acceleration('regular'),
			...promptExpansion,
		},
		output: {
			pictures: 'images',
			file: 'empty',
			extras: ['timings', 'seed', 'has_nsfw_concepts', 'prompt'],
		},
		price: perMegapixel(0.005),
	},
];
