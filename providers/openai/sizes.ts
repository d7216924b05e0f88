// Aspect ratios on models that take pixels only: OpenAI's Images API knows no ratios.
import { limitsOf } from './models';

/** The short side that is aimed at, and how far it may be from that for a ratio that is met better. */
const USUAL_SHORT_SIDE = 1024;
const SHORTEST = 896;
const LONGEST_SHORT_SIDE = 1152;
/** Ratios that differ less are the same. */
const SAME = 1e-9;

/**
 * The size in pixels for an aspect ratio such as `16:9`; anything else as it is. On a model with few sizes it is one
 * of these, or stays a ratio if none has it. Unknown models may take ratios, so there it stays too.
 */
export function pixelsOf(size: string | undefined, model: string): string | undefined {
	const ratio = ratioOf(size);
	if (ratio === undefined) return size;
	const { pixels, sizes } = limitsOf(model);
	if (pixels) return nearest(ratio, pixels.step);
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
function nearest(ratio: number, step: number): string {
	const longToShort = Math.max(ratio, 1 / ratio);
	let best = { short: 0, long: 0, error: Infinity };
	for (let short = SHORTEST; short <= LONGEST_SHORT_SIDE; short += step) {
		const long = Math.round((short * longToShort) / step) * step;
		const error = Math.abs(long / short / longToShort - 1);
		const isNearer = Math.abs(short - USUAL_SHORT_SIDE) < Math.abs(best.short - USUAL_SHORT_SIDE);
		if (error < best.error - SAME || (error < best.error + SAME && isNearer)) {
			best = { short, long, error };
		}
	}
	const { short, long } = best;
	return ratio >= 1 ? `${long}x${short}` : `${short}x${long}`;
}
