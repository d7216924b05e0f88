// What every node calls size, count or mask has other names in each model's input. A provider's models share a dialect.
import type { InputFields } from './inputFields';

export interface Dialect {
	/** Names of a single input image, and of a list of them: the first that a model has counts. */
	one: readonly string[];
	many: readonly string[];
	/** Whether a name that is none of these means an input image all the same. */
	isInputImage(name: string): boolean;
	masks: readonly string[];
	count: string;
	/** A size in pixels or in words, and one that is an aspect ratio: a model has one of them. */
	size: string;
	ratio: string;
	/** Words for sizes, with their pixels. */
	presets: ReadonlyMap<string, string>;
	/** Settings that nobody should make. */
	withheld: readonly string[];
	/** The largest input image that is fetched. */
	maxInputBytes: number;
}

/** These have the same name everywhere. */
const COMMON = ['prompt', 'output_format', 'quality'];

/** Under which names a model takes its input images. Of a model that isn't known, the usual ones. */
export function referenceFieldsOf(
	fields: InputFields | undefined,
	{ one, many, isInputImage }: Dialect,
): { one?: string; many?: string } {
	if (!fields) return { one: one[0], many: many[0] };
	return {
		one: one.find((name) => fields.has(name)) ?? [...fields.keys()].find(isInputImage),
		many: many.find((name) => fields.get(name)?.type === 'array'),
	};
}

/** Undefined where a model takes no mask. */
export function maskFieldOf(
	fields: InputFields | undefined,
	{ masks }: Dialect,
): string | undefined {
	return fields ? masks.find((name) => fields.has(name)) : masks[0];
}

/** How a model is told its size: freely in pixels, by one of its words or ratios, or not at all. */
export function sizeWay(
	fields: InputFields,
	dialect: Dialect,
): { name?: string; choices: string[]; isFree: boolean } {
	const name = [dialect.size, dialect.ratio].find((each) => fields.has(each));
	const { choices, takesObject } = fields.get(name ?? '') ?? {};
	const isFree = name !== undefined && (takesObject === true || choices === undefined);
	return { name, choices: choices ?? [], isFree };
}

/** What the node's own fields set, and what nobody should. */
export function ownFieldsOf(fields: InputFields, dialect: Dialect): ReadonlySet<string> {
	const { one, many } = referenceFieldsOf(fields, dialect);
	const found = [one, many, sizeWay(fields, dialect).name, maskFieldOf(fields, dialect)];
	const own = [...COMMON, dialect.count, ...dialect.withheld, ...found];
	return new Set(own.filter((name) => name !== undefined));
}
