// A request as a model's own input.
import { fieldsOf } from '../answers/loose';
import type { ImageRequest } from '../contract';
import { badInput } from '../failure';
import { isRatio, pixelsIn } from '../limits/sizes';
import { omitUndefined } from '../requests/omit';
import { maskFieldOf, referenceFieldsOf, sizeWay, type Dialect } from './dialect';
import type { InputFields } from './inputFields';
import { pixelsOf, ratioOfChoice } from './sizes';

/** The input, and what a person has set by hand over it. Throws a badInput failure for a size that the model hasn't. */
export function inputOf(
	request: ImageRequest,
	fields: InputFields | undefined,
	dialect: Dialect,
): Record<string, unknown> {
	const { prompt, count, outputFormat, quality, mask, extras = {} } = request;
	const takesPrompt = !fields || fields.has('prompt');
	const takesCount = fields ? fields.has(dialect.count) : count > 1;
	return omitUndefined<unknown>({
		prompt: takesPrompt && prompt !== '' ? prompt : undefined,
		...sizeInput(request, fields, dialect),
		[dialect.count]: takesCount ? count : undefined,
		output_format: outputFormat,
		quality,
		...referenceInput(request, fields, dialect),
		...(mask && { [maskFieldOf(fields, dialect) ?? dialect.masks[0]!]: mask.url }),
		...settingsIn(extras.input, fields),
	});
}

/**
 * Throws a badInput failure for a model that works from an input image where none can be given, and for one that takes none
 * where there is one: many providers draw with one model and edit with another.
 */
export function checkPictures(
	model: string,
	fields: InputFields | undefined,
	dialect: Dialect,
	hasPictures: boolean,
): void {
	if (!fields) return;
	const names = Object.values(referenceFieldsOf(fields, dialect)).filter(isSet);
	if (!hasPictures && names.some((name) => fields.get(name)?.isRequired)) {
		throw badInput(
			`${model} works from an input image, and Generate has none.`,
			'Set Operation to Edit, or choose another Model.',
		);
	}
	if (hasPictures && names.length === 0) {
		throw badInput(
			`${model} draws from the Prompt alone and takes no input image.`,
			'Set Operation to Generate, or choose a Model for this operation from the list: one that edits often ends in /edit.',
		);
	}
}

/**
 * The count where a person has set it by hand, and the other settings: it is how many images are wanted in all, whatever
 * number of tasks they take, and what the order is priced by. One that is none stays for the provider to refuse.
 */
export function countAmong(
	settings: Record<string, unknown>,
	fields: InputFields | undefined,
	{ count: name }: Dialect,
): { count?: number; others: Record<string, unknown> } {
	const { [name]: set, ...others } = settings;
	const count = typeof set === 'string' && set.trim() !== '' ? Number(set) : set;
	const isTaken = fields === undefined || fields.has(name);
	const isCount = typeof count === 'number' && Number.isInteger(count) && count >= 1;
	return isTaken && isCount ? { count, others } : { others: settings };
}

function isSet(name: string | undefined): name is string {
	return name !== undefined;
}

/** A whole number may come as a text: a seed has more digits than a number holds. */
function settingsIn(value: unknown, fields: InputFields | undefined): Record<string, unknown> {
	const settings = Object.entries(fieldsOf(value)).map(([name, setting]): [string, unknown] => {
		const text = typeof setting === 'string' ? setting.trim() : '';
		if (!fields?.get(name)?.isInteger || !/^-?\d+$/.test(text)) return [name, setting];
		return [name, Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)];
	});
	return Object.fromEntries(settings);
}

function referenceInput(
	{ references }: ImageRequest,
	fields: InputFields | undefined,
	dialect: Dialect,
): Record<string, unknown> {
	const urls = references.map(({ url }) => url);
	if (urls.length === 0) return {};
	const { one, many } = referenceFieldsOf(fields, dialect);
	if (!fields) return { [one!]: urls[0], [many!]: urls };
	const isOneEnough = one !== undefined && (many === undefined || urls.length === 1);
	if (isOneEnough && fields.get(many ?? '')?.isRequired !== true) return { [one]: urls[0] };
	const isOneNeeded = one !== undefined && fields.get(one)?.isRequired === true;
	return isOneNeeded ? { [one]: urls[0], [many!]: urls.slice(1) } : { [many!]: urls };
}

function sizeInput(
	{ size, model }: ImageRequest,
	fields: InputFields | undefined,
	dialect: Dialect,
): Record<string, unknown> {
	if (size === undefined) return {};
	if (!fields) {
		return isRatio(size) ? { [dialect.ratio]: size } : { [dialect.size]: pixelsIn(size) ?? size };
	}
	const { name, choices, isFree } = sizeWay(fields, dialect);
	if (name === undefined || size === 'auto') return choices.includes(size) ? { [name!]: size } : {};
	if (name === dialect.ratio || choices.includes(size)) return { [name]: size };
	const ofRatio = choices.find((choice) => ratioOfChoice(choice, dialect) === size);
	if (ofRatio !== undefined) return { [name]: ofRatio };
	const pixels = pixelsOf(size, dialect);
	if (isFree && pixels) return { [name]: pixels };
	throw badInput(
		`${model} doesn't take the Size "${size}".`,
		`Enter an aspect ratio such as 16:9, width and height in pixels such as 1536x1024, or one of: ${choices.join(', ')}.`,
	);
}
