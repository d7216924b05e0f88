// What tells an order for images from every other one: by it, what an earlier try has ordered is known again, also after
// the node was changed in what makes no difference to it.
import type { ImageProvider, ImageRequest } from '../../providers/contract';
import { digestOf } from '../../providers/digest';
import type { RequestPart } from '../../providers/limits/requestParts';

/** Enough to tell the orders of one item apart; it is saved with each of them. */
const DIGITS = 32;

/** Of which order a digest is made. */
export interface DigestedOrder {
	provider: Pick<ImageProvider, 'id' | 'poll' | 'orderedWith'>;
	/** All that is ordered for the item, this order among them. */
	parts: readonly RequestPart[];
}

/**
 * A task and the answer that holds its images are not the same order, as they are taken up in other ways. What is made
 * from an image of the first format is another order with another first one.
 */
export function digestOfOrder(
	{ provider, parts }: DigestedOrder,
	part: number,
	attempt: number,
): string {
	const { id, poll, orderedWith } = provider;
	const inWords = ({ request, motif }: RequestPart): string =>
		JSON.stringify([wordsOf(request), motif, motif !== undefined && wordsOf(parts[0]!.request)]);
	const own = inWords(parts[part]!);
	// Where several are alike. Not their places among all: others may come or go.
	const place = parts.slice(0, part).filter((each) => inWords(each) === own).length;
	const facts = [id, poll !== undefined, orderedWith, own, place, attempt];
	return digestOf(JSON.stringify(facts)).slice(0, DIGITS);
}

/** Files go by their labels, as each upload has another address. The name of an order and its callback are none of it. */
function wordsOf({ references, mask, markup, ...request }: ImageRequest): object {
	const labels = [references.map(({ label }) => label), mask?.label, markup?.label];
	return { ...request, callbackUrl: undefined, orderReference: undefined, labels };
}
