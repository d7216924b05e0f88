// Waiting in virtual time, with a provider at the other end of n8n's HTTP helper: when it is polled, and how a wait ends.
import { Readable } from 'node:stream';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageRequest } from '../../../../providers/contract';
import { createCoreToday } from '../../../../providers/coretoday';
import { connect } from '../../../../pipeline/connection';
import { deadlineIn } from '../../../../pipeline/deadline';
import { failureIn, settle } from '../../../../pipeline/settle';
import { createTaskWatcher } from '../../../../pipeline/tasks/poller';
import { openTask } from '../../../../pipeline/tasks/taskState';

interface Answer {
	statusCode: number;
	headers?: Record<string, string>;
	body?: unknown;
}

const DONE: Answer = { statusCode: 200, body: { id: 'pred_1', status: 'succeeded', output: [] } };
const OPEN: Answer = { statusCode: 200, body: { id: 'pred_1', status: 'processing' } };
const ERROR = { error: { message: 'No.' } };
/** Of a task that this execution has started. */
const REQUEST: ImageRequest = { model: 'any', prompt: '', count: 1, references: [] };

const turn = async () => await new Promise(setImmediate);

/** `answer` is what the provider says at a time, in milliseconds from the beginning. */
function open(answer: (now: number, poll: number) => Answer | Error) {
	let now = 0;
	const polledAt: number[] = [];
	const helpers = {
		httpRequestWithAuthentication: async () => {
			const told = answer(now, polledAt.push(now));
			if (told instanceof Error) throw told;
			const text = typeof told.body === 'string' ? told.body : JSON.stringify(told.body ?? '');
			return { headers: {}, ...told, body: Readable.from([Buffer.from(text)]) };
		},
	};
	const clock = {
		now: () => now,
		chance: () => 0,
		/** Done with each pause's end. */
		afterPause: () => {},
		pause: async (milliseconds: number) => {
			for (let turns = 0; turns < 20; turns++) await turn();
			now += milliseconds;
			clock.afterPause();
		},
	};
	const context = { helpers } as unknown as IExecuteFunctions;
	const provider = createCoreToday('http://127.0.0.1', 'storage');
	const watcher = createTaskWatcher(connect(context, 'coreTodayApi', provider, []), clock);
	const wait = async (seconds: number, request?: ImageRequest) => {
		const ended = await settle(watcher.wait(openTask('pred_1'), deadlineIn(seconds, now), request));
		const outcome = ended.ok ? ended.value.status : failureIn(ended.error)?.details.kind;
		return { outcome, at: now, error: ended.ok ? undefined : ended.error };
	};
	return { polledAt, wait, clock };
}

const timedOut = () => Object.assign(new Error('Too long'), { code: 'ETIMEDOUT' });

test.each<[string, Answer | Error]>([
	...[408, 409, 425, 429, 499, 500, 501, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530].map(
		(statusCode): [string, Answer] => [`HTTP ${statusCode}`, { statusCode, body: ERROR }],
	),
	['a web page', { statusCode: 200, body: '<html></html>' }],
	['another JSON', { statusCode: 200, body: {} }],
	['no answer', timedOut()],
	['a broken connection', Object.assign(new Error('Gone'), { code: 'ECONNRESET' })],
	['a refused connection', Object.assign(new Error('No'), { code: 'ECONNREFUSED' })],
])('%s on a poll passes', async (_what, trouble) => {
	const { wait } = open((_now, poll) => (poll <= 2 ? trouble : DONE));
	expect((await wait(60)).outcome).toBe('succeeded');
});

test.each([
	[400, 'badRequest'],
	[401, 'auth'],
	[402, 'balance'],
	[403, 'forbidden'],
])('HTTP %i on a poll ends the wait at once', async (statusCode, kind) => {
	const { wait, polledAt } = open(() => ({ statusCode, body: ERROR }));
	expect((await wait(60, REQUEST)).outcome).toBe(kind);
	expect(polledAt).toHaveLength(1);
});

describe('HTTP 404', () => {
	const unknown: Answer = { statusCode: 404, body: ERROR };

	test('means "not yet" for twenty seconds after the start', async () => {
		const { wait } = open((now) => (now < 18_000 ? unknown : DONE));
		expect((await wait(60, REQUEST)).outcome).toBe('succeeded');
	});

	test('is final after that', async () => {
		const { wait } = open(() => unknown);
		const { outcome, at } = await wait(600, REQUEST);
		expect(outcome).toBe('notFound');
		expect(at).toBeGreaterThanOrEqual(20_000);
		expect(at).toBeLessThan(40_000);
	});

	test('is final at once for an ID that somebody has entered', async () => {
		const { wait, polledAt } = open(() => unknown);
		expect((await wait(60)).outcome).toBe('notFound');
		expect(polledAt).toHaveLength(1);
	});

	test('is final for a task that has been there', async () => {
		const { wait, polledAt } = open((_now, poll) => (poll === 1 ? OPEN : unknown));
		expect((await wait(60, REQUEST)).outcome).toBe('notFound');
		expect(polledAt).toHaveLength(2);
	});
});

describe('Retry-After', () => {
	const later = (seconds: number): Answer => ({
		statusCode: 429,
		headers: { 'retry-after': String(seconds) },
		body: ERROR,
	});

	test('puts off the next poll', async () => {
		const { wait, polledAt } = open((_now, poll) => (poll === 1 ? later(30) : DONE));
		expect((await wait(60)).outcome).toBe('succeeded');
		expect(polledAt).toHaveLength(2);
		expect(polledAt[1]! - polledAt[0]!).toBeGreaterThanOrEqual(30_000);
	});

	test('counts against the Time Limit, and is kept to until then', async () => {
		const { wait, polledAt } = open(() => later(3600));
		const { outcome, at, error } = await wait(10);
		expect(outcome).toBe('timeLimit');
		expect(at).toBeLessThan(12_000);
		expect(polledAt).toHaveLength(1);
		expect(failureIn(error!)?.details).toMatchObject({
			taskId: 'pred_1',
			advice: expect.stringContaining('nothing is lost'),
		});
		expect(failureIn(error!)?.details.advice).toContain('Core.Today: No.');
	});
});

describe('the end of a wait', () => {
	test.each([1, 2, 5, 10, 60, 900])('of %i s is its deadline', async (seconds) => {
		const { wait } = open(() => OPEN);
		const { outcome, at } = await wait(seconds);
		expect(outcome).toBe('timeLimit');
		expect(at).toBeGreaterThanOrEqual(seconds * 1000);
		expect(at).toBeLessThanOrEqual(seconds * 1000 + 2000);
	});

	test.each([1, 2, 5, 10, 60, 900])('of %i s misses nothing that ended before', async (seconds) => {
		const { wait } = open((now) => (now >= seconds * 1000 * 0.75 ? DONE : OPEN));
		const short = seconds < 60 ? seconds * 1000 * 0.75 : seconds * 1000 - 1100;
		const { wait: waitLonger } = open((now) => (now >= short ? DONE : OPEN));
		expect((await wait(seconds)).outcome).toBe('succeeded');
		expect((await waitLonger(seconds)).outcome).toBe('succeeded');
	});

	test('after which no more is polled', async () => {
		const { wait, polledAt, clock } = open(() => OPEN);
		await wait(10);
		const polls = polledAt.length;
		await clock.pause(60_000);
		expect(polledAt).toHaveLength(polls);
	});
});

test('a wait that begins in the moment in which the last one has ended is looked after', async () => {
	for (let steps = 0; steps < 20; steps++) {
		const { wait, clock } = open(() => DONE);
		await wait(60);
		const second = new Promise<Awaited<ReturnType<typeof wait>>>((resolve) => {
			clock.afterPause = () => {
				clock.afterPause = () => {};
				void (async () => {
					for (let step = 0; step < steps; step++) await Promise.resolve();
					resolve(await wait(60));
				})();
			};
		});
		expect((await second).outcome).toBe('succeeded');
	}
}, 5000);
