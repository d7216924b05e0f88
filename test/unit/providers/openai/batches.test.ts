// Batches: the lines that are sent, the one endpoint for all of them, and results of which some lines failed.
import type { BatchCreateParams } from 'openai/resources/batches';

import type { ImageRequest, InputImage } from '../../../../providers/contract';
import {
	createOpenAiBatches,
	endpointOf,
	type BatchEntry,
} from '../../../../providers/openai/batches';
import { answerWith, failureOf, imageWith, requestWith } from '../support';

const API = 'https://api.openai.com/v1';
const batches = createOpenAiBatches(API);

const entry = (customId: string, request: Partial<ImageRequest> = {}): BatchEntry => ({
	customId,
	request: requestWith(request),
});
const uploaded = (fileId: string): InputImage => ({ ...imageWith(fileId), fileId });
const linked = (url: string): InputImage => ({ label: url, url });

/** The lines of the file that is uploaded, parsed. */
function linesOf(entries: BatchEntry[]): unknown[] {
	const part = batches.uploadLines(entries).form?.find(({ name }) => name === 'file');
	if (!part || !('value' in part)) throw new Error('The lines must be sent as a text.');
	return part.value.split('\n').map((line): unknown => JSON.parse(line));
}

describe('the lines', () => {
	it('are uploaded as a file for batches', () => {
		expect(batches.uploadLines([entry('a')])).toMatchObject({
			method: 'POST',
			url: `${API}/files`,
			repeatable: true,
			form: [
				{ name: 'purpose', value: 'batch' },
				{ name: 'file', fileName: 'batch.jsonl' },
			],
		});
	});

	it('hold a request each, with the same settings as elsewhere', () => {
		const settings = { size: '1536x864', quality: 'auto', outputFormat: 'jpeg', compression: 80 };
		expect(linesOf([entry('a'), entry('여우 "1"\n', { ...settings, count: 2 })])).toEqual([
			{
				custom_id: 'a',
				method: 'POST',
				url: '/v1/images/generations',
				body: { model: 'gpt-image-2', prompt: 'A red fox', n: 1 },
			},
			{
				custom_id: '여우 "1"\n',
				method: 'POST',
				url: '/v1/images/generations',
				body: {
					model: 'gpt-image-2',
					prompt: 'A red fox',
					n: 2,
					size: '1536x864',
					output_format: 'jpeg',
					output_compression: 80,
				},
			},
		]);
	});

	it('name the images of an edit by the ids of uploaded files, or by their links', () => {
		const references = [uploaded('file-1'), linked('https://a.test/b.png')];
		expect(linesOf([entry('a', { references, mask: uploaded('file-2') })])).toEqual([
			{
				custom_id: 'a',
				method: 'POST',
				url: '/v1/images/edits',
				body: {
					model: 'gpt-image-2',
					prompt: 'A red fox',
					n: 1,
					images: [{ file_id: 'file-1' }, { image_url: 'https://a.test/b.png' }],
					mask: { file_id: 'file-2' },
				},
			},
		]);
	});
});

describe('the endpoint', () => {
	const edit = { references: [uploaded('file-1')] };
	test.each<[string, BatchEntry[], BatchCreateParams['endpoint']]>([
		['without input images', [entry('a'), entry('b')], '/v1/images/generations'],
		['with input images', [entry('a', edit), entry('b', edit)], '/v1/images/edits'],
		[
			'of as many items as a batch takes',
			Array.from({ length: 50_000 }, () => entry('a')),
			'/v1/images/generations',
		],
	])('of a batch %s', (_rule, entries, endpoint) => {
		expect(endpointOf(entries)).toBe(endpoint);
	});

	test.each<[string, BatchEntry[], string, string]>([
		[
			'some items have input images and some have none',
			[entry('a'), entry('b', edit)],
			'Some items of this batch have input images and some have none.',
			'Make two batches, for instance behind an If node: one with input images, one without.',
		],
		[
			'the items have several models',
			[entry('a'), entry('b', { model: 'gpt-image-1.5' }), entry('c')],
			'A batch takes one model, these items have "gpt-image-2" and "gpt-image-1.5".',
			'Make a batch for each model, for instance behind an If node.',
		],
		[
			'there are too many items',
			Array.from({ length: 50_001 }, () => entry('a')),
			'A batch takes at most 50,000 items, these are 50,001.',
			'Split the items, for instance with the Loop Over Items node.',
		],
	])('is refused when %s', (_rule, entries, message, advice) => {
		expect(failureOf(() => endpointOf(entries))).toEqual({ kind: 'badInput', message, advice });
		expect(failureOf(() => batches.uploadLines(entries)).message).toBe(message);
	});
});

describe('the routes', () => {
	test.each([
		[
			'making a batch',
			batches.create('file-1', '/v1/images/edits'),
			{
				method: 'POST',
				url: `${API}/batches`,
				repeatable: false,
				json: {
					input_file_id: 'file-1',
					endpoint: '/v1/images/edits',
					completion_window: '24h',
				} satisfies BatchCreateParams,
			},
		],
		[
			'looking one up',
			batches.get('batch_1'),
			{ method: 'GET', url: `${API}/batches/batch_1`, repeatable: true },
		],
		[
			'an id that could be a path',
			batches.get('../models'),
			{ method: 'GET', url: `${API}/batches/..%2Fmodels`, repeatable: true },
		],
		[
			'cancelling one, which may be said twice',
			batches.cancel('batch_1'),
			{ method: 'POST', url: `${API}/batches/batch_1/cancel`, repeatable: true },
		],
		[
			'fetching results, whose pictures go straight into the store',
			batches.results('file-2'),
			{
				method: 'GET',
				url: `${API}/files/file-2/content`,
				repeatable: true,
				base64Fields: ['b64_json'],
				answerForm: 'lines',
			},
		],
	])('%s', (_rule, request, expected) => {
		expect(request).toEqual(expected);
	});
});

describe('a batch', () => {
	const BATCH = {
		id: 'batch_1',
		object: 'batch',
		endpoint: '/v1/images/generations',
		model: 'gpt-image-2',
		status: 'completed',
		created_at: 1795176000,
		expires_at: 1795262400,
		output_file_id: 'file-2',
		error_file_id: 'file-3',
		request_counts: { total: 3, completed: 2, failed: 1 },
	};
	const read = (body: unknown) => batches.read(answerWith({ body }));

	it('is read with its files and counts', () => {
		expect(read(BATCH)).toMatchObject(BATCH);
	});

	test.each<[string, object]>([
		['null in place of what is missing', { model: null, output_file_id: null, errors: null }],
		['counts of another form', { request_counts: { total: 3 } }],
		['times that are no numbers', { created_at: '2026-11-20', expires_at: 'tomorrow' }],
		['errors of another form', { errors: 'none' }],
	])('is read with %s', (_rule, parts) => {
		expect(read({ ...BATCH, ...parts })).toMatchObject({ id: 'batch_1', status: 'completed' });
	});

	test.each<[string, unknown]>([
		['no id', { status: 'completed' }],
		['no status', { id: 'batch_1' }],
		['text', '<html>'],
	])('is unreadable with %s', (_rule, body) => {
		expect(failureOf(() => read(body)).kind).toBe('unreadableAnswer');
	});
});

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
					estimated: false,
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
			{ kind: 'providerDown', status: 500 },
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

	it('name no HTTP status that nobody answered', () => {
		const error = { code: 'batch_expired', message: 'The completion window was over.' };
		const [result] = read([{ custom_id: 'a', response: null, error }]);
		expect(result?.failure?.status).toBeUndefined();
		expect(result?.failure?.advice).not.toContain('named setting');
	});

	test.each<[string, unknown, string]>([
		['text that was cut', '{"custom_id":"a","resp', 'line 2'],
		['no name', { response: { status_code: 200, body: images } }, 'line 2'],
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
