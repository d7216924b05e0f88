// A model's limits as data, and the one check that holds a request against them before anything is sent or spent.
import type { ImageRequest, ImageType, InputImage } from './contract';
import { badInput } from './failure';

export interface MaskLimits {
	types: readonly ImageType[];
	/** Most bytes of the file. */
	maxBytes?: number;
	/** Whether it works with one reference image only. */
	exactlyOneReference: boolean;
	/** Types that the reference image must have. */
	referenceTypes?: readonly ImageType[];
	needsAlpha: boolean;
}

export interface ModelLimits {
	prompt: { maxCharacters?: number; recommendedTokens?: number };
	/** The only sizes that are taken; left out where any may be. */
	sizes?: readonly string[];
	/** The only resolutions that are taken; left out where any may be. */
	resolutions?: readonly string[];
	/** The only qualities that are taken; left out where any may be. */
	qualities?: readonly string[];
	counts: readonly number[];
	references: { most: number; maxBytes: number; types: readonly ImageType[] };
	/** `none` where the model takes no mask. */
	mask: MaskLimits | 'none';
}

const MEGABYTE = 1024 * 1024;
const TYPE_NAMES: Record<string, string> = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP', gif: 'GIF' };

/**
 * Holds a request against the model's limits.
 * Throws a badInput failure that names the limit, the model and what to change.
 */
export function checkRequest(request: ImageRequest, limits: ModelLimits): void {
	checkPrompt(request, limits);
	checkChoice(request.model, 'Size or Aspect Ratio', request.size, limits.sizes);
	checkChoice(request.model, 'Resolution', request.resolution, limits.resolutions);
	checkResolutionUse(request);
	checkChoice(request.model, 'Quality', request.quality, limits.qualities);
	checkCount(request, limits);
	checkReferences(request, limits);
	checkMask(request, limits);
}

/** Whether the prompt is longer than the model is likely to read to its end. Counted roughly: it warns, it doesn't block. */
export function promptMayBeCut(prompt: string, limits: ModelLimits): boolean {
	const { recommendedTokens } = limits.prompt;
	if (recommendedTokens === undefined) return false;
	// A token is about four characters of Latin text, or one of Korean, Chinese or Japanese.
	const wide = prompt.match(/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
	return wide + (prompt.length - wide) / 4 > recommendedTokens;
}

function checkPrompt({ prompt, model }: ImageRequest, limits: ModelLimits): void {
	if (prompt.trim() === '') {
		throw badInput(
			'The Prompt is empty.',
			'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.',
		);
	}
	const most = limits.prompt.maxCharacters;
	if (most !== undefined && prompt.length > most) {
		throw badInput(
			`${model} takes a Prompt of at most ${most.toLocaleString('en')} characters, this one has ${prompt.length.toLocaleString('en')}.`,
			'Shorten the Prompt.',
		);
	}
}

function checkChoice(
	model: string,
	field: string,
	value: string | undefined,
	choices: readonly string[] | undefined,
): void {
	if (value === undefined || choices === undefined || choices.includes(value)) return;
	if (choices.length === 0) {
		throw badInput(
			`${model} has no ${field} setting, but "${value}" was given.`,
			`Leave ${field} on its default, or choose another model.`,
		);
	}
	throw badInput(
		`${model} doesn't take the ${field} "${value}".`,
		`Choose one of: ${choices.join(', ')}.`,
	);
}

/** A resolution says how large an aspect ratio becomes, so without one it would say nothing. */
function checkResolutionUse({ resolution, size }: ImageRequest): void {
	if (resolution === undefined || /^\d+:\d+$/.test(size ?? '')) return;
	const found =
		size === undefined || size === 'auto' ? 'an automatic size' : `the size "${size}"`;
	throw badInput(
		`The Resolution "${resolution}" goes only with an aspect ratio, not with ${found}.`,
		'Choose an aspect ratio such as 16:9 under Size or Aspect Ratio, or take Resolution out of the Options.',
	);
}

function checkCount({ count, model }: ImageRequest, { counts }: ModelLimits): void {
	if (counts.includes(count)) return;
	throw badInput(
		`${model} makes ${inWords(counts)} images at a time, not ${count}.`,
		`Set Number of Images to ${inWords(counts)}.`,
	);
}

function checkReferences({ references, model }: ImageRequest, limits: ModelLimits): void {
	const { most, maxBytes, types } = limits.references;
	if (references.length > most) {
		throw badInput(
			`${model} takes at most ${most} input images, ${references.length} were given.`,
			`Take away ${references.length - most} of them.`,
		);
	}
	for (const image of references) {
		checkType(image, types, 'input image', model);
		checkBytes(image, maxBytes, 'input image', model);
	}
}

function checkMask({ mask, references, model }: ImageRequest, limits: ModelLimits): void {
	if (!mask) return;
	if (limits.mask === 'none') {
		throw badInput(
			`${model} can't work with a Mask.`,
			'Remove the Mask and say in the Prompt what to change, or choose a model that takes a mask.',
		);
	}
	const { types, maxBytes, exactlyOneReference, referenceTypes, needsAlpha } = limits.mask;
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
	const found =
		facts.bytes === 0
			? 'is an empty file'
			: facts.type === 'unknown'
				? 'is no picture that can be read, whatever its name says'
				: `is a ${TYPE_NAMES[facts.type]} file`;
	throw badInput(
		`The ${role} "${label}" ${found}. ${model} takes ${allowed}.`,
		facts.bytes === 0 || facts.type === 'unknown'
			? 'Check the step that makes this file.'
			: `Convert it to ${allowed}, for instance with the Edit Image node.`,
	);
}

function checkBytes(
	{ label, facts }: InputImage,
	maxBytes: number,
	role: string,
	model: string,
): void {
	if (!facts || facts.bytes <= maxBytes) return;
	throw badInput(
		`The ${role} "${label}" has ${(facts.bytes / MEGABYTE).toFixed(1)} MB. ${model} takes at most ${maxBytes / MEGABYTE} MB.`,
		'Make the picture smaller, for instance with the Edit Image node.',
	);
}

function inWords(counts: readonly number[]): string {
	const isRange =
		counts.length > 3 && counts.every((count, i) => i === 0 || count === counts[i - 1]! + 1);
	if (isRange) return `${counts[0]} to ${counts.at(-1)}`;
	return `${counts.slice(0, -1).join(', ')} or ${counts.at(-1)}`;
}
