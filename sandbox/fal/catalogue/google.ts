// The nano-banana family.
import {
	aspectRatio,
	editPrompt,
	manyImages,
	numImages,
	outputFormat,
	prompt,
	resolution,
	safetyTolerance,
	seed,
	syncMode,
} from './fields';
import type { Model, Output } from './model';
import { perImage, perToken } from './prices';
import { choice, type Fields, flag } from './schema';

const RATIOS = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16'];
const EXTREME = ['4:1', '1:4', '8:1', '1:8'];

const output: Output = { pictures: 'images', file: 'empty', extras: ['description'] };

const common: Fields = {
	...numImages(),
	...seed,
	...outputFormat(['jpeg', 'png', 'webp'], 'png'),
	...safetyTolerance(6, '4'),
	...syncMode,
	limit_generations: flag('Whether each round makes one image, whatever the prompt says.', false),
};
const webSearch = { enable_web_search: flag('Whether the model may search the web.', false) };
const thinking = {
	thinking_level: choice('How much the model thinks first.', ['minimal', 'high']),
};

interface Wanted {
	id: string;
	name: string;
	input: Fields;
	editRatios: readonly string[];
	ratios: readonly string[];
	ratio: string;
	price: Model['price'];
	imageLimit?: number;
}

const pair = ({
	id,
	name,
	input,
	ratios,
	editRatios,
	ratio,
	price,
	imageLimit,
}: Wanted): Model[] => {
	const drawn = { output, price, work: 'edit', group: 'nano-banana' } as const;
	return [
		{
			...drawn,
			id,
			name,
			category: 'text-to-image',
			description: `${name} makes images from text.`,
			tags: ['google'],
			input: { ...prompt, ...common, ...aspectRatio(ratios, ratio), ...input },
		},
		{
			...drawn,
			id: `${id}/edit`,
			name: `${name} Edit`,
			category: 'image-to-image',
			description: `${name} edits one or more images.`,
			tags: ['google', 'editing'],
			input: {
				...editPrompt,
				...common,
				...aspectRatio(editRatios, 'auto'),
				...manyImages(imageLimit),
				...input,
			},
		},
	];
};

const factors: Record<string, number> = { '0.5K': 0.75, '1K': 1, '2K': 1.5, '4K': 2 };
const tokens: Record<string, number> = { '0.5K': 400, '1K': 1120, '2K': 1680, '4K': 3780 };
const resolutionOf = (input: Record<string, unknown>) => String(input.resolution ?? '1K');

export const google: readonly Model[] = [
	...pair({
		id: 'fal-ai/nano-banana',
		name: 'Nano Banana',
		input: {},
		ratios: RATIOS,
		editRatios: ['auto', ...RATIOS],
		ratio: '1:1',
		price: perImage(0.039),
	}),
	...pair({
		id: 'fal-ai/nano-banana-pro',
		name: 'Nano Banana Pro',
		input: { ...resolution(['1K', '2K', '4K'], '1K'), ...webSearch },
		ratios: ['auto', ...RATIOS],
		editRatios: ['auto', ...RATIOS],
		ratio: '1:1',
		price: perImage(0.15, ({ input }) => (input.resolution === '4K' ? 2 : 1)),
	}),
	...pair({
		id: 'fal-ai/nano-banana-2',
		name: 'Nano Banana 2',
		input: { ...resolution(['0.5K', '1K', '2K', '4K'], '1K'), ...webSearch, ...thinking },
		ratios: ['auto', ...RATIOS, ...EXTREME],
		editRatios: ['auto', ...RATIOS, ...EXTREME],
		ratio: 'auto',
		price: perImage(0.08, ({ input }) => {
			const extra =
				(input.enable_web_search ? 0.015 : 0) + (input.thinking_level === 'high' ? 0.002 : 0);
			return (factors[resolutionOf(input)] ?? 1) + extra / 0.08;
		}),
	}),
	...pair({
		id: 'google/nano-banana-2.1',
		name: 'Nano Banana 2.1',
		input: { ...resolution(['0.5K', '1K', '2K', '4K'], '1K'), ...webSearch, ...thinking },
		ratios: ['auto', ...RATIOS, ...EXTREME],
		editRatios: ['auto', ...RATIOS, ...EXTREME],
		ratio: 'auto',
		price: perToken(30, ({ input }) => tokens[resolutionOf(input)] ?? 1120),
		imageLimit: 14,
	}),
];
