// Holds a free size against what the model can do.
import type { ImageRequest, PixelLimits } from '../contract';
import { badInput } from '../failure';
import { pixelsIn } from './sizes';

/** Throws a badInput failure that names the rule that a size breaks. */
export function checkPixels(
	{ size, model, outputFormat }: ImageRequest,
	limits: PixelLimits | undefined,
): void {
	if (!limits || size === undefined || size === 'auto') return;
	const sides = pixelsIn(size);
	if (!sides) {
		throw badInput(
			`${model} doesn't take the Size "${size}".`,
			'Enter width and height in pixels, such as 1536x1024, or choose Automatic.',
		);
	}
	const { width, height } = sides;
	// The frames of an animation may be smaller than a picture of its own.
	const min = outputFormat === 'gif' ? 0 : limits.min;
	const problem = pixelProblem(width, height, { ...limits, min });
	if (!problem) return;
	const [nearWidth, nearHeight] = [nearest(width, limits.step), nearest(height, limits.step)];
	const isRight = pixelProblem(nearWidth, nearHeight, limits) === undefined;
	throw badInput(
		`${model} doesn't take the Size "${size}": ${problem}.`,
		`Change the size, for instance to ${isRight ? `${nearWidth}x${nearHeight} or ` : ''}1024x1024.`,
	);
}

/** The rule that a width and a height break, if any. */
export function pixelProblem(
	width: number,
	height: number,
	{ step, maxRatio, longest, min, max }: PixelLimits,
): string | undefined {
	const [short, long] = [Math.min(width, height), Math.max(width, height)];
	const pixels = width * height;
	if (width % step !== 0 || height % step !== 0) return `both sides must be divisible by ${step}`;
	if (long > short * maxRatio) {
		return `the longer side may be at most ${maxRatio} times the shorter one`;
	}
	if (long > longest[0] || short > longest[1]) {
		return `at most ${longest.join(' × ')} pixels are possible`;
	}
	if (pixels >= min && pixels <= max) return undefined;
	return `${min.toLocaleString('en')} to ${max.toLocaleString('en')} pixels in all are possible, this is ${pixels.toLocaleString('en')}`;
}

function nearest(side: number, step: number): number {
	return Math.max(step, Math.round(side / step) * step);
}
