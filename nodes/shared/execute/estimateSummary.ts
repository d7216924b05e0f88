// What Image: Estimate Cost says in words below its output: what all items would cost together, and how to know it better.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../../providers/counted';
import { inDollars, type Saving } from '../../../providers/limits/orderPrice';

/** So many times the least is a range that somebody wants to narrow. */
const WIDE = 1.1;

/** Undefined where nothing was estimated. `left` are the fields that are left to the model and make the range wide. */
export function estimateSummary(
	items: INodeExecutionData[],
	left: ReadonlySet<Saving['field']>,
): string | undefined {
	const estimates = items.map(({ json }) => json).filter(isEstimate);
	const images = sumOf(estimates, 'count');
	if (images === 0) return undefined;
	const priced = estimates.filter(({ unknown }) => unknown !== true);
	const pricedImages = sumOf(priced, 'count');
	const [min, max] = [sumOf(priced, 'min'), sumOf(priced, 'max')];
	const range = rangeOf(min, max);
	const advice = max > min * WIDE ? narrowing(left) : '';
	if (pricedImages === images) {
		return [`${counted(images, 'image')}: ${range}.`, advice].filter(Boolean).join(' ');
	}
	if (pricedImages === 0) {
		return `${counted(images, 'image')}: what ${images === 1 ? 'it' : 'they'} would cost isn't known. You can enter your own prices in the credential.`;
	}
	return [
		`${counted(images, 'image')}: ${range} for ${pricedImages.toLocaleString('en')} of them.`,
		"What the others would cost isn't known: you can enter your own prices in the credential.",
		advice,
	]
		.filter(Boolean)
		.join(' ');
}

/** A failed item has none of these. */
function isEstimate({ count, min, unknown }: IDataObject): boolean {
	return typeof count === 'number' && (unknown === true || typeof min === 'number');
}

function sumOf(estimates: IDataObject[], name: 'count' | 'min' | 'max'): number {
	return estimates.reduce((sum, { [name]: value }) => sum + Number(value ?? 0), 0);
}

/** One amount where both are written alike. */
function rangeOf(min: number, max: number): string {
	const [least, greatest] = [inDollars(min), inDollars(max)];
	return least === greatest ? `about ${greatest}` : `about ${least} to ${greatest}`;
}

function narrowing(left: ReadonlySet<Saving['field']>): string {
	const fields = (['Size', 'Quality'] as const).filter((field) => left.has(field));
	if (fields.length === 0) return '';
	return fields.length === 1
		? `${fields[0]} is Automatic: choose one to narrow it.`
		: 'Size and Quality are Automatic: choose them to narrow it.';
}
