// What Core.Today's images cost, by its price list: its answers don't tell.
import type { Cost, Estimate, ImageRequest, Prices } from '../contract';
import { estimateOf } from '../limits/estimates';
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
	if (own) return estimateOf(request, undefined, own);
	const perImage = costOf(request.model, request.quality ?? 'auto')?.amount;
	return perImage === undefined ? undefined : estimateOf(request, undefined, { perImage });
}
