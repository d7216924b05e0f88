// The limits of a model that describes its input: what its fields take.
import type { ModelLimits, PixelLimits } from '../contract';
import { maskFieldOf, referenceFieldsOf, sizeWay, type Dialect } from './dialect';
import type { InputFields } from './inputFields';
import { ratioOfChoice } from './sizes';

/** Where a model doesn't say how many. */
const MANY_REFERENCES = 16;
const USUAL_COUNT = 4;
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

/** Of a model that isn't known, nothing is refused. */
export function limitsOf(fields: InputFields | undefined, dialect: Dialect): ModelLimits {
	const { one, many } = referenceFieldsOf(fields, dialect);
	const maxOfOne = one === undefined ? 0 : 1;
	const max = many === undefined ? maxOfOne : (fields?.get(many)?.maxItems ?? MANY_REFERENCES);
	const count = fields?.get(dialect.count);
	const files = { types: TYPES, maxBytes: dialect.maxInputBytes };
	return {
		prompt: { mayBeEmpty: fields?.get('prompt')?.isRequired !== true },
		...sizeLimits(fields, dialect),
		sizeWords: true,
		qualities: fields && (fields.get('quality')?.choices ?? []),
		outputFormats: fields && (fields.get('output_format')?.choices ?? []),
		resolutions: [],
		counts: COUNTS,
		maxPerTask: count ? (count.max ?? USUAL_COUNT) : 1,
		references: { max, ...files },
		mask:
			maskFieldOf(fields, dialect) === undefined
				? 'none'
				: { ...files, exactlyOneReference: false, needsAlpha: false },
	};
}

function sizeLimits(fields: InputFields | undefined, dialect: Dialect): Partial<ModelLimits> {
	if (!fields) return {};
	const { choices, isFree } = sizeWay(fields, dialect);
	const ratios = choices.flatMap((choice) => ratioOfChoice(choice, dialect) ?? []);
	return isFree ? { drawnPixels: DRAWN } : { sizes: [...new Set([...choices, ...ratios])] };
}
