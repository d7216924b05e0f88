// Checks the body of a create call against the document of its model.
import { z } from 'zod';
import { callbackUrlProblem } from '../callbacks/callback-url';
import { parsePixels, parseRatio, PIXEL_LIMIT, type Resolution } from '../drawing/sizes';
import { EvoLinkError } from './errors';
import { findModel, models, type ModelRules } from './models';

export interface CreateRequest {
	model: ModelRules;
	prompt: string;
	/** A ratio, pixels or "auto"; undefined where the model has no default. */
	size?: string;
	resolution?: Resolution;
	quality: string;
	n: number;
	imageUrls: string[];
	maskUrl?: string;
	callbackUrl?: string;
}

const listedSizes = ['1:1', '2:3', '3:2', '1024x1024', '1024x1536', '1536x1024'];
const LARGEST_EDGE = 3840;
const SMALLEST_EDGE = 64;
const WIDEST_RATIO = 3;

export function readCreateRequest(body: unknown): CreateRequest {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new EvoLinkError(400, 'The body must be a JSON object.');
	}
	const { model: id } = body as { model?: unknown };
	if (typeof id !== 'string' || id === '') throw missing('model');
	const model = findModel(id);
	if (!model) {
		throw new EvoLinkError(404, `The model "${id}" does not exist.`, {
			code: 'model_not_found',
			param: 'model',
			fallbackSuggestion: `Use one of: ${models.map((known) => known.id).join(', ')}.`,
		});
	}
	const checked = schemaOf(model).safeParse(body);
	if (!checked.success) throw firstProblem(checked.error, model);
	const fields = checked.data;
	if (fields.mask_url !== undefined) checkMaskUse(model, fields.image_urls ?? []);
	if (fields.resolution !== undefined && !parseRatio(fields.size ?? '')) {
		throw invalid('resolution', 'resolution goes only with a ratio as size, such as "16:9".');
	}
	return {
		model,
		prompt: fields.prompt,
		size: fields.size ?? model.defaultSize,
		resolution: fields.resolution,
		quality: fields.quality ?? model.defaultQuality,
		n: fields.n ?? 1,
		imageUrls: fields.image_urls ?? [],
		maskUrl: fields.mask_url,
		callbackUrl: fields.callback_url,
	};
}

function schemaOf(model: ModelRules) {
	const { counts, references } = model;
	const free = model.sizes === 'free';
	return z
		.object({
			model: z.string(),
			prompt: z
				.string()
				.refine((text) => text.trim() !== '', 'prompt must not be empty.')
				.refine(
					(text) => text.length <= (model.promptCharacters ?? Infinity),
					`prompt must have at most ${model.promptCharacters} characters.`,
				),
			size: z.string().superRefine((size, context) => {
				const problem = free ? freeSizeProblem(size) : listedSizeProblem(size);
				if (problem) context.addIssue({ code: 'custom', message: problem });
			}),
			resolution: free ? z.enum(['1K', '2K', '4K']) : z.never(),
			quality:
				model.qualities.length === 0
					? z.never()
					: z
							.string()
							.refine(
								(quality) => model.qualities.includes(quality),
								`quality must be one of ${model.qualities.join(', ')} for ${model.id}.`,
							),
			n: z
				.number()
				.refine(
					(count) => counts.includes(count),
					`n must be one of ${counts.join(', ')} for ${model.id}.`,
				),
			image_urls: z
				.array(z.string().url('every image_urls entry must be a URL.'))
				.min(references.minimum, `image_urls must have at least ${references.minimum} entry.`)
				.max(
					references.maximum,
					`image_urls must have at most ${references.maximum} entries for ${model.id}.`,
				),
			mask_url: model.mask ? z.string().url('mask_url must be a URL.') : z.never(),
			callback_url: z.string().superRefine((url, context) => {
				const problem = callbackUrlProblem(url);
				if (problem) context.addIssue({ code: 'custom', message: `callback_url: ${problem}.` });
			}),
		})
		.partial()
		.required({ model: true, prompt: true })
		.strict();
}

function listedSizeProblem(size: string): string | undefined {
	return listedSizes.includes(size) ? undefined : `size must be one of ${listedSizes.join(', ')}.`;
}

/** No smallest area is stated for EvoLink, so small sizes pass; they keep trials fast. */
function freeSizeProblem(size: string): string | undefined {
	if (size === 'auto') return undefined;
	const shape = parseRatio(size) ?? parsePixels(size);
	if (!shape) return 'size must be "auto", a ratio such as "16:9", or pixels such as "1024x1536".';
	const { width, height } = shape;
	if (Math.max(width, height) / Math.min(width, height) > WIDEST_RATIO) {
		return 'size must have a ratio between 1:3 and 3:1.';
	}
	if (parseRatio(size)) return undefined;
	if (width % 16 !== 0 || height % 16 !== 0) return 'size must have sides divisible by 16.';
	if (Math.min(width, height) < SMALLEST_EDGE)
		return `size must have sides of ${SMALLEST_EDGE} or more.`;
	if (Math.max(width, height) > LARGEST_EDGE || width * height > PIXEL_LIMIT) {
		return `size must have sides of at most ${LARGEST_EDGE} and at most ${PIXEL_LIMIT} pixels.`;
	}
	return undefined;
}

function checkMaskUse(model: ModelRules, imageUrls: string[]): void {
	if (imageUrls.length === 0) throw invalid('mask_url', 'mask_url needs image_urls.');
	if (model.mask?.onePngReference && imageUrls.length !== 1) {
		throw invalid('mask_url', `mask_url needs exactly one image in image_urls for ${model.id}.`);
	}
}

function firstProblem(error: z.ZodError, model: ModelRules): EvoLinkError {
	const issue = error.issues[0];
	if (issue?.code === 'unrecognized_keys') return unknown(String(issue.keys[0]), model);
	const param = String(issue?.path[0]);
	if (issue?.code === 'invalid_type') {
		if (issue.expected === 'never') return unknown(param, model);
		if (issue.received === 'undefined') return missing(param);
		return invalid(param, `${param} must be of type ${issue.expected}.`);
	}
	return invalid(param, issue?.message ?? 'Invalid request.');
}

function unknown(param: string, model: ModelRules): EvoLinkError {
	return new EvoLinkError(400, `Unknown parameter for ${model.id}: ${param}.`, {
		code: 'unknown_parameter',
		param,
	});
}

function missing(param: string): EvoLinkError {
	return new EvoLinkError(400, `${param} is required.`, {
		code: 'missing_required_parameter',
		param,
	});
}

function invalid(param: string, message: string): EvoLinkError {
	return new EvoLinkError(400, message, { code: 'invalid_parameter', param });
}
