// What an image at fal would cost, by the unit that the price list charges: an estimate that is too low is none.
import { fieldsOf, wordOf } from '../answers/loose';
import type { Estimate, ImageRequest } from '../contract';
import type { ModelFacts } from '../described/describedModels';
import { pixelsOf } from '../described/sizes';
import type { Sides } from '../limits/sizes';
import { DIALECT } from './models';

/** As fal counts it: its usual square is one. */
const A_MEGAPIXEL = 1024 * 1024;
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

/** Undefined where nobody can know. */
export function estimateImages(facts: ModelFacts, request: ImageRequest): Estimate | undefined {
	const units = unitsOf(facts, request);
	if (!facts.price || !units) return undefined;
	const { dollars } = facts.price;
	const { max_images: each } = fieldsOf(request.extras?.input);
	const most = request.count * Math.max(1, Number(each) || 1);
	return { min: units.min * dollars * request.count, max: units.max * dollars * most };
}

/** Of one picture. */
function unitsOf({ price, fields }: ModelFacts, request: ImageRequest): Estimate | undefined {
	const unit = price?.unit ?? '';
	const set = fieldsOf(request.extras?.input);
	if (DEARER_BY.some((name) => fields?.has(name))) return undefined;
	if (DEARER_IF_SET.some((name) => Object.hasOwn(set, name))) return undefined;
	if (/^images?$/i.test(unit)) return unitsOfImage({ fields }, set.resolution);
	// What comes in may be counted, too.
	if (!/^megapixels?$/i.test(unit) || request.references.length > 0) return undefined;
	const drawn = sidesOf(set[DIALECT.size] ?? request.size ?? fields?.get(DIALECT.size)?.default);
	if (!drawn) return undefined;
	const min = (drawn.width * drawn.height) / A_MEGAPIXEL;
	return { min, max: Math.ceil(min) + (DEARER_FIRST.test(request.model) ? 2 : 0) };
}

/** Of a size in words, or as the setting takes it: a width and a height. */
function sidesOf(size: unknown): Sides | undefined {
	const { width, height } = fieldsOf(size);
	return pixelsOf(wordOf(size) ?? `${String(width)}x${String(height)}`, DIALECT);
}

function unitsOfImage({ fields }: ModelFacts, chosen: unknown): Estimate | undefined {
	const resolution = fields?.get('resolution');
	if (resolution) return RESOLUTIONS.get(wordOf(chosen ?? resolution.default) ?? '1K');
	const isVector = fields?.get('style')?.choices?.some((style) => /vector/.test(style));
	return { min: 1, max: isVector ? 2 : 1 };
}
