// What a request would cost before it is sent: the tokens that it may take, times the prices. Between the bounds lies
// whatever the model chooses by itself.
import type { Estimate, ImageRequest, Prices, TokenPrices } from '../contract';
import { drawnTokenRange, type TokenRange } from './drawnTokens';
import { PARTIAL_IMAGE_TOKENS } from './gptImageTokens';
import type { ModelRow } from './modelRows';

const A_MILLION = 1_000_000;
/** Words that OpenAI adds by itself: 32 tokens were seen with one input image (developers' forum, 2025-06). */
const ADDED_TEXT_TOKENS = 100;
const NOTHING: TokenRange = { min: 0, max: 0 };

/** The estimate of images by a model's row. Undefined where a price or a number of tokens isn't known. */
export function estimateOf(
	request: ImageRequest,
	row: ModelRow | undefined,
	own?: Prices,
): Estimate | undefined {
	const { perImage, tokens: prices } = own ?? row?.prices ?? {};
	if (perImage !== undefined) return times({ min: perImage, max: perImage }, request.count);
	if (!prices || !row) return undefined;
	const drawn = drawnTokenRange(row, request);
	const sentIn = inputTokens(row, request);
	if (!drawn || !sentIn) return undefined;
	const text = { min: 0, max: maxTextTokens(request.prompt) };
	const partials = { min: 0, max: PARTIAL_IMAGE_TOKENS * partialImagesOf(request) };
	const output = sumOf([drawn, partials]);
	// With several images in one request, nobody tells whether what is sent in counts once, or once for each.
	const input = inDollars(prices, { textIn: text, imageIn: sentIn });
	const made = times(inDollars(prices, { imageOut: output }), request.count);
	return sumOf([made, { min: input.min, max: input.max * request.count }]);
}

/** At most, as a token has at least one byte. */
export function maxTextTokens(text: string): number {
	return Buffer.byteLength(text) + ADDED_TEXT_TOKENS;
}

export function times({ min, max }: Estimate, count: number): Estimate {
	return { min: min * count, max: max * count };
}

export function sumOf(ranges: Estimate[]): Estimate {
	return {
		min: ranges.reduce((sum, { min }) => sum + min, 0),
		max: ranges.reduce((sum, { max }) => sum + max, 0),
	};
}

function inDollars(
	prices: TokenPrices,
	tokens: Partial<Record<'textIn' | 'imageIn' | 'imageOut', TokenRange>>,
): Estimate {
	const { textIn = NOTHING, imageIn = NOTHING, imageOut = NOTHING } = tokens;
	// Input that is found in the cache is cheaper.
	const { cachedTextIn = prices.textIn, cachedImageIn = prices.imageIn } = prices;
	return {
		min:
			(textIn.min * cachedTextIn + imageIn.min * cachedImageIn + imageOut.min * prices.imageOut) /
			A_MILLION,
		max:
			(textIn.max * prices.textIn + imageIn.max * prices.imageIn + imageOut.max * prices.imageOut) /
			A_MILLION,
	};
}

/** Of all input images; a mask and a markup count like one. */
function inputTokens(
	{ inputTokens: known }: ModelRow,
	{ references, mask, markup, extras }: ImageRequest,
): TokenRange | undefined {
	const overlays = (mask ? 1 : 0) + (markup ? 1 : 0);
	if (references.length + overlays === 0) return NOTHING;
	if (!known) return undefined;
	const { min, max, highFidelity = 0 } = known;
	const added = extras?.input_fidelity === 'high' ? highFidelity : 0;
	return { min: min * references.length, max: (max + added) * (references.length + overlays) };
}

function partialImagesOf({ extras }: ImageRequest): number {
	const partials = extras?.partial_images;
	return typeof partials === 'number' ? partials : 0;
}
