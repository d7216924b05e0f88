// A model's limits as data, and the one check that holds a request against them before anything is sent or spent.
import type { ImageRequest, ModelLimits } from '../contract';
import { badInput } from '../failure';
import { fieldNameOf } from '../fieldNames';
import { checkFormat, checkFormatUse } from './formatLimits';
import { checkMarkup, checkMask, checkReferences } from './inputImageLimits';
import { checkPixels } from './pixelLimits';
import { checkSize, isRatio } from './sizes';

/**
 * Holds a request against the model's limits.
 * Throws a badInput failure that names the limit, the model and what to change.
 */
export function checkRequest(request: ImageRequest, limits: ModelLimits): void {
	checkPrompt(request, limits);
	checkChoice(request.model, 'Size', request.size, limits.sizes);
	checkPixels(request, limits.pixels);
	checkSize(request, limits);
	checkChoice(request.model, 'Resolution', request.resolution, limits.resolutions);
	checkResolutionUse(request);
	checkChoice(request.model, 'Quality', request.quality, limits.qualities);
	checkChoice(request.model, 'Output Format', request.outputFormat, limits.outputFormats);
	checkChoice(request.model, 'Background', request.background, limits.backgrounds);
	checkFormat(request, limits.outputFormats);
	checkExtras(request, limits);
	checkFormatUse(request, limits);
	checkCount(request, limits);
	checkReferences(request, limits.references);
	checkMask(request, limits.mask);
	checkMarkup(request, limits.markup);
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
	if (prompt.trim() === '' && !limits.prompt.mayBeEmpty) {
		throw badInput(
			'The Prompt is empty.',
			'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.',
		);
	}
	const max = limits.prompt.maxCharacters;
	// Counted as people count: an emoji is one character, not two.
	const characters = [...prompt].length;
	if (max !== undefined && characters > max) {
		throw badInput(
			`${model} takes a Prompt of at most ${max.toLocaleString('en')} characters, this one has ${characters.toLocaleString('en')}.`,
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
			`${model} has no setting "${field}".`,
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
	if (resolution === undefined || isRatio(size ?? '')) return;
	const found = size === undefined || size === 'auto' ? 'an automatic size' : `the size "${size}"`;
	throw badInput(
		`The Resolution "${resolution}" works only with an aspect ratio, not with ${found}.`,
		'Choose an aspect ratio such as 16:9 under Size, or take Resolution out of the Options.',
	);
}

function checkExtras(
	{ extras = {}, model, references }: ImageRequest,
	{ extras: names, extraValues = {}, extraUses = {} }: ModelLimits,
): void {
	for (const [name, value] of Object.entries(extras)) {
		const field = fieldNameOf(name, value);
		if (names && !names.includes(name)) {
			throw badInput(
				`${model} has no setting "${field}".`,
				'Remove it from the Options, or choose a model that has it.',
			);
		}
		const values = extraValues[name];
		if (values && !values.includes(String(value))) {
			throw badInput(
				`${model} doesn't take the ${field} "${String(value)}".`,
				`Choose one of: ${values.join(', ')}.`,
			);
		}
		if (extraUses[name] === 'edit' && references.length === 0) {
			throw badInput(
				`The setting "${field}" works only with input images.`,
				'Remove it from the Options, or add an input image.',
			);
		}
		if (extraUses[name] === 'generate' && references.length > 0) {
			throw badInput(
				`The setting "${field}" works only with a request without input images.`,
				'Remove it from the Options, or take the input images away.',
			);
		}
	}
}

function checkCount({ count, model }: ImageRequest, { counts }: ModelLimits): void {
	if (counts.includes(count)) return;
	throw badInput(
		`${model} makes ${inWords(counts)} ${counts.at(-1) === 1 ? 'image' : 'images'} at a time, not ${count}.`,
		`Set Number of Images to ${inWords(counts)}.`,
	);
}

function inWords(counts: readonly number[]): string {
	const isRange =
		counts.length > 3 && counts.every((count, i) => i === 0 || count === counts[i - 1]! + 1);
	if (counts.length === 1) return String(counts[0]);
	if (isRange) return `${counts[0]} to ${counts.at(-1)}`;
	return `${counts.slice(0, -1).join(', ')} or ${counts.at(-1)}`;
}
