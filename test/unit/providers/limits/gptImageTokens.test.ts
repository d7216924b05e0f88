// The tokens of an input image as OpenAI's guide tells them, and what is only assumed.
import {
	INPUT_TOKENS_OF_1,
	INPUT_TOKENS_OF_1_5,
	INPUT_TOKENS_OF_2,
} from '../../../../providers/limits/gptImageTokens';

const GUIDE = { date: '2026-11-28', source: "OpenAI's guide to images as input" };

test.each([
	// 65, and 129 for each of one to four tiles.
	['gpt-image-1', INPUT_TOKENS_OF_1, { min: 194, max: 581, highFidelity: 6240, ...GUIDE }],
	[
		'gpt-image-1.5',
		INPUT_TOKENS_OF_1_5,
		{
			min: 194,
			max: 581,
			highFidelity: 6240,
			...GUIDE,
			assumed: 'It counts as gpt-image-1 does, of which alone the guide tells.',
		},
	],
	[
		'gpt-image-2',
		INPUT_TOKENS_OF_2,
		{
			min: 0,
			max: 6821,
			...GUIDE,
			assumed:
				'It counts at most what gpt-image-1 does with high fidelity: the guide only says that all its input has high fidelity.',
		},
	],
])('of %s', (_model, tokens, told) => {
	expect(tokens).toEqual(told);
});
