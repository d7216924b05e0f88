// Reads what a checked input asks for: pictures of which size, how many, in which format, from which others.
import {
	type PixelSize,
	parsePixels,
	parseRatio,
	pixelsOfRatio,
	withinPixelLimit,
} from '../drawing/sizes';
import { SIZES } from './catalogue/fields';
import type { Model } from './catalogue/model';
import type { FetchedImages } from './input-images';
import type { Format, Input, Job, NamedImage } from './job';

const IMAGE_FIELDS = ['image_url', 'image_urls', 'reference_image_urls'];
const MASK_FIELDS = ['mask_url', 'mask_image_url'];
const SQUARE = { width: 1024, height: 1024 };
/** Pixels of the short edge. */
const TARGETS: Record<string, number> = {
	'720p': 720,
	'1080p': 1080,
	'1440p': 1440,
	'2160p': 2160,
};

/** The pictures that an input names: the one to start from first. */
export function imagesOf({ input: fields }: Model, input: Input): NamedImage[] {
	const named = (names: readonly string[], isMask: boolean) =>
		names
			.filter((name) => fields[name] && input[name] !== undefined && input[name] !== null)
			.flatMap((name) => {
				const value = input[name];
				if (!Array.isArray(value)) return [{ loc: ['body', name], url: String(value), isMask }];
				return value.map((url, index) => ({
					loc: ['body', name, index],
					url: String(url),
					isMask,
				}));
			});
	return [...named(IMAGE_FIELDS, false), ...named(MASK_FIELDS, true)];
}

export function jobOf(model: Model, input: Input, { first }: Pick<FetchedImages, 'first'>): Job {
	const isOne = model.output.pictures === 'image';
	const times = Number(input.num_images ?? 1) * Number(input.max_images ?? 1);
	return {
		input,
		prompt: String(input.prompt ?? ''),
		size: withinPixelLimit(sizeOf(model, input, first)),
		count: isOne ? 1 : times,
		format: formatOf(model, input),
		isInline: input.sync_mode === true,
	};
}

function sizeOf({ work, input: fields }: Model, input: Input, first?: PixelSize): PixelSize {
	if (first && work === 'upscale') return enlarged(first, input);
	if (first && work === 'cutout') return first;
	const { image_size: wanted, aspect_ratio: ratio, resolution } = input;
	if (typeof wanted === 'object' && wanted !== null) {
		return { width: 512, height: 512, ...(wanted as Partial<PixelSize>) };
	}
	if (typeof wanted === 'string') return namedSize(wanted, first);
	const parsed = parseRatio(String(ratio ?? ''));
	if (!fields.aspect_ratio && !fields.resolution) return first ?? SQUARE;
	return ofResolution(parsed ?? first ?? SQUARE, String(resolution ?? '1K').toUpperCase());
}

function namedSize(name: string, first?: PixelSize): PixelSize {
	if (Object.hasOwn(SIZES, name)) return SIZES[name as keyof typeof SIZES];
	const listed = parsePixels(name);
	if (listed) return listed;
	const resolution = /^auto_(\dK)$/.exec(name)?.[1];
	return resolution ? ofResolution(first ?? SQUARE, resolution) : (first ?? SQUARE);
}

function ofResolution(ratio: PixelSize, resolution: string): PixelSize {
	if (resolution === '0.5K') {
		const { width, height } = pixelsOfRatio(ratio, '1K');
		return { width: width / 2, height: height / 2 };
	}
	return pixelsOfRatio(ratio, resolution as '1K');
}

function enlarged({ width, height }: PixelSize, input: Input): PixelSize {
	const target = input.upscale_mode === 'target' && TARGETS[String(input.target_resolution)];
	const factor = target
		? target / Math.min(width, height)
		: Number(input.scale ?? input.upscale_factor ?? 2);
	return { width: Math.round(width * factor), height: Math.round(height * factor) };
}

function formatOf({ work, output }: Model, input: Input): Format {
	if (work === 'vector' || String(input.style).startsWith('vector_illustration')) return 'svg';
	const wanted = String(input.output_format ?? (output.file === 'sizeless' ? 'webp' : 'png'));
	return wanted === 'jpg' ? 'jpeg' : (wanted as Format);
}
