// Turns what a request calls a size (a ratio, pixels, auto) into pixels.
export interface PixelSize {
	width: number;
	height: number;
}

export type Resolution = '1K' | '2K' | '4K';

/** As many pixels as the largest landscape size, 3840x2160, has. */
export const PIXEL_LIMIT = 3840 * 2160;
const EDGE_STEP = 16;

export function parsePixels(text: string): PixelSize | undefined {
	const match = /^(\d{1,5})x(\d{1,5})$/.exec(text);
	return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

export function parseRatio(text: string): PixelSize | undefined {
	const match = /^(\d{1,2}):(\d{1,2})$/.exec(text);
	const ratio = match && { width: Number(match[1]), height: Number(match[2]) };
	return ratio && ratio.width > 0 && ratio.height > 0 ? ratio : undefined;
}

/** The short edge has 1024, 2048 or 4096 pixels, fewer where that would be too many pixels in all. */
export function pixelsOfRatio(ratio: PixelSize, resolution: Resolution = '1K'): PixelSize {
	const short = 1024 * Number.parseInt(resolution, 10);
	const unit = short / Math.min(ratio.width, ratio.height);
	const scale = Math.min(1, Math.sqrt(PIXEL_LIMIT / (ratio.width * ratio.height * unit * unit)));
	const edge = (parts: number) => Math.floor((parts * unit * scale) / EDGE_STEP + 1e-6) * EDGE_STEP;
	return { width: edge(ratio.width), height: edge(ratio.height) };
}

/** Keeps the shape of a picture that has more pixels than are drawn. */
export function withinPixelLimit({ width, height }: PixelSize, limit = PIXEL_LIMIT): PixelSize {
	const scale = Math.min(1, Math.sqrt(limit / (width * height)));
	if (scale === 1) return { width, height };
	return {
		width: Math.max(1, Math.floor(width * scale)),
		height: Math.max(1, Math.floor(height * scale)),
	};
}
