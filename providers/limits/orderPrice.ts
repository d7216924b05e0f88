// What one item's order would cost, with all the requests that it is parted into.
import type { Estimate, ImageProvider, ImageRequest } from '../contract';
import { sumOf } from './estimates';
import { checkedParts, type RequestPart } from './requestParts';

/** One request of the order. */
export interface PricedPart {
	images: number;
	/** Undefined where its price isn't known. */
	estimate?: Estimate;
}

export interface OrderPrice {
	/** The provider's name in data. */
	provider: string;
	/** As the fields say it. */
	request: ImageRequest;
	parts: Array<PricedPart & RequestPart>;
	/** What would make it cheaper. Reckoned when somebody asks. */
	savings(): Saving[];
}

/** A field in which another choice would cost less. */
export interface Saving {
	field: 'Quality' | 'Size';
	/** Whether it is left to the model, so that the dearest counts. */
	isAutomatic: boolean;
}

/** The cheapest choices that models have in common. */
const CHEAPEST = [
	{ field: 'Size', name: 'size', value: '1024x1024' },
	{ field: 'Quality', name: 'quality', value: 'low' },
] as const;
/** What saves less than this of the price is no help. */
const LEAST_SAVING = 0.1;

/** By what a request would cost: a provider, or another way to the same models. */
export type Estimator = Pick<ImageProvider, 'id' | 'estimate' | 'limits'>;

/** Throws a badInput failure where the order would be refused before anything is sent. */
export function priceOf(request: ImageRequest, { id, limits, estimate }: Estimator): OrderPrice {
	const parts = checkedParts(request, limits(request.model));
	return {
		provider: id,
		request,
		parts: parts.map((part) => ({
			...part,
			images: part.request.count,
			estimate: estimate?.(part.request),
		})),
		savings: () => savingsOf(parts[0]!.request, estimate),
	};
}

function savingsOf(request: ImageRequest, estimate: Estimator['estimate']): Saving[] {
	const price = estimate?.(request)?.max ?? 0;
	return CHEAPEST.flatMap(({ field, name, value }) => {
		if (name === 'size' && request.format) return [];
		const cheaper = estimate?.({ ...request, [name]: value })?.max ?? price;
		if (cheaper > price * (1 - LEAST_SAVING)) return [];
		return [{ field, isAutomatic: (request[name] ?? 'auto') === 'auto' }];
	});
}

export function imagesOf(parts: readonly PricedPart[]): number {
	return parts.reduce((sum, { images }) => sum + images, 0);
}

/** Of all parts together. Undefined where one of them isn't known. */
export function estimateOfAll(parts: readonly PricedPart[]): Estimate | undefined {
	const known = parts.flatMap(({ estimate }) => estimate ?? []);
	return known.length < parts.length ? undefined : sumOf(known);
}

/** An amount as people write it: cents, and what is less than a cent as far as it says something. */
export function inDollars(amount: number): string {
	if (amount === 0 || amount >= 0.1) return `$${grouped(amount)}`;
	return `$${Number(amount.toPrecision(2))}`;
}

function grouped(amount: number): string {
	return amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
