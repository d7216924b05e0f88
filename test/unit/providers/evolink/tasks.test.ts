// EvoLink's tasks: the documented answers, and every odd shape that a paid task must survive.
import * as evoLink from '../../../../providers/evolink/tasks';
import { tellsTask } from '../../../../providers/answers/toldTask';
import type { HttpAnswer } from '../../../../providers/contract';
import { answerWith, failureOf } from '../support';

/** The create's answer, word for word from EvoLink's document. */
const CREATED = {
	created: 1757156493,
	id: 'task-unified-1757156493-imcg5zqt',
	model: 'gpt-4o-image',
	object: 'image.generation.task',
	progress: 0,
	status: 'pending',
	task_info: { can_cancel: true, estimated_time: 100 },
	type: 'image',
	usage: {
		billing_rule: 'per_call',
		credits_reserved: 252,
		estimated_cost: 0.252,
		user_group: 'default',
	},
};
const FINISHED = {
	...CREATED,
	status: 'completed',
	progress: 100,
	results: ['https://files.test/1.png', 'https://files.test/2.png'],
};
const DAY = 24 * 60 * 60 * 1000;

const API = 'https://api.evolink.ai';
const { readCallback } = evoLink;
const readTask = (answer: HttpAnswer) => evoLink.readTask(answer, API);
const readTasks = (answer: HttpAnswer) => evoLink.readTasks(answer, API);
const readTaskPage = (answer: HttpAnswer) => evoLink.readTaskPage(answer, API);
const read = (body: unknown) => readTask(answerWith({ body }));

describe('the documented answers', () => {
	it('reads what a create answers', () => {
		expect(read(CREATED)).toEqual({
			id: 'task-unified-1757156493-imcg5zqt',
			status: 'queued',
			model: 'gpt-4o-image',
			progress: 0,
			images: [],
			failure: undefined,
			usage: CREATED.usage,
			cost: undefined,
			etaSeconds: 100,
			createdAt: new Date(1757156493_000),
			expiresAt: undefined,
			unread: undefined,
			replayed: false,
			raw: CREATED,
		});
	});

	it('reads a finished task, whose links work for 24 hours', () => {
		const task = read({ ...FINISHED, completed_at: 1757156593 });
		expect(task).toMatchObject({
			status: 'succeeded',
			progress: 100,
			images: [{ url: 'https://files.test/1.png' }, { url: 'https://files.test/2.png' }],
			expiresAt: new Date(1757156593_000 + DAY),
		});
		expect(task.failure).toBeUndefined();
	});

	it('counts the 24 hours from the start where the end is not told, never too long', () => {
		expect(read(FINISHED).expiresAt).toEqual(new Date(CREATED.created * 1000 + DAY));
	});

	it('reads a failed task, which costs nothing', () => {
		const error = { code: 'content_policy_violation', message: 'The prompt was refused.' };
		const task = read({ ...CREATED, status: 'failed', error });
		expect(task).toMatchObject({ status: 'failed', failure: error, images: [] });
		expect(task.cost).toBeUndefined();
		expect(task.expiresAt).toBeUndefined();
	});

	it('reads a cancelled task', () => {
		const task = read({ ...CREATED, status: 'cancelled' });
		expect(task).toMatchObject({ status: 'cancelled', images: [] });
		expect(task.cost).toBeUndefined();
	});

	test.each([
		['pending', 'queued'],
		['processing', 'running'],
		['completed', 'succeeded'],
		['failed', 'failed'],
		['cancelled', 'cancelled'],
		['canceled', 'cancelled'],
		['COMPLETED', 'succeeded'],
		['a_word_of_next_year', 'running'],
		['', 'running'],
	])('the status "%s" means %s', (status, meaning) => {
		expect(read({ ...CREATED, status }).status).toBe(meaning);
	});

	test.each([
		[true, { 'idempotency-replayed': 'true' }],
		[false, { 'idempotency-replayed': 'false' }],
		[false, {}],
	])('a replay is told by its header: %s', (replayed, headers) => {
		expect(readTask(answerWith({ headers, body: CREATED })).replayed).toBe(replayed);
	});
});

describe('odd shapes', () => {
	test.each<[string, object, object]>([
		['a status', { status: 'processing' }, { status: 'running', images: [] }],
		['nothing else', {}, { status: 'queued', images: [] }],
		['a status that is no text', { status: 3 }, { status: 'queued' }],
		['spaces around the status', { status: ' Completed ' }, { status: 'succeeded' }],
		['an error, which is no state', { error: { code: 'busy' } }, { status: 'queued' }],
		[
			'pictures and no status',
			{ results: ['https://files.test/1.png'] },
			{ status: 'succeeded', images: [{ url: 'https://files.test/1.png' }] },
		],
		['a name of every object as status', { status: 'constructor' }, { status: 'running' }],
	])('needs no more than an id: %s', (_rule, parts, expected) => {
		expect(read({ id: 'task-1', ...parts })).toMatchObject({ id: 'task-1', ...expected });
	});

	it('takes a number as id', () => {
		expect(read({ ...CREATED, id: 17571564931 })).toMatchObject({ id: '17571564931' });
	});

	test.each<[string, string, object]>([
		['behind the id', '{"id":"task-1"', { id: 'task-1' }],
		['within the model', '{"created":5,"id":"task-1","model":"gp', { id: 'task-1' }],
		[
			'behind a status, which is asked for then',
			'{"id":"task-1","status":"completed","results":["https://fi',
			{ id: 'task-1', images: [] },
		],
		['behind a number as id', '{"id": 17, "mod', { id: '17' }],
		['behind an object', '{"task_info":{"id":"other"},"id":"task-1","x', { id: 'task-1' }],
	])('reads the id of an answer that was cut off %s', (_rule, body, expected) => {
		expect(read(body)).toMatchObject({ status: 'queued', ...expected });
		expect(tellsTask(body, evoLink.ID)).toBe(true);
	});

	test.each<[string, object, object]>([
		['microseconds', { created: 1757156493000000 }, { createdAt: new Date(1757156493_000) }],
		['an impossible time', { created: 1e300 }, { createdAt: undefined, expiresAt: undefined }],
		[
			'the time as the history names it',
			{ created: undefined, created_at: 1757156493 },
			{ createdAt: new Date(1757156493_000) },
		],
		[
			'the time as text',
			{ created: '2025-09-06T11:01:33Z' },
			{ createdAt: new Date(1757156493_000) },
		],
	])('reads %s', (_rule, parts, expected) => {
		expect(read({ ...FINISHED, ...parts })).toMatchObject(expected);
	});

	test.each<[string, object]>([
		[
			'null in place of what is missing',
			{
				model: null,
				progress: null,
				results: null,
				error: null,
				task_info: null,
				usage: null,
				created: null,
			},
		],
		['fields that nobody knows', { surprise: { deep: [1] } }],
		['an estimate that is no number', { task_info: { estimated_time: 'soon' } }],
		['a progress that is no number', { progress: '45%' }],
		['times that are no numbers', { created: '2026-11-20', completed_at: 'today' }],
		['a usage that is no object', { usage: 'free' }],
		['a cost that is a plain number', { usage: { cost: 0.25 } }],
		['credits as text', { usage: { credits_used: '17' } }],
	])('reads a task with %s', (_rule, parts) => {
		expect(read({ ...FINISHED, ...parts })).toMatchObject({ id: FINISHED.id, status: 'succeeded' });
	});

	it('keeps a usage whose form is not known, as it was sent', () => {
		const usage = { credits_used: '17', cost: 0.25, tokens: { image: 4160 } };
		const task = read({ ...FINISHED, usage });
		expect(task.usage).toEqual(usage);
		expect(task.raw).toEqual({ ...FINISHED, usage });
	});

	const [first, second] = FINISHED.results as [string, string];
	const both = [{ url: first }, { url: second }];
	test.each<[string, object, object[], number | undefined]>([
		['objects with a url', { results: [{ url: first, size: '1:1' }, second] }, both, undefined],
		['objects with an image_url', { results: [{ image_url: first }, second] }, both, undefined],
		['one entry without a link', { results: [first, { size: '1:1' }, second] }, both, 1],
		['null before a link', { results: [null, first] }, [{ url: first }], 1],
		['a bare text', { results: first }, [{ url: first }], undefined],
		['one object', { results: { url: first } }, [{ url: first }], undefined],
		['a number', { results: 5 }, [], 1],
		['no list at all', { results: undefined }, [], undefined],
		[
			'result_data alone',
			{ results: undefined, result_data: [{ url: first }, { image_url: second }] },
			both,
			undefined,
		],
		['result_data beside it', { result_data: [{ url: first }, { url: second }] }, both, undefined],
		[
			'result_data in another order',
			{ result_data: [{ url: second }, { url: first }] },
			both,
			undefined,
		],
		[
			'other links to the same pictures',
			{ result_data: [{ url: `${first}?cdn` }, { url: `${second}?cdn` }] },
			both,
			undefined,
		],
		[
			'each what the other lacks',
			{ results: [first, null], result_data: [null, { image_url: second }] },
			both,
			undefined,
		],
		[
			'more in result_data',
			{ results: [first], result_data: [{ url: second }, { url: first }] },
			both,
			undefined,
		],
		['a link twice', { results: [first, first] }, [{ url: first }], undefined],
		['a path', { results: ['/files/1.png'] }, [{ url: `${API}/files/1.png` }], undefined],
		[
			'a data URI that the pipeline has stored',
			{ results: ['stored:0a1b', { url: 'stored:2c3d' }] },
			[{ stored: 'stored:0a1b' }, { stored: 'stored:2c3d' }],
			undefined,
		],
		['a data URI that nobody has stored', { results: ['data:image/png;base64,AAAA'] }, [], 1],
	])('what is there of the results comes out: %s', (_rule, parts, images, unread) => {
		const task = read({ ...FINISHED, ...parts });
		expect(task).toMatchObject({ status: 'succeeded' });
		expect(task.images).toEqual(images);
		expect(task.unread).toBe(unread);
	});

	test.each<[string, unknown, { code: string; message: string }]>([
		['a number as code', { code: 1001, message: 'Busy.' }, { code: '1001', message: 'Busy.' }],
		['no code', { message: 'Busy.' }, { code: 'unknown', message: 'Busy.' }],
		['no message', { code: 'busy' }, { code: 'busy', message: 'No reason was given.' }],
		['a text', 'Busy.', { code: 'unknown', message: 'Busy.' }],
		['nothing', undefined, { code: 'unknown', message: 'No reason was given.' }],
		['null', null, { code: 'unknown', message: 'No reason was given.' }],
	])('reads a failed task whose error is or has %s', (_rule, error, failure) => {
		expect(read({ ...CREATED, status: 'failed', error }).failure).toEqual(failure);
	});

	test.each<[string, unknown]>([
		['no id', { status: 'pending' }],
		['an empty id', { id: '', status: 'pending' }],
		['an id that is megabytes long', { id: 'a'.repeat(2_000_000), status: 'pending' }],
		['a list', [CREATED]],
		['text that was cut within the id', '{"id":"task-1'],
		['text that was cut within a number as id', '{"id":17'],
		['text whose id is that of something else', '{"error":{"id":"task-1"},"sta'],
		['a web page', '<html>"id":"task-1"</html>'],
		['null', null],
	])('is unreadable with %s', (_rule, body) => {
		expect(failureOf(() => read(body)).kind).toBe('unreadableAnswer');
	});
});

describe('many tasks', () => {
	const second = { ...FINISHED, id: 'task-2' };

	it('reads a batch, in its order', () => {
		const tasks = readTasks(answerWith({ body: { data: [CREATED, second] } }));
		expect(tasks.map(({ id, status }) => [id, status])).toEqual([
			[CREATED.id, 'queued'],
			['task-2', 'succeeded'],
		]);
	});

	it('reads an empty batch', () => {
		expect(readTasks(answerWith({ body: { data: [] } }))).toEqual([]);
	});

	test.each<[string, unknown]>([
		['null', null],
		['an error in place of a task', { id: 'task-3', error: { code: 'task_not_found' } }],
	])('leaves out of a batch what is no task, and keeps the others: %s', (_rule, entry) => {
		const tasks = readTasks(answerWith({ body: { data: [entry, second] } }));
		expect(tasks.map(({ id }) => id)).toEqual(['task-2']);
	});

	it('reads a page of the history, whatever else is told of it', () => {
		const body = { data: [CREATED, second], total: 'many', page: 1, page_size: 2 };
		const page = readTaskPage(answerWith({ body }));
		expect(page.tasks.map(({ id }) => id)).toEqual([CREATED.id, 'task-2']);
		expect(page).toMatchObject({ unread: 0, total: undefined });
	});

	it('counts the entries of a page that are no tasks', () => {
		const body = { data: [null, CREATED, {}, 'task-3'], total: 120 };
		expect(readTaskPage(answerWith({ body }))).toMatchObject({
			tasks: [{ id: CREATED.id }],
			unread: 3,
			total: 120,
		});
	});

	it.each<[string, unknown]>([
		['rate', { error: { code: 'rate_limit_exceeded', message: 'Slow down.' } }],
		['data that is none', { data: {}, error: { code: 429, message: 'Slow down.' } }],
	])('tells of an error in place of a batch: %s', (_rule, body) => {
		expect(failureOf(() => readTasks(answerWith({ body })))).toMatchObject({
			kind: 'rateLimit',
			message: 'EvoLink: Slow down.',
		});
	});

	it('reads a batch beside an error', () => {
		const body = { data: [second], error: { code: 429, message: 'Slow down.' } };
		expect(readTasks(answerWith({ body })).map(({ id }) => id)).toEqual(['task-2']);
	});

	it('reads an entry of the history as EvoLink documents it', () => {
		const entry = {
			id: 'task-4',
			model: 'gpt-image-2',
			type: 'image',
			status: 'completed',
			progress: 100,
			created_at: 1757156493,
			has_results: true,
			credits_used: 17,
			has_error: false,
		};
		const { tasks } = readTaskPage(answerWith({ body: { data: [entry] } }));
		expect(tasks).toMatchObject([
			{
				id: 'task-4',
				status: 'succeeded',
				createdAt: new Date(1757156493_000),
				cost: { amount: 0.25, currency: 'USD', credits: 17, estimated: true },
			},
		]);
	});

	it('makes up no reason for a failure that the history only mentions', () => {
		const failureIn = (parts: object) => {
			const entry = { id: 'task-5', status: 'failed', ...parts };
			const { tasks } = readTaskPage(answerWith({ body: { data: [entry] } }));
			expect(tasks[0]?.status).toBe('failed');
			return tasks[0]?.failure;
		};
		const none = { code: 'unknown', message: 'No reason was given.' };
		expect(failureIn({ has_error: true })).toBeUndefined();
		expect(failureIn({ has_error: 'true' })).toEqual(none);
		expect(failureIn({ has_error: false })).toEqual(none);
		expect(failureIn({ has_error: true, error: 'Busy.' })).toEqual({
			code: 'unknown',
			message: 'Busy.',
		});
	});

	test.each<[string, unknown, string[]]>([
		['tasks', { tasks: [CREATED] }, [CREATED.id]],
		['a bare list', [CREATED], [CREATED.id]],
		['no tasks', { tasks: [] }, []],
		['nothing', {}, []],
		['data that is no list', { data: {} }, []],
		['text', '<html>', []],
		['null', null, []],
	])('reads of a batch what it can: %s', (_rule, body, ids) => {
		expect(readTasks(answerWith({ body })).map(({ id }) => id)).toEqual(ids);
	});

	test.each<[string, unknown]>([
		['no data', { total: 3 }],
		['text', '<html>'],
	])('a page is unreadable with %s', (_rule, body) => {
		expect(failureOf(() => readTaskPage(answerWith({ body }))).kind).toBe('unreadableAnswer');
	});
});

test.each<[string, unknown, string | undefined]>([
	['a finished task', FINISHED, FINISHED.id],
	['a failed task', { ...CREATED, status: 'failed', error: { code: 5 } }, CREATED.id],
	['a task without a status', { id: 'task-1' }, 'task-1'],
	['a number as id', { id: 17, status: 'completed' }, '17'],
	['another kind of object', { hello: 'world' }, undefined],
	['an id that is an object', { id: { $ne: '' }, status: 'completed' }, undefined],
	['text', 'task-1', undefined],
	['nothing', undefined, undefined],
])('the task that a callback speaks of, when its body is %s', (_rule, body, id) => {
	expect(readCallback(body)).toBe(id);
});

describe('how a task stands', () => {
	test.each([
		['pending', 'queued'],
		['processing', 'running'],
		['completed', 'succeeded'],
		['failed', 'failed'],
		['cancelled', 'cancelled'],
		['canceled', 'cancelled'],
	])('%s is %s', (word, status) => {
		expect(read({ ...CREATED, status: word }).status).toBe(status);
	});

	it('is told of a task that names an error beside it, but not by an error alone', () => {
		const entries = [
			{ id: 'failed', status: 'failed', error: { message: 'No.' } },
			{ id: 'refused', error: { message: 'No such task.' } },
			{ id: 'bare' },
		];
		const tasks = readTasks(answerWith({ body: { data: entries } }));
		expect(tasks.map(({ id }) => id)).toEqual(['failed', 'bare']);
	});
});
