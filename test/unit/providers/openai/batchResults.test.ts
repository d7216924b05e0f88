// The results of a batch: a task for each line, at half the price, and a failure for each line that has none.
import { createOpenAiBatches } from '../../../../providers/openai/batches';
import { answerWith, failureOf } from '../support';

const batches = createOpenAiBatches('https://api.openai.com/v1');

describe('the results', () => {
	const usage = {
		input_tokens: 60,
		input_tokens_details: { image_tokens: 40, text_tokens: 20 },
		output_tokens: 7024,
		total_tokens: 7084,
	};
	const images = {
		created: 1795176000,
		data: [{ b64_json: 'stored:1' }, { b64_json: 'stored:2' }],
		usage,
	};
	const line = (custom_id: string, status_code: number, body: unknown) => ({
		id: 'batch_req_1',
		custom_id,
		response: { status_code, request_id: 'req_1', body },
		error: null,
	});
	const read = (body: unknown, model: string | undefined = 'gpt-image-2') =>
		batches.readResults(answerWith({ body }), model);

	it("tell a line's reference from its name, or have the batch's", () => {
		const body = [line('a#ref=row 12', 200, images), line('b', 400, {})];
		const names = (reference?: string) =>
			batches
				.readResults(answerWith({ body }), undefined, reference)
				.map(({ customId, orderReference }) => [customId, orderReference]);
		expect(names()).toEqual([
			['a', 'row 12'],
			['b', undefined],
		]);
		expect(names('order 1')[1]).toEqual(['b', 'order 1']);
	});

	it('are a task for each line, at half the price', () => {
		const [result, ...others] = read([line('a', 200, images)]);
		expect(others).toEqual([]);
		expect(result).toEqual({
			customId: 'a',
			task: {
				id: '',
				status: 'succeeded',
				model: 'gpt-image-2',
				images: [{ stored: 'stored:1' }, { stored: 'stored:2' }],
				usage,
				cost: {
					amount: (20 * 5 + 40 * 8 + 7024 * 30) / 1e6 / 2,
					currency: 'USD',
					estimated: true,
				},
				createdAt: new Date(1795176000_000),
				raw: {},
			},
		});
	});

	it('keep their order, the failed lines among them', () => {
		const error = { code: 'moderation_blocked', message: 'No.' };
		const results = read([
			line('c', 200, images),
			line('b', 400, { error }),
			line('a', 200, images),
		]);
		expect(results.map(({ customId, task }) => [customId, task !== undefined])).toEqual([
			['c', true],
			['b', false],
			['a', true],
		]);
	});

	it("have a gateway's own dollars as their cost, whatever the model", () => {
		const body = { ...images, usage: { cost: 0.05 } };
		const [result] = read([line('a', 200, body)], 'house-model');
		expect(result?.task?.cost).toEqual({ amount: 0.05, currency: 'USD', estimated: false });
	});

	it('have no cost where the model is not known', () => {
		const [result] = batches.readResults(answerWith({ body: [line('a', 200, images)] }), undefined);
		expect(result?.task).toMatchObject({ status: 'succeeded' });
		expect(result?.task?.cost).toBeUndefined();
	});

	test.each<[string, unknown, object]>([
		[
			'was refused for its content',
			line('a', 400, {
				error: {
					code: 'moderation_blocked',
					message: 'No.',
					type: 'image_generation_user_error',
					moderation_details: { moderation_stage: 'output', categories: ['violence'] },
				},
			}),
			{
				kind: 'moderation',
				code: 'moderation_blocked',
				status: 400,
				message: 'OpenAI drew the image, but its safety check held it back (violence): No.',
			},
		],
		[
			'met a limit',
			line('a', 429, { error: { code: 'rate_limit_exceeded', message: 'Slow down.' } }),
			{ kind: 'rateLimit', code: 'rate_limit_exceeded', status: 429 },
		],
		[
			'met a server error without JSON',
			line('a', 500, '<html>'),
			{ kind: 'providerDown', status: 500, message: 'OpenAI: The image was not made.' },
		],
		[
			'was redirected to nowhere',
			line('a', 300, {}),
			{ kind: 'badRequest', status: 300, message: 'OpenAI: The image was not made.' },
		],
		[
			'has just no error',
			line('a', 299, { data: [] }),
			{ kind: 'noImage', message: 'OpenAI answered this line without an image.' },
		],
		[
			'has an error beside its answer',
			{ ...line('a', 200, { data: [] }), error: { code: 'batch_cancelled', message: 'Stopped.' } },
			{ kind: 'taskFailed', code: 'batch_cancelled', message: 'OpenAI: Stopped.' },
		],
		[
			'was refused in the answer of a picture',
			line('a', 400, { data: [{ error: { code: 'moderation_blocked', message: 'No.' } }] }),
			{
				kind: 'moderation',
				status: 400,
				message: "OpenAI's safety check refused the request: No.",
			},
		],
		[
			'came too late',
			{
				id: 'batch_req_1',
				custom_id: 'a',
				response: null,
				error: { code: 'batch_expired', message: 'The completion window was over.' },
			},
			{
				kind: 'taskFailed',
				code: 'batch_expired',
				message: 'OpenAI: The completion window was over.',
			},
		],
	])('tell of a line that %s', (_rule, failed, failure) => {
		const [result] = read([failed]);
		expect(result).toMatchObject({ customId: 'a', failure });
		expect(result?.task).toBeUndefined();
	});

	test.each(['batch_expired', 'batch_cancelled'])(
		'tell of a row that was never run what to do: %s',
		(code) => {
			const error = { code, message: 'It could not be run.' };
			const [result] = read([{ custom_id: 'a', response: null, error }]);
			expect(result?.failure).toEqual({
				kind: 'taskFailed',
				code,
				message: 'OpenAI: It could not be run.',
				advice: 'Order this row in a new batch. Nothing was charged for it.',
			});
		},
	);

	it('name no HTTP status that nobody answered', () => {
		const error = { code: 'batch_expired', message: 'The completion window was over.' };
		const [result] = read([{ custom_id: 'a', response: null, error }]);
		expect(result?.failure?.status).toBeUndefined();
		expect(result?.failure?.advice).not.toContain('named setting');
	});

	test.each<[string, unknown, string]>([
		['text that was cut behind its name', '{"custom_id":"b","resp', 'b'],
		['text that was cut within its name', '{"custom_id":"b', 'line 2'],
		['no name', { response: { status_code: 200 } }, 'line 2'],
		['an answer of another form', { custom_id: 'b', response: 'done' }, 'b'],
		['no answer and no error', { custom_id: 'b', response: null, error: null }, 'b'],
		['an answer that holds no images', line('b', 200, { object: 'list' }), 'b'],
		['an answer that is null', line('b', 200, null), 'b'],
	])('tell of a line with %s, and keep the others', (_rule, odd, customId) => {
		const [first, second, third] = read([line('a', 200, images), odd, line('c', 200, images)]);
		expect(first?.task).toBeDefined();
		expect(third?.task).toBeDefined();
		expect(second).toMatchObject({ customId, failure: { kind: 'unreadableAnswer' } });
		expect(second?.failure?.advice).not.toContain('Nothing was charged');
	});

	it('may be empty', () => {
		expect(read([])).toEqual([]);
	});

	it('are unreadable when they are no lines', () => {
		expect(failureOf(() => read('<html>')).kind).toBe('unreadableAnswer');
	});
});

describe('a refused image beside a good one', () => {
	const refused = { error: { code: 'blocked', message: 'It shows a trademark.' } };
	const read = (data: unknown[]) =>
		batches.readResults(
			answerWith({ body: [{ custom_id: 'a', response: { status_code: 200, body: { data } } }] }),
			'gpt-image-2',
		);

	it('takes the good one not with it, and is told in its own words', () => {
		const [result] = read([{ b64_json: 'stored:1' }, refused]);
		expect(result?.task?.images).toEqual([{ stored: 'stored:1' }]);
		expect(result?.failure).toEqual({
			kind: 'taskFailed',
			code: 'blocked',
			message: 'OpenAI: It shows a trademark.',
			advice: 'Run this again, or change the Prompt or the model.',
		});
	});

	it('is told rather than what could not be read, and none is counted as unread', () => {
		const [result] = read([{ b64_json: 'stored:1' }, {}, refused]);
		expect(result?.failure?.message).toBe('OpenAI: It shows a trademark.');
		expect(result?.task).not.toHaveProperty('unread');
	});

	it('that could not be read takes the good one not with it', () => {
		const [result] = read([{ b64_json: 'stored:1' }, {}]);
		expect(result?.task?.images).toEqual([{ stored: 'stored:1' }]);
		expect(result?.failure).toMatchObject({
			kind: 'unreadableAnswer',
			message: 'OpenAI: the rest of this line of the results could not be read.',
		});
	});

	it('is told where it is alone, too', () => {
		const [result] = read([refused]);
		expect(result).toEqual({
			customId: 'a',
			failure: expect.objectContaining({
				kind: 'noImage',
				status: 200,
				message: 'OpenAI: It shows a trademark.',
			}),
		});
	});
});

it('the lines that a batch was made of tell what was asked for', () => {
	const body = [
		{ custom_id: 'a', body: { n: 2, size: '1024x1024' } },
		{ custom_id: 'b', body: { n: 'two' } },
		{ custom_id: 'c' },
		{ custom_id: 'd', body: { prompt: 'A red fox', size: 5 } },
		{ custom_id: 'e', body: { prompt: '', size: '' } },
		{ body: { n: 1 } },
	];
	expect([...batches.readInput(answerWith({ body }))]).toEqual([
		['a', { count: 2, size: '1024x1024' }],
		['b', {}],
		['c', {}],
		['d', { prompt: 'A red fox' }],
		['e', {}],
	]);
});

it('of those lines no more is kept than that', () => {
	const { keptOfLine } = batches.input('file-1');
	const body = { model: 'gpt-image-2', n: 2, size: '1024x1024', prompt: 'A fox', images: ['x'] };
	expect(keptOfLine?.({ custom_id: 'a', method: 'POST', body })).toEqual({
		custom_id: 'a',
		body: { n: 2, size: '1024x1024', prompt: 'A fox' },
	});
	expect(keptOfLine?.('{"custom_id":"b","method":"PO')).toEqual({ custom_id: 'b', body: {} });
	expect(keptOfLine?.('nothing')).toBeUndefined();
});
