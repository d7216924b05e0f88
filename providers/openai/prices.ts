// What OpenAI's images and answers cost: its own token counts times its price list, or by the picture's size where there
// are no counts. Whatever is computed here is an estimate; a gateway's own dollars are none.
import { fieldsOf, textOf } from '../answers/loose';
import { ownDollars } from '../answers/ownDollars';
import type { Cost, Estimate, ImageRequest, Prices } from '../contract';
import { drawnTokens } from '../limits/drawnTokens';
import { estimateOf, maxTextTokens, times } from '../limits/estimates';
import { CALL_TOKENS, chatRowOf, modelRowOf } from './models';
import type { ImageUsage } from './schemas';

const A_MILLION = 1_000_000;
/** A batch costs half. */
export const BATCH_PART = 0.5;

/**
 * The cost of one answer, for all its images. Undefined for models whose prices we don't know, and where nothing was
 * counted: zeros don't say that drawing is free.
 */
export function costOfUsage(
	model: string | undefined,
	usage: ImageUsage | null | undefined,
	isBatch = false,
): Cost | undefined {
	const own = ownDollars(usage);
	if (own) return own;
	const prices = modelRowOf(model)?.prices?.tokens;
	if (!prices || !usage) return undefined;
	const { input_tokens, input_tokens_details: details, output_tokens } = usage;
	const text = details?.text_tokens ?? input_tokens - (details?.image_tokens ?? 0);
	const image = details?.image_tokens ?? input_tokens - text;
	const cached = cachedOf(details, text, image);
	const { textIn, imageIn, cachedTextIn = textIn, cachedImageIn = imageIn, imageOut } = prices;
	const amount =
		(text - cached.text) * textIn +
		cached.text * cachedTextIn +
		(image - cached.image) * imageIn +
		cached.image * cachedImageIn +
		output_tokens * imageOut;
	return reckoned((amount / A_MILLION) * (isBatch ? BATCH_PART : 1));
}

/**
 * Which of the input tokens came out of the cache. Where only their sum is told, they are taken for text, on which less
 * is saved.
 */
function cachedOf(details: unknown, text: number, image: number): { text: number; image: number } {
	const { cached_tokens, cached_tokens_details } = fieldsOf(details);
	const told = fieldsOf(cached_tokens_details);
	const sum = countOf(cached_tokens);
	const ofImage = countOf(told.image_tokens);
	const ofText = countOf(told.text_tokens) ?? Math.max(0, (sum ?? 0) - (ofImage ?? 0));
	const cachedText = Math.min(text, ofText);
	const rest = ofImage ?? Math.max(0, (sum ?? 0) - cachedText);
	return { text: cachedText, image: Math.min(image, rest) };
}

/** The cost of words: of a chat completion, or of the model that calls the image tool. */
export function costOfChat(model: string | undefined, usage: unknown): Cost | undefined {
	const own = ownDollars(usage);
	if (own) return own;
	const prices = chatRowOf(model)?.prices;
	if (!prices) return undefined;
	const counts = fieldsOf(usage);
	const input = countOf(counts.prompt_tokens) ?? countOf(counts.input_tokens) ?? 0;
	const output = countOf(counts.completion_tokens) ?? countOf(counts.output_tokens) ?? 0;
	const details = fieldsOf(counts.prompt_tokens_details ?? counts.input_tokens_details);
	const cached = Math.min(input, countOf(details.cached_tokens) ?? 0);
	const amount = (input - cached) * prices.in + cached * prices.cachedIn + output * prices.out;
	return reckoned(amount / A_MILLION);
}

/** An estimate by the number of output tokens that a picture of this size and quality takes; its input isn't counted. */
export function estimateCost(
	model: string,
	size: string | undefined,
	quality: string | undefined,
	count: number,
): Cost | undefined {
	const prices = modelRowOf(model)?.prices?.tokens;
	const tokens = outputTokens(model, size, quality);
	if (!prices || tokens === undefined) return undefined;
	return reckoned((count * tokens * prices.imageOut) / A_MILLION);
}

function reckoned(amount: number): Cost | undefined {
	return amount > 0 ? { amount, currency: 'USD', estimated: true } : undefined;
}

function countOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Output tokens of one image; undefined where size or quality is left to the model. */
export function outputTokens(
	model: string,
	size: string | undefined,
	quality: string | undefined,
): number | undefined {
	const row = modelRowOf(model);
	return row && drawnTokens(row, size, quality);
}

/** What images would cost through the Images API. */
export function estimateImages(request: ImageRequest, own?: Prices): Estimate | undefined {
	if (own?.perImage === undefined && hasUntoldTokens(request)) return undefined;
	return estimateOf(request, modelRowOf(request.model), own);
}

/** Nobody tells how many tokens frames of a GIF take, a model that writes an SVG, and planning as the person chose it. */
function hasUntoldTokens({ outputFormat, extras }: ImageRequest): boolean {
	return outputFormat === 'gif' || outputFormat === 'svg' || extras?.complexity !== undefined;
}

/** The same in a batch, also by a person's own prices. */
export function estimateBatch(request: ImageRequest, own?: Prices): Estimate | undefined {
	const estimate = estimateImages(request, own);
	return estimate && times(estimate, BATCH_PART);
}

/**
 * What images would cost as background tasks: each of them with the words of the model that calls the image tool. Of
 * several calling models it may be any. How much cheaper a task is that may take its time, nobody tells.
 */
export function estimateTasks(
	request: ImageRequest,
	callingModels: readonly string[],
	own?: Prices,
): Estimate | undefined {
	const drawing = estimateImages(request, own);
	const words = callingModels.map((model) => maxCostOfCall(request, model));
	if (!drawing || words.some((each) => each === undefined)) return undefined;
	const most = Math.max(...words.map((each) => each!)) * request.count;
	const min = isDiscounted(request.extras?.background_options) ? 0 : drawing.min;
	return { min, max: drawing.max + most };
}

function maxCostOfCall({ prompt, references }: ImageRequest, model: string): number | undefined {
	const row = chatRowOf(model);
	if (!row) return undefined;
	const input = maxTextTokens(prompt) + references.length * row.pictureTokens + CALL_TOKENS.in;
	const output = CALL_TOKENS.out + maxTextTokens(prompt);
	return (input * row.prices.in + output * row.prices.out) / A_MILLION;
}

/** A task that may take its time is cheaper. */
export function isDiscounted(backgroundOptions: unknown): boolean {
	const window = textOf(fieldsOf(backgroundOptions).completion_window);
	return window !== undefined && window !== 'soonest';
}
