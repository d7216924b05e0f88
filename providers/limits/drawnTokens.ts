// How many tokens a model counts for an image that it draws: by its row, from its size and quality.
import type { ImageRequest } from '../contract';
import type { ModelRow } from './modelRows';
import { pixelsIn } from './sizes';

export interface TokenRange {
	min: number;
	max: number;
}

type Choice = Pick<ImageRequest, 'size' | 'quality' | 'resolution'>;

/** A side of a drawn image is divisible by this. */
const STEP = 16;
const LONGEST_SIDE = 3840;

/** Output tokens of one image; undefined where size or quality is left to the model. */
export function drawnTokens(
	{ outputTokens: listed = {}, outputBases: bases = {} }: ModelRow,
	size: string | undefined,
	quality: string | undefined,
): number | undefined {
	const known = `${size} ${quality}`;
	if (Object.hasOwn(listed, known)) return listed[known];
	const sides = pixelsIn(size);
	if (!sides || quality === undefined || !Object.hasOwn(bases, quality)) return undefined;
	const { width, height } = sides;
	const base = bases[quality]!;
	const short = Math.round((base * Math.min(width, height)) / Math.max(width, height));
	return Math.ceil((base * short * (2_000_000 + width * height)) / 4_000_000);
}

/**
 * From the fewest to the most that one image may take: what is left to the model counts with all that it could choose.
 * Undefined where that isn't known.
 */
export function drawnTokenRange(row: ModelRow, choice: Choice): TokenRange | undefined {
	const tokens = sizesOf(row, choice).flatMap((size) =>
		qualitiesOf(row, choice).map((quality) => drawnTokens(row, size, quality)),
	);
	const known = tokens.filter((each) => each !== undefined);
	if (known.length === 0 || known.length < tokens.length) return undefined;
	return { min: Math.min(...known), max: Math.max(...known) };
}

function qualitiesOf(
	{ outputTokens = {}, outputBases = {}, defaults }: ModelRow,
	choice: Choice,
): string[] {
	const quality = choice.quality ?? defaults?.quality;
	if (quality !== undefined && quality !== 'auto') return [quality];
	const listed = Object.keys(outputTokens).map((key) => key.split(' ')[1]!);
	return [...new Set([...Object.keys(outputBases), ...listed])];
}

/** The sizes in pixels that it may come to. */
function sizesOf(row: ModelRow, choice: Choice): readonly string[] {
	const { outputTokens = {}, freeSizes, defaults } = row;
	const size = choice.size ?? defaults?.size ?? 'auto';
	const listed = [...new Set(Object.keys(outputTokens).map((key) => key.split(' ')[0]!))];
	if (size === 'auto') return freeSizes?.automatic ?? listed;
	const [, across, down] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(size)?.map(Number) ?? [];
	if (!across || !down) return [size];
	if (freeSizes) return freeSizesOf(across / down, pixelsOf(row, choice.resolution));
	return listed.filter((known) => {
		const [width, height] = known.split('x').map(Number);
		return width! * down === height! * across;
	});
}

function pixelsOf({ freeSizes }: ModelRow, resolution: string | undefined): number | undefined {
	const { resolutions = {} } = freeSizes!;
	if (resolution === undefined) return Object.values(resolutions)[0];
	return Object.hasOwn(resolutions, resolution) ? resolutions[resolution] : undefined;
}

/** The sizes around so many pixels in this ratio: which one it is depends on how its sides are rounded. */
function freeSizesOf(ratio: number, pixels: number | undefined): string[] {
	if (pixels === undefined) return [];
	const width = Math.min(LONGEST_SIDE, Math.sqrt(pixels * ratio), LONGEST_SIDE * ratio);
	return around(width).flatMap((each) =>
		around(width / ratio).map((height) => `${each}x${height}`),
	);
}

function around(side: number): number[] {
	const below = Math.floor(side / STEP) * STEP;
	return side === below ? [below] : [below, below + STEP];
}
