// What a run may cost at most: held against the estimates of all its items before anything of them is sent.
import type { IExecuteFunctions } from 'n8n-workflow';

import { counted } from '../../providers/counted';
import { ImageFailure } from '../../providers/failure';
import {
	estimateOfAll,
	imagesOf,
	inDollars,
	type OrderPrice,
	type PricedPart,
} from '../../providers/limits/orderPrice';
import { runIndexOf } from '../context';
import { createKeyOf } from './createKey';
import { dearestInWords, waysToSave, type Dear } from './dearestItems';
import { hasCreates, recallCreate } from './keptCreates';
import type { DigestedOrder } from './orderDigest';

/** As the Options say, read once for a run. */
export interface SpendingLimits {
	/** In US dollars; undefined where there is none. */
	maximumCost?: number;
	allowUnknownPrices: boolean;
	/** How many images an AI agent may order with the tool in one execution. */
	maximumImages: number;
}

export const UNLIMITED: SpendingLimits = { allowUnknownPrices: true, maximumImages: Infinity };

/** More of them nobody reads. */
const MAX_TOLD = 3;

/** Adds up the orders of a run, one item at a time, and keeps no more than it tells. */
export function createBill(
	maximumCost: number,
	{ allowUnknownPrices }: Pick<SpendingLimits, 'allowUnknownPrices'>,
) {
	let sum = 0;
	let items = 0;
	let unknown = 0;
	let firstUnknown: { itemIndex: number; what: string } | undefined;
	let dearest: Dear[] = [];

	return {
		/** `parts` are those of the order that aren't paid for yet. */
		add(
			itemIndex: number,
			{ request, savings }: Pick<OrderPrice, 'request' | 'savings'>,
			parts: readonly PricedPart[],
		): void {
			if (parts.length === 0) return;
			items += 1;
			const images = imagesOf(parts);
			const size = request.formats ? `${request.formats.length} formats` : request.size;
			const quality = request.quality && `${request.quality} quality`;
			// Only what was chosen: not every node has a Size or a Quality.
			const what = [`${counted(images, 'image')} with ${request.model}`, size, quality]
				.filter(Boolean)
				.join(', ');
			const estimate = estimateOfAll(parts);
			if (!estimate) {
				unknown += 1;
				firstUnknown ??= { itemIndex, what };
				return;
			}
			sum += estimate.max;
			dearest = [...dearest, { itemIndex, max: estimate.max, what, images, request, savings }]
				.sort((a, b) => b.max - a.max)
				.slice(0, MAX_TOLD);
		},
		/** Throws when that may cost more than it is allowed to, or when nobody can tell. */
		check(): void {
			if (isAbove(sum, maximumCost)) throw tooDear();
			if (unknown > 0 && !allowUnknownPrices) throw unknownPrice();
		},
	};

	function tooDear(): ImageFailure {
		const which = items === 1 ? 'This would cost' : `${counted(items, 'item')} would cost`;
		return costLimit(
			`${which} up to ${inDollars(sum)}, and your limit is ${inDollars(maximumCost)} (Maximum Cost). Nothing was sent.`,
			`${dearestInWords(dearest, items)} To spend less, ${waysToSave(dearest, items)}. To allow it, raise Maximum Cost (USD) in the Options.`,
		);
	}

	function unknownPrice(): ImageFailure {
		const { itemIndex, what } = firstUnknown!;
		const [whose, which] =
			items === 1
				? ['', `It is for ${what}.`]
				: [
						` of ${unknown} of ${counted(items, 'item')}`,
						`The first one is item ${itemIndex}: ${what}.`,
					];
		return costLimit(
			`The price${whose} isn't known, so nobody can tell whether your limit of ${inDollars(maximumCost)} (Maximum Cost) is kept. Nothing was sent.`,
			`${which} Choose a model with a known price, enter your own prices in the credential, or turn on Allow Unknown Prices in the Options: such items then count as nothing.`,
		);
	}
}

/** Sums of fractions come out a little too high or too low. */
export function isAbove(sum: number, limit: number): boolean {
	return sum > limit + 1e-9;
}

export function costLimit(message: string, advice: string): ImageFailure {
	return new ImageFailure({ kind: 'costLimit', message, advice, nothingSent: true });
}

/** Those parts of an item's order that an earlier try of this run hasn't sent: the others aren't ordered again. */
export function unsentParts<Part extends PricedPart>(
	context: IExecuteFunctions,
	itemIndex: number,
	parts: readonly Part[],
	order?: DigestedOrder,
): Part[] {
	if (!hasCreates(context)) return [...parts];
	const call = { itemIndex, runIndex: runIndexOf(context) };
	const keyOf = (part: number) => createKeyOf(context, call, { part, attempt: 1, order }).memoryKey;
	return parts.filter((_, part) => !isSent(context, keyOf(part)));
}

/** Whether the create under this key was sent, as far as that may have done anything. */
export function isSent(context: IExecuteFunctions, key: string): boolean {
	const state = recallCreate(context, key)?.state;
	return state !== undefined && state !== 'prepared' && state !== 'refused';
}
