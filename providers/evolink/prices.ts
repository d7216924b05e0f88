// What EvoLink's images cost, as far as it can be told. EvoLink's own dollars always win; all else is an estimate.
import type { Cost, Estimate, ImageRequest, Prices } from '../contract';
import { estimateOf } from '../limits/estimates';
import { modelRowOf } from './models';
import type { TaskDetails } from './schemas';

type Usage = NonNullable<TaskDetails['usage']>;

/** What EvoLink's price pages come to. */
const CREDITS_PER_DOLLAR = 68;
const A_MILLION = 1_000_000;

/** What images would cost by the price list. */
export function estimateImages(request: ImageRequest, own?: Prices): Estimate | undefined {
	return estimateOf(request, modelRowOf(request.model), own);
}

/**
 * The cost of a whole task: the dollars that EvoLink says it charged, else its credits in dollars, else its tokens or
 * its images times the price list, else EvoLink's own estimate at the start. Undefined when nothing can be told. Zeros
 * tell nothing: credits may be settled later.
 */
export function costOf(task: TaskDetails, imagesMade: number): Cost | undefined {
	const usage = task.usage ?? {};
	const credits = creditsOf(task, usage);
	const dollars = aboveZero(usage.cost?.usd);
	if (dollars !== undefined) return { amount: dollars, currency: 'USD', credits, estimated: false };
	const amount =
		(credits === undefined ? undefined : credits / creditsPerDollar(usage)) ??
		amountOfTokens(task.model, usage) ??
		amountOfImages(task.model, imagesMade) ??
		aboveZero(usage.estimated_cost);
	return amount === undefined ? undefined : { amount, currency: 'USD', credits, estimated: true };
}

function creditsOf({ credits_used, billing }: TaskDetails, usage: Usage): number | undefined {
	return (
		aboveZero(usage.cost?.credits) ??
		aboveZero(usage.credits_used) ??
		aboveZero(credits_used) ??
		aboveZero(billing?.charged_credits)
	);
}

/** The rate by which EvoLink reckoned for this very task, where it told both; else the usual one. */
function creditsPerDollar({ credits_reserved, estimated_cost }: Usage): number {
	const credits = aboveZero(credits_reserved);
	const dollars = aboveZero(estimated_cost);
	return credits !== undefined && dollars !== undefined ? credits / dollars : CREDITS_PER_DOLLAR;
}

/** US dollars for an amount of credits, by the rate that EvoLink names. */
export function dollarsOf(credits: number): number {
	return credits / CREDITS_PER_DOLLAR;
}

function amountOfTokens(model: string | null | undefined, usage: Usage): number | undefined {
	const prices = modelRowOf(model ?? undefined)?.prices?.tokens;
	const imageOut = aboveZero(usage.image_output_tokens);
	if (!prices || imageOut === undefined) return undefined;
	const { text_input_tokens: textIn, image_input_tokens: imageIn } = usage;
	const amount =
		imageOut * prices.imageOut + (textIn ?? 0) * prices.textIn + (imageIn ?? 0) * prices.imageIn;
	return amount / A_MILLION;
}

function amountOfImages(model: string | null | undefined, imagesMade: number): number | undefined {
	const price = modelRowOf(model ?? undefined)?.prices?.perImage;
	return price === undefined ? undefined : aboveZero(price * imagesMade);
}

function aboveZero(value: number | null | undefined): number | undefined {
	return typeof value === 'number' && value > 0 ? value : undefined;
}
