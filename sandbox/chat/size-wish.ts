// Finds the size that a prompt asks for in words, since chat completions have no parameter for it.
import {
	parsePixels,
	parseRatio,
	type PixelSize,
	pixelsOfRatio,
	withinPixelLimit,
} from '../drawing/sizes';

const SMALLEST_EDGE = 64;
const LARGEST_EDGE = 4096;
/** Any two numbers with a colon could as well be a time of day. */
const ratios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '9:21', '21:9'];
const pixels = /(?<![\w.])(\d{2,4})\s?[x×*]\s?(\d{2,4})(?![\w.]\d)/gi;
const ratio = /(?<![\d:.])(\d{1,2})\s?[:：]\s?(\d{1,2})(?![\d:])/g;

export function sizeWish(prompt: string): PixelSize | undefined {
	for (const [, width, height] of prompt.matchAll(pixels)) {
		const size = parsePixels(`${width}x${height}`);
		if (size && isPossible(size)) return withinPixelLimit(size);
	}
	for (const [, width, height] of prompt.matchAll(ratio)) {
		const text = `${width}:${height}`;
		const shape = ratios.includes(text) ? parseRatio(text) : undefined;
		if (shape) return pixelsOfRatio(shape);
	}
	return undefined;
}

function isPossible({ width, height }: PixelSize): boolean {
	return Math.min(width, height) >= SMALLEST_EDGE && Math.max(width, height) <= LARGEST_EDGE;
}
