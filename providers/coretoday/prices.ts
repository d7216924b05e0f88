// What Core.Today's images cost, by its price list: its answers don't tell.
import type { Cost } from '../contract';

/** Credits per image of openai/gpt-image-2. Automatic quality costs as much as high. */
const CREDITS: ReadonlyMap<string, number> = new Map([
	['high', 480],
	['auto', 480],
	['medium', 176],
	['low', 45],
]);
const GPT_IMAGE_2 = /^(openai\/)?gpt-image-2$/;
const DOLLARS_PER_CREDIT = 0.001;

/** The cost of one image, always an estimate; undefined for models whose prices we don't know. */
export function costOf(model: string | undefined, quality: string | undefined): Cost | undefined {
	// Answers may name the model with or without its owner.
	const isKnown = model !== undefined && GPT_IMAGE_2.test(model);
	const credits = isKnown ? CREDITS.get(quality ?? '') : undefined;
	if (credits === undefined) return undefined;
	return { amount: credits * DOLLARS_PER_CREDIT, currency: 'USD', credits, estimated: true };
}
