// What a task cost: EvoLink's own figures first, and whatever was computed is called an estimate.
import type { Cost } from '../../../../providers/contract';
import { dollarsOf } from '../../../../providers/evolink/prices';
import { readTask } from '../../../../providers/evolink/tasks';
import { answerWith } from '../support';

/** The cost of a finished task, rounded to what a person would look at. */
function costOf(model: string | null, imagesMade: number, usage: unknown): Cost | undefined {
	const results = Array.from({ length: imagesMade }, (_, i) => `https://files.test/${i}.png`);
	const body = { id: 'task-1', status: 'completed', model, results, usage };
	const { cost } = readTask(answerWith({ body }), 'https://api.evolink.ai');
	return cost && { ...cost, amount: Number(cost.amount.toFixed(6)) };
}

const USD = 'USD' as const;

test.each<[string, string | null, number, unknown, Cost | undefined]>([
	[
		"EvoLink's dollars and credits, as they are",
		'gpt-4o-image',
		2,
		{ cost: { credits: 2.8288, usd: 0.0416 } },
		{ amount: 0.0416, currency: USD, credits: 2.8288, estimated: false },
	],
	[
		"EvoLink's dollars, even where its list price is another",
		'gpt-4o-image',
		2,
		{ cost: { usd: 0.03 } },
		{ amount: 0.03, currency: USD, credits: undefined, estimated: false },
	],
	[
		'what is settled later, as zeros are no price: here by the list price of S1',
		'gpt-4o-image',
		1,
		{ cost: { usd: 0, credits: 0 }, credits_used: 0 },
		{ amount: 0.0208, currency: USD, credits: undefined, estimated: true },
	],
	[
		'nothing, where all is zero',
		'gpt-image-2',
		1,
		{ cost: { usd: 0 }, credits_used: 0 },
		undefined,
	],
	[
		'its tokens times the price list, where there are no credits',
		'gpt-image-2',
		1,
		{ image_output_tokens: 1120, text_input_tokens: 60, total_tokens: 1180 },
		{ amount: 0.03051, currency: USD, credits: undefined, estimated: true },
	],
	[
		'its tokens with those of input images, and by the dated name of a model',
		'gpt-image-1-2025-04-15',
		1,
		{ image_output_tokens: 1000, image_input_tokens: 1000, text_input_tokens: 1000 },
		{ amount: 0.0495, currency: USD, credits: undefined, estimated: true },
	],
	[
		'dollars from the cost and credits from beside it',
		'gpt-image-2',
		1,
		{ credits_used: 6.8, cost: { usd: 0.1 } },
		{ amount: 0.1, currency: USD, credits: 6.8, estimated: false },
	],
	[
		'credits at the rate of 68 for a dollar',
		'gpt-image-1',
		1,
		{ credits_used: 17 },
		{ amount: 0.25, currency: USD, credits: 17, estimated: true },
	],
	[
		'credits inside the cost, the same way',
		'gpt-image-2',
		1,
		{ cost: { credits: 34 } },
		{ amount: 0.5, currency: USD, credits: 34, estimated: true },
	],
	[
		"credits at this very task's own rate, where EvoLink told both sides of it",
		'gpt-image-2',
		1,
		{ credits_used: 126, credits_reserved: 252, estimated_cost: 0.252 },
		{ amount: 0.126, currency: USD, credits: 126, estimated: true },
	],
	[
		'credits at 68 for a dollar, where its own rate is none',
		'gpt-image-2',
		1,
		{ credits_used: 17, credits_reserved: 0, estimated_cost: 0.252 },
		{ amount: 0.25, currency: USD, credits: 17, estimated: true },
	],
	[
		'credits, before the list price of S1',
		'gpt-4o-image',
		1,
		{ credits_used: 1.783, image_output_tokens: 1120, total_tokens: 1177 },
		{ amount: 0.026221, currency: USD, credits: 1.783, estimated: true },
	],
	[
		'the list price of S1 times the images that were made',
		'gpt-4o-image',
		3,
		{ billing_rule: 'per_call' },
		{ amount: 0.0624, currency: USD, credits: undefined, estimated: true },
	],
	[
		'the list price of S1 where there is no usage',
		'gpt-4o-image',
		1,
		undefined,
		{ amount: 0.0208, currency: USD, credits: undefined, estimated: true },
	],
	[
		"EvoLink's estimate at the start, where nothing better is told",
		'gpt-image-2',
		1,
		{ estimated_cost: 0.211 },
		{ amount: 0.211, currency: USD, credits: undefined, estimated: true },
	],
	['nothing, where nothing is told', 'gpt-image-2', 1, {}, undefined],
	['nothing for a task without a model or usage', null, 1, undefined, undefined],
	['nothing for a model with an odd name', '__proto__', 1, {}, undefined],
	[
		'the estimate where the cost has an unknown form',
		'gpt-image-2',
		1,
		{ cost: 'much', estimated_cost: 0.2 },
		{ amount: 0.2, currency: USD, credits: undefined, estimated: true },
	],
])('a task costs %s', (_rule, model, imagesMade, usage, cost) => {
	expect(costOf(model, imagesMade, usage)).toEqual(cost);
});

test('68 credits are a dollar', () => {
	expect(dollarsOf(68)).toBe(1);
	expect(dollarsOf(0)).toBe(0);
});
