// A request as a model's own input: what every node calls size, count or mask has another name in each of fal's schemas.
import { fieldsOf } from '../answers/loose';
import type { ImageRequest } from '../contract';
import { badInput } from '../failure';
import { ratioOf } from '../limits/requestParts';
import { isRatio, pixelsIn } from '../limits/sizes';
import { omitUndefined } from '../requests/omit';
import type { InputFields } from './schema';

/** fal's words for sizes. */
export const PRESETS: ReadonlyMap<string, string> = new Map([
	['square_hd', '1024x1024'],
	['square', '512x512'],
	['portrait_4_3', '768x1024'],
	['portrait_16_9', '576x1024'],
	['landscape_4_3', '1024x768'],
	['landscape_16_9', '1024x576'],
]);
/** Both sides of what is drawn for a ratio, so that it has about a megapixel. */
const STEP = 16;
const ABOUT_PIXELS = 1024 * 1024;

const MANY_IMAGES = ['image_urls', 'input_image_urls', 'images', 'reference_image_urls'];
const ONE_IMAGE = ['image_url', 'input_image_url', 'image', 'reference_image_url'];
const OTHER_USE = /mask|style|control|ip_adapter|pose|depth/;
const ADDRESS_ENDING = '_url';
const OWN = ['prompt', 'num_images', 'output_format', 'quality', 'sync_mode'];
const MASKS = ['mask_url', 'mask_image_url'];

/** Under which names a model takes its input images. Of a model that isn't known, the usual ones. */
export function referenceFieldsOf(fields: InputFields | undefined): {
	one?: string;
	many?: string;
} {
	if (!fields) return { one: 'image_url', many: 'image_urls' };
	const has = (name: string) => fields.has(name);
	return {
		one: ONE_IMAGE.find(has) ?? [...fields.keys()].find(isOtherImage),
		many: MANY_IMAGES.find((name) => fields.get(name)?.type === 'array'),
	};
}

/** The input image of a model that calls it by a name of its own. */
function isOtherImage(name: string): boolean {
	const isImage =
		name.endsWith(ADDRESS_ENDING) && name.slice(0, -ADDRESS_ENDING.length).includes('image');
	return isImage && !OTHER_USE.test(name);
}

/** How a model is told its size: freely in pixels, by one of its words or ratios, or not at all. */
export function sizeWay(fields: InputFields): {
	name?: string;
	choices: string[];
	isFree: boolean;
} {
	const size = fields.get('image_size');
	const ratio = fields.get('aspect_ratio');
	const name = size ? 'image_size' : ratio ? 'aspect_ratio' : undefined;
	const choices = (size ?? ratio)?.choices;
	const isFree = size?.takesObject === true || (name !== undefined && choices === undefined);
	return { name, choices: choices ?? [], isFree };
}

/** What the node's own fields set, or nobody should: a picture inside an answer makes fal forget that answer after minutes. */
export function ownFieldsOf(fields: InputFields): ReadonlySet<string> {
	const { one, many } = referenceFieldsOf(fields);
	const own = [one, many, sizeWay(fields).name, MASKS.find((name) => fields.has(name))];
	return new Set([...OWN, ...own].filter((name) => name !== undefined));
}

/** The input, and what a person has set by hand over it. Throws a badInput failure for a size that the model hasn't. */
export function inputOf(
	request: ImageRequest,
	fields: InputFields | undefined,
): Record<string, unknown> {
	const { prompt, count, outputFormat, quality, mask, extras = {} } = request;
	const has = (name: string) => !fields || fields.has(name);
	return omitUndefined<unknown>({
		prompt: prompt !== '' && has('prompt') ? prompt : undefined,
		...sizeInput(request, fields),
		num_images: fields?.has('num_images') || (!fields && count > 1) ? count : undefined,
		output_format: outputFormat,
		quality,
		...referenceInput(request, fields),
		...(mask && { [(fields && MASKS.find((name) => fields.has(name))) ?? MASKS[0]!]: mask.url }),
		...settingsIn(extras.input, fields),
	});
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

function referenceInput({ references }: ImageRequest, fields: InputFields | undefined) {
	const urls = references.map(({ url }) => url);
	if (urls.length === 0) return {};
	const { one, many } = referenceFieldsOf(fields);
	if (!fields) return { [one!]: urls[0], [many!]: urls };
	const isOneEnough = one !== undefined && (many === undefined || urls.length === 1);
	if (isOneEnough && fields.get(many ?? '')?.isRequired !== true) return { [one]: urls[0] };
	const isOneNeeded = one !== undefined && fields.get(one)?.isRequired === true;
	return isOneNeeded ? { [one]: urls[0], [many!]: urls.slice(1) } : { [many!]: urls };
}

function sizeInput(
	{ size, model }: ImageRequest,
	fields: InputFields | undefined,
): Record<string, unknown> {
	if (size === undefined) return {};
	if (!fields)
		return isRatio(size) ? { aspect_ratio: size } : { image_size: pixelsIn(size) ?? size };
	const { name, choices, isFree } = sizeWay(fields);
	if (name === undefined || size === 'auto') return choices.includes(size) ? { [name!]: size } : {};
	if (name === 'aspect_ratio' || choices.includes(size)) return { [name]: size };
	const ofRatio = choices.find((choice) => ratioOfChoice(choice) === size);
	if (ofRatio !== undefined) return { [name]: ofRatio };
	const pixels = pixelsIn(pixelsOfRatio(size) ?? size);
	if (isFree && pixels) return { [name]: pixels };
	throw badInput(
		`${model} doesn't take the Size "${size}".`,
		`Enter an aspect ratio such as 16:9, width and height in pixels such as 1536x1024, or one of: ${choices.join(', ')}.`,
	);
}

/** The aspect ratio of a size that is pixels or a word for them. */
export function ratioOfChoice(choice: string): string | undefined {
	const pixels = pixelsIn(PRESETS.get(choice) ?? choice);
	return pixels && ratioOf(pixels);
}

/** Of a ratio such as `3:2`: about a megapixel. Undefined for anything else. */
export function pixelsOfRatio(size = ''): string | undefined {
	if (!isRatio(size)) return undefined;
	const [width, height] = size.split(':').map(Number) as [number, number];
	const side = (share: number) =>
		Math.max(STEP, Math.round(Math.sqrt(ABOUT_PIXELS * share) / STEP) * STEP);
	return `${side(width / height)}x${side(height / width)}`;
}
