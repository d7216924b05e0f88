// Sums up what pixels tell, row by row: whether any is transparent or white, and whether they are black and white. Pure.
import type { PixelFacts } from '../../providers/contract';
import type { PngLayout } from './pngLayout';

const OPAQUE = 255;
/** Of 255: as dark as this is black, and as light as this is white. */
const DARK = 64;
const LIGHT = 191;
/** So much may be of other colours, such as the grey of soft edges. */
const SHARE_OF_OTHERS = 0.1;

export interface PixelView {
	see(row: Buffer, pixels: number): void;
	/** Whether the rest can't change what is known. */
	isDecided(): boolean;
	facts(): PixelFacts;
}

export function createPixelView(layout: PngLayout): PixelView {
	const { width, height, depth, samples, hasAlpha, palette, transparency } = layout;
	const full = 2 ** depth - 1;
	const maxOthers = width * height * SHARE_OF_OTHERS;
	const key = palette ? undefined : keyIn(layout);
	const canBeTransparent = hasAlpha || transparency !== undefined;
	let isTransparent = false;
	let [dark, light, others] = [0, 0, 0];

	function sampleAt(row: Buffer, index: number): number {
		if (depth === 8) return row[index]!;
		if (depth === 16) return row.readUInt16BE(index * 2);
		const bit = index * depth;
		return (row[bit >> 3]! >> (8 - depth - (bit & 7))) & full;
	}

	function isSeenThrough(row: Buffer, first: number): boolean {
		if (hasAlpha) return sampleAt(row, first + samples - 1) < full;
		if (palette) return (transparency?.[sampleAt(row, first)] ?? OPAQUE) < OPAQUE;
		return key !== undefined && key.every((part, i) => sampleAt(row, first + i) === part);
	}

	function count(darkest: number, lightest: number): void {
		if (lightest <= DARK) dark += 1;
		else if (darkest >= LIGHT) light += 1;
		else others += 1;
	}

	function countAt(row: Buffer, first: number): void {
		if (palette) {
			const at = sampleAt(row, first) * 3;
			const [red = 0, green = 0, blue = 0] = palette.subarray(at, at + 3);
			count(Math.min(red, green, blue), Math.max(red, green, blue));
			return;
		}
		const scale = 255 / full;
		const red = sampleAt(row, first) * scale;
		if (samples < 3) {
			count(red, red);
			return;
		}
		const green = sampleAt(row, first + 1) * scale;
		const blue = sampleAt(row, first + 2) * scale;
		count(Math.min(red, green, blue), Math.max(red, green, blue));
	}

	return {
		see: (row, pixels) => {
			for (let pixel = 0; pixel < pixels && !isTransparent; pixel++) {
				const first = pixel * samples;
				if (canBeTransparent && isSeenThrough(row, first)) isTransparent = true;
				else countAt(row, first);
			}
		},
		isDecided: () => isTransparent || (!canBeTransparent && others > maxOthers && light > 0),
		facts: () => ({
			isOpaque: !isTransparent,
			isBlackAndWhite: dark > 0 && light > 0 && others <= maxOthers,
			hasWhite: light > 0,
		}),
	};
}

/** The samples of the one colour that is transparent: two bytes each, of which as many bits count as a sample has. */
function keyIn({ depth, samples, transparency }: PngLayout): number[] | undefined {
	if (!transparency || transparency.length < samples * 2) return undefined;
	return Array.from(
		{ length: samples },
		(_, i) => transparency.readUInt16BE(i * 2) & (2 ** depth - 1),
	);
}
