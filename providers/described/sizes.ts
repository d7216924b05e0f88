// Sizes in the words of a dialect, as aspect ratios and as pixels.
import { ratioOf } from '../limits/requestParts';
import { isRatio, pixelsIn, type Sides } from '../limits/sizes';
import type { Dialect } from './dialect';

type Presets = Pick<Dialect, 'presets'>;

/** Both sides of what is drawn for a ratio, so that it has about a megapixel. */
const STEP = 16;
const ABOUT_PIXELS = 1024 * 1024;

/** The aspect ratio of a size that is pixels or a word for them. */
export function ratioOfChoice(choice: string, { presets }: Presets): string | undefined {
	const pixels = pixelsIn(presets.get(choice) ?? choice);
	return pixels && ratioOf(pixels);
}

/** Of a word, a ratio or pixels; undefined for anything else. */
export function pixelsOf(size: string, { presets }: Presets): Sides | undefined {
	return pixelsIn(presets.get(size) ?? pixelsOfRatio(size) ?? size);
}

function pixelsOfRatio(size: string): string | undefined {
	if (!isRatio(size)) return undefined;
	const [width, height] = size.split(':').map(Number) as [number, number];
	const side = (share: number) =>
		Math.max(STEP, Math.round(Math.sqrt(ABOUT_PIXELS * share) / STEP) * STEP);
	return `${side(width / height)}x${side(height / width)}`;
}
