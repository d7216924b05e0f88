// Reads the parameters of an image call for its model: what a model doesn't take is refused, never ignored.
import { type Account, checkModel } from '../accounts/accounts';
import { directivesOf } from '../endpoint';
import { invalid, OpenAIError } from '../errors';
import type { Fields } from '../fields';
import { type ImageRules, imageRulesOf } from '../models';
import { type Animation, checkFrames, readAnimation } from './gif';
import type { EditMaterial, ImageJob, OutputFormat } from './job';
import { checkSize } from './size';
import { readAuthor, type SvgAuthor } from './svg';

export type ImageRoute = 'generations' | 'edits';

const formats = ['png', 'jpeg', 'webp'] as const;
const allFormats = [...formats, 'gif', 'svg'] as const;
const LOSSLESS: readonly OutputFormat[] = ['png', 'gif', 'svg'];
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
	const prompt = fields.required('prompt', { max: rules.promptCharacters });
	const size = fields.text('size') ?? rules.defaultSize;
	const job: ImageJob = {
		model,
		rules,
		prompt,
		drawnPrompt: directivesOf(prompt).prompt,
		n: fields.integer('n', 1, rules.maxImages) ?? 1,
		size,
		quality: readQuality(fields, rules),
		...(rules.family === 'gpt'
			? readOutput(fields, rules, account, route === 'generations' || !fields.fromForm)
			: plainOutput),
		answerAs: readAnswerForm(fields, rules, account),
		safetyIdentifier: fields.text('safety_identifier') ?? fields.text('user'),
		stream: rules.family === 'gpt' && fields.flag('stream') === true,
		partialImages: (rules.family === 'gpt' && fields.integer('partial_images', 0, 3)) || 0,
		...(material && { material }),
	};
	checkJobSize(job, 'size');
	if (rules.style) fields.choice('style', ['vivid', 'natural']);
	if (route === 'edits') readFidelity(fields, rules);
	fields.refuseOthers();
	checkStream(job);
	checkMaterial(job);
	return job;
}

export function checkJobSize({ size, animation, rules }: ImageJob, param: string): void {
	if (animation) checkFrames(size, animation, param);
	else checkSize(size, rules, param);
}

function checkStream({ stream, partialImages, n, format }: ImageJob): void {
	if ((stream || partialImages > 0) && n > 1) {
		throw new OpenAIError(400, 'Streaming is only supported with n=1.', {
			type: 'image_generation_user_error',
			code: 'unsupported_parameter',
			param: 'input',
		});
	}
	if (format === 'svg' && n > 1) {
		throw invalid("SVG output is only supported with 'n' set to 1.", 'invalid_value', 'n');
	}
	const streamed = stream ? 'stream' : 'partial_images';
	if ((stream || partialImages > 0) && (format === 'gif' || format === 'svg')) {
		const message = `'${streamed}' is not supported when 'output_format' is '${format}'.`;
		throw invalid(message, 'invalid_value', streamed);
	}
	if (partialImages > 0 && !stream) {
		throw invalid(
			"'partial_images' is only supported when 'stream' is true.",
			'invalid_value',
			'partial_images',
		);
	}
}

/** What the pictures that are sent in go with. */
export function checkMaterial(
	{ material, format, model, rules }: ImageJob,
	maskParam = 'mask',
): void {
	if (format === 'gif' && material?.mask) {
		const message = `'${maskParam}' is not supported when 'output_format' is 'gif'.`;
		throw invalid(message, 'invalid_value', maskParam);
	}
	if (!material?.markup) return;
	if (!rules.markup) {
		throw invalid(`The model '${model}' does not support 'markup'.`, 'invalid_value', 'markup');
	}
	if (material.mask) {
		throw invalid("'markup' cannot be combined with 'mask'.", 'invalid_value', 'markup');
	}
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
	animation?: Animation;
	author?: SvgAuthor;
}

/** The form of an edit has no moderation level. */
export function readOutput(
	fields: Fields,
	rules: ImageRules,
	account: Account,
	hasModeration: boolean,
): Output {
	const format = fields.choice('output_format', rules.gifAndSvg ? allFormats : formats) ?? 'png';
	const animation = rules.gifAndSvg ? readAnimation(fields, format) : undefined;
	const author = rules.gifAndSvg ? readAuthor(fields, format, account) : undefined;
	const background = fields.choice('background', ['auto', 'opaque', 'transparent']) ?? 'auto';
	const compression = fields.integer('output_compression', 0, FULL_COMPRESSION);
	if (hasModeration) fields.choice('moderation', ['auto', 'low']);
	if (rules.complexity) fields.choice('complexity', ['low', 'medium', 'high']);
	if (background === 'transparent' && format === 'jpeg') {
		throw invalid(
			"Transparent background is not supported for 'jpeg'. Use 'png' or 'webp'.",
			'invalid_value',
			fields.nameOf('background'),
		);
	}
	const isFull = compression === undefined || compression === FULL_COMPRESSION;
	if (format === 'svg' ? compression !== undefined : !isFull && LOSSLESS.includes(format)) {
		throw invalid(
			`Compression less than 100 is not supported for '${format}'. Use 'jpeg' or 'webp'.`,
			'invalid_value',
			fields.nameOf('output_compression'),
		);
	}
	return {
		background: background === 'transparent' ? 'transparent' : 'opaque',
		format,
		compression: compression ?? FULL_COMPRESSION,
		...(animation && { animation }),
		...(author && { author }),
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
