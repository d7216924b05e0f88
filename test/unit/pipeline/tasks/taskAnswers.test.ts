// What a failed question about tasks means: for the task, for the others, and for the route that was asked.
import {
	askForMany,
	askForOne,
	isPassing,
	isUnanswered,
	isUnknown,
	tasksPerRequest,
} from '../../../../pipeline/tasks/taskAnswers';
import { connect } from '../../../../pipeline/session';
import type { ImageProvider } from '../../../../providers/contract';
import { ImageFailure, type FailureDetails } from '../../../../providers/failure';
import { requestWith } from '../../providers/support';
import { done, evoLink, running, told } from '../evoLinkTasks';
import { brokenOff, notReached, otherEnd, type Asked, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

const failureWith = (details: Partial<FailureDetails>) =>
	new ImageFailure({ kind: 'badRequest', message: 'No.', advice: 'Look.', ...details });

test.each<[boolean, Partial<FailureDetails>]>([
	[true, { kind: 'network' }],
	[true, { kind: 'rateLimit', status: 429 }],
	[true, { kind: 'providerDown', status: 502 }],
	[true, { kind: 'unreadableAnswer', status: 200 }],
	[true, { status: 408 }],
	[true, { status: 409 }],
	[true, { status: 425 }],
	[true, { status: 499 }],
	[true, { kind: 'balance', status: 500 }],
	[true, { kind: 'auth', status: 503 }],
	[false, { kind: 'download', status: 503 }],
	[false, { kind: 'auth', status: 401 }],
	[false, { status: 400 }],
	[false, { status: 498 }],
	[false, { kind: 'notFound', status: 404 }],
	[false, { kind: 'cancelled' }],
])('that a later poll may succeed is %s after %j', (expected, details) => {
	expect(isPassing(failureWith(details))).toBe(expected);
});

test('nothing is known of a defect', () => {
	const defect = new TypeError('no');
	expect([isPassing(defect), isUnknown(defect), isUnanswered(defect)]).toEqual([
		false,
		false,
		false,
	]);
});

test.each<[boolean, boolean, Partial<FailureDetails>]>([
	[true, false, { kind: 'notFound' }],
	[true, false, { kind: 'badRequest', status: 404 }],
	[false, true, { kind: 'network' }],
	[false, false, { kind: 'providerDown', status: 500 }],
])('unknown: %s, unanswered: %s for %j', (unknown, unanswered, details) => {
	expect(isUnknown(failureWith(details))).toBe(unknown);
	expect(isUnanswered(failureWith(details))).toBe(unanswered);
});

/** A connection to a provider that answers as it is told. */
function open(tell: (asked: Asked, count: number) => Told, provider: ImageProvider = evoLink) {
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, tell);
	const connection = connect(context, 'evoLinkApi', provider, [], clock);
	return { connection, asked, clock };
}

async function many(tell: (asked: Asked, count: number) => Told, ids = ['a', 'b']) {
	const { connection, asked, clock } = open(tell);
	const ended = await clock.until(askForMany(connection, ids));
	if (!ended.ok) throw ended.error;
	const { tasks, failure, isRouteBroken } = ended.value;
	const kind = failure instanceof ImageFailure ? failure.details.kind : failure;
	return { tasks: [...tasks.keys()], kind, isRouteBroken, requests: asked.length };
}

describe('many tasks by one request', () => {
	it('are told of by their ids', async () => {
		const answered = await many((asked) => told(asked, done));
		expect(answered).toEqual({ tasks: ['a', 'b'], isRouteBroken: false, requests: 1 });
	});

	it('a single one isn’t asked for this way', async () => {
		const answered = await many((asked) => told(asked, done), ['a']);
		expect(answered).toEqual({ tasks: [], isRouteBroken: false, requests: 0 });
	});

	it('an answer about one of them is one', async () => {
		const answered = await many(() => ({ body: { data: [done('b')] } }));
		expect(answered).toEqual({ tasks: ['b'], isRouteBroken: false, requests: 1 });
	});

	test.each<[string, Told, { kind?: string; isRouteBroken: boolean; requests: number }]>([
		['is missing', { statusCode: 404, body: {} }, { isRouteBroken: true, requests: 1 }],
		['is broken', { statusCode: 500, body: {} }, { isRouteBroken: true, requests: 1 }],
		[
			'is down with everything else, perhaps',
			{ statusCode: 503, body: {} },
			{ kind: 'providerDown', isRouteBroken: true, requests: 1 },
		],
		['breaks off', brokenOff(), { isRouteBroken: true, requests: 1 }],
		[
			'can’t be reached, as nothing there can',
			notReached(),
			{ kind: 'network', isRouteBroken: false, requests: 1 },
		],
		[
			'refuses the key',
			{ statusCode: 401, body: {} },
			{ kind: 'auth', isRouteBroken: false, requests: 1 },
		],
	])('a route that %s', async (_what, answer, expected) => {
		expect(await many(() => answer)).toEqual({ tasks: [], ...expected });
	});

	it('a route that tells of other tasks only is broken', async () => {
		const answered = await many(() => ({ body: { data: [done('c')] } }));
		expect(answered).toEqual({ tasks: ['c'], isRouteBroken: true, requests: 1 });
	});

	it('a refusal for now is waited for, as it is for all routes', async () => {
		const answered = await many((asked, count) =>
			count < 3 ? { statusCode: 429, body: {} } : told(asked, done),
		);
		expect(answered).toEqual({ tasks: ['a', 'b'], isRouteBroken: false, requests: 3 });
	});

	it('a refusal for now is told at once to whoever will ask again anyway', async () => {
		const { connection, asked, clock } = open(() => ({ statusCode: 429, body: {} }));
		const ended = await clock.until(askForMany(connection, ['a', 'b'], { retry: false }));
		expect(ended).toMatchObject({ ok: true, value: { isRouteBroken: false } });
		expect([asked.length, clock.passed()]).toEqual([1, 0]);
	});

	it('a defect in reading them is told of all, and says nothing of the route', async () => {
		const defect = new TypeError('no');
		const { connection, clock } = open((asked) => told(asked, done), {
			...evoLink,
			pollMany: {
				...evoLink.pollMany,
				read: () => {
					throw defect;
				},
			},
		});
		const ended = await clock.until(askForMany(connection, ['a', 'b']));
		expect(ended).toEqual({
			ok: true,
			value: { tasks: new Map(), failure: defect, isRouteBroken: false },
		});
	});

	it('none is asked for this way where the provider has no route for it', async () => {
		const { connection, asked } = open(() => ({}), { ...evoLink, pollMany: undefined });
		expect(await askForMany(connection, ['a', 'b'])).toEqual({
			tasks: new Map(),
			isRouteBroken: false,
		});
		expect(asked).toEqual([]);
	});

	it('one that stays speaks for all', async () => {
		const answered = await many(() => ({ statusCode: 429, body: {} }));
		expect(answered).toMatchObject({ kind: 'rateLimit', isRouteBroken: false });
	});
});

test('how many one request asks for is the provider’s to say', () => {
	expect(tasksPerRequest(evoLink)).toBe(evoLink.pollMany?.max);
	expect(tasksPerRequest({ ...evoLink, pollMany: undefined })).toBe(1);
});

describe('one task', () => {
	it('comes with what it was to make', async () => {
		const { connection, clock } = open((asked) => told(asked, done));
		const request = requestWith({ count: 2, size: '1:1', orderReference: 'row 13' });
		const ended = await clock.until(askForOne(connection, 'task-1', request));
		expect(ended).toMatchObject({
			ok: true,
			value: { id: 'task-1', orderReference: 'row 13', asked: { count: 2, size: '1:1' } },
		});
	});

	it('can’t be asked for where the provider keeps none', async () => {
		const { connection } = open(() => ({}), { ...evoLink, poll: undefined });
		await expect(askForOne(connection, 'task-1')).rejects.toThrow('EvoLink keeps no tasks.');
	});

	it('keeps its ID where the answer names another one: it stays findable', async () => {
		const { connection, clock } = open(() => ({ body: done('task-2') }));
		const ended = await clock.until(askForOne(connection, 'task-1'));
		expect(ended).toMatchObject({ ok: true, value: { id: 'task-1', status: 'succeeded' } });
	});
});

describe('where another answer tells what a task has come to', () => {
	const RESULT = 'http://127.0.0.1/results/task-1';
	const withResult: ImageProvider = {
		...evoLink,
		result: {
			request: ({ status }) =>
				status === 'succeeded' ? { method: 'GET', url: RESULT, idempotent: true } : undefined,
			read: ({ body }, task) => ({ ...task, raw: body as Record<string, unknown> }),
		},
	};

	test.each<[string, (id: string) => object, string[], object]>([
		['it is asked for when the task has succeeded', done, [RESULT], { pictures: 2 }],
		['it isn’t asked for before', running, [], running('task-1')],
	])('%s', async (_what, state, asked, raw) => {
		const opened = open(
			(one) => (one.url === RESULT ? { body: { pictures: 2 } } : told(one, state)),
			withResult,
		);
		const ended = await opened.clock.until(askForOne(opened.connection, 'task-1'));
		expect(ended).toMatchObject({ ok: true, value: { id: 'task-1', raw } });
		expect(opened.asked.slice(1).map(({ url }) => url)).toEqual(asked);
	});

	test('one that can’t be had is the question’s failure', async () => {
		const { connection, clock } = open(
			(one) => (one.url === RESULT ? { statusCode: 401, body: {} } : told(one, done)),
			withResult,
		);
		const ended = await clock.until(askForOne(connection, 'task-1'));
		expect(ended).toMatchObject({ ok: false, error: { details: { kind: 'auth' } } });
	});
});
