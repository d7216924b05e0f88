// Which sizes a model draws, and what "auto" comes to.
import { parsePixels, type PixelSize } from '../../drawing/sizes';
import { invalid } from '../errors';
import type { ImageRules } from '../models';

const EDGE_STEP = 16;
const LONGEST_EDGE = 3840;
const FEWEST_PIXELS = 655_360;
const MAX_PIXELS = 8_294_400;
const WIDEST_RATIO = 3;

export function checkSize(size: string, rules: ImageRules, param: string): void {
	if (rules.sizes !== 'free') {
		if (rules.sizes.includes(size)) return;
		const supported = rules.sizes.map((one) => `'${one}'`).join(', ');
		throw refused(size, `Supported values are: ${supported}.`, param);
	}
	if (size === 'auto') return;
	const problem = freeSizeProblem(size);
	if (problem) throw refused(size, problem, param);
}

function refused(size: string, problem: string, param: string) {
	return invalid(`Invalid value: '${size}'. ${problem}`, 'invalid_value', param);
}

function freeSizeProblem(size: string): string | undefined {
	const pixels = parsePixels(size);
	if (!pixels || pixels.width === 0 || pixels.height === 0) {
		return "Expected 'auto' or a size such as '1536x864'.";
	}
	const { width, height } = pixels;
	const long = Math.max(width, height);
	if (width % EDGE_STEP !== 0 || height % EDGE_STEP !== 0) {
		return `Width and height must both be divisible by ${EDGE_STEP}.`;
	}
	if (long / Math.min(width, height) > WIDEST_RATIO) {
		return 'The aspect ratio must be between 1:3 and 3:1.';
	}
	if (long > LONGEST_EDGE) return `The longest edge must be at most ${LONGEST_EDGE} pixels.`;
	if (width * height < FEWEST_PIXELS || width * height > MAX_PIXELS) {
		return `The size must have between ${FEWEST_PIXELS} and ${MAX_PIXELS} pixels in all.`;
	}
	return undefined;
}

const square = { width: 1024, height: 1024 };

/** An edit without a stated size gets the standard size that is most like its first image. */
export function pixelsOf(size: string, reference: PixelSize | undefined): PixelSize {
	const stated = parsePixels(size);
	if (stated) return stated;
	if (!reference) return square;
	const ratio = reference.width / reference.height;
	if (ratio > 1.2) return { width: 1536, height: 1024 };
	if (ratio < 1 / 1.2) return { width: 1024, height: 1536 };
	return square;
}
