// Fetching a picture in virtual time: when its link is asked again, and how a fetch ends that gets nowhere.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IBinaryData } from 'n8n-workflow';

import { deadlineIn } from '../../../../pipeline/deadline';
import { downloadImage } from '../../../../pipeline/media/imageDownload';
import { failureIn } from '../../../../pipeline/result';
import { otherEnd, type Answer, type Told } from '../otherEnd';
import { png } from '../pictureStore';
import { createVirtualClock } from '../virtualClock';

const HOUR = 3_600_000;
let picture: Buffer;
beforeAll(async () => (picture = await png('red')));

/** The link tells this each time. */
function open(tell: (count: number) => Told) {
	const clock = createVirtualClock();
	const startedAt = clock.now();
	const { context, asked } = otherEnd(clock, (_, count) => tell(count));
	const prepareBinaryData = async (stream: Readable) => {
		await buffer(stream);
		return { data: 'test', id: 'test:1', mimeType: 'image/png' } as IBinaryData;
	};
	Object.assign(context.helpers, { prepareBinaryData });

	async function fetched(timeLimit?: number, signal?: AbortSignal) {
		const deadline = timeLimit === undefined ? undefined : deadlineIn(timeLimit, startedAt);
		const link = { url: 'https://files.test/1.png', fileName: 'fox', linkLifetime: 'a day' };
		const result = await clock.until(downloadImage({ context, clock, deadline, signal }, link));
		return {
			type: result.ok ? result.value.facts.type : undefined,
			failure: result.ok ? undefined : failureIn(result.error)?.details,
			endedAfter: clock.passed(),
			askedAfter: asked.map(({ at }) => at - startedAt),
		};
	}
	return { clock, fetched };
}

const whole = (): Answer => ({ body: picture });
const busy = (retryAfter: string): Told => ({
	statusCode: 429,
	headers: { 'retry-after': retryAfter },
});

test('one that comes is asked for once', async () => {
	expect(await open(whole).fetched()).toMatchObject({ type: 'png', askedAfter: [0] });
});

test.each<[string, string, number]>([
	['seconds', '7', 7000],
	['a part of a second', '0.5', 500],
	['a date', new Date(createVirtualClock().now() + 30_000).toUTCString(), 30_000],
	['a date in the past', new Date(0).toUTCString(), 0],
	['nonsense', 'soon', 500],
])('Retry-After as %s is kept to', async (_form, retryAfter, milliseconds) => {
	const { fetched } = open((count) => (count === 1 ? busy(retryAfter) : whole()));
	expect(await fetched(60)).toMatchObject({ type: 'png', askedAfter: [0, milliseconds] });
});

test.each([
	['before the end of a Retry-After is told at once', 10, '30'],
	['of its own, five minutes, is told at once', undefined, '301'],
])('a deadline %s', async (_when, timeLimit, retryAfter) => {
	const { failure, endedAfter, askedAfter } = await open(() => busy(retryAfter)).fetched(timeLimit);
	expect(failure).toMatchObject({ kind: 'download', status: 429 });
	expect([endedAfter, askedAfter]).toEqual([0, [0]]);
});

test('a fresh link that leads nowhere yet is asked for ten seconds', async () => {
	const { failure, askedAfter } = await open(() => ({ statusCode: 404 })).fetched(60);
	expect(failure).toMatchObject({ kind: 'download', status: 404 });
	expect(askedAfter).toEqual([0, 500, 1500, 3500, 6000, 8500]);
});

describe('one that never answers', () => {
	test('is broken off after half a minute, and asked for a few times', async () => {
		const { failure, askedAfter } = await open(() => 'never').fetched();
		expect(failure?.message).toContain('broke off while the picture was being fetched');
		expect(askedAfter).toEqual([0, 30_500, 61_500, 93_500]);
	});

	test.each([4, 60])('ends by a deadline of %i s', async (seconds) => {
		const { failure, endedAfter } = await open(() => 'never').fetched(seconds);
		expect(failure).toMatchObject({ kind: 'timeLimit' });
		expect(endedAfter).toBe(seconds * 1000);
	});

	test('ends in its time though the clock is set back', async () => {
		const { fetched, clock } = open(() => 'never');
		void clock.pause(2000).then(() => clock.jump(-HOUR));
		const { failure, endedAfter } = await fetched(60);
		expect(failure?.kind).toBe('timeLimit');
		expect(endedAfter).toBeLessThanOrEqual(61_000);
	});

	test('ends with the execution', async () => {
		const { fetched, clock } = open(() => 'never');
		const cancel = new AbortController();
		void clock.pause(2500).then(() => cancel.abort());
		const { failure, endedAfter } = await fetched(60, cancel.signal);
		expect([failure?.kind, endedAfter]).toEqual(['cancelled', 2500]);
	});
});

test('one that was finished just in time is still fetched', async () => {
	const { fetched } = open(() => ({ ...whole(), after: 2900 }));
	expect(await fetched(0)).toMatchObject({ type: 'png', endedAfter: 2900 });
});

test('one that trickles ends by its deadline', async () => {
	const { fetched } = open(() => ({ ...whole(), betweenBytes: 1000 }));
	const { failure, endedAfter } = await fetched(20);
	expect([failure?.kind, endedAfter]).toEqual(['timeLimit', 20_000]);
});
