// Holds reference images and a mask against what the model takes, as far as the files themselves are known.
import type {
	ImageFacts,
	ImageRequest,
	ImageType,
	InputImage,
	MaskLimits,
	ReferenceLimits,
} from './contract';
import { badInput } from './failure';
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
	{ most, maxBytes, types }: ReferenceLimits,
): void {
	if (references.length > most) {
		throw badInput(
			`${model} takes at most ${most} input ${most === 1 ? 'image' : 'images'}, ${references.length} were given.`,
			`Take away ${references.length - most} of them.`,
		);
	}
	for (const image of references) {
		checkType(image, types, 'input image', model);
		checkBytes(image, maxBytes, 'input image', model);
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
	const { types, maxBytes, exactlyOneReference, referenceTypes, needsAlpha } = limits;
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
	if (maxBytes !== undefined) checkBytes(mask, maxBytes, 'mask', model);
	if (referenceTypes) checkType(reference, referenceTypes, 'input image under a mask', model);
	if (needsAlpha && mask.facts?.hasAlpha === false) {
		throw badInput(
			`The mask "${mask.label}" has no transparent part.`,
			'Save it as a PNG with transparency: the transparent area is what gets changed.',
		);
	}
	checkSameDimensions(mask, reference);
}

function checkSameDimensions(mask: InputImage, reference: InputImage): void {
	const { facts: ofMask } = mask;
	const { facts: ofReference } = reference;
	if (!ofMask?.width || !ofReference?.width) return;
	if (ofMask.width === ofReference.width && ofMask.height === ofReference.height) return;
	throw badInput(
		`The mask "${mask.label}" is ${ofMask.width} × ${ofMask.height} pixels, the input image "${reference.label}" is ${ofReference.width} × ${ofReference.height}.`,
		'Both must have the same width and height: resize the mask to the image.',
	);
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
	maxBytes: number,
	role: string,
	model: string,
): void {
	if (!facts || facts.bytes <= maxBytes) return;
	throw badInput(
		`The ${role} "${label}" has ${megabytesOf(facts.bytes)} MB. ${model} takes at most ${maxBytes / MEGABYTE} MB.`,
		'Make the picture smaller, for instance with the Edit Image node.',
	);
}
