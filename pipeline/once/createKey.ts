// Under which key it is kept what becomes of a request that is paid for.
import type { IExecuteFunctions } from 'n8n-workflow';

import { memoryKeyOf } from './idempotency';
import { keyOfOrder, recallCreate } from './keptCreates';
import { digestOfOrder, type DigestedOrder } from './orderDigest';
import { digestOfWish, type Call, type Wish } from './toolCalls';

interface CreateKey {
	memoryKey: string;
	/** Of what is ordered, where it can be found again by that. */
	ordered?: string;
}

/** What of a request tells it from others. An `order` does so for images, a `wish` for anything else. */
interface KeyedRequest {
	part: number;
	attempt: number;
	order?: DigestedOrder;
	wish?: Wish;
}

/**
 * The same in every try of the item. It is found under the key of an earlier try that has ordered the very same
 * for the item, also where the node was changed in something else since. An agent's calls are known again by their wish.
 */
export function createKeyOf(
	context: IExecuteFunctions,
	call: Call,
	{ part, attempt, order, wish }: KeyedRequest,
): CreateKey {
	const own = memoryKeyOf(context, call, part, attempt);
	if (call.wanted !== undefined) return { memoryKey: own };
	const ordered = order ? digestOfOrder(order, part, attempt) : wish && digestOfWish(wish);
	if (ordered === undefined) return { memoryKey: own };
	if (recallCreate(context, own) !== undefined) return { memoryKey: own, ordered };
	const known = keyOfOrder(context, call.itemIndex, ordered);
	return { memoryKey: known ?? own, ordered };
}
