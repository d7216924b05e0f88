// Holds a free size and an output format against what the model, or any format, can do.
import type { ImageRequest, PixelLimits } from './contract';
import { badInput } from './failure';

/** Throws a badInput failure that names the rule that a size breaks. */
export function checkPixels({ size, model }: ImageRequest, limits: PixelLimits | undefined): void {
	if (!limits || size === undefined || size === 'auto') return;
	const [, width, height] = /^(\d+)x(\d+)$/.exec(size)?.map(Number) ?? [];
	if (!width || !height) {
		throw badInput(
			`${model} doesn't take the Size "${size}".`,
			'Enter width and height in pixels, such as 1536x1024, or choose Automatic.',
		);
	}
	const problem = problemOf(width, height, limits);
	if (!problem) return;
	const [nearWidth, nearHeight] = [nearest(width, limits.step), nearest(height, limits.step)];
	const isRight = problemOf(nearWidth, nearHeight, limits) === undefined;
	throw badInput(
		`${model} doesn't take the Size ${size}: ${problem}.`,
		`Change the size, for instance to ${isRight ? `${nearWidth}x${nearHeight} or ` : ''}1024x1024.`,
	);
}

/** The rule that a width and a height break, if any. */
function problemOf(
	width: number,
	height: number,
	{ step, mostRatio, longest, least, most }: PixelLimits,
): string | undefined {
	const [short, long] = [Math.min(width, height), Math.max(width, height)];
	const pixels = width * height;
	if (width % step !== 0 || height % step !== 0) return `both sides must be divisible by ${step}`;
	if (long > short * mostRatio) {
		return `the longer side may be at most ${mostRatio} times the shorter one`;
	}
	if (long > longest[0] || short > longest[1]) {
		return `at most ${longest.join(' × ')} pixels are possible`;
	}
	if (pixels >= least && pixels <= most) return undefined;
	return `${least.toLocaleString('en')} to ${most.toLocaleString('en')} pixels in all are possible, this is ${pixels.toLocaleString('en')}`;
}

function nearest(side: number, step: number): number {
	return Math.max(step, Math.round(side / step) * step);
}

/** What formats can do, whoever draws: JPEG has no transparency, PNG has no lossy compression. */
export function checkFormat(
	{ background, outputFormat, compression }: ImageRequest,
	formats: readonly string[] | undefined,
): void {
	if (background === 'transparent' && outputFormat === 'jpeg') {
		throw badInput(
			"A JPEG can't have a transparent background.",
			'Set Output Format to PNG or WebP, or Background to another value.',
		);
	}
	if (compression === undefined) return;
	if (!Number.isInteger(compression) || compression < 0 || compression > 100) {
		throw badInput(
			`Compression goes from 0 to 100, not ${compression}.`,
			'Enter a whole number from 0 to 100 in the Options.',
		);
	}
	// Which format a model uses by itself is known only where its formats are.
	const isPng = outputFormat === 'png' || (outputFormat === undefined && formats !== undefined);
	if (isPng) {
		throw badInput(
			"A PNG can't be compressed by a percentage.",
			'Set Output Format to JPEG or WebP, or remove Compression from the Options.',
		);
	}
}
