// The size that a model draws nearest to the pixels that a picture is to have in the end, and how much of it is cut off then.
import type { ImageFormat, ImageRequest, ModelLimits, PixelLimits } from '../contract';
import { pixelProblem } from './pixelLimits';

type Shape = Pick<ImageFormat, 'width' | 'height'>;

/** What models that take ratios have in common. */
const USUAL_RATIOS = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];
/** How far a picture's short side may be from the wanted one for a ratio that is met better. */
const FAR = 1.25;
/** Ratios that differ less are the same. */
const SAME = 1e-9;

/**
 * The wanted pixels where the model draws these; else, as far as it has it, the nearest size of the same ratio, rather a
 * larger than a smaller one. Undefined where a size can only be wished for in words.
 */
export function nearestSize(
	wanted: Shape,
	limits: ModelLimits,
	{ resolution, outputFormat = '' }: Pick<ImageRequest, 'resolution' | 'outputFormat'> = {},
): string | undefined {
	if (limits.sizes) return nearestOf(limits.sizes, wanted);
	if (limits.sizeInWords) return undefined;
	const pixels =
		limits.formatLimits?.[outputFormat]?.drawnPixels ?? limits.drawnPixels ?? limits.pixels;
	// A resolution goes with a ratio only.
	if (!pixels || resolution !== undefined) return nearestOf(USUAL_RATIOS, wanted);
	return nearestPixels(wanted, pixels);
}

/** The part of a picture of this size that is cut off to bring it to the wanted shape, from 0 to 1. */
export function cutOff(wanted: Shape, size: string): number {
	const drawn = shapeOf(size);
	return drawn ? 1 - Math.exp(-distance(drawn, wanted)) : 0;
}

/** Of several that are as near, the first. */
function nearestOf(sizes: readonly string[], wanted: Shape): string | undefined {
	const shapes = sizes.flatMap((size) => {
		const shape = shapeOf(size);
		return shape ? [{ size, away: distance(shape, wanted) }] : [];
	});
	const least = Math.min(...shapes.map(({ away }) => away));
	return shapes.find(({ away }) => away <= least + SAME)?.size;
}

function nearestPixels({ width, height }: Shape, limits: PixelLimits): string {
	if (!pixelProblem(width, height, limits)) return `${width}x${height}`;
	const isWide = width >= height;
	const [long, short] = isWide ? [width, height] : [height, width];
	const ratio = Math.min(long / short, limits.maxRatio);
	const aim = aimedShort(long, ratio, limits);
	const { step } = limits;
	let best = { short: 0, long: 0, error: Infinity, isSmaller: true, away: Infinity };
	for (let side = roundUp(aim / FAR, step); side <= aim * FAR; side += step) {
		for (const other of [roundUp(side * ratio, step), roundUp(side * ratio, step) - step]) {
			if (pixelProblem(other, side, limits)) continue;
			const found = {
				short: side,
				long: other,
				error: Math.abs(Math.log(other / side / ratio)),
				isSmaller: side < short || other < long,
				away: Math.abs(side - aim),
			};
			if (isNearer(found, best)) best = found;
		}
	}
	return isWide ? `${best.long}x${best.short}` : `${best.short}x${best.long}`;
}

interface Candidate {
	error: number;
	isSmaller: boolean;
	away: number;
}

function isNearer(found: Candidate, best: Candidate): boolean {
	if (Math.abs(found.error - best.error) > SAME) return found.error < best.error;
	if (found.isSmaller !== best.isSmaller) return best.isSmaller;
	return found.away < best.away;
}

/** The short side of a picture that is as large as wanted, as far as the model draws such large or small ones. */
function aimedShort(long: number, ratio: number, { longest, min, max }: PixelLimits): number {
	const short = long / ratio;
	const pixels = long * short;
	const growth = Math.max(1, Math.sqrt(min / pixels));
	const room = Math.min(longest[0] / long, longest[1] / short, Math.sqrt(max / pixels));
	return short * Math.min(growth, room);
}

function roundUp(side: number, step: number): number {
	return Math.ceil(side / step - SAME) * step;
}

/** How far two shapes are from one another, whichever is the wider. */
function distance(a: Shape, b: Shape): number {
	return Math.abs(Math.log((a.width / a.height) * (b.height / b.width)));
}

/** Of a ratio or of pixels; undefined for `auto`. */
function shapeOf(size: string): Shape | undefined {
	const [, width, height] = /^(\d+(?:\.\d+)?)[x:](\d+(?:\.\d+)?)$/.exec(size)?.map(Number) ?? [];
	return width && height ? { width, height } : undefined;
}
