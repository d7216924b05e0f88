// What Core.Today's images cost, by its price list: its answers don't tell.
import { fieldsOf } from '../answers/loose';
import type { Cost, Estimate, ImageRequest, Prices } from '../contract';
import { estimateOf, times } from '../limits/estimates';
import { modelRowOf } from './models';

const DOLLARS_PER_CREDIT = 0.001;

/** The cost of one image, always an estimate; undefined for models whose prices we don't know. */
export function costOf(model: string | undefined, quality = ''): Cost | undefined {
	const prices = modelRowOf(model)?.prices?.credits ?? {};
	if (!Object.hasOwn(prices, quality)) return undefined;
	const credits = prices[quality]!;
	return { amount: credits * DOLLARS_PER_CREDIT, currency: 'USD', credits, estimated: true };
}

/** What images would cost. Automatic is a quality like the others there, with a price of its own. */
export function estimateImages(request: ImageRequest, own?: Prices): Estimate | undefined {
	if (own) return estimateByOwn(request, own);
	const perImage = costOf(request.model, request.quality ?? 'auto')?.amount;
	return perImage === undefined ? undefined : estimateOf(request, undefined, { perImage });
}

/** What models call the number of images that a task makes, each in its own way. */
const COUNTS =
	/^(n|count|batch_size|max_images|num_(images|outputs|samples)|number_of_(images|outputs))$/i;

/** A count under Additional Input wins over the model's own, which is one. Undefined where it can't be read. */
function estimateByOwn(request: ImageRequest, own: Prices): Estimate | undefined {
	const estimate = estimateOf(request, undefined, own);
	const input = Object.entries(fieldsOf(request.extras?.additionalInput));
	const counts = input.flatMap(([name, value]) => (COUNTS.test(name) ? Number(value) : []));
	const perTask = Math.max(1, ...counts);
	return estimate && Number.isFinite(perTask) ? times(estimate, perTask) : undefined;
}
