// Checks the body of a call for pictures against the document of its model.
import { z } from 'zod';
import { parsePixels, parseRatio, PIXEL_LIMIT, type Resolution } from '../drawing/sizes';
import { findModel, models, type ModelRules } from './models';
import {
	callbackUrl,
	type CommonRequest,
	firstProblem,
	invalid,
	modelNamed,
	somePrompt,
	unknownModel,
} from './task-request';

export interface CreateRequest extends CommonRequest {
	medium: 'image';
	model: ModelRules;
	/** A ratio, pixels or "auto"; undefined where the model has no default. */
	size?: string;
	resolution?: Resolution;
	quality: string;
	maskUrl?: string;
}

const listedSizes = ['1:1', '2:3', '3:2', '1024x1024', '1024x1536', '1536x1024'];
const LARGEST_EDGE = 3840;
const SMALLEST_EDGE = 64;
const WIDEST_RATIO = 3;

export function readCreateRequest(body: unknown): CreateRequest {
	const model = findModel(modelNamed(body));
	if (!model) throw unknownModel(modelNamed(body), models);
	const checked = schemaOf(model).safeParse(body);
	if (!checked.success) throw firstProblem(checked.error, model.id);
	const fields = checked.data;
	if (fields.mask_url !== undefined) checkMaskUse(model, fields.image_urls ?? []);
	if (fields.resolution !== undefined && !parseRatio(fields.size ?? '')) {
		throw invalid('resolution', 'resolution goes only with a ratio as size, such as "16:9".');
	}
	return {
		medium: 'image',
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
			prompt: somePrompt(model.promptCharacters ?? Infinity),
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
				.min(references.min, `image_urls must have at least ${references.min} entry.`)
				.max(
					references.max,
					`image_urls must have at most ${references.max} entries for ${model.id}.`,
				),
			mask_url: model.mask ? z.string().url('mask_url must be a URL.') : z.never(),
			callback_url: callbackUrl,
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
