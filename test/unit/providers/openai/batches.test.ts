// Batches: the lines that are sent, the one endpoint for all of them, and how a batch stands.
import type { BatchCreateParams } from 'openai/resources/batches';

import type { ImageRequest, InputImage } from '../../../../providers/contract';
import { checkRequest } from '../../../../providers/limits/checkRequest';
import {
	endpointOf,
	formatNameIn,
	nameOfFormat,
	sharedReference,
	type BatchEntry,
} from '../../../../providers/openai/batchLines';
import {
	batchLimitsOf,
	createOpenAiBatches,
	referenceOf,
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
		const lines = batches.uploadLines([entry('a'), entry('b')]);
		expect(lines).toEqual({
			method: 'POST',
			url: `${API}/files`,
			idempotent: true,
			form: [
				{ name: 'purpose', value: 'batch' },
				{
					name: 'file',
					fileName: 'batch.jsonl',
					value: [
						'{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{"model":"gpt-image-2","prompt":"A red fox","n":1}}',
						'{"custom_id":"b","method":"POST","url":"/v1/images/generations","body":{"model":"gpt-image-2","prompt":"A red fox","n":1}}',
					].join('\n'),
				},
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
				idempotent: false,
				responseType: 'any',
				namesModel: true,
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
			{ method: 'GET', url: `${API}/batches/batch_1`, idempotent: true },
		],
		[
			'an id that could be a path',
			batches.get('../models'),
			{ method: 'GET', url: `${API}/batches/..%2Fmodels`, idempotent: true },
		],
		[
			'cancelling one, which may be said twice',
			batches.cancel('batch_1'),
			{ method: 'POST', url: `${API}/batches/batch_1/cancel`, idempotent: true },
		],
		[
			'fetching results, whose pictures go straight into the store',
			batches.results('file-2'),
			{
				method: 'GET',
				url: `${API}/files/file-2/content`,
				idempotent: true,
				base64Fields: ['b64_json'],
				responseType: 'lines',
			},
		],
		[
			'fetching the lines that a batch was made of',
			batches.input('file-1/../x'),
			{
				method: 'GET',
				url: `${API}/files/file-1%2F..%2Fx/content`,
				idempotent: true,
				responseType: 'lines',
				keptOfLine: expect.any(Function),
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

	test.each<[string, object, object]>([
		['no status', { status: null }, { status: 'unknown' }],
		['a status that is a number', { status: 5 }, { status: 'unknown' }],
		['a numeric id', { id: 7 }, { id: '7' }],
		['files that are no texts', { output_file_id: 5, error_file_id: {} }, {}],
	])('is read as far as it goes with %s', (_rule, parts, told) => {
		const without = Object.fromEntries(Object.keys(parts).map((name) => [name, undefined]));
		expect(read({ ...BATCH, ...parts })).toEqual({ ...BATCH, ...without, ...told });
	});

	test.each<[string, unknown, unknown]>([
		['as OpenAI has it', [{ code: 'e_1', message: 'No.' }], [{ code: 'e_1', message: 'No.' }]],
		['beside what is no error', [5, { message: 'No.' }, null], [{ message: 'No.' }]],
		['of another form', 'none', []],
		[
			'a hundred times',
			Array.from({ length: 101 }, () => ({ message: 'No.' })),
			Array.from({ length: 100 }, () => ({ message: 'No.' })),
		],
	])('tells its errors %s', (_rule, data, told) => {
		expect(read({ ...BATCH, errors: { data } }).errors?.data).toEqual(told);
	});

	test.each<[string, unknown, string | undefined]>([
		['has one', { reference: 'order 1' }, 'order 1'],
		['has none', undefined, undefined],
		['has null', null, undefined],
		['has an empty one', { reference: '' }, undefined],
		['has a number', { reference: 5 }, undefined],
		['has other data', 'x', undefined],
	])('%s for the reference that all its lines share', (_rule, metadata, reference) => {
		expect(referenceOf(read({ ...BATCH, metadata }))).toBe(reference);
	});

	it('that was cut behind its id has no state yet', () => {
		const body = '{"id":"batch_1","status":"val';
		expect(batches.readCreated(answerWith({ body }))).toMatchObject({
			id: 'batch_1',
			status: 'unknown',
		});
		const cut = answerWith({ body: '{"id":"batch_1' });
		expect(failureOf(() => batches.readCreated(cut)).kind).toBe('unreadableAnswer');
	});

	test.each<[string, unknown]>([
		['no id', { status: 'completed' }],
		['text', '<html>'],
	])('is unreadable with %s', (_rule, body) => {
		expect(failureOf(() => read(body)).kind).toBe('unreadableAnswer');
	});
});

describe('what a line takes', () => {
	const model = 'gpt-image-2.5-flare';
	const references = [imageWith('fox')];
	const check = (request: Partial<ImageRequest>) => () =>
		checkRequest(requestWith({ model, ...request }), batchLimitsOf(model, request.outputFormat));

	it('is a moderation level for edits too, as they are JSON', () => {
		expect(check({ references, extras: { moderation: 'low' } })).not.toThrow();
	});

	it('is no markup, as no document names one in JSON', () => {
		const markup = imageWith('marks', { hasAlpha: true });
		expect(failureOf(check({ references, markup })).message).toBe(
			`${model} can't work with a Markup here.`,
		);
	});

	it('is one SVG, and no more', () => {
		expect(check({ outputFormat: 'svg' })).not.toThrow();
		expect(failureOf(check({ outputFormat: 'svg', count: 2 })).message).toBe(
			`${model} makes 1 image at a time, not 2.`,
		);
		expect(check({ outputFormat: 'gif', count: 2 })).not.toThrow();
	});
});

test.each<[string, string | undefined]>([
	['a / Story', 'Story'],
	['a / b / Story', 'Story'],
	['a', undefined],
	['a/b', undefined],
	[' / ', ''],
])('the line "%s" is of the format %s', (name, format) => {
	expect(formatNameIn(name)).toBe(format);
	if (format !== undefined)
		expect(nameOfFormat(name.slice(0, -format.length - 3), format)).toBe(name);
});

describe("a line's reference of the person's own", () => {
	const named = (customId: string, orderReference?: string) => entry(customId, { orderReference });
	const idsOf = (entries: BatchEntry[]) =>
		linesOf(entries).map((line) => (line as { custom_id: string }).custom_id);
	const readBack = (ids: string[], reference?: string) =>
		[
			...batches.readInput(
				answerWith({ body: ids.map((custom_id) => ({ custom_id, body: {} })) }),
				reference,
			),
		].map(([customId, { orderReference }]) => [customId, orderReference]);

	test.each<[string, BatchEntry[], string[], string | undefined]>([
		['is part of the name', [named('a', '1'), named('b', '2')], ['a#ref=1', 'b#ref=2'], undefined],
		['may be missing', [named('a', '1'), named('b')], ['a#ref=1', 'b'], undefined],
		[
			'may have the mark in it',
			[named('a', '#ref=x'), named('b')],
			['a#ref=#ref=x', 'b'],
			undefined,
		],
		["that all share is the batch's", [named('a', '1'), named('b', '1')], ['a', 'b'], '1'],
		['that all share may be long', [named('a', 'x'.repeat(200))], ['a'], 'x'.repeat(200)],
		['that none has is none', [named('a'), named('b')], ['a', 'b'], undefined],
	])('%s, and comes back', (_rule, entries, ids, shared) => {
		expect(idsOf(entries)).toEqual(ids);
		expect(sharedReference(entries)).toBe(shared);
		expect(readBack(ids, shared)).toEqual(
			entries.map(({ customId, request }) => [customId, request.orderReference]),
		);
		expect(batches.create('file-1', '/v1/images/edits', shared).json?.metadata).toEqual(
			shared === undefined ? undefined : { reference: shared },
		);
	});

	test.each<[string, BatchEntry[], string, string]>([
		[
			'long together',
			[named('c'), named('a'.repeat(30), 'b'.repeat(30))],
			`The Custom ID "${'a'.repeat(30)}" and Your Reference have 65 characters together, with the 5 between them. A batch takes at most 64.`,
			'Use shorter ones, or only the Custom ID.',
		],
		[
			'hard to tell apart',
			[named('c'), named('a#ref=b')],
			'The Custom ID "a#ref=b" has #ref= in it.',
			'Use another one: by this the results tell the Custom ID from Your Reference.',
		],
	])('is refused where the two are %s', (_rule, entries, message, advice) => {
		expect(failureOf(() => endpointOf(entries))).toEqual({ kind: 'badInput', message, advice });
	});

	it('may be as long as 64 characters together', () => {
		const entries = [named('c'), named('a'.repeat(30), 'b'.repeat(29))];
		expect(endpointOf(entries)).toBe('/v1/images/generations');
	});
});
