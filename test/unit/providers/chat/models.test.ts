// Models at gateways: what a person reads in place of a name that few people know, and which stand first in a list.
import { chatLabelOf, chatRankOf } from '../../../../providers/chat/models';

test.each<[model: string, label: string | undefined, place: number]>([
	['gpt-4o-image', 'GPT-4o Image', 0],
	['openai/gpt-5-image', 'GPT-5 Image', 1],
	['openai/gpt-5-image-mini', 'GPT-5 Image Mini', 2],
	['google/gemini-2.5-flash-image', 'Nano Banana · Gemini 2.5 Flash Image', 3],
	['google/gemini-2.5-flash-image-preview', 'Nano Banana (preview) · Gemini 2.5 Flash Image', 3],
	['gemini-3.1-flash-image', 'Nano Banana 2 · Gemini 3.1 Flash Image', 4],
	['a/b/gemini-3-pro-image', 'Nano Banana Pro · Gemini 3 Pro Image', 5],
	['black-forest-labs/flux.2-pro', 'FLUX.2 Pro', 6],
	['black-forest-labs/flux.2-flex', 'FLUX.2 Flex', 7],
	['google/gemini-2.5-flash', undefined, 8],
	['gpt-4o-image/other', undefined, 8],
	['', undefined, 8],
])('%s', (model, label, place) => {
	expect(chatLabelOf(model)).toBe(label);
	expect(chatRankOf(model)).toBe(place);
});
