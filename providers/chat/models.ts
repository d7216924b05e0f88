// Models that gateways offer under names that few people know them by. Source: OpenRouter's list of models.
import { labelOf, rankOf, type ModelFamily } from '../limits/modelRows';

const KNOWN: readonly ModelFamily[] = [
	{ name: 'gpt-4o-image', title: 'GPT-4o Image' },
	{ name: 'gpt-5-image', title: 'GPT-5 Image' },
	{ name: 'gpt-5-image-mini', title: 'GPT-5 Image Mini' },
	{ name: 'gemini-2.5-flash-image', title: 'Nano Banana', note: 'Gemini 2.5 Flash Image' },
	{ name: 'gemini-3.1-flash-image', title: 'Nano Banana 2', note: 'Gemini 3.1 Flash Image' },
	{ name: 'gemini-3-pro-image', title: 'Nano Banana Pro', note: 'Gemini 3 Pro Image' },
	{ name: 'flux.2-pro', title: 'FLUX.2 Pro' },
	{ name: 'flux.2-flex', title: 'FLUX.2 Flex' },
];

/** As `labelOf`, whoever's name stands before the model's own, as in `google/gemini-2.5-flash-image`. */
export function chatLabelOf(model: string): string | undefined {
	return labelOf(KNOWN, ownName(model));
}

export function chatRankOf(model: string): number {
	return rankOf(KNOWN, ownName(model));
}

function ownName(model: string): string {
	return model.slice(model.lastIndexOf('/') + 1);
}
