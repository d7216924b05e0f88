// EvoLink's tasks: the documented answers, and every odd shape that a paid task must survive.
import {
	readCallback,
	readTask,
	readTaskPage,
	readTasks,
} from '../../../../providers/evolink/tasks';
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
	it('needs no more than an id and a status', () => {
		expect(read({ id: 'task-1', status: 'processing' })).toMatchObject({
			id: 'task-1',
			status: 'running',
			images: [],
		});
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

	it('takes results that are objects with a URL', () => {
		const results = [
			{ url: 'https://files.test/1.png', size: '1024x1024' },
			'https://files.test/2.png',
		];
		expect(read({ ...FINISHED, results }).images).toEqual([
			{ url: 'https://files.test/1.png' },
			{ url: 'https://files.test/2.png' },
		]);
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
		['no status', { id: 'task-1' }],
		['a list', [CREATED]],
		['text', '{"id":"task-1","sta'],
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
		const { tasks } = readTaskPage(answerWith({ body }));
		expect(tasks.map(({ id }) => id)).toEqual([CREATED.id, 'task-2']);
	});

	test.each<[string, unknown]>([
		['no data', { total: 3 }],
		['a list', [CREATED]],
		['text', '<html>'],
	])('is unreadable with %s', (_rule, body) => {
		const answer = answerWith({ body });
		expect(failureOf(() => readTasks(answer)).kind).toBe('unreadableAnswer');
		expect(failureOf(() => readTaskPage(answer)).kind).toBe('unreadableAnswer');
	});
});

test.each<[string, unknown, string | undefined]>([
	['a finished task', FINISHED, FINISHED.id],
	['a failed task', { ...CREATED, status: 'failed', error: { code: 5 } }, CREATED.id],
	['a task without a status', { id: 'task-1' }, undefined],
	['another kind of object', { hello: 'world' }, undefined],
	['an id that is an object', { id: { $ne: '' }, status: 'completed' }, undefined],
	['text', 'task-1', undefined],
	['nothing', undefined, undefined],
])('the task that a callback speaks of, when its body is %s', (_rule, body, id) => {
	expect(readCallback(body)).toBe(id);
});
