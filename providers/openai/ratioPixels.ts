// Aspect ratios on models that take pixels only: OpenAI's Images API knows no ratios.
import { limitsOf } from './models';

interface Range {
	/** The short side that is aimed at, and how far it may be from that for a ratio that is met better. */
	usualShort: number;
	minShort: number;
	maxShort: number;
	maxLong: number;
	maxPixels: number;
}

const PICTURE: Range = {
	usualShort: 1024,
	minShort: 896,
	maxShort: 1152,
	maxLong: Infinity,
	maxPixels: Infinity,
};
/** All frames of an animation together may have as many pixels as the largest picture, so that 16 of these fit. */
const FRAME: Range = {
	usualShort: 720,
	minShort: 320,
	maxShort: 720,
	maxLong: 960,
	maxPixels: 518_400,
};
/** Ratios that differ less are the same. */
const SAME = 1e-9;

/**
 * The size in pixels for an aspect ratio such as `16:9`; anything else as it is. On a model with few sizes it is one
 * of these, or stays a ratio if none has it. Unknown models may take ratios, so there it stays too.
 */
export function pixelsOf(
	size: string | undefined,
	model: string,
	outputFormat?: string,
): string | undefined {
	const ratio = ratioOf(size);
	if (ratio === undefined) return size;
	const { ratioStep, sizes } = limitsOf(model);
	if (ratioStep !== undefined) {
		return nearest(ratio, ratioStep, outputFormat === 'gif' ? FRAME : PICTURE);
	}
	return sizes?.find((known) => isSame(ratioOf(known.replace('x', ':')), ratio)) ?? size;
}

/** Width by height. */
function ratioOf(size = ''): number | undefined {
	const [, width, height] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(size)?.map(Number) ?? [];
	return width && height ? width / height : undefined;
}

function isSame(found: number | undefined, ratio: number): boolean {
	return found !== undefined && Math.abs(found / ratio - 1) < SAME;
}

/** The size whose ratio is nearest; of several, the one whose short side is nearest to the usual one. */
function nearest(
	ratio: number,
	step: number,
	{ usualShort, minShort, maxShort, maxLong, maxPixels }: Range,
): string {
	const longToShort = Math.max(ratio, 1 / ratio);
	let best = { short: 0, long: 0, error: Infinity };
	for (let short = minShort; short <= maxShort; short += step) {
		const long = Math.round((short * longToShort) / step) * step;
		if (long > maxLong || short * long > maxPixels) continue;
		const error = Math.abs(long / short / longToShort - 1);
		const isNearer = Math.abs(short - usualShort) < Math.abs(best.short - usualShort);
		if (error < best.error - SAME || (error < best.error + SAME && isNearer)) {
			best = { short, long, error };
		}
	}
	const { short, long } = best;
	// A ratio that no frame can have is refused later.
	if (short === 0) return nearest(ratio, step, PICTURE);
	return ratio >= 1 ? `${long}x${short}` : `${short}x${long}`;
}
