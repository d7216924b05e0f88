// Background tasks: every state of a response, what it cost, and what a webhook event speaks of.
import type { ImageRequest } from '../../../../providers/contract';
import { webhookEventSchema } from '../../../../providers/openai/schemas';
import { createOpenAiTasks } from '../../../../providers/openai/tasks';
import { answerWith, failureOf, requestWith } from '../support';
import { CALL, MESSAGE, RESPONSE, USAGE, type ImageGenerationUsage } from './responses';

const tasks = createOpenAiTasks('https://api.openai.com/v1');
const read = (body: unknown, request?: ImageRequest) =>
	tasks.readTask(answerWith({ body }), request);

describe('a response', () => {
	it('that is completed is a finished task', () => {
		expect(read(RESPONSE)).toEqual({
			id: 'resp_1',
			status: 'succeeded',
			model: 'gpt-image-2',
			images: [{ stored: 'stored:1', revisedPrompt: 'A very red fox' }],
			failure: undefined,
			usage: USAGE,
			createdAt: new Date(1795176000_000),
			raw: { status: 'completed', model: 'gpt-4o-mini' },
		});
	});

	test.each([
		['queued', 'queued'],
		['in_progress', 'running'],
		['a_word_of_next_year', 'running'],
		['failed', 'failed'],
		['incomplete', 'failed'],
		['cancelled', 'cancelled'],
	])('with the status "%s" and no image means %s', (status, meaning) => {
		const task = read({ ...RESPONSE, status, output: [] });
		expect(task).toMatchObject({ id: 'resp_1', status: meaning, images: [] });
		expect(task.failure === undefined).toBe(meaning !== 'failed');
	});

	it('that ended early keeps an image that was finished, since it is paid for', () => {
		const incomplete_details = { reason: 'max_output_tokens' };
		const task = read({ ...RESPONSE, status: 'incomplete', incomplete_details });
		expect(task.status).toBe('succeeded');
		expect(task.images).toHaveLength(1);
		expect(task.failure).toBeUndefined();
	});

	const unreadable = { ...CALL, result: 5 };
	test.each<[string, object, object]>([
		[
			'without a status is finished as soon as there is output',
			{ status: null },
			{ status: 'succeeded', images: [{ stored: 'stored:1', revisedPrompt: 'A very red fox' }] },
		],
		[
			'without a status has failed where its output has no image',
			{ status: null, output: [MESSAGE] },
			{ status: 'failed', images: [] },
		],
		[
			'without a status has failed where it has an error',
			{ status: null, output: [], error: { message: 'Broken.' } },
			{ status: 'failed', failure: { code: 'no_image', message: 'Broken.' } },
		],
		['without a status and output waits', { status: null, output: [] }, { status: 'queued' }],
		[
			'at work is not finished, whatever output it has',
			{ status: 'in_progress' },
			{ status: 'running', failure: undefined },
		],
		[
			'that was cancelled stays so, and keeps its image',
			{ status: 'cancelled' },
			{ status: 'cancelled', images: [{ stored: 'stored:1', revisedPrompt: 'A very red fox' }] },
		],
		[
			'that failed with a picture that could not be read has failed',
			{ status: 'failed', output: [unreadable] },
			{ status: 'failed', images: [], unread: 1 },
		],
		[
			'that is completed with one is not made anew',
			{ status: 'completed', output: [unreadable] },
			{ status: 'succeeded', images: [], unread: 1, failure: undefined },
		],
		[
			'has a picture inside an object',
			{ output: [{ ...CALL, result: { b64: 'stored:2' } }] },
			{ images: [{ stored: 'stored:2', revisedPrompt: 'A very red fox' }] },
		],
		[
			'has pictures in their order',
			{ output: [CALL, { result: 'stored:2' }] },
			{
				images: [
					{ stored: 'stored:1', revisedPrompt: 'A very red fox' },
					{ stored: 'stored:2', revisedPrompt: undefined },
				],
			},
		],
		[
			'has no picture in an entry of another type',
			{ output: [CALL, { type: 'web_search_call', result: 'stored:2' }, { type: 'x', result: 5 }] },
			{ images: [{ stored: 'stored:1', revisedPrompt: 'A very red fox' }] },
		],
		[
			'tells what size it was asked for',
			{ tools: [{ type: 'image_generation', model: 'gpt-image-2', size: '1024x1536' }] },
			{ asked: { size: '1024x1536' } },
		],
	])('%s', (_rule, parts, told) => {
		expect(read({ ...RESPONSE, ...parts })).toMatchObject(told);
	});

	it('counts as unread only what may be a picture', () => {
		const unread = (...output: unknown[]) =>
			read({ ...RESPONSE, output: [CALL, ...output] }).unread;
		expect(unread(null, 5, unreadable)).toBe(3);
		expect(
			unread({ ...CALL, result: undefined }, { ...CALL, result: '' }, MESSAGE),
		).toBeUndefined();
		expect(read({ ...RESPONSE, output: [CALL] })).not.toHaveProperty('unread');
	});

	it('knows its model from the request where it does not say', () => {
		expect(read({ id: 'resp_1', status: 'queued' }, requestWith({})).model).toBe('gpt-image-2');
	});

	test.each<[string, object]>([
		[
			'null in place of what is missing',
			{ created_at: null, model: null, error: null, tools: null, usage: null },
		],
		['fields that nobody knows', { surprise: { deep: [1] } }],
		['a time that is no number', { created_at: '2026-11-20' }],
		['a usage that is no object', { usage: 'free' }],
		['tools of another form', { tools: ['image_generation'] }],
		['details of another form', { incomplete_details: 'none' }],
		['a reason that is no text', { incomplete_details: { reason: 5 } }],
		['an error that is a text', { error: 'none' }],
	])('is read with %s', (_rule, parts) => {
		expect(read({ ...RESPONSE, ...parts })).toMatchObject({
			id: 'resp_1',
			status: 'succeeded',
			images: [{ stored: 'stored:1' }],
		});
	});

	test.each<[string, unknown]>([
		['no id', { ...RESPONSE, id: undefined }],
		['an empty id', { ...RESPONSE, id: '' }],
		['a list', [RESPONSE]],
		['text that was cut before its id ends', '{"id":"resp_1'],
		['null', null],
	])('is unreadable with %s', (_rule, body) => {
		expect(failureOf(() => read(body)).kind).toBe('unreadableAnswer');
	});
});

describe('what drawing took', () => {
	const image_gen: ImageGenerationUsage = {
		input_tokens: 60,
		input_tokens_details: { image_tokens: 40, text_tokens: 20 },
		output_tokens: 7024,
		total_tokens: 7084,
	};
	const none = { ...image_gen, input_tokens: 0, output_tokens: 0, total_tokens: 0 };
	const web_search = { num_requests: 0 };
	const drawn = (20 * 5 + 40 * 8 + 7024 * 30) / 1e6;
	/** Of gpt-4o-mini. */
	const words = (USAGE.input_tokens * 0.15 + USAGE.output_tokens * 0.6) / 1e6;
	const costOf = (amount: number) => ({
		amount: expect.closeTo(amount, 12),
		currency: 'USD',
		estimated: true,
	});
	const cost = costOf(drawn + words);

	test.each<[string, object, object | undefined, object | undefined]>([
		[
			'is told beside what the text model took',
			{ tool_usage: { image_gen, web_search } },
			{ ...USAGE, image_gen },
			cost,
		],
		[
			'is told where that is not',
			{ usage: null, tool_usage: { image_gen, web_search } },
			{ image_gen },
			costOf(drawn),
		],
		[
			'is all that is priced where the price of the text model is not known',
			{ model: 'gpt-5.5', tool_usage: { image_gen } },
			{ ...USAGE, image_gen },
			costOf(drawn),
		],
		[
			'has no known price where the task might take its time',
			{ background_options: { completion_window: '8h' }, tool_usage: { image_gen } },
			{ ...USAGE, image_gen },
			undefined,
		],
		[
			'has its price where the task was to be made soon',
			{ background_options: { completion_window: 'soonest' }, tool_usage: { image_gen } },
			{ ...USAGE, image_gen },
			cost,
		],
		[
			'may be the writing of an SVG, which stands at its call',
			{ output: [MESSAGE, { ...CALL, svg_usage: { output_tokens: 300 } }] },
			{ ...USAGE, svg_usage: { output_tokens: 300 } },
			undefined,
		],
		[
			'may be both',
			{ output: [{ ...CALL, svg_usage: { output_tokens: 300 } }], tool_usage: { image_gen } },
			{ ...USAGE, image_gen, svg_usage: { output_tokens: 300 } },
			cost,
		],
		[
			'is told in dollars by a gateway, whatever is counted',
			{ usage: { ...USAGE, cost: 0.05 }, tool_usage: { image_gen } },
			{ ...USAGE, cost: 0.05, image_gen },
			{ amount: 0.05, currency: 'USD', estimated: false },
		],
		[
			'is told in dollars by a gateway, also where it might take its time',
			{
				background_options: { completion_window: '8h' },
				usage: { ...USAGE, cost: 0.05 },
			},
			{ ...USAGE, cost: 0.05 },
			{ amount: 0.05, currency: 'USD', estimated: false },
		],
		['may not be told', {}, USAGE, undefined],
		[
			'is not known where its counts are zero',
			{ tool_usage: { image_gen: none, web_search } },
			USAGE,
			undefined,
		],
		['may have another form', { tool_usage: { image_gen: 'much' } }, USAGE, undefined],
		[
			'has no price on an unknown model',
			{
				tools: [{ type: 'image_generation', model: 'gpt-image-2.6-flare' }],
				tool_usage: { image_gen, web_search },
			},
			{ ...USAGE, image_gen },
			undefined,
		],
	])('%s', (_rule, parts, usage, dollars) => {
		const task = read({ ...RESPONSE, ...parts });
		expect(task.usage).toEqual(usage);
		expect(task.cost).toEqual(dollars);
	});

	test.each<[string, unknown, unknown, boolean]>([
		['by the request', undefined, { completion_window: '8h' }, false],
		['by the request, soon', undefined, { completion_window: 'soonest' }, true],
		['by the answer rather', { completion_window: '8h' }, { completion_window: 'soonest' }, false],
		['by the answer, soon', { completion_window: 'soonest' }, { completion_window: '8h' }, true],
		['by nothing', undefined, undefined, true],
	])('has a price as far as it is told when: %s', (_rule, background_options, asked, isPriced) => {
		const request = requestWith({ extras: { background_options: asked } });
		const body = { ...RESPONSE, background_options, tool_usage: { image_gen } };
		expect(read(body, request).cost).toEqual(isPriced ? cost : undefined);
		expect(read({ ...RESPONSE, tool_usage: { image_gen } }).cost).toEqual(cost);
	});
});

test.each<[string, unknown, string | undefined]>([
	[
		'a response',
		{
			id: 'evt_1',
			object: 'event',
			created_at: 1750287018,
			type: 'response.completed',
			data: { id: 'resp_1' },
		},
		'resp_1',
	],
	['a batch', { id: 'evt_2', type: 'batch.failed', data: { id: 'batch_1' } }, 'batch_1'],
	['an event without data', { id: 'evt_3', type: 'response.completed' }, undefined],
	['an id that is an object', { type: 'response.completed', data: { id: {} } }, undefined],
	['no event', { id: 'resp_1', status: 'completed' }, undefined],
	['text', 'resp_1', undefined],
	['nothing', undefined, undefined],
])('what a webhook event speaks of, when it is %s', (_rule, body, id) => {
	expect(webhookEventSchema.safeParse(body).data?.data.id).toBe(id);
});
