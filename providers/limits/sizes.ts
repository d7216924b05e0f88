// Sizes as people write them: mended where the meaning is plain, and told apart from what is none.
import type { ImageRequest, ModelLimits } from '../contract';
import { badInput } from '../failure';

const RATIO = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/;
const PIXELS = /^(\d+)x(\d+)$/;

/** A width and a height, in pixels or as a shape. */
export interface Sides {
	width: number;
	height: number;
}
/** Signs that stand for an x or a colon, and that aren't made one of these by Unicode's own normal form. */
const CROSSES = /[×✕✖⨯*х]/g;
const COLONS = /[∶/⁄∕]/g;
/** No picture has so few pixels: `16x9` is a ratio. */
const RATIO_WITH_X = /^(\d{1,2})x(\d{1,2})$/;
/** A word of a model's own, such as `landscape_16_9`. What an expression leaves behind that leads nowhere is none. */
const WORD = /^(?!x\d|(?:undefined|null|nan|infinity|true|false)(?:x|$))\p{L}[\p{L}\p{N}_.:-]*$/iu;

/**
 * A size as it is sent: `16 / 9` is `16:9`, and `１０２４ × １０２４ px` is `1024x1024`. What can't be read as one comes
 * back as it is, without the spaces around it.
 */
export function mendedSize(written: string): string {
	const mended = written
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s\p{Cf}]+/gu, '')
		.replace(CROSSES, 'x')
		.replace(COLONS, ':')
		.replace(/(?<=\d)px/g, '')
		.replace(RATIO_WITH_X, '$1:$2')
		.replace(/^automatic$/, 'auto');
	return isSize(mended) ? mended : written.trim();
}

/** Whether it is an aspect ratio, such as `16:9`. */
export function isRatio(size: string): boolean {
	return areAboveZero(RATIO.exec(size));
}

/** Whether it is a size of any kind: pixels, an aspect ratio, or `auto`. */
export function isSize(size: string): boolean {
	return size === 'auto' || isRatio(size) || areAboveZero(PIXELS.exec(size));
}

/** The sides of a size in pixels, such as `1536x1024`; undefined for anything else. */
export function pixelsIn(size: string | undefined): Sides | undefined {
	const [, width, height] = PIXELS.exec(size ?? '')?.map(Number) ?? [];
	return width && height ? { width, height } : undefined;
}

function areAboveZero(found: RegExpExecArray | null): boolean {
	return found !== null && found.slice(1).every((side) => Number(side) > 0);
}

/** Models round to whole blocks, and 21:9 is 2.33 here and 2.4 there: only what is further off is another ratio. */
const RATIO_TOLERANCE = 0.05;

/** Whether a picture has the size that was asked for. Of what tells no size, such as `auto`, any has. */
export function hasSize(
	asked: string | undefined,
	{ width, height }: { width?: number; height?: number },
): boolean {
	const [, across, down] = (RATIO.exec(asked ?? '') ?? PIXELS.exec(asked ?? '') ?? []).map(Number);
	if (!across || !down || !width || !height) return true;
	if (!isRatio(asked!)) return width === across && height === down;
	return Math.abs(Math.log((width / height) * (down / across))) <= RATIO_TOLERANCE;
}

/**
 * Refuses what is no size on a model whose sizes aren't known: what they are says what else is refused.
 * Throws a badInput failure that says what a size looks like.
 */
export function checkSize({ size }: ImageRequest, { sizes, pixels, sizeWords }: ModelLimits): void {
	if (size === undefined || sizes || pixels || isSize(size)) return;
	if (sizeWords && WORD.test(size)) return;
	throw badInput(
		`The Size "${size.slice(0, 100)}" can't be read.`,
		'Write an aspect ratio such as 16:9, width and height in pixels such as 1536x1024, or auto.',
	);
}
