// Background tasks: the request to the Responses API, held against the official client's types, and every way it can end.
import type { ImageRequest, InputImage } from '../../../../providers/contract';
import { createOpenAiTasks, DEFAULT_CALLING_MODEL } from '../../../../providers/openai/tasks';
import { answerWith, failureOf, imageWith, requestWith } from '../support';
import type {
	ImageGenerationCall,
	ImageGenerationTool,
	ImageGenerationUsage,
	ResponseBody,
} from './responseTypes';

const API = 'https://api.openai.com/v1';
const tasks = createOpenAiTasks(API);

const uploaded = (fileId: string): InputImage => ({ ...imageWith(fileId), fileId });
const linked = (url: string): InputImage => ({ label: url, url });

describe('the request', () => {
	const bodyOf = (request: Partial<ImageRequest>) => tasks.submit(requestWith(request)).json;

	it('is posted as one that may charge, and its picture goes straight into the store', () => {
		const { json, ...rest } = tasks.submit(requestWith({}));
		expect(rest).toEqual({
			method: 'POST',
			url: `${API}/responses`,
			base64Fields: ['result'],
			repeatable: false,
		});
		expect(json).toBeDefined();
	});

	it('asks a text model to call the image tool, in the background', () => {
		expect(bodyOf({})).toStrictEqual({
			model: DEFAULT_CALLING_MODEL,
			background: true,
			input: [{ role: 'user', content: [{ type: 'input_text', text: 'A red fox' }] }],
			tools: [{ type: 'image_generation', model: 'gpt-image-2', action: 'generate' }],
			tool_choice: { type: 'image_generation' },
		} satisfies ResponseBody);
	});

	it('carries input images as files and as links, and the mask in the tool', () => {
		const references = [uploaded('file-1'), linked('https://a.test/b.png')];
		expect(bodyOf({ references, mask: uploaded('file-2') })).toStrictEqual({
			model: DEFAULT_CALLING_MODEL,
			background: true,
			input: [
				{
					role: 'user',
					content: [
						{ type: 'input_text', text: 'A red fox' },
						{ type: 'input_image', detail: 'auto', file_id: 'file-1' },
						{ type: 'input_image', detail: 'auto', image_url: 'https://a.test/b.png' },
					],
				},
			],
			tools: [
				{
					type: 'image_generation',
					model: 'gpt-image-2',
					action: 'edit',
					input_image_mask: { file_id: 'file-2' },
				},
			],
			tool_choice: { type: 'image_generation' },
		} satisfies ResponseBody);
	});

	test.each<[string, Partial<ImageRequest>, ImageGenerationTool]>([
		[
			'every setting',
			{
				size: '1536x864',
				quality: 'high',
				background: 'transparent',
				outputFormat: 'webp',
				compression: 0,
				extras: { moderation: 'low' },
			},
			{
				type: 'image_generation',
				model: 'gpt-image-2',
				size: '1536x864',
				quality: 'high',
				background: 'transparent',
				output_format: 'webp',
				output_compression: 0,
				moderation: 'low',
				action: 'generate',
			},
		],
		[
			'nothing that is automatic or empty',
			{ size: 'auto', quality: 'auto', background: 'auto', outputFormat: '' },
			{ type: 'image_generation', model: 'gpt-image-2', action: 'generate' },
		],
		[
			'how closely the input images are kept',
			{
				model: 'gpt-image-1.5',
				references: [uploaded('file-1')],
				extras: { input_fidelity: 'high' },
			},
			{
				type: 'image_generation',
				model: 'gpt-image-1.5',
				input_fidelity: 'high',
				action: 'edit',
			},
		],
	])('gives the tool %s', (_rule, request, tool) => {
		expect(bodyOf(request)?.tools).toStrictEqual([tool]);
	});

	it('sends everything that only this provider has, so that nothing is dropped unsaid', () => {
		const extras = { safety_identifier: 'b7f2', user: 'user-1', seed: 7 };
		expect(bodyOf({ model: 'a-model-of-next-year', extras })).toMatchObject({
			safety_identifier: 'b7f2',
			user: 'user-1',
			tools: [{ seed: 7 }],
		});
	});

	it('lets another model call the tool', () => {
		const request = createOpenAiTasks(API, 'gpt-5').submit(requestWith({}));
		expect(request.json).toMatchObject({ model: 'gpt-5', tools: [{ model: 'gpt-image-2' }] });
	});
});

describe('the other routes', () => {
	const base64Fields = ['result'];
	test.each([
		[
			'looking a task up',
			tasks.poll('resp_1'),
			{ method: 'GET', url: `${API}/responses/resp_1`, repeatable: true, base64Fields },
		],
		[
			'an id that could be a path',
			tasks.poll('../models?x'),
			{ method: 'GET', url: `${API}/responses/..%2Fmodels%3Fx`, repeatable: true, base64Fields },
		],
		[
			'cancelling a task, which may be said twice',
			tasks.cancel('resp_1'),
			{ method: 'POST', url: `${API}/responses/resp_1/cancel`, repeatable: true, base64Fields },
		],
		[
			'uploading an input image',
			tasks.upload.request({ label: 'data' }),
			{
				method: 'POST',
				url: `${API}/files`,
				repeatable: true,
				form: [
					{ name: 'purpose', value: 'vision' },
					{ name: 'file', file: { label: 'data' } },
				],
			},
		],
	])('%s', (_rule, request, expected) => {
		expect(request).toEqual(expected);
	});

	it('reads what an upload answers', () => {
		const body = {
			id: 'file-1',
			object: 'file',
			bytes: 1000,
			filename: 'fox.png',
			purpose: 'vision',
		};
		expect(tasks.upload.read(answerWith({ body }))).toEqual({
			id: 'file-1',
			name: 'fox.png',
			bytes: 1000,
		});
		expect(failureOf(() => tasks.upload.read(answerWith({ body: {} }))).kind).toBe(
			'unreadableAnswer',
		);
	});
});

const CALL: ImageGenerationCall = {
	id: 'ig_1',
	type: 'image_generation_call',
	status: 'completed',
	result: 'stored:1',
	revised_prompt: 'A very red fox',
	action: 'generate',
	size: '1024x1024',
	quality: 'high',
};
const MESSAGE = {
	id: 'msg_1',
	type: 'message',
	role: 'assistant',
	status: 'completed',
	content: [{ type: 'output_text', text: 'Here it is.', annotations: [] }],
};
const USAGE = {
	input_tokens: 40,
	input_tokens_details: { cached_tokens: 0 },
	output_tokens: 12,
	output_tokens_details: { reasoning_tokens: 0 },
	total_tokens: 52,
};
const RESPONSE = {
	id: 'resp_1',
	object: 'response',
	created_at: 1795176000,
	status: 'completed',
	model: 'gpt-4o-mini',
	error: null,
	incomplete_details: null,
	output: [CALL, MESSAGE],
	tools: [{ type: 'image_generation', model: 'gpt-image-2' }],
	usage: USAGE,
};
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
		['text', '{"id":"resp_1","sta'],
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
	const cost = {
		amount: (20 * 5 + 40 * 8 + 7024 * 30) / 1e6,
		currency: 'USD',
		// What the text model takes is not in it.
		estimated: true,
	};

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
			cost,
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
});

describe('a response without an image', () => {
	const blocked = (moderation_stage: string, categories: string[]): ImageGenerationCall =>
		({
			id: 'ig_1',
			type: 'image_generation_call',
			status: 'failed',
			result: null,
			error: {
				code: 'moderation_blocked',
				message: 'Your request was rejected.',
				param: null,
				type: 'image_generation_user_error',
				moderation_details: { moderation_stage, categories },
			},
		}) as ImageGenerationCall;

	test.each<[string, object, string, string, string]>([
		[
			'whose tool was never called',
			{ output: [MESSAGE] },
			'taskFailed',
			'no_image',
			'OpenAI: the task ended without an image.',
		],
		[
			'without any output',
			{ output: null },
			'taskFailed',
			'no_image',
			'OpenAI: the task ended without an image.',
		],
		[
			'whose picture is null',
			{ output: [{ ...CALL, result: null }] },
			'taskFailed',
			'no_image',
			'OpenAI: the task ended without an image.',
		],
		[
			'whose picture is empty',
			{ output: [{ ...CALL, result: '' }] },
			'taskFailed',
			'no_image',
			'OpenAI: the task ended without an image.',
		],
		[
			'that failed',
			{
				status: 'failed',
				output: [],
				error: { code: 'server_error', message: 'Something broke.' },
			},
			'taskFailed',
			'server_error',
			'OpenAI: Something broke.',
		],
		[
			'that failed for what it shows',
			{
				status: 'failed',
				output: [],
				error: { code: 'image_content_policy_violation', message: 'Not this.' },
			},
			'moderation',
			'image_content_policy_violation',
			'OpenAI: Not this.',
		],
		[
			'that failed for a policy',
			{ status: 'failed', output: [], error: { code: 'bio_policy', message: 'Not this.' } },
			'moderation',
			'bio_policy',
			'OpenAI: Not this.',
		],
		[
			'whose tokens ran out',
			{ status: 'incomplete', output: [], incomplete_details: { reason: 'max_output_tokens' } },
			'taskFailed',
			'max_output_tokens',
			'OpenAI: the task ended early (max_output_tokens).',
		],
		[
			'that a filter stopped',
			{ status: 'incomplete', output: [], incomplete_details: { reason: 'content_filter' } },
			'moderation',
			'content_filter',
			'OpenAI: the task ended early (content_filter).',
		],
		[
			'whose prompt was refused',
			{ output: [blocked('input', ['violence', 'self-harm'])] },
			'moderation',
			'moderation_blocked',
			"OpenAI's safety check refused the request (violence, self-harm): Your request was rejected.",
		],
		[
			'whose picture was held back',
			{ output: [blocked('output', ['sexual']), MESSAGE] },
			'moderation',
			'moderation_blocked',
			'OpenAI drew the image, but its safety check held it back (sexual): Your request was rejected.',
		],
		[
			'whose tool failed',
			{
				output: [{ ...CALL, status: 'failed', result: null, error: { message: 'Too busy.' } }],
			},
			'taskFailed',
			'no_image',
			'OpenAI: Too busy.',
		],
	])('%s', (_rule, parts, kind, code, message) => {
		const task = read({ ...RESPONSE, ...parts });
		expect(task).toMatchObject({ status: 'failed', images: [], failure: { code } });
		const { details } = tasks.readTaskFailure(task);
		expect(details).toMatchObject({ kind, code, message, taskId: 'resp_1' });
		expect(details.advice).not.toBe('');
	});

	it('is told from one that was cancelled', () => {
		const task = read({ ...RESPONSE, status: 'cancelled', output: [] });
		expect(task.failure).toBeUndefined();
		expect(tasks.readTaskFailure(task).details).toMatchObject({
			kind: 'taskFailed',
			message: 'OpenAI: the task was cancelled before its image was made.',
			taskId: 'resp_1',
		});
	});

	it('must not be sent again unchanged when its content was refused', () => {
		const { advice } = tasks.readTaskFailure(
			read({ ...RESPONSE, output: [blocked('input', [])] }),
		).details;
		expect(advice).toContain('sent again unchanged, they will be refused again');
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
	expect(tasks.readCallback(body)).toBe(id);
});
