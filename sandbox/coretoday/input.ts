// Checks a prediction's input: openai/gpt-image-2's to the letter, any other model's only for a prompt.
import { z } from 'zod';
import { parseRatio, type PixelSize, pixelsOfRatio } from '../drawing/sizes';
import { CoreTodayError } from './errors';
import type { ModelRules, Quality } from './models';
import { read } from './read';

export type OutputFormat = 'png' | 'jpeg' | 'webp';

/** What is to be drawn. */
export interface ImageJob {
	prompt: string;
	/** Undefined: the size of the first input image, or else a square. */
	size?: PixelSize;
	quality: Quality;
	count: number;
	format: OutputFormat;
	compression: number;
	inputImages: Array<{ key: string; url: string }>;
}

const USUAL_COMPRESSION = 90;
const MAX_IMAGES = 4;

const prompt = z.string().refine((text) => text.trim() !== '', 'must not be empty');

const gptImage2 = z
	.object({
		prompt,
		input_images: z.array(z.string()),
		aspect_ratio: z.enum(['1:1', '3:2', '2:3']),
		quality: z.enum(['low', 'medium', 'high', 'auto']),
		background: z.enum(['auto', 'opaque']),
		output_format: z.enum(['webp', 'png', 'jpeg']),
		output_compression: z.number().int().min(0).max(100),
		moderation: z.enum(['auto', 'low']),
		number_of_images: z.literal(1, {
			errorMap: () => ({ message: 'must be 1: call again for more images' }),
		}),
	})
	.partial()
	.required({ prompt: true })
	.strict();

const anyInput = z
	.object({
		prompt,
		aspect_ratio: z.string().optional(),
		number_of_images: z.number().int().min(1).max(MAX_IMAGES).optional(),
	})
	.passthrough();

export function readInput(model: ModelRules, input: unknown): ImageJob {
	return model.isStrict ? readGptImage2(input) : readAny(input);
}

function readGptImage2(input: unknown): ImageJob {
	const fields = read(gptImage2, input, 'input');
	const format = fields.output_format ?? 'webp';
	if (fields.output_compression !== undefined && format === 'png') {
		throw new CoreTodayError(400, 'input.output_compression goes with webp and jpeg only.');
	}
	return {
		prompt: fields.prompt,
		size: sizeOf(fields.aspect_ratio ?? '1:1'),
		quality: fields.quality ?? 'auto',
		count: 1,
		format,
		compression: fields.output_compression ?? USUAL_COMPRESSION,
		inputImages: linksIn('input_images', fields.input_images),
	};
}

function readAny(input: unknown): ImageJob {
	const fields = read(anyInput, input, 'input');
	return {
		prompt: fields.prompt,
		size: sizeOf(fields.aspect_ratio),
		quality: 'auto',
		count: fields.number_of_images ?? 1,
		format: 'png',
		compression: USUAL_COMPRESSION,
		inputImages: Object.entries(fields)
			.filter(([key]) => /image/i.test(key))
			.flatMap(([key, value]) => linksIn(key, value)),
	};
}

function sizeOf(aspectRatio: string | undefined): PixelSize | undefined {
	const ratio = parseRatio(aspectRatio ?? '');
	return ratio && pixelsOfRatio(ratio);
}

function linksIn(key: string, value: unknown): ImageJob['inputImages'] {
	if (Array.isArray(value)) {
		return value.flatMap((one, index) => linksIn(`${key}[${index}]`, one));
	}
	return typeof value === 'string' ? [{ key, url: value }] : [];
}
