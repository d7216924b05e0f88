// What is known of a model before an order, from fal's catalogue and price list: its limits, and what an image would cost.
import { fieldsOf, type JsonObject } from '../answers/loose';
import type { Estimate, ImageRequest, ModelLimits, PixelLimits, Prices } from '../contract';
import { estimateOf } from '../limits/estimates';
import { MEGABYTE } from '../limits/megabytes';
import { pixelsIn } from '../limits/sizes';
import { PRESETS, pixelsOfRatio, ratioOfChoice, referenceFieldsOf, sizeWay } from './input';
import type { InputFields } from './schema';

export interface UnitPrice {
	dollars: number;
	/** `images`, `megapixels`, `seconds` and others: an open set. */
	unit: string;
}

export interface ModelFacts {
	/** Undefined where the catalogue doesn't tell: then nothing is refused, and the usual fields are sent. */
	fields?: InputFields;
	price?: UnitPrice;
}

/** As fal counts it: its usual square is one. */
const A_MEGAPIXEL = 1024 * 1024;
/** fal's models fetch no larger input. */
const MAX_INPUT_BYTES = 50 * MEGABYTE;
const MANY = 16;
const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const TYPES = ['png', 'jpeg', 'webp', 'gif', 'avif', 'heic'] as const;
/** Sides that no model refuses, for formats with pixels of their own. */
const DRAWN: PixelLimits = {
	step: 16,
	maxRatio: 3,
	longest: [2048, 2048],
	min: 512 * 512,
	max: 2048 * 2048,
};

export function limitsOf({ fields }: ModelFacts): ModelLimits {
	const { one, many } = referenceFieldsOf(fields);
	const max = many ? (fields?.get(many)?.maxItems ?? MANY) : one ? 1 : 0;
	const takesMask = !fields || fields.has('mask_url') || fields.has('mask_image_url');
	return {
		prompt: { mayBeEmpty: fields?.get('prompt')?.isRequired !== true },
		...sizeLimits(fields),
		sizeWords: true,
		qualities: fields && (fields.get('quality')?.choices ?? []),
		outputFormats: fields && (fields.get('output_format')?.choices ?? []),
		resolutions: [],
		counts: COUNTS,
		maxPerTask: fields ? (fields.get('num_images')?.max ?? (fields.has('num_images') ? 4 : 1)) : 1,
		references: { max: fields ? max : MANY, maxBytes: MAX_INPUT_BYTES, types: TYPES },
		mask: takesMask
			? { types: TYPES, maxBytes: MAX_INPUT_BYTES, exactlyOneReference: false, needsAlpha: false }
			: 'none',
	};
}

function sizeLimits(fields: InputFields | undefined): Partial<ModelLimits> {
	if (!fields) return {};
	const { choices, isFree } = sizeWay(fields);
	const ratios = choices.flatMap((choice) => ratioOfChoice(choice) ?? []);
	return isFree ? { drawnPixels: DRAWN } : { sizes: [...new Set([...choices, ...ratios])] };
}

/** What a picture costs more, or less, by its resolution: models differ. */
const RESOLUTIONS: ReadonlyMap<string, Estimate> = new Map([
	['0.5K', { min: 0.75, max: 1 }],
	['1K', { min: 1, max: 1 }],
	['2K', { min: 1, max: 1.5 }],
	['4K', { min: 2, max: 2 }],
]);
/** Settings that a price depends on in ways that the price list doesn't tell. */
const DEARER_BY = ['quality', 'rendering_speed'];
const DEARER_IF_SET = ['enable_web_search', 'thinking_level'];
/** These charge the first megapixel dearer than all others. */
const DEARER_FIRST = /^fal-ai\/flux-2-(pro|max)/;

/** Undefined where nobody can know: an estimate that is too low is none. */
export function estimateImages(
	{ price, fields }: ModelFacts,
	request: ImageRequest,
	own?: Prices,
): Estimate | undefined {
	if (own) return estimateOf(request, undefined, own);
	const units = price && unitsOf(price.unit, request, fields);
	if (!price || !units) return undefined;
	const { max_images: each = 1 } = fieldsOf(request.extras?.input);
	const most = request.count * Math.max(1, Number(each) || 1);
	return { min: units.min * price.dollars * request.count, max: units.max * price.dollars * most };
}

/** Of one picture. */
function unitsOf(unit: string, request: ImageRequest, fields?: InputFields): Estimate | undefined {
	const set = fieldsOf(request.extras?.input);
	if (DEARER_BY.some((name) => fields?.has(name))) return undefined;
	if (DEARER_IF_SET.some((name) => Object.hasOwn(set, name))) return undefined;
	if (/^images?$/i.test(unit)) return unitsOfImage(set, fields);
	// What comes in may be counted, too.
	if (!/^megapixels?$/i.test(unit) || request.references.length > 0) return undefined;
	const pixels = pixelsDrawn(request, fields);
	if (pixels === undefined) return undefined;
	const min = pixels / A_MEGAPIXEL;
	return { min, max: Math.ceil(min) + (DEARER_FIRST.test(request.model) ? 2 : 0) };
}

function unitsOfImage(set: JsonObject, fields?: InputFields): Estimate | undefined {
	const resolution = fields?.get('resolution');
	const isVector = fields?.get('style')?.choices?.some((style) => /vector/.test(style));
	if (resolution) return RESOLUTIONS.get(String(set.resolution ?? resolution.default ?? '1K'));
	return { min: 1, max: isVector ? 2 : 1 };
}

function pixelsDrawn({ size }: ImageRequest, fields?: InputFields): number | undefined {
	const usual: unknown = fields?.get('image_size')?.default;
	const chosen = size ?? (typeof usual === 'string' ? usual : undefined);
	const pixels = pixelsIn(PRESETS.get(chosen ?? '') ?? pixelsOfRatio(chosen) ?? chosen);
	return pixels && pixels.width * pixels.height;
}
