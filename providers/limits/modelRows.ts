// What is known of a model, in one row: fields, checks, estimates, model lists and the tables in the docs follow from it.
import type { ModelLimits, Prices } from '../contract';

/** The day on which something was read, and where. */
export interface Origin {
	date: string;
	source: string;
}

export interface ModelPrices extends Prices, Origin {
	/** Credits per image, by quality. */
	credits?: Readonly<Record<string, number>>;
}

/** Tokens of one input image, whatever its size. */
export interface InputTokens extends Origin {
	min: number;
	max: number;
	/** What the setting for it adds at most. */
	highFidelity?: number;
	/** Why this is taken for true, where the provider doesn't say it of this model. */
	assumed?: string;
}

/** What free sizes come to in an estimate. */
export interface FreeSizes extends Origin {
	/** What the model may choose by itself: the size with the fewest tokens, and the one with the most. */
	automatic: readonly [cheapest: string, dearest: string];
	/** The pixels that an aspect ratio gets by resolution. The first one is usual. */
	resolutions?: Readonly<Record<string, number>>;
}

/** A model with all its names, and its end. */
export interface ModelFamily {
	/** Its dated names, such as `gpt-image-1-2025-04-15`, belong to it. */
	name: string;
	/** Words behind the name that are the same model for us, such as `flare`. */
	variants?: readonly string[];
	/** Other names of the same model. */
	otherNames?: readonly string[];
	/** What a person reads in place of the name. */
	title?: string;
	/** What it is good for, in a few words. */
	note?: string;
	/** The day on which the provider switches it off, and what it names in its place. */
	shutdown?: { date: string; next: string };
}

/** A model that draws. */
export interface ModelRow extends ModelFamily {
	limits: ModelLimits;
	prices?: ModelPrices;
	/** Output tokens per image where sizes are fixed, by size and quality: `1024x1024 low`. */
	outputTokens?: Readonly<Record<string, number>>;
	/** Where sizes are free, the number per quality that output tokens are reckoned from. */
	outputBases?: Readonly<Record<string, number>>;
	freeSizes?: FreeSizes;
	inputTokens?: InputTokens;
	/** What stands for a size or a quality that isn't chosen, where the provider says so. */
	defaults?: { size?: string; quality?: string };
}

/** What may stand behind a family's name: a date or a version, or a word for the newest one. */
const DATED = '(?:-(?:\\d[\\w.-]*|latest|preview))?';

/** A regular expression, as text, that all names of these families match and no others. Fields are shown by the same rule. */
export function namePattern(families: readonly ModelFamily[]): string {
	const patterns = families.map(({ name, variants = [], otherNames = [] }) => {
		const words = variants.length > 0 ? `(?:-(?:${variants.map(escaped).join('|')}))?` : '';
		return `(?:${[name, ...otherNames].map(escaped).join('|')})${words}`;
	});
	return `^(?:${patterns.join('|')})${DATED}$`;
}

/** The row of a model by any of its names; undefined for a model that isn't known. */
export function rowOf<Row extends ModelFamily>(
	rows: readonly Row[],
	model: string | undefined,
): Row | undefined {
	if (model === undefined) return undefined;
	return rows.find((row) => new RegExp(namePattern([row])).test(model));
}

/**
 * What a person reads in a list of models: the title, with what tells this one from others of its family, and the note.
 * Undefined for a model that has none.
 */
export function labelOf(rows: readonly ModelFamily[], model: string): string | undefined {
	const row = rowOf(rows, model);
	if (row?.title === undefined) return undefined;
	const base = [row.name, ...(row.otherNames ?? [])].find((name) => model.startsWith(name)) ?? '';
	const variant = row.variants?.find((word) => model.startsWith(`${base}-${word}`));
	const version = model.slice(base.length + (variant ? variant.length + 1 : 0)).slice(1);
	const name = [row.title, variant && capitalized(variant), version && `(${version})`]
		.filter(Boolean)
		.join(' ');
	return row.note === undefined ? name : `${name} · ${row.note}`;
}

/** Where a model stands in a list: those that are known first, in the order of their rows. */
export function rankOf(rows: readonly ModelFamily[], model: string): number {
	const row = rowOf(rows, model);
	return row === undefined ? rows.length : rows.indexOf(row);
}

function capitalized(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
