// Holds reference images and a mask against what the model takes, as far as the files themselves are known.
import type {
	ImageFacts,
	ImageRequest,
	ImageType,
	InputImage,
	MaskLimits,
	ReferenceLimits,
} from '../contract';
import { badInput } from '../failure';
import { MEGABYTE, megabytesOf } from './megabytes';

const TYPE_NAMES: Readonly<Record<ImageType, string>> = {
	png: 'PNG',
	jpeg: 'JPEG',
	webp: 'WebP',
	gif: 'GIF',
	avif: 'AVIF',
	heic: 'HEIC',
	svg: 'SVG',
};

/** Throws a badInput failure that names the image and the limit. */
export function checkReferences(
	{ references, model }: ImageRequest,
	{ max, types, ...size }: ReferenceLimits,
): void {
	if (references.length > max) {
		throw badInput(
			`${model} takes at most ${max} input ${max === 1 ? 'image' : 'images'}, ${references.length} were given.`,
			`Take away ${references.length - max} of them.`,
		);
	}
	for (const image of references) {
		checkType(image, types, 'input image', model);
		checkBytes(image, size, 'input image', model);
	}
}

/** A mask is never dropped: where it can't be used, that is said. */
export function checkMask(
	{ mask, references, model }: ImageRequest,
	limits: MaskLimits | 'none',
): void {
	if (!mask) return;
	if (limits === 'none') {
		throw badInput(
			`${model} can't work with a Mask.`,
			'Remove the Mask and say in the Prompt what to change, or choose a model that takes a mask.',
		);
	}
	const { types, exactlyOneReference, referenceTypes, needsAlpha, marksInWhite } = limits;
	const [reference] = references;
	if (!reference) {
		throw badInput(
			'There is a Mask but no input image.',
			'Add the image that the Mask belongs to.',
		);
	}
	if (exactlyOneReference && references.length !== 1) {
		throw badInput(
			`${model} takes a Mask only with exactly one input image, ${references.length} were given.`,
			'Keep the one image that the Mask belongs to, or remove the Mask.',
		);
	}
	checkType(mask, types, 'mask', model);
	checkBytes(mask, limits, 'mask', model);
	if (referenceTypes) checkType(reference, referenceTypes, 'input image under a mask', model);
	if (needsAlpha) checkTransparency(mask, model);
	if (marksInWhite) checkWhite(mask, model);
	checkSameDimensions(mask, reference);
}

/** An opaque mask is taken and paid for, and changes nothing. */
function checkTransparency({ label, facts }: InputImage, model: string): void {
	if (!isOpaque(facts)) return;
	if (facts?.pixels?.isBlackAndWhite) {
		throw badInput(
			`The mask "${label}" is black and white, and no part of it is transparent. ${model} changes what is transparent, and takes no notice of colours.`,
			'Make the colour of the area to change transparent: the Edit Image node does that with its operation Transparent and that colour, such as #ffffff.',
		);
	}
	throw badInput(
		`The mask "${label}" has no transparent part.`,
		'Save it as a PNG with transparency: the transparent area is what gets changed.',
	);
}

function isOpaque(facts: ImageFacts | undefined): boolean {
	return facts?.hasAlpha === false || facts?.pixels?.isOpaque === true;
}

/** A transparent part is let pass: EvoLink's pages speak of both kinds. */
function checkWhite({ label, facts }: InputImage, model: string): void {
	if (!facts?.pixels?.isOpaque || facts.pixels.hasWhite) return;
	throw badInput(
		`The mask "${label}" has no white part. ${model} changes what is white, and keeps what is black.`,
		'Paint the area to change white, and the rest black.',
	);
}

/** A picture that shows on the first input image what to do there. It is never dropped either. */
export function checkMarkup(
	{ markup, mask, references, model }: ImageRequest,
	limits: MaskLimits | undefined,
): void {
	if (!markup) return;
	if (!limits) {
		throw badInput(
			`${model} can't work with a Markup here.`,
			'Remove the Markup and say in the Prompt what to change, or use the operation Edit with a model of today and wait for its images.',
		);
	}
	const [reference] = references;
	if (!reference) {
		throw badInput(
			'There is a Markup but no input image.',
			'Add the image that the Markup belongs to.',
		);
	}
	if (mask) {
		throw badInput(`${model} takes a Mask or a Markup, not both.`, 'Set one of them to None.');
	}
	checkType(markup, limits.types, 'markup', model);
	checkBytes(markup, limits, 'markup', model);
	if (limits.needsAlpha && isOpaque(markup.facts)) {
		throw badInput(
			`The markup "${markup.label}" has no transparent part.`,
			'Save it as a PNG with transparency: only what is drawn on it is opaque, and the image shows through everywhere else.',
		);
	}
	checkSameDimensions(markup, reference, 'markup');
}

function checkSameDimensions(mask: InputImage, reference: InputImage, role = 'mask'): void {
	const { facts: ofMask } = mask;
	const { facts: ofReference } = reference;
	if (!ofMask?.width || !ofReference?.width) return;
	const { width, height } = ofReference;
	if (ofMask.width === width && ofMask.height === height) return;
	if (ofReference.mayBeTurned && ofMask.width === height && ofMask.height === width) return;
	throw badInput(
		`The ${role} "${mask.label}" is ${ofMask.width} × ${ofMask.height} pixels, the input image "${reference.label}" is ${asSeen(ofReference)}.`,
		`Both must have the same width and height: resize the ${role} to the image.`,
	);
}

/** A person may know a picture by its other measures: those that its file tells before it is turned. */
function asSeen({ width, height, isTurned }: ImageFacts): string {
	const size = `${width} × ${height}`;
	return isTurned ? `${size} as it is seen (its file holds it lying on its side)` : size;
}

function checkType(
	{ label, facts }: InputImage,
	types: readonly ImageType[],
	role: string,
	model: string,
): void {
	if (!facts || types.some((type) => type === facts.type)) return;
	const allowed = types.map((type) => TYPE_NAMES[type]).join(', ');
	throw badInput(
		`The ${role} "${label}" ${foundIn(facts)}. ${model} takes ${allowed}.`,
		facts.bytes === 0 || facts.type === 'unknown'
			? 'Check the step that makes this file.'
			: conversionTo(allowed, facts.type),
	);
}

function foundIn({ type, bytes }: ImageFacts): string {
	if (bytes === 0) return 'is an empty file';
	return type === 'unknown' ? UNREADABLE : whatIs(type);
}

/** What a file is said to be that no first bytes tell. */
export const UNREADABLE = "isn't a picture that can be read, whatever its name says";

/** What a file is said to be, by name: people often don't know what their phone or their designer has made. */
export function whatIs(type: ImageType): string {
	const article = type === 'avif' || type === 'svg' ? 'an' : 'a';
	const maker = type === 'heic' ? ' (as iPhones make)' : '';
	return `is ${article} ${TYPE_NAMES[type]} file${maker}`;
}

/** n8n's Edit Image node reads most types, but these only where the right libraries are installed. */
const HARD_TO_READ: ReadonlySet<ImageType> = new Set(['avif', 'heic', 'svg']);

/** How a person comes from a type to an allowed one. */
export function conversionTo(allowed: string, from: ImageType): string {
	if (!HARD_TO_READ.has(from)) {
		return `Convert it to ${allowed}, for instance with the Edit Image node.`;
	}
	const where =
		from === 'heic'
			? 'An iPhone takes JPEG when its camera is set to Most Compatible.'
			: 'The program that made it can save it so.';
	return `Convert it to ${allowed} first. ${where} The Edit Image node can't read ${TYPE_NAMES[from]} on every n8n.`;
}

function checkBytes(
	{ label, facts }: InputImage,
	{ maxBytes, belowMaxBytes = false }: Pick<MaskLimits, 'maxBytes' | 'belowMaxBytes'>,
	role: string,
	model: string,
): void {
	if (!facts || maxBytes === undefined) return;
	if (belowMaxBytes ? facts.bytes < maxBytes : facts.bytes <= maxBytes) return;
	throw badInput(
		`The ${role} "${label}" has ${megabytesOf(facts.bytes)} MB. ${model} takes ${belowMaxBytes ? 'less than' : 'at most'} ${maxBytes / MEGABYTE} MB.`,
		'Make the picture smaller, for instance with the Edit Image node.',
	);
}
