// What a gateway says that it charged: `usage.cost` is dollars at OpenRouter and those that follow it.
import type { Cost } from '../contract';
import { fieldsOf } from './loose';

/** No estimate, as it is the provider's own figure. Nothing at all says as little as no figure. */
export function ownDollars(usage: unknown): Cost | undefined {
	const { cost } = fieldsOf(usage);
	if (typeof cost !== 'number' || !Number.isFinite(cost) || cost <= 0) return undefined;
	return { amount: cost, currency: 'USD', estimated: false };
}
