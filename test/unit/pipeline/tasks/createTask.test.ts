// One task is started once: what an earlier try has left is taken up, in the words and under the key of then.
import type { IDataObject } from 'n8n-workflow';

import type { CreateState, KeptCreate } from '../../../../pipeline/once/nodeMemory';
import { isRepeated } from '../../../../pipeline/told/repeats';
import { failureIn } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import { createTask } from '../../../../pipeline/tasks/createTask';
import type { ImageProvider, ImageRequest } from '../../../../providers/contract';
import { requestWith } from '../../providers/support';
import { done, evoLink, running, told } from '../evoLinkTasks';
import { brokenOff, otherEnd, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

interface Try {
	provider: ImageProvider;
	/** What an earlier try has left. */
	before: CreateState;
	request: Partial<ImageRequest>;
	idempotencyKey: string;
	signal: AbortSignal;
}

const isCreate = ({ method }: Asked) => method === 'POST';
/** What a create is answered: the task's id, and whether the key had it already. */
const created = (id: string, replayed = false): Told => ({
	body: { id, status: 'pending' },
	headers: replayed ? { 'idempotency-replayed': 'true' } : {},
});

async function create(tell: (asked: Asked, count: number) => Told, given: Partial<Try> = {}) {
	const { provider = evoLink, before, request, idempotencyKey = 'key', signal } = given;
	const clock = createVirtualClock();
	const keys: unknown[] = [];
	const submitted: ImageProvider = {
		...provider,
		submit: (wanted, key) => {
			keys.push(key);
			return provider.submit(wanted, key);
		},
	};
	const { context, asked } = otherEnd(clock, tell);
	const creates: Record<string, KeptCreate> = before
		? { key: { ...before, run: 0, itemIndex: 0 } }
		: {};
	const saved: IDataObject = { imagegen: { version: 1, creates, failedToolRuns: {} } };
	const logged: string[] = [];
	Object.assign(context, {
		getContext: () => saved,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNode: () => ({ name: 'EvoLink' }),
		getExecutionId: () => '17',
		logger: { info: (line: string) => logged.push(line) },
	});
	const connection = { ...connect(context, 'evoLinkApi', submitted, [], clock), signal };
	let prepared = 0;
	const wanted = requestWith({ model: 'gpt-image-2', prompt: 'A kite', ...request });
	const draft = {
		request: wanted,
		prepare: async () => {
			prepared += 1;
			return wanted;
		},
		turn: async <Value>(work: () => Promise<Value>) => await work(),
	};
	const place = { memoryKey: 'key', idempotencyKey, itemIndex: 0 };
	const ended = await clock.until(createTask(connection, draft, place));
	return {
		task: ended.ok ? ended.value : undefined,
		failure: ended.ok ? undefined : (failureIn(ended.error)?.details ?? ended.error),
		asked,
		creates: asked.filter(isCreate),
		keys,
		prepared,
		kept: creates.key,
		logged,
		repeated: isRepeated(context, 0),
	};
}

it('is sent with its key, kept and logged', async () => {
	const made = await create(() => created('task-1'), { idempotencyKey: 'key of row 13' });
	expect(made.task).toMatchObject({ id: 'task-1', replayed: false, asked: { count: 1 } });
	expect([made.keys, made.prepared]).toEqual([['key of row 13'], 1]);
	expect(made.kept).toEqual({ state: 'started', taskId: 'task-1', run: 0, itemIndex: 0 });
	expect(made.logged).toEqual([
		'Sending a paid request to EvoLink (item 0 of EvoLink, execution 17).',
		'EvoLink has started the task task-1 (item 0 of EvoLink, execution 17).',
	]);
});

describe('one that an earlier try has started', () => {
	const before: CreateState = { state: 'started', taskId: 'task-1' };

	it('is asked for, and neither prepared nor sent', async () => {
		const made = await create((asked) => told(asked, done), { before });
		expect(made.task).toMatchObject({ id: 'task-1', status: 'succeeded', replayed: true });
		expect([made.creates, made.prepared]).toEqual([[], 0]);
	});

	test.each<[string, Told]>([
		['isn’t known yet', { statusCode: 404, body: {} }],
		['can’t be told now', { statusCode: 500, body: {} }],
		['is asked for in vain', brokenOff()],
	])('is an open one where it %s', async (_what, answer) => {
		const made = await create(() => answer, { before });
		expect(made.task).toMatchObject({ id: 'task-1', status: 'queued', replayed: true });
		expect(made.creates).toEqual([]);
	});

	it('is named by what refuses to tell it', async () => {
		const made = await create(() => ({ statusCode: 401, body: {} }), { before });
		expect(made.failure).toMatchObject({ kind: 'auth', taskId: 'task-1' });
	});
});

it('one that an earlier try has finished comes as it was kept, without a question', async () => {
	const task = { model: 'gpt-image-2', images: [{ url: 'https://files.test/1.png' }] };
	const made = await create(() => created('task-2'), {
		before: { state: 'finished', task, files: {}, lost: {} },
	});
	expect(made.task).toMatchObject({ status: 'succeeded', replayed: true, images: task.images });
	expect(made.asked).toEqual([]);
});

it('one whose answer has the images and no ID is kept with them', async () => {
	const images = [{ url: 'https://files.test/1.png' }];
	const made = await create(() => created('any'), {
		provider: {
			...evoLink,
			readTask: () => ({ id: '', status: 'succeeded', model: 'gpt-image-2', images, raw: {} }),
		},
	});
	expect(made.task).toMatchObject({ id: '', status: 'succeeded', replayed: false, images });
	expect(made.kept).toMatchObject({ state: 'finished', task: { model: 'gpt-image-2', images } });
});

describe('one that may have been done', () => {
	const earlier = requestWith({ model: 'gpt-image-2', prompt: 'A kite at noon' });

	it('goes out again in the words and under the key of then', async () => {
		const made = await create(() => created('task-1', true), {
			before: { state: 'sent', request: earlier, idempotencyKey: 'key of row 12' },
			idempotencyKey: 'key of row 13',
		});
		expect([made.keys, made.prepared]).toEqual([['key of row 12'], 0]);
		expect(made.creates[0]?.body.prompt).toBe('A kite at noon');
		expect(made.task).toMatchObject({ id: 'task-1', replayed: true });
	});

	it('goes out under its own key where the provider was told no other', async () => {
		const made = await create(() => created('task-1'), {
			before: { state: 'sent', request: earlier },
			idempotencyKey: 'key of row 13',
		});
		expect(made.keys).toEqual(['key']);
	});

	it('isn’t sent where the provider wouldn’t know it again', async () => {
		const made = await create(() => created('task-2'), {
			before: { state: 'sent' },
			provider: { ...evoLink, honoursKeys: false },
		});
		expect(made.failure).toMatchObject({ kind: 'outcomeUnknown' });
		expect([made.asked, made.prepared]).toEqual([[], 0]);
	});
});

describe('an order that the person has named', () => {
	const named: Partial<Try> = {
		idempotencyKey: 'key of row 13',
		request: { orderReference: 'row 13' },
	};

	it('was ordered before where the first answer says so', async () => {
		const made = await create(() => created('task-1', true), named);
		expect(made.logged[0]).toMatch(/^Sending a paid request .*, reference "row 13"\)\.$/);
		expect([made.task?.replayed, made.repeated]).toEqual([true, true]);
	});

	it('was not where it is new', async () => {
		const made = await create(() => created('task-1'), named);
		expect([made.task?.replayed, made.repeated]).toEqual([false, false]);
	});

	it('was not where this very try had sent it and got no answer', async () => {
		const made = await create(
			(_asked, count) => (count === 1 ? brokenOff() : created('task-1', true)),
			named,
		);
		expect([made.task?.replayed, made.repeated, made.creates.length]).toEqual([false, false, 2]);
	});

	it('is told in words of its name where another order has it', async () => {
		const taken: Told = {
			statusCode: 409,
			body: { error: { code: 'idempotency_conflict', message: 'Taken.' } },
		};
		expect((await create(() => taken, named)).failure).toMatchObject({
			kind: 'conflict',
			orderReference: 'row 13',
			mayBeCharged: true,
		});
		// Without a name, the key is ours.
		const ours = (await create(() => taken, { request: { orderReference: 'row 13' } })).failure;
		expect(ours).not.toHaveProperty('mayBeCharged', true);
	});
});

it('one that was cancelled on its way is kept first', async () => {
	const cancel = new AbortController();
	const made = await create(
		() => {
			cancel.abort();
			return created('task-1');
		},
		{ signal: cancel.signal },
	);
	expect(made.failure).toMatchObject({ kind: 'cancelled' });
	expect(made.kept).toMatchObject({ state: 'started', taskId: 'task-1' });
});

it('a task that is open is one that goes on', async () => {
	const made = await create((asked) => told(asked, running), {
		before: { state: 'started', taskId: 'task-1' },
	});
	expect(made.task).toMatchObject({ status: 'running' });
});
