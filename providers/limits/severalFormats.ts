// Holds several formats against what a model can draw, and what a person can want of one item.
import type { ImageFormat, ImageRequest, ModelLimits } from '../contract';
import { badInput } from '../failure';
import { cutOff, nearestSize } from './nearestSize';

/** Of one item, of all formats together: more than these nobody means to pay for. */
const MAX_IMAGES = 20;
/** What is cut off more than this is not the picture any more that was paid for. */
const MOST_CUT_OFF = 0.5;
/** What is cut off less than this nobody sees. */
const UNSEEN = 0.05;

/** Throws a badInput failure where there are too many of them, or one that the model draws in quite another shape. */
export function checkFormats(request: ImageRequest, limits: ModelLimits): void {
	const { formats, keepMotif, count, model } = request;
	if (!formats) return;
	const images = formats.length * count;
	if (images > MAX_IMAGES) {
		throw badInput(
			`${formats.length} formats${count > 1 ? ` of ${count} images each` : ''} are ${images} images. One item makes at most ${MAX_IMAGES}.`,
			'Choose fewer formats, or set Number of Images lower.',
		);
	}
	if (keepMotif && formats.length > 1) checkMotif(request, limits);
	for (const format of formats) {
		const size = drawnSize(format, request, limits);
		if (size === undefined || cutOff(format, size) <= MOST_CUT_OFF) continue;
		throw badInput(
			`${model} can't draw the format ${named(format)}. The nearest that it has is ${size}, of which more than half would be cut off.`,
			'Take the format out, make it less long, or choose another model.',
		);
	}
}

/** The first format's image must be one that the model takes for the others. Where it takes none, none is kept. */
function checkMotif(
	{ model, references, outputFormat }: ImageRequest,
	{ references: { max, types } }: ModelLimits,
): void {
	if (max > 0 && references.length >= max) {
		throw badInput(
			`Same Picture in All Formats adds the first format's image to the ${references.length} input ${references.length === 1 ? 'image' : 'images'}, and ${model} takes at most ${max} in all.`,
			'Take an input image away, or turn Same Picture in All Formats off.',
		);
	}
	const isTaken = outputFormat === undefined || types.some((type) => type === outputFormat);
	if (max === 0 || isTaken) return;
	throw badInput(
		`Same Picture in All Formats makes the other formats from the first image, and ${model} takes no ${outputFormat.toUpperCase()} as an input image.`,
		'Choose another Output Format, or turn Same Picture in All Formats off.',
	);
}

/** Which formats are drawn in another shape, as sentences. */
export function croppedFormats(request: ImageRequest, limits: ModelLimits): string[] {
	return (request.formats ?? []).flatMap((format) => {
		const size = drawnSize(format, request, limits);
		if (size === undefined || cutOff(format, size) <= UNSEEN) return [];
		const percent = Math.round(cutOff(format, size) * 100);
		return [
			`${request.model} draws ${named(format)} as ${size}, the nearest that it has: about ${percent}% are cut off when it is brought to its pixels.`,
		];
	});
}

function drawnSize(format: ImageFormat, request: ImageRequest, limits: ModelLimits) {
	return nearestSize(format, limits, request);
}

function named({ name, width, height }: ImageFormat): string {
	const pixels = `${width} × ${height}`;
	return name.includes(pixels) ? name : `${name} (${pixels})`;
}
