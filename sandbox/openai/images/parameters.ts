// Reads the parameters of an image call for its model: what a model doesn't take is refused, never ignored.
import { type Account, checkModel } from '../accounts/accounts';
import { directivesOf } from '../endpoint';
import { invalid } from '../errors';
import type { Fields } from '../fields';
import { type ImageRules, imageRulesOf } from '../models';
import type { EditMaterial, ImageJob, OutputFormat } from './job';
import { checkSize } from './size';

export type ImageRoute = 'generations' | 'edits';

const formats = ['png', 'jpeg', 'webp'] as const;
const FULL_COMPRESSION = 100;

/** Everything but the pictures, which are read before. */
export function readImageJob(
	fields: Fields,
	route: ImageRoute,
	account: Account,
	material?: EditMaterial,
): ImageJob {
	const model = fields.required('model');
	checkModel(account, model, 'image');
	const rules = imageRulesOf(model);
	if (route === 'edits' && !rules.edits) {
		throw invalid(`The model '${model}' does not support edits.`, 'invalid_value', 'model');
	}
	const prompt = fields.required('prompt', { maximum: rules.promptCharacters });
	const size = fields.text('size') ?? rules.defaultSize;
	const job: ImageJob = {
		model,
		rules,
		prompt,
		drawnPrompt: directivesOf(prompt).prompt,
		n: fields.integer('n', 1, rules.maximumImages) ?? 1,
		size,
		quality: readQuality(fields, rules),
		...(rules.family === 'gpt' ? readOutput(fields, rules, route) : plainOutput),
		answerAs: readAnswerForm(fields, rules, account),
		safetyIdentifier: fields.text('safety_identifier') ?? fields.text('user'),
		stream: rules.family === 'gpt' && fields.flag('stream') === true,
		partialImages: (rules.family === 'gpt' && fields.integer('partial_images', 0, 3)) || 0,
		...(material && { material }),
	};
	checkSize(size, rules, 'size');
	if (rules.style) fields.choice('style', ['vivid', 'natural']);
	if (route === 'edits') readFidelity(fields, rules);
	fields.refuseOthers();
	if (job.partialImages > 0 && !job.stream) {
		throw invalid(
			"'partial_images' is only supported when 'stream' is true.",
			'invalid_value',
			'partial_images',
		);
	}
	return job;
}

export function readQuality(fields: Fields, { qualities, usualQuality }: ImageRules): string {
	const quality = fields.choice('quality', [...qualities, 'auto']);
	return quality === undefined || quality === 'auto' ? usualQuality : quality;
}

const plainOutput = { background: 'opaque', format: 'png', compression: FULL_COMPRESSION } as const;

interface Output {
	background: 'transparent' | 'opaque';
	format: OutputFormat;
	compression: number;
}

export function readOutput(fields: Fields, rules: ImageRules, route: ImageRoute): Output {
	const format = fields.choice('output_format', formats) ?? 'png';
	const background = fields.choice('background', ['auto', 'opaque', 'transparent']) ?? 'auto';
	const compression = fields.integer('output_compression', 0, FULL_COMPRESSION);
	// The Images API's edits take no moderation level.
	if (route === 'generations') fields.choice('moderation', ['auto', 'low']);
	if (rules.complexity) fields.choice('complexity', ['low', 'medium', 'high']);
	if (background === 'transparent' && format === 'jpeg') {
		throw invalid(
			"Transparent background is not supported for 'jpeg'. Use 'png' or 'webp'.",
			'invalid_value',
			fields.nameOf('background'),
		);
	}
	if (compression !== undefined && compression < FULL_COMPRESSION && format === 'png') {
		throw invalid(
			"Compression less than 100 is not supported for 'png'. Use 'jpeg' or 'webp'.",
			'invalid_value',
			fields.nameOf('output_compression'),
		);
	}
	return {
		background: background === 'transparent' ? 'transparent' : 'opaque',
		format,
		compression: compression ?? FULL_COMPRESSION,
	};
}

/** GPT image models refuse response_format; a compatible server that answers links takes it. */
function readAnswerForm(
	fields: Fields,
	{ family }: ImageRules,
	{ faults }: Account,
): ImageJob['answerAs'] {
	const usual = faults.answer ?? (family === 'dall-e' ? 'url' : 'base64');
	if (family === 'gpt' && faults.answer !== 'url') return usual;
	const wanted = fields.choice('response_format', ['url', 'b64_json']);
	if (wanted === undefined) return usual;
	return wanted === 'url' ? 'url' : 'base64';
}

export function readFidelity(fields: Fields, { inputFidelity }: ImageRules): void {
	if (inputFidelity.length > 0) fields.choice('input_fidelity', inputFidelity);
}
