// What OpenAI and those that follow it call an error and a list of models, and what is read of one that is odd.
import {
	errorDetails,
	errorSchema,
	modelListSchema,
} from '../../../../providers/answers/openAiShapes';

test.each<[string, unknown, object]>([
	[
		'as it stands in the document',
		{ message: 'No.', type: 't', code: 'c', param: 'size' },
		{ message: 'No.', type: 't', code: 'c', param: 'size' },
	],
	['with a number as code', { code: 429 }, { code: '429' }],
	['with null', { message: null, type: null, code: null, param: null }, {}],
	['with what is no text', { message: 1, type: {}, code: [], param: true }, {}],
	['with more than is known', { message: 'No.', hint: 7 }, { message: 'No.', hint: 7 }],
])('an error %s', (_form, error, read) => {
	const { message, type, code, param, ...others } = errorDetails.parse(error);
	const told = Object.entries({ message, type, code, param }).filter(([, value]) => value != null);
	expect({ ...Object.fromEntries(told), ...others }).toEqual(read);
});

test.each<[string, unknown, unknown]>([
	[
		'stage and categories',
		{ moderation_stage: 'input', categories: ['violence', 'self-harm'], id: 5 },
		{ moderation_stage: 'input', categories: ['violence', 'self-harm'], id: 5 },
	],
	[
		'categories of which some are no texts',
		{ categories: ['violence', 7, null, {}] },
		{ categories: ['violence'] },
	],
	[
		'more categories than anybody reads',
		{ categories: Array.from({ length: 21 }, (_, i) => `c${i}`) },
		{ categories: Array.from({ length: 20 }, (_, i) => `c${i}`) },
	],
	['what is no list', { moderation_stage: 5, categories: 'violence' }, {}],
	['nothing that is one', 'blocked', undefined],
])('the account of a refusal tells %s', (_form, details, read) => {
	expect(errorDetails.parse({ moderation_details: details }).moderation_details).toEqual(read);
});

test.each<[string, unknown, unknown]>([
	['an object', { error: { message: 'No.' } }, { error: { message: 'No.' } }],
	['a text', { error: 'No.' }, { error: { message: 'No.' } }],
	['a number', { error: 5 }, undefined],
	['nothing', {}, undefined],
])('the error of an answer, as %s', (_form, body, read) => {
	expect(errorSchema.safeParse(body).data).toEqual(read);
});

test.each<[string, unknown, unknown]>([
	['each by its ID', [{ id: 'a', object: 'model' }, { id: 'b' }], [{ id: 'a' }, { id: 'b' }]],
	[
		'with the day on which it ends, as text or number',
		[
			{ id: 'a', shutdown_date: '2027-01-01' },
			{ id: 'b', shutdown_date: 1800000000 },
			{ id: 'c', shutdown_date: null },
		],
		[{ id: 'a', shutdown_date: '2027-01-01' }, { id: 'b', shutdown_date: 1800000000 }, { id: 'c' }],
	],
	['without entries that are none', ['a', null, { id: 5 }, { id: 'b' }], [{ id: 'b' }]],
	['none, where the list is empty', [], []],
	['no list, where no entry is a model', [{ name: 'a' }], undefined],
	['no list', { id: 'a' }, undefined],
	[
		'no more than 10,000',
		Array.from({ length: 10_001 }, (_, i) => ({ id: `${i}` })),
		Array.from({ length: 10_000 }, (_, i) => ({ id: `${i}` })),
	],
])('models are listed: %s', (_rule, data, models) => {
	expect(modelListSchema.safeParse({ object: 'list', data }).data?.data).toStrictEqual(models);
});
