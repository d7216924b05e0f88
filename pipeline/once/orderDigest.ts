// What tells an order for images from every other one: by it, what an earlier try has ordered is known again, also after
// the node was changed in what makes no difference to it.
import type { ImageProvider, ImageRequest } from '../../providers/contract';
import { digestOf } from '../../providers/digest';

/** Enough to tell the orders of one item apart; it is saved with each of them. */
const DIGITS = 32;

/** An order of which a digest is made. */
export interface DigestedOrder {
	provider: ImageProvider;
	request: ImageRequest;
	/** Where it is made from an image of this other order. */
	first?: ImageRequest;
}

/** A task and the answer that holds its images are not the same order, as they are taken up in other ways. */
export function digestOfOrder(order: DigestedOrder, part: number, attempt: number): string {
	const { provider, request, first } = order;
	const facts = [
		provider.id,
		provider.poll !== undefined,
		inWords(request),
		first && inWords(first),
	];
	return digestOf(JSON.stringify([...facts, part, attempt])).slice(0, DIGITS);
}

/** Files go by their labels, as each upload has another address. The name of an order and its callback are none of it. */
function inWords({ references, mask, markup, ...request }: ImageRequest): object {
	const labels = [references.map(({ label }) => label), mask?.label, markup?.label];
	return { ...request, callbackUrl: undefined, orderReference: undefined, labels };
}
