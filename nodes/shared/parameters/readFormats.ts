// Reads the formats that are wanted of one item: from the list, from the person's own, and from whatever an expression brings.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageFormat, ImageRequest } from '../../../providers/contract';
import { isObject, type JsonObject } from '../../../providers/answers/loose';
import { badInput } from '../../../providers/failure';
import { readCompletion } from './readCompletion';
import { NAMED_FORMATS, SEVERAL_FORMATS } from '../fields/severalFormats';
import { readBoolean, readText, toText } from './readParameters';

/** Larger pictures than these nobody shows. */
const MAX_PIXELS = 10_000;
const LONGEST_NAME = 100;
/** The end of `Banner 1200x400`, or all of it. */
const WRITTEN_PIXELS = /(?<!\d)(\d+)\s*[x×*]\s*(\d+)(?:\s*px)?$/iu;

/** Empty where one size is wanted. Each format counts once; those of the list come first. */
export function readFormats(
	context: IExecuteFunctions,
	itemIndex: number,
): Pick<ImageRequest, 'formats' | 'keepMotif'> {
	if (readText(context, 'size', 'Size', itemIndex) !== SEVERAL_FORMATS) return {};
	const found = [...readList(context, itemIndex), ...readOwn(context, itemIndex)];
	const formats = found.filter(
		(format, index) => found.findIndex((other) => isSame(format, other)) === index,
	);
	if (formats.length === 0) {
		throw badInput(
			'No format is chosen.',
			'Choose at least one under Formats, or add one of your own. For one image, choose another entry under Size.',
		);
	}
	const keepMotif =
		readCompletion(context) === 'wait' &&
		readBoolean(context, 'keepMotif', 'Same Picture in All Formats', itemIndex, true);
	return { formats, keepMotif };
}

function readList(context: IExecuteFunctions, itemIndex: number): ImageFormat[] {
	const value: unknown = context.getNodeParameter('formats', itemIndex, []);
	const entries = Array.isArray(value)
		? (value as unknown[])
		: isObject(value)
			? [value]
			: toText(value, 'Formats').split(/[\n,]/);
	return entries.flatMap((entry) => {
		if (isObject(entry)) return [formatOf(entry)];
		const written = toText(entry, 'A format').trim();
		return written === '' ? [] : [formatIn(written)];
	});
}

function readOwn(context: IExecuteFunctions, itemIndex: number): ImageFormat[] {
	const own: unknown = context.getNodeParameter('ownFormats.formats', itemIndex, []);
	return Array.isArray(own) ? (own as JsonObject[]).map(formatOf) : [];
}

/** By its name or its value in the list, or as a name with pixels. */
function formatIn(written: string): ImageFormat {
	const known = NAMED_FORMATS.find(({ value, name }) =>
		[value, name].some((each) => each.toLowerCase() === written.toLowerCase()),
	);
	if (known) return { name: known.name, width: known.width, height: known.height };
	const text = written.normalize('NFKC');
	const pixels = WRITTEN_PIXELS.exec(text);
	if (pixels) {
		const [, width, height] = pixels;
		return formatOf({ name: text.slice(0, pixels.index), width, height });
	}
	throw badInput(
		`There is no format "${written.slice(0, LONGEST_NAME)}".`,
		`Choose from the list under Formats: ${NAMED_FORMATS.map((each) => each.name).join(', ')}. Or write a name and pixels, such as Banner 1200x400.`,
	);
}

function formatOf({ name, width, height }: JsonObject): ImageFormat {
	const given = toText(name, 'The name of a format').trim().slice(0, LONGEST_NAME);
	const label = given || `${String(width)}x${String(height)}`;
	return {
		name: label,
		width: pixelsOf(width, 'width', label),
		height: pixelsOf(height, 'height', label),
	};
}

function pixelsOf(value: unknown, side: string, format: string): number {
	const pixels = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	const isRight = Number.isInteger(pixels) && Number(pixels) >= 1 && Number(pixels) <= MAX_PIXELS;
	if (isRight) return Number(pixels);
	throw badInput(
		`The ${side} of the format "${format.slice(0, LONGEST_NAME)}" must be a whole number of pixels from 1 to ${MAX_PIXELS.toLocaleString('en')}.`,
		'Change it under Own Formats, or check the expression.',
	);
}

function isSame(a: ImageFormat, b: ImageFormat): boolean {
	return a.name === b.name && a.width === b.width && a.height === b.height;
}
