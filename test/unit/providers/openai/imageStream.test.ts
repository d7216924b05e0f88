// Streamed answers of the Images API, held against the official client's types: images, drafts, usage, and errors.
import type {
	ImageEditCompletedEvent,
	ImageGenCompletedEvent,
	ImageGenPartialImageEvent,
} from 'openai/resources/images';

import type { HttpAnswer, ImageRequest, StreamEvent } from '../../../../providers/contract';
import { ImageFailure } from '../../../../providers/failure';
import { createOpenAiImages } from '../../../../providers/openai/images';
import { answerWith, failureOf, RECEIVED_AT, requestWith } from '../support';

const { readTask, submit } = createOpenAiImages('https://api.openai.com/v1');
const USAGE = {
	input_tokens: 10,
	input_tokens_details: { image_tokens: 0, text_tokens: 10 },
	output_tokens: 100,
	total_tokens: 110,
};
const COMMON = {
	background: 'opaque',
	created_at: 1795176000,
	output_format: 'png',
	quality: 'low',
	size: '1024x1024',
} as const;

const partial = (reference: string, index = 0): StreamEvent => {
	const data: ImageGenPartialImageEvent = {
		...COMMON,
		type: 'image_generation.partial_image',
		b64_json: reference,
		partial_image_index: index,
	};
	return { name: data.type, data };
};
const completed = (reference: string): StreamEvent => {
	const data: ImageGenCompletedEvent = {
		...COMMON,
		type: 'image_generation.completed',
		b64_json: reference,
		usage: USAGE,
	};
	return { name: data.type, data };
};
const edited = (reference: string): StreamEvent => {
	const data: ImageEditCompletedEvent = {
		...COMMON,
		type: 'image_edit.completed',
		b64_json: reference,
		usage: USAGE,
	};
	return { data };
};

const read = (
	body: unknown,
	request: Partial<ImageRequest> = {},
	answer: Partial<HttpAnswer> = {},
) => readTask(answerWith({ body, ...answer }), requestWith(request));

const BROKEN = new ImageFailure({
	kind: 'network',
	message: 'OpenAI broke off the connection.',
	advice: 'Try again.',
});

it('is asked for only when it is wanted', () => {
	expect(submit(requestWith({ extras: { stream: true, partial_images: 2 } }))).toMatchObject({
		json: { stream: true, partial_images: 2 },
		responseType: 'events',
	});
	expect(submit(requestWith({})).responseType).toBe('any');
	expect(submit(requestWith({})).json).not.toHaveProperty('stream');
});

describe('a finished image', () => {
	it.each([
		['of a generation', completed('stored:1')],
		['of an edit, told by its data alone', edited('stored:1')],
	])('%s is a task with its usage and its cost', (_, event) => {
		expect(read([event])).toEqual({
			id: '',
			status: 'succeeded',
			model: 'gpt-image-2',
			images: [{ stored: 'stored:1' }],
			usage: USAGE,
			cost: { amount: (10 * 5 + 100 * 30) / 1e6, currency: 'USD', estimated: true },
			createdAt: new Date(1795176000 * 1000),
			raw: {},
		});
	});

	it('has its partial images', () => {
		const events = [partial('stored:1'), partial('stored:2', 1), completed('stored:3')];
		expect(read(events).images).toEqual([
			{ stored: 'stored:3', partials: ['stored:1', 'stored:2'] },
		]);
	});

	it('leaves out partial images that could not be kept, whatever went wrong with them', () => {
		const events = [partial(''), partial('stored:2', 1), completed('stored:3')];
		const task = read(events, {}, { interruption: BROKEN });
		expect(task.images).toEqual([{ stored: 'stored:3', partials: ['stored:2'] }]);
		expect(task.failure).toBeUndefined();
	});

	it.each([
		['a link', [{ data: { type: 'image_generation.completed', url: 'https://a.test/1.png' } }]],
		['no type', [{ data: { url: 'https://a.test/1.png' } }]],
		[
			'the plain answer as one event',
			[{ data: { created: 1, data: [{ url: 'https://a.test/1.png' }] } }],
		],
		[
			'odd events around it',
			[{ data: 7 }, { data: { type: 'keepalive' } }, { data: { url: 'https://a.test/1.png' } }],
		],
	])('of a compatible server comes with %s', (_, events) => {
		const task = read(events, { size: '1024x1024', quality: 'low' });
		expect(task.images).toEqual([{ url: 'https://a.test/1.png' }]);
		expect(task.cost).toEqual({ amount: (196 * 30) / 1e6, currency: 'USD', estimated: true });
	});

	it('comes beside some that were refused or could not be read', () => {
		const data = [{ url: 'https://a.test/1.png' }, { error: 'Too violent.' }, {}];
		const task = read([{ data: { created: 1795176000, data } }], { count: 3 });
		expect(task).toMatchObject({
			images: [{ url: 'https://a.test/1.png' }],
			unread: 1,
			failure: { code: 'fewer_images', message: 'OpenAI: Too violent.' },
			createdAt: new Date(1795176000_000),
		});
		expect(read([{ data: { data: [{}, { url: 'https://a.test/1.png' }] } }], { count: 2 })).toEqual(
			{
				id: '',
				status: 'succeeded',
				model: 'gpt-image-2',
				images: [{ url: 'https://a.test/1.png' }],
				unread: 1,
				createdAt: RECEIVED_AT,
				raw: {},
			},
		);
	});

	it('has the time of the first event that tells one', () => {
		const event = (told: object) => ({ data: { url: 'https://a.test/1.png', ...told } });
		const times = [event({}), event({ created_at: 1795176000 }), event({ created_at: 1795177000 })];
		expect(read(times, { count: 3 }).createdAt).toEqual(new Date(1795176000_000));
		expect(read([event({ created: 1, created_at: 1795176000 })]).createdAt).toEqual(
			new Date(1795176000_000),
		);
	});

	it('can be read without its request, and costs nothing that we could name', () => {
		const task = readTask(answerWith({ body: [completed('stored:1')] }));
		expect(task).toEqual({
			id: '',
			status: 'succeeded',
			images: [{ stored: 'stored:1' }],
			usage: USAGE,
			createdAt: new Date(1795176000_000),
			raw: {},
		});
	});

	it('without a date is as old as the answer', () => {
		expect(read([{ data: { url: 'https://a.test' } }]).createdAt).toEqual(RECEIVED_AT);
	});
});

describe('several images', () => {
	const events = [
		partial('stored:1'),
		completed('stored:2'),
		partial('stored:3'),
		completed('stored:4'),
	];

	it('have the partial images that came before each', () => {
		expect(read(events, { count: 2 }).images).toEqual([
			{ stored: 'stored:2', partials: ['stored:1'] },
			{ stored: 'stored:4', partials: ['stored:3'] },
		]);
	});

	it('add up what they took, with the input once, and call it an estimate', () => {
		const task = read(events, { count: 2 });
		expect(task.usage).toEqual({ ...USAGE, output_tokens: 200, total_tokens: 210 });
		expect(task.cost).toEqual({
			amount: (10 * 5 + 200 * 30) / 1e6,
			currency: 'USD',
			estimated: true,
		});
	});

	test.each<[string, StreamEvent[], Partial<HttpAnswer>, string]>([
		['a break', [], { interruption: BROKEN }, 'OpenAI broke off the connection.'],
		['an early end', [], {}, ''],
		[
			'an error',
			[{ name: 'error', data: { type: 'error', error: { message: 'Overloaded.' } } }],
			{},
			'OpenAI: Overloaded.',
		],
	])('that came before %s are kept, with the reason', (_, more, answer, message) => {
		const task = read([completed('stored:1'), ...more], { count: 2 }, answer);
		expect(task).toMatchObject({
			status: 'succeeded',
			images: [{ stored: 'stored:1' }],
			failure: { code: 'fewer_images', message },
		});
	});
});

describe('no image', () => {
	test.each<[string, StreamEvent, string, string]>([
		[
			'a refusal',
			{
				name: 'error',
				data: {
					type: 'error',
					error: {
						type: 'image_generation_user_error',
						code: 'moderation_blocked',
						message: 'No.',
						moderation_details: { moderation_stage: 'output', categories: ['violence'] },
					},
				},
			},
			'moderation',
			'OpenAI drew the image, but its safety check held it back (violence): No.',
		],
		[
			'an error without a wrapping',
			{ data: { type: 'error', code: 'server_error', message: 'Broken.' } },
			'providerDown',
			'OpenAI: Broken.',
		],
		[
			'an error told by the name alone',
			{ name: 'error', data: { message: 'Broken.' } },
			'providerDown',
			'OpenAI: Broken.',
		],
		['an error as text', { data: { error: 'Broken.' } }, 'providerDown', 'OpenAI: Broken.'],
		[
			'too many requests',
			{ data: { error: { code: 'rate_limit_exceeded', message: 'Slow down.' } } },
			'rateLimit',
			'OpenAI: Slow down.',
		],
		[
			'a quota that is used up',
			{ data: { error: { code: 'insufficient_quota', message: 'Used up.' } } },
			'balance',
			'OpenAI: Used up.',
		],
		[
			'a wrong setting',
			{ data: { error: { type: 'invalid_request_error', message: 'Bad size.', param: 'size' } } },
			'badRequest',
			'OpenAI: Bad size.',
		],
	])('but %s', (_, event, kind, message) => {
		const failure = failureOf(() => read([partial('stored:1'), event]));
		expect(failure).toMatchObject({ kind, message });
	});

	it.each<[string, StreamEvent[]]>([
		['the first error', [{ data: { error: 'First.' } }, { data: { error: 'Second.' } }]],
		[
			'the error of an entry',
			[
				{ data: { data: [{ error: 'First.' }, { error: 'Second.' }] } },
				{ data: { error: 'Third.' } },
			],
		],
	])('because of %s that was told', (_rule, events) => {
		expect(failureOf(() => read(events, {}, { interruption: BROKEN }))).toMatchObject({
			message: 'OpenAI: First.',
			status: 200,
		});
	});

	it('because of an error of which nothing is told', () => {
		expect(failureOf(() => read([{ data: { type: 'error' } }]))).toMatchObject({
			kind: 'providerDown',
			message: 'OpenAI answered with an error without a message (HTTP 200).',
		});
	});

	it('because the stream broke off', () => {
		const events = [partial('stored:1')];
		expect(failureOf(() => read(events, {}, { interruption: BROKEN }))).toBe(BROKEN.details);
	});

	test.each<[string, StreamEvent[], string]>([
		['nothing at all', [], 'OpenAI ended the stream before the image was finished.'],
		[
			'one partial image, told by the name of its event',
			[{ name: 'image_edit.partial_image', data: { b64_json: 'stored:1' } }],
			'OpenAI ended the stream before the image was finished. 1 partial image had come.',
		],
		[
			'two partial images',
			[partial('stored:1'), partial('stored:2')],
			'OpenAI ended the stream before the image was finished. 2 partial images had come.',
		],
	])('because it ended after %s', (_, events, message) => {
		const headers = { 'x-request-id': 'req_1' };
		expect(failureOf(() => read(events, {}, { headers }))).toMatchObject({
			kind: 'unreadableAnswer',
			message,
			advice: 'Try again in a few minutes, or without Stream.',
			status: 200,
			requestId: 'req_1',
		});
	});
});
