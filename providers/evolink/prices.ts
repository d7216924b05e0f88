// What EvoLink's images cost, as far as it can be told. The provider's own figures always win.
import type { Cost } from '../contract';
import type { TaskDetails } from './schemas';

/** US dollars per image, for the models that EvoLink charges by the image. */
const PRICE_PER_IMAGE: Readonly<Record<string, number>> = { 'gpt-4o-image': 0.0208 };
const CREDITS_PER_DOLLAR = 68;

/**
 * The cost of a whole task: the dollars that EvoLink says it charged, else its credits in dollars, else the price list
 * times the images made, else EvoLink's own estimate at the start. Undefined when nothing can be told.
 */
export function costOf(task: TaskDetails, imagesMade: number): Cost | undefined {
	const usage = task.usage ?? {};
	const credits = usage.cost?.credits ?? usage.credits_used ?? task.credits_used ?? undefined;
	if (typeof usage.cost?.usd === 'number') {
		return { amount: usage.cost.usd, currency: 'USD', credits, estimated: false };
	}
	const amount =
		(credits === undefined ? undefined : credits / creditsPerDollar(usage)) ??
		priceListAmount(task.model, imagesMade) ??
		usage.estimated_cost ??
		undefined;
	return amount === undefined ? undefined : { amount, currency: 'USD', credits, estimated: true };
}

/** The rate by which EvoLink reckoned for this very task, where it told both; else the usual one. */
function creditsPerDollar({
	credits_reserved: credits,
	estimated_cost: dollars,
}: NonNullable<TaskDetails['usage']>): number {
	return credits && dollars && credits > 0 && dollars > 0 ? credits / dollars : CREDITS_PER_DOLLAR;
}

/** US dollars for an amount of credits, by the rate that EvoLink names. */
export function dollarsOf(credits: number): number {
	return credits / CREDITS_PER_DOLLAR;
}

function priceListAmount(model: string | null | undefined, imagesMade: number): number | undefined {
	if (!model || !Object.hasOwn(PRICE_PER_IMAGE, model) || imagesMade === 0) return undefined;
	return PRICE_PER_IMAGE[model]! * imagesMade;
}
