// Predictions in both dialects: the documented answers, what each word means, and odd shapes that a paid one must survive.
import fc from 'fast-check';

import type { ImageRequest, TaskStatus } from '../../../../providers/contract';
import { createCoreToday } from '../../../../providers/coretoday';
import { ImageFailure } from '../../../../providers/failure';
import { answerWith, failureOf, requestWith } from '../support';

const MODEL = 'openai/gpt-image-2';
const LINK = 'https://files.test/results/fox.webp';
const PUBLIC = 'https://public.test/fox.webp';
const COST = { amount: 0.48, currency: 'USD', credits: 480, estimated: true };
const { readTask } = createCoreToday('https://api.core.today/v1', 'storage');

const IN_A = {
	id: 'pred_1a2b',
	status: 'succeeded',
	model: MODEL,
	input: { prompt: 'A red fox', quality: 'auto' },
	output: [LINK],
	metrics: { total_time: 31.5, queue_time: 1.2 },
	created_at: '2026-11-20T11:59:00Z',
};
const IN_B = { job_id: 'job_1a2b', status: 'completed', model: 'gpt-image-2', result: LINK };

const read = (body: unknown, request?: Partial<ImageRequest>) =>
	readTask(answerWith({ body }), request && requestWith({ model: MODEL, ...request }));

describe('the documented answers', () => {
	it('reads dialect A', () => {
		expect(read(IN_A)).toEqual({
			id: 'pred_1a2b',
			status: 'succeeded',
			model: MODEL,
			images: [{ url: LINK }],
			failure: undefined,
			usage: IN_A.metrics,
			cost: COST,
			createdAt: new Date('2026-11-20T11:59:00Z'),
			unread: undefined,
			asked: { prompt: 'A red fox' },
			raw: IN_A,
		});
	});

	it('reads dialect B', () => {
		expect(read(IN_B, { quality: 'auto' })).toEqual({
			id: 'job_1a2b',
			status: 'succeeded',
			model: MODEL,
			images: [{ url: LINK }],
			failure: undefined,
			usage: undefined,
			cost: COST,
			createdAt: undefined,
			raw: IN_B,
		});
	});

	test.each<[string, object, Array<{ url: string }>]>([
		['a list in A', { output: [LINK, PUBLIC] }, [{ url: LINK }, { url: PUBLIC }]],
		['one link in A', { output: LINK }, [{ url: LINK }]],
		['a list in B', { output: null, result: [LINK] }, [{ url: LINK }]],
		['B in the words of A', { output: undefined, result: LINK }, [{ url: LINK }]],
		['an empty list in A and a link in B', { output: [], result: LINK }, [{ url: LINK }]],
		['the public link', { public_url: PUBLIC }, [{ url: PUBLIC }]],
		[
			'the public links',
			{ output: [LINK, LINK], public_url: [PUBLIC, `${PUBLIC}?2`] },
			[{ url: PUBLIC }, { url: `${PUBLIC}?2` }],
		],
		[
			'the public link, where it is the only one',
			{ output: undefined, public_url: PUBLIC },
			[{ url: PUBLIC }],
		],
		['the result, where there is no public link', { public_url: null }, [{ url: LINK }]],
		['the result, where the public link is empty', { public_url: '' }, [{ url: LINK }]],
		[
			'every result, where fewer are public',
			{ output: [LINK, `${LINK}?2`], public_url: PUBLIC },
			[{ url: LINK }, { url: `${LINK}?2` }],
		],
		[
			'what is a link in a list of other things',
			{ output: [null, 7, {}, '', LINK] },
			[{ url: LINK }],
		],
		['nothing, where nothing is', { output: {} }, []],
	])('takes %s', (_rule, parts, images) => {
		expect(read({ ...IN_A, ...parts })).toMatchObject({ status: 'succeeded', images });
	});

	test.each<[string, TaskStatus]>([
		['succeeded', 'succeeded'],
		['completed', 'succeeded'],
		['failed', 'failed'],
		['error', 'failed'],
		['canceled', 'cancelled'],
		['cancelled', 'cancelled'],
		['COMPLETED', 'succeeded'],
		['pending', 'running'],
		['queued', 'running'],
		['starting', 'running'],
		['processing', 'running'],
		['a_word_of_next_year', 'running'],
		['succeeded_partially', 'running'],
		['', 'running'],
		['__proto__', 'running'],
	])('the status "%s" means %s, in either dialect', (status, meaning) => {
		for (const body of [IN_A, IN_B]) {
			const task = read({ ...body, status });
			expect(task.status).toBe(meaning);
			expect(task.images).toHaveLength(meaning === 'succeeded' ? 1 : 0);
			if (meaning !== 'succeeded') expect(task.cost).toBeUndefined();
		}
	});

	test.each([[undefined], [null], [7], [['succeeded']], [{ toString: 'x' }], [{ toString: null }]])(
		'without a word on how it stands, but %j, its pictures tell',
		(status) => {
			expect(read({ ...IN_A, status })).toMatchObject({
				status: 'succeeded',
				images: [{ url: LINK }],
			});
			expect(read({ ...IN_A, status, output: null })).toMatchObject({
				status: 'queued',
				images: [],
			});
		},
	);
});

describe('what is there of the results comes out', () => {
	test.each<[string, object, object[], number | undefined]>([
		['objects with a url', { output: [{ url: LINK }] }, [{ url: LINK }], undefined],
		['objects with an image_url', { output: [{ image_url: LINK }] }, [{ url: LINK }], undefined],
		['null before a link', { output: [null, LINK] }, [{ url: LINK }], 1],
		['a bare text', { output: LINK }, [{ url: LINK }], undefined],
		['one object', { output: { url: LINK } }, [{ url: LINK }], undefined],
		[
			'an object around a list',
			{ output: { images: [LINK, PUBLIC] } },
			[{ url: LINK }, { url: PUBLIC }],
			undefined,
		],
		[
			'the same in B',
			{ output: null, result: { images: [{ url: LINK }] } },
			[{ url: LINK }],
			undefined,
		],
		['nothing that is a link', { output: [7, {}] }, [], 2],
		['a path', { output: ['/r/1.webp'] }, [{ url: 'https://api.core.today/r/1.webp' }], undefined],
		[
			'a data URI that the pipeline has stored',
			{ output: ['stored:0a1b'] },
			[{ stored: 'stored:0a1b' }],
			undefined,
		],
		['a data URI that nobody has stored', { output: ['data:image/png;base64,AAAA'] }, [], 1],
		[
			'a public link in place of one',
			{ output: [null], public_url: PUBLIC },
			[{ url: PUBLIC }],
			undefined,
		],
	])('%s', (_rule, parts, images, unread) => {
		const task = read({ ...IN_A, ...parts });
		expect(task).toMatchObject({ status: 'succeeded' });
		expect(task.images).toEqual(images);
		expect(task.unread).toBe(unread);
	});

	test.each<[string, object, object]>([
		['its size', { input: { aspect_ratio: '3:2' } }, { asked: { size: '3:2' } }],
		[
			'its size and its prompt',
			{ input: { aspect_ratio: '3:2', prompt: 'A red fox' } },
			{ asked: { size: '3:2', prompt: 'A red fox' } },
		],
		['its model, where nothing else does', { model: 'owner/model' }, { model: 'owner/model' }],
	])('what was asked for is told by %s', (_rule, parts, told) => {
		expect(read({ ...IN_B, model: null, ...parts })).toMatchObject(told);
	});

	test.each<[string, unknown]>([
		['an empty input', {}],
		['odd ones', { aspect_ratio: 5, prompt: '' }],
		['no input', undefined],
	])('nothing that was asked for is told by %s', (_rule, input) => {
		expect(read({ ...IN_B, input })).not.toHaveProperty('asked');
		expect(read({ ...IN_B, model: 7 }).model).toBeUndefined();
	});

	test.each<[string, object, object[], number | undefined]>([
		['as many', { output: [LINK], public_url: PUBLIC }, [{ url: PUBLIC }], undefined],
		[
			'more',
			{ output: [LINK], public_url: [PUBLIC, LINK] },
			[{ url: PUBLIC }, { url: LINK }],
			undefined,
		],
		[
			'fewer',
			{ output: [LINK, PUBLIC], public_url: PUBLIC },
			[{ url: LINK }, { url: PUBLIC }],
			undefined,
		],
		['fewer than were made', { output: [LINK, null], public_url: PUBLIC }, [{ url: PUBLIC }], 1],
		['none', { output: [LINK, null], public_url: null }, [{ url: LINK }], 1],
		['none of none', { output: [null], public_url: null }, [], 1],
	])('public links are preferred, where there are %s', (_rule, parts, images, unread) => {
		const task = read({ ...IN_A, ...parts });
		expect(task.images).toEqual(images);
		expect(task.unread).toBe(unread);
	});

	test.each<[string, string]>([
		['{"job_id":"job_1","status":"comp', 'job_1'],
		['{"id":"pred_1"', 'pred_1'],
		['{"id": 17,"output":["https://fi', '17'],
	])('the ID of an answer that was cut off: %s', (body, id) => {
		expect(read(body)).toMatchObject({ id, status: 'queued', images: [] });
		const { isUsable } = createCoreToday('https://api.core.today/v1', 'storage').submit(
			requestWith({ model: MODEL }),
		);
		expect(isUsable?.(body)).toBe(true);
	});

	test("an error under HTTP 200 is told in Core.Today's words, and nobody knows what was done", () => {
		expect(failureOf(() => read({ error: 'Something broke.' }))).toMatchObject({
			kind: 'unreadableAnswer',
			message: 'Core.Today: Something broke.',
		});
		expect(failureOf(() => read({ error: { code: 429, message: 'Slow down.' } }))).toMatchObject({
			kind: 'rateLimit',
			message: 'Core.Today: Slow down.',
		});
	});
});

describe('a failed prediction says why, in every shape', () => {
	test.each<[string, object, { code: string; message: string }]>([
		['error.message', { error: { message: 'Broken.' } }, { code: 'unknown', message: 'Broken.' }],
		[
			'error.message with a code',
			{ error: { message: 'Broken.', code: 'E_1' } },
			{ code: 'E_1', message: 'Broken.' },
		],
		['error as text', { error: 'Broken.' }, { code: 'unknown', message: 'Broken.' }],
		['detail', { detail: 'Broken.' }, { code: 'unknown', message: 'Broken.' }],
		['message', { error: null, message: 'Broken.' }, { code: 'unknown', message: 'Broken.' }],
		[
			'message beside an empty error',
			{ error: '', message: 'Broken.' },
			{ code: 'unknown', message: 'Broken.' },
		],
		['nothing', {}, { code: 'unknown', message: 'No reason was given.' }],
	])('%s', (_rule, parts, failure) => {
		for (const status of ['failed', 'error']) {
			expect(read({ id: 'pred_1', status, ...parts })).toMatchObject({
				id: 'pred_1',
				status: 'failed',
				images: [],
				failure,
			});
		}
	});

	it('and one that has not failed has no failure, whatever it says', () => {
		expect(read({ ...IN_A, message: 'Done.', error: null }).failure).toBeUndefined();
	});
});

describe('odd shapes', () => {
	test.each<[string, object, string]>([
		['the id of A first', { id: 'pred_1', job_id: 'job_1' }, 'pred_1'],
		['the id of B, where A has none', { id: null, job_id: 'job_1' }, 'job_1'],
		['the id of B, where that of A is empty', { id: '', job_id: 'job_1' }, 'job_1'],
		['a number as id', { id: 17 }, '17'],
	])('takes %s', (_rule, ids, id) => {
		expect(read({ status: 'processing', ...ids })).toMatchObject({ id, status: 'running' });
	});

	test.each<[string, object, Date | undefined]>([
		[
			'a date as text',
			{ created_at: '2026-11-20T12:00:00+09:00' },
			new Date('2026-11-20T03:00:00Z'),
		],
		['seconds', { created: 1795176000 }, new Date(1795176000_000)],
		[
			'null, where the other name has it',
			{ created_at: null, created: 1795176000 },
			new Date(1795176000_000),
		],
		['milliseconds', { created_at: 1795176000_000 }, new Date(1795176000_000)],
		['microseconds', { created_at: 1795176000_000_000 }, new Date(1795176000_000)],
		['no time that there is', { created_at: 1e300 }, undefined],
		['no date', { created_at: 'yesterday' }, undefined],
		['an object', { created_at: {} }, undefined],
		['nothing', {}, undefined],
	])('reads when it began from %s', (_rule, parts, createdAt) => {
		expect(read({ id: 'pred_1', ...parts }).createdAt).toEqual(createdAt);
	});

	test.each<[string, unknown]>([
		['no id', { status: 'succeeded', output: [LINK] }],
		['an id that is an object', { id: { $ne: '' } }],
		['an id that is a list', { id: ['pred_1'] }],
		['a list', [IN_A]],
		['text', 'pred_1'],
		['a web page', '<html></html>'],
		['null', null],
		['nothing', undefined],
	])('is unreadable with %s', (_rule, body) => {
		expect(failureOf(() => read(body)).kind).toBe('unreadableAnswer');
	});

	it('is read or unreadable, and nothing else, whatever arrives', () => {
		const names = ['id', 'job_id', 'status', 'output', 'result', 'public_url', 'error', 'detail'];
		const fields = [...names, 'message', 'created_at', 'created', 'model', 'input', 'metrics'];
		const odd = fc.dictionary(fc.constantFrom(...fields), fc.jsonValue());
		const likely = fc.constantFrom('succeeded', 'failed', 'processing');
		const body = fc.oneof(
			fc.jsonValue(),
			odd,
			fc.tuple(odd, likely).map(([parts, status]) => ({ ...parts, id: 'pred_1', status })),
		);
		fc.assert(
			fc.property(body, (value) => {
				try {
					const task = read(value, {});
					expect(task.id).not.toBe('');
					for (const { url, stored } of task.images) expect(typeof (url ?? stored)).toBe('string');
				} catch (error) {
					expect(error).toBeInstanceOf(ImageFailure);
				}
			}),
		);
	});
});

test.each<[string, unknown, string | undefined]>([
	['dialect A', IN_A, 'pred_1a2b'],
	['dialect B', IN_B, 'job_1a2b'],
	['a failed one', { id: 'pred_1', status: 'failed', error: { code: 5 } }, 'pred_1'],
	['no more than an id', { job_id: 'job_1' }, 'job_1'],
	['a number as id', { id: 17 }, '17'],
	['another kind of object', { hello: 'world' }, undefined],
	['an id that is an object', { id: { $ne: '' }, status: 'completed' }, undefined],
	['an id that is a list', { id: ['pred_1'] }, undefined],
	['an id that is true', { id: true }, undefined],
	['an empty id', { id: '' }, undefined],
	['a list', [IN_A], undefined],
	['text', 'pred_1', undefined],
	['null', null, undefined],
	['nothing', undefined, undefined],
])('the prediction that a callback speaks of, when its body is %s', (_rule, body, id) => {
	expect(createCoreToday('https://api.core.today/v1', 'multipart').readCallback(body)).toBe(id);
});
