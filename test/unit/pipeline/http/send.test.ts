// Sending in virtual time: when a request goes out again, what a deadline does to that, and how one without an answer ends.
import { Readable } from 'node:stream';

import type { LocalFile } from '../../../../pipeline/http/fileToSend';
import { connect } from '../../../../pipeline/session';
import { deadlineIn } from '../../../../pipeline/deadline';
import { send, type SendOptions } from '../../../../pipeline/http/send';
import { failureIn } from '../../../../pipeline/result';
import { createEvoLink } from '../../../../providers/evolink';
import type { FailureDetails } from '../../../../providers/failure';
import { LocalInlineFile } from '../../../../pipeline/http/fileToSend';
import { brokenOff, notReached, otherEnd, type Answer, type Told } from '../otherEnd';
import { createVirtualClock } from '../virtualClock';

/** What is paid for, as providers with keys and without them take it, and what isn't. */
const KINDS: Array<[what: string, idempotent: boolean, isPaid: boolean]> = [
	['a question', true, false],
	['a paid request that may be repeated', true, true],
	['a paid request that may not', false, true],
];
/** So long that it goes out in several pieces. */
const FILE_BYTES = 300_000;
const DONE: Answer = { body: { id: 'task-1' } };

interface Circumstances extends SendOptions {
	json?: Record<string, unknown>;
	responseType?: 'lines';
	idempotent?: boolean;
	/** Seconds. */
	timeLimit?: number;
	/** Whether the execution is cancelled after so many milliseconds. */
	cancelledAfter?: number;
}

/** Sends one request to whoever tells this each time, and says how that ended, and when. */
function open(tell: (count: number) => Told) {
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, (_, count) => tell(count));
	const getBinaryStream = async () =>
		await Promise.resolve(Readable.from(Buffer.alloc(FILE_BYTES)));
	Object.assign(context.helpers, { getBinaryStream });
	const startedAt = clock.now();

	async function sent(circumstances: Circumstances = {}) {
		const { json = {}, responseType, idempotent = true, ...others } = circumstances;
		const { timeLimit, cancelledAfter, ...options } = others;
		const baseUrl = 'http://127.0.0.1';
		const provider = createEvoLink({ baseUrl, filesBaseUrl: baseUrl });
		const cancel = new AbortController();
		const connection = {
			...connect(context, 'evoLinkApi', provider, [], clock),
			signal: cancel.signal,
			deadline: timeLimit === undefined ? undefined : deadlineIn(timeLimit, startedAt),
		};
		if (cancelledAfter !== undefined) void clock.pause(cancelledAfter).then(() => cancel.abort());
		const request = {
			method: 'POST' as const,
			url: `${baseUrl}/v1/any`,
			json,
			responseType,
			idempotent,
		};
		const result = await clock.until(send(connection, request, options));
		const failure: Partial<FailureDetails> | undefined = result.ok
			? undefined
			: failureIn(result.error)?.details;
		return {
			answer: result.ok ? result.value.body : undefined,
			tries: result.ok ? result.value.tries : undefined,
			failure,
			/** Milliseconds since the beginning. */
			endedAfter: clock.passed(),
			sentAfter: asked.map(({ at }) => at - startedAt),
		};
	}
	return { sent, clock };
}

const busy = (statusCode: number, headers: Record<string, string> = {}): Answer => ({
	statusCode,
	headers,
	body: { error: { code: 'any', message: 'Come back later.' } },
});

/** What the clock says so many seconds after the beginning. */
const dateIn = (seconds: number) => new Date(createVirtualClock().now() + seconds * 1000);

/** Without a time in it that can be read, a request comes again by itself, after half a second. */
const BACKOFF = 500;
const READABLE: Array<[form: string, headers: Record<string, string>, milliseconds: number]> = [
	['seconds', { 'retry-after': '7' }, 7000],
	['no seconds', { 'retry-after': '0' }, 0],
	['a part of a second', { 'retry-after': '0.25' }, 250],
	['seconds between spaces', { 'retry-after': ' 3 ' }, 3000],
	['a header in capitals', { 'Retry-After': '3' }, 3000],
	['two minutes', { 'retry-after': '120' }, 120_000],
	['a date', { 'retry-after': dateIn(30).toUTCString() }, 30_000],
	['a date of RFC 850', { 'retry-after': 'Saturday, 28-Nov-26 12:00:30 GMT' }, 30_000],
	['a date of asctime', { 'retry-after': 'Sat Nov 28 12:00:30 2026' }, 30_000],
	['a date in the past', { 'retry-after': dateIn(-3600).toUTCString() }, 0],
	['milliseconds', { 'retry-after-ms': '1500' }, 1500],
	['a part of a millisecond', { 'retry-after-ms': '0.5' }, 0.5],
	['both', { 'retry-after-ms': '1500', 'retry-after': '7' }, 1500],
	['seconds beside nonsense', { 'retry-after-ms': 'soon', 'retry-after': '7' }, 7000],
];
const NONSENSE: Array<[form: string, headers: Record<string, string>]> = [
	['nothing', {}],
	['an empty one', { 'retry-after': '' }],
	['a word', { 'retry-after': 'soon' }],
	['less than nothing', { 'retry-after': '-5' }],
	['seconds with a unit', { 'retry-after': '5s' }],
	['another way to write numbers', { 'retry-after': '1e9' }],
	['no number', { 'retry-after': 'NaN' }],
	['an endless time', { 'retry-after': 'Infinity' }],
	['no date', { 'retry-after': 'Sat, 99 Foo 2026 99:99:99 GMT' }],
	['less than no milliseconds', { 'retry-after-ms': '-1' }],
];
const TOO_LONG: Array<[form: string, headers: Record<string, string>]> = [
	['seconds', { 'retry-after': '121' }],
	['very many seconds', { 'retry-after': '9'.repeat(400) }],
	['a date', { 'retry-after': dateIn(3600).toUTCString() }],
	['milliseconds', { 'retry-after-ms': '120001' }],
];

describe.each(KINDS)('Retry-After for %s', (_what, idempotent, isPaid) => {
	test.each(READABLE)('as %s is waited for', async (_form, headers, milliseconds) => {
		for (const status of [429, 503]) {
			const { sent } = open((count) => (count === 1 ? busy(status, headers) : DONE));
			expect(await sent({ idempotent, isPaid })).toMatchObject({
				answer: { id: 'task-1' },
				tries: 2,
				sentAfter: [0, milliseconds],
			});
		}
	});

	test.each(NONSENSE)('as %s says nothing', async (_form, headers) => {
		const tooMany = open((count) => (count === 1 ? busy(429, headers) : DONE));
		const after429 = await tooMany.sent({ idempotent, isPaid });
		expect(after429).toMatchObject({ tries: 2, sentAfter: [0, BACKOFF] });
		const down = open((count) => (count === 1 ? busy(503, headers) : DONE));
		const after503 = await down.sent({ idempotent, isPaid });
		// Without a time to come back nobody can tell whether the work was done.
		expect(after503.sentAfter).toEqual(idempotent ? [0, BACKOFF] : [0]);
		expect(after503.failure?.kind).toBe(idempotent ? undefined : 'providerDown');
	});

	test.each(TOO_LONG)(
		'of more than two minutes, as %s, is told at once',
		async (_form, headers) => {
			const { sent } = open(() => busy(429, headers));
			expect(await sent({ idempotent, isPaid })).toMatchObject({
				failure: { kind: 'rateLimit' },
				endedAfter: 0,
				sentAfter: [0],
			});
		},
	);

	test('is waited for again each time, five tries long', async () => {
		const { sent } = open(() => busy(429, { 'retry-after': '10' }));
		expect(await sent({ idempotent, isPaid })).toMatchObject({
			failure: { kind: 'rateLimit', retryAfterSeconds: 10 },
			endedAfter: 40_000,
			sentAfter: [0, 10_000, 20_000, 30_000, 40_000],
		});
	});

	test('is not waited for where whoever sends will ask again', async () => {
		const { sent } = open(() => busy(429, { 'retry-after': '1' }));
		const { sentAfter, endedAfter } = await sent({ idempotent, isPaid, retry: false });
		expect([sentAfter, endedAfter]).toEqual([[0], 0]);
	});
});

describe.each(KINDS)('a deadline for %s', (_what, idempotent, isPaid) => {
	test.each([
		['before the end of a Retry-After', '30'],
		['at its very end', '10'],
		['before a date', dateIn(60).toUTCString()],
	])('%s is told at once, and not waited for', async (_when, retryAfter) => {
		const { sent } = open(() => busy(429, { 'retry-after': retryAfter }));
		expect(await sent({ idempotent, isPaid, timeLimit: 10 })).toMatchObject({
			failure: {
				kind: 'rateLimit',
				message: expect.stringContaining('Come back later.'),
				advice: expect.stringContaining('Time Limit of 10 seconds left no time to try again.'),
			},
			endedAfter: 0,
			sentAfter: [0],
		});
	});

	test('after its end leaves it the time', async () => {
		const { sent } = open((count) => (count === 1 ? busy(429, { 'retry-after': '9' }) : DONE));
		const { sentAfter, tries } = await sent({ idempotent, isPaid, timeLimit: 10 });
		expect([sentAfter, tries]).toEqual([[0, 9000], 2]);
	});

	test('counts what an answer took, too', async () => {
		const late = { ...busy(429, { 'retry-after': '5' }), after: 6000 };
		const { sent } = open(() => late);
		const { endedAfter, sentAfter } = await sent({ idempotent, isPaid, timeLimit: 10 });
		expect([sentAfter, endedAfter]).toEqual([[0], 6000]);
	});

	test('ends a request that gets no answer', async () => {
		const { sent } = open(() => 'never');
		const { failure, endedAfter, sentAfter } = await sent({ idempotent, isPaid, timeLimit: 10 });
		expect([sentAfter, endedAfter]).toEqual([[0], 10_000]);
		expect(failure).toMatchObject({ kind: 'network', nothingSent: false });
	});

	test('ends an answer that trickles', async () => {
		const { sent } = open(() => ({ body: { id: 'task-1' }, betweenBytes: 900 }));
		const { failure, endedAfter } = await sent({ idempotent, isPaid, timeLimit: 10 });
		expect([failure?.kind, endedAfter]).toEqual(['network', 10_000]);
	});

	test('that is over already lets nothing out', async () => {
		const { sent } = open(() => DONE);
		expect(await sent({ idempotent, isPaid, timeLimit: 0 })).toMatchObject({
			failure: { kind: 'timeLimit', nothingSent: true },
			sentAfter: [],
		});
	});
});

test('what may have been done at an earlier try is not said to be unsent by a later one', async () => {
	const { sent } = open((count) => (count === 1 ? brokenOff() : notReached()));
	const { failure } = await sent({ isPaid: true });
	expect(failure).toMatchObject({ kind: 'network', nothingSent: false });
	expect(failure?.advice).not.toContain('Nothing was sent');
});

describe('a clock that jumps while the next try is waited for', () => {
	test.each(KINDS)(
		'over the deadline: %s ends with what it was told',
		async (_what, idempotent, isPaid) => {
			const { sent, clock } = open(() => busy(429, { 'retry-after': '5' }));
			void clock.pause(2000).then(() => clock.jump(3_600_000));
			expect(await sent({ idempotent, isPaid, timeLimit: 60 })).toMatchObject({
				failure: {
					kind: 'rateLimit',
					advice: expect.stringContaining('left no time to try again'),
				},
				endedAfter: 5000,
				sentAfter: [0],
			});
		},
	);

	test('over the deadline: what may have been done is not said to be unsent', async () => {
		const { sent, clock } = open(() => brokenOff());
		void clock.pause(100).then(() => clock.jump(3_600_000));
		const { failure, sentAfter } = await sent({ isPaid: true, timeLimit: 60 });
		expect(failure).toMatchObject({ kind: 'network', nothingSent: false });
		expect(sentAfter).toEqual([0]);
	});

	test.each([3_600_000, -3_600_000])(
		'by %i ms: the wait is as long as ever',
		async (milliseconds) => {
			const { sent, clock } = open((count) =>
				count === 1 ? busy(429, { 'retry-after': '5' }) : DONE,
			);
			void clock.pause(2000).then(() => clock.jump(milliseconds));
			expect(await sent()).toMatchObject({ answer: { id: 'task-1' }, endedAfter: 5000 });
		},
	);

	test('backwards: a request that gets no answer ends all the same', async () => {
		const { sent, clock } = open(() => 'never');
		void clock.pause(2000).then(() => clock.jump(-3_600_000));
		const { failure, endedAfter } = await sent({ timeLimit: 10 });
		expect(failure?.kind).toBe('network');
		expect(endedAfter).toBeLessThanOrEqual(12_000);
	});
});

describe('without a word of the provider', () => {
	test('the waits double', async () => {
		const { sent } = open(() => busy(500));
		const { sentAfter } = await sent();
		expect(sentAfter).toEqual([0, 500, 1500, 3500, 7500]);
	});

	test('chance shortens them, so that many clients do not come back together', async () => {
		const { sent, clock } = open(() => busy(500));
		clock.chance = () => 1;
		const { sentAfter } = await sent();
		expect(sentAfter).toEqual([0, 375, 1125, 2625, 5625]);
	});

	test('what never reached it is sent again, also when it is paid for', async () => {
		const { sent } = open((count) => (count === 1 ? notReached() : DONE));
		const { tries, sentAfter } = await sent({ idempotent: false, isPaid: true });
		expect([tries, sentAfter]).toEqual([2, [0, 500]]);
	});

	test('what broke off is sent again only where that is safe', async () => {
		const safe = open((count) => (count === 1 ? brokenOff() : DONE));
		expect((await safe.sent({ isPaid: true })).sentAfter).toEqual([0, 500]);
		const unsafe = open((count) => (count === 1 ? brokenOff() : DONE));
		expect((await unsafe.sent({ idempotent: false, isPaid: true })).sentAfter).toEqual([0]);
	});
});

describe('without a deadline', () => {
	test.each<[string, SendOptions, number]>([
		['a question gets no answer for a minute', {}, 60_000],
		['a paid request gets none for two', { isPaid: true }, 120_000],
		['a slow one gets none for two minutes, too', { isSlow: true }, 120_000],
		['one gets none for as long as it may be silent', { silenceMilliseconds: 5000 }, 5000],
		['one takes longer than it may', { timeoutMilliseconds: 9000 }, 9000],
	])('it ends when %s', async (_what, options, after) => {
		const { sent } = open(() => 'never');
		const { failure, endedAfter } = await sent({ retry: false, ...options });
		expect([failure?.kind, endedAfter]).toEqual(['network', after]);
	});

	test('an answer that trickles ends after two minutes', async () => {
		const { sent } = open(() => ({ body: { id: 'task-1' }, betweenBytes: 50_000 }));
		const { failure, endedAfter } = await sent({ retry: false });
		expect([failure?.kind, endedAfter]).toEqual(['network', 120_000]);
	});

	test('one of lines may take longer, as there may be very many', async () => {
		const { sent } = open(() => ({ body: { id: 'task-1' }, betweenBytes: 50_000 }));
		const { answer, endedAfter } = await sent({ responseType: 'lines', retry: false });
		expect(answer).toEqual([{ id: 'task-1' }]);
		expect(endedAfter).toBeGreaterThan(120_000);
	});

	test.each<[string, boolean]>([
		['a question', false],
		['a paid request', true],
	])(
		'%s with a file in its JSON may take long to go out, as long as it moves',
		async (_what, isPaid) => {
			const file: LocalFile = {
				label: 'data',
				file: { name: 'a', mimeType: 'image/png', bytes: FILE_BYTES, content: { binaryId: 'any' } },
			};
			const json = { picture: new LocalInlineFile(file, 'digest') };
			const moving = open(() => ({ ...DONE, betweenPieces: 20_000 }));
			expect((await moving.sent({ json, isPaid })).answer).toEqual({ id: 'task-1' });
			expect(moving.clock.passed()).toBeGreaterThan(120_000);
			const still = open(() => ({ ...DONE, betweenPieces: 1000, after: 200_000 }));
			const { failure } = await still.sent({ json, isPaid, retry: false });
			expect(failure?.kind).toBe('network');
		},
	);

	test('one that moves comes whole', async () => {
		const { sent } = open(() => ({ body: { id: 'task-1' }, betweenBytes: 5000 }));
		expect((await sent()).answer).toEqual({ id: 'task-1' });
	});
});

describe('a cancel', () => {
	test('ends the wait for the next try', async () => {
		const { sent } = open(() => busy(429, { 'retry-after': '60' }));
		expect(await sent({ cancelledAfter: 2000 })).toMatchObject({
			failure: { kind: 'cancelled' },
			endedAfter: 2000,
			sentAfter: [0],
		});
	});

	test('ends a question at once', async () => {
		const { sent } = open(() => ({ ...DONE, after: 10_000 }));
		const { failure, endedAfter } = await sent({ cancelledAfter: 2000 });
		expect([failure?.kind, endedAfter]).toEqual(['cancelled', 2000]);
	});

	test('leaves a paid request fifteen seconds for its answer', async () => {
		const inTime = open(() => ({ ...DONE, after: 16_000 }));
		const answered = await inTime.sent({ isPaid: true, cancelledAfter: 2000 });
		expect([answered.answer, answered.endedAfter]).toEqual([{ id: 'task-1' }, 16_000]);
		const tooLate = open(() => 'never');
		const { failure, endedAfter } = await tooLate.sent({ isPaid: true, cancelledAfter: 2000 });
		expect([failure?.kind, failure?.nothingSent, endedAfter]).toEqual(['network', false, 17_000]);
	});
});
