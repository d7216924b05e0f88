// Fetching a picture in virtual time: when its link is asked again, and how a fetch ends that gets nowhere.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IBinaryData, IHttpRequestOptions } from 'n8n-workflow';

import { deadlineIn } from '../../../../pipeline/deadline';
import { downloadImage, type DownloadLimits } from '../../../../pipeline/media/imageDownload';
import { failureIn } from '../../../../pipeline/result';
import { createRedactor } from '../../../../pipeline/secrets/redactor';
import { brokenOff, otherEnd, timedOut, type Answer, type Told } from '../otherEnd';
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

	const redact = createRedactor(['sk-se/cret_0123456789']);
	const requests: IHttpRequestOptions[] = [];
	const { httpRequest } = context.helpers;
	context.helpers.httpRequest = async (options) => {
		requests.push(options);
		return (await httpRequest.call(context, options)) as unknown;
	};

	async function fetched(
		timeLimit?: number,
		signal?: AbortSignal,
		limits?: DownloadLimits,
		url = 'https://files.test/1.png',
	) {
		const deadline = timeLimit === undefined ? undefined : deadlineIn(timeLimit, startedAt);
		const link = { url, fileName: 'fox', linkLifetime: 'a day' };
		const result = await clock.until(
			downloadImage({ context, clock, deadline, signal, redact }, link, limits),
		);
		return {
			type: result.ok ? result.value.facts.type : undefined,
			error: result.ok ? undefined : result.error,
			failure: result.ok ? undefined : failureIn(result.error)?.details,
			endedAfter: clock.passed(),
			askedAfter: asked.map(({ at }) => at - startedAt),
		};
	}
	return { clock, fetched, requests };
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

const FETCH_LATER =
	"Check this server's internet connection, then fetch the picture with Task: Get and this task ID.";
const GONE = 'Links work for a day. Task: Get with this task ID may give a new one.';
const LATER = 'Try again in a few minutes with Task: Get and this task ID.';
const ALLOW =
	'Only if you know this address: ask whoever runs this n8n to allow it, with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES. Then fetch the picture with Task: Get and this task ID.';

const gone = (status: number) => ({
	kind: 'download',
	message: `The link to the picture doesn't work any more (HTTP ${status}).`,
	advice: GONE,
	status,
});
const notGiven = (status: number) => ({
	kind: 'download',
	message: `The picture could not be fetched from its link (HTTP ${status}).`,
	advice: LATER,
	status,
});
const LEADS_ON = 'Maximum number of redirects exceeded';

test.each<[string, Told, number, object]>([
	['a link that may not be followed', { statusCode: 403 }, 1, gone(403)],
	['a link that has expired', { statusCode: 410 }, 1, gone(410)],
	['a link that leads nowhere', { statusCode: 404 }, 6, gone(404)],
	['a link that asks for a password', { statusCode: 401 }, 1, notGiven(401)],
	['a server that is down', { statusCode: 503 }, 4, notGiven(503)],
	['an answer that is only begun', { statusCode: 199 }, 4, notGiven(199)],
	['a redirect that leads nowhere', { statusCode: 300 }, 4, notGiven(300)],
	[
		'a server that wants to be left alone',
		{ statusCode: 503, headers: { 'Retry-After': '999' } },
		1,
		{ ...notGiven(503), retryAfterSeconds: 999 },
	],
	[
		'a link that leads on and on',
		Object.assign(new Error(LEADS_ON), { code: 'ERR_FR_TOO_MANY_REDIRECTS' }),
		1,
		{
			kind: 'download',
			message: 'The link to the picture leads to another address more than 5 times.',
			advice: 'Open the link in a browser. Task: Get with this task ID may give a new one.',
			shouldRetry: false,
		},
	],
	[
		'an error that only speaks of redirects',
		new Error(`No ${LEADS_ON}`),
		4,
		{
			kind: 'download',
			message: `The picture could not be fetched: its server gave no answer: No ${LEADS_ON}.`,
			advice: FETCH_LATER,
		},
	],
	[
		'an address that n8n doesn’t allow',
		Object.assign(new Error('10.0.0.1 is blocked.'), { name: 'SsrfBlockedIpError' }),
		1,
		{
			kind: 'download',
			message:
				"The picture could not be fetched: n8n doesn't allow requests to its server's address: 10.0.0.1 is blocked.",
			advice: ALLOW,
			shouldRetry: false,
		},
	],
	[
		'a server that nobody knows',
		Object.assign(new Error('No'), { code: 'ENOTFOUND' }),
		4,
		{
			kind: 'download',
			message: 'The picture could not be fetched: its server could not be found under its address.',
			advice: FETCH_LATER,
		},
	],
	[
		'a connection that breaks off',
		brokenOff(),
		4,
		{
			kind: 'download',
			message: 'The connection broke off while the picture was being fetched, several times.',
			advice: FETCH_LATER,
		},
	],
	[
		'a request that takes too long',
		timedOut(),
		4,
		{
			kind: 'download',
			message: 'The connection broke off while the picture was being fetched, several times.',
			advice: FETCH_LATER,
		},
	],
])('%s is told, and what to do', async (_what, told, times, details) => {
	const { failure, askedAfter } = await open(() => told).fetched();
	expect(failure).toEqual(details);
	expect(askedAfter).toHaveLength(times);
});

test('what n8n doesn’t allow keeps its cause', async () => {
	const refused = Object.assign(new Error('No.'), { name: 'SsrfBlockedHostnameError' });
	expect((await open(() => refused).fetched()).error?.cause).toBe(refused);
});

test.each<[string | undefined, number, object]>([
	[
		'a Time Limit',
		10,
		{
			kind: 'timeLimit',
			message:
				'The picture was made, but could not be fetched within the Time Limit of 10 seconds.',
			advice:
				'Fetch it with Task: Get and this task ID, or set a longer Time Limit in the Options.',
		},
	],
	[
		undefined,
		300,
		{
			kind: 'download',
			message: 'The picture was made, but could not be fetched within 5 minutes.',
			advice: FETCH_LATER,
		},
	],
])('one that trickles for longer than %s is told to be late', async (limit, seconds, details) => {
	const { fetched } = open(() => ({ ...whole(), betweenBytes: 20_000 }));
	const { failure, endedAfter } = await fetched(limit === undefined ? undefined : seconds);
	expect(failure).toEqual(details);
	expect(endedAfter).toBe(seconds * 1000);
});

describe('a file that is larger than may be', () => {
	const TOO_LARGE = {
		kind: 'download',
		message: 'The file is larger than 1 MB, which no picture should be.',
		advice: 'Set Output to Link Only in the Options and look at the file in a browser.',
		status: 413,
	};
	const limits = { maxBytes: 1024 * 1024, silenceMilliseconds: 30_000 };
	const promised = (length: number): Told => ({
		body: picture,
		headers: { 'Content-Length': String(length) },
	});

	test('is refused by the length that its server tells, and not asked for again', async () => {
		const { fetched } = open(() => promised(limits.maxBytes + 1));
		const { failure, askedAfter } = await fetched(undefined, undefined, limits);
		expect(failure).toEqual(TOO_LARGE);
		expect(askedAfter).toEqual([0]);
	});

	test('is not one of just that length, as far as that goes', async () => {
		const { failure } = await open(() => promised(limits.maxBytes)).fetched(1, undefined, limits);
		expect(failure?.status).not.toBe(413);
	});

	test('is refused by its bytes where nobody tells its length', async () => {
		const { fetched } = open(() => ({ body: picture }));
		const maxBytes = picture.length - 1;
		const { failure } = await fetched(undefined, undefined, { ...limits, maxBytes });
		expect(failure?.status).toBe(413);
	});
});

test.each([
	'/data/1.png',
	'ftp://files.test/1.png',
	'https://',
	`data:image/png;base64,${'A'.repeat(999)}`,
])('%.30s is no address to fetch from, and nothing is asked', async (url) => {
	const { failure, askedAfter } = await open(whole).fetched(undefined, undefined, undefined, url);
	expect(failure).toEqual({
		kind: 'download',
		message: `The link to the picture isn't a web address: "${url.slice(0, 100)}".`,
		advice: 'Whoever runs the server that answered so must give links that begin with https://',
		shouldRetry: false,
	});
	expect(askedAfter).toEqual([]);
});

test('a key at which such a link is cut is hidden', async () => {
	const url = `/${'x'.repeat(90)}sk-se/cret_0123456789`;
	const { failure } = await open(whole).fetched(undefined, undefined, undefined, url);
	expect(failure?.message).toContain(`xxx•••"`);
});

test('it asks without a key, for bytes that are not packed, and follows five redirects', async () => {
	const { fetched, requests } = open(whole);
	await fetched();
	expect(requests).toMatchObject([
		{
			method: 'GET',
			url: 'https://files.test/1.png',
			headers: { 'Accept-Encoding': 'identity' },
			maxRedirects: 5,
			sendCredentialsOnCrossOriginRedirect: false,
		},
	]);
});

test('a damaged one is fetched again', async () => {
	const cut = () => ({ body: picture.subarray(0, -4) });
	const { fetched } = open((count) => (count === 1 ? cut() : whole()));
	expect(await fetched()).toMatchObject({ type: 'png', askedAfter: [0, 500] });
});

test('a page in place of it is fetched again, and its request is ended first', async () => {
	const page = () => ({ body: Buffer.alloc(10 * 1024 * 1024, '<p>Wait</p>') });
	const { fetched, requests } = open((count) => (count === 1 ? page() : whole()));
	expect(await fetched()).toMatchObject({ type: 'png', askedAfter: [0, 500] });
	expect((requests[0]!.abortSignal as AbortSignal).aborted).toBe(true);
});

test('one that keeps being silent goes on with a new request', async () => {
	const limits = { maxBytes: 1024 * 1024, silenceMilliseconds: 5000 };
	const { fetched } = open((count) => (count === 1 ? 'never' : whole()));
	expect(await fetched(undefined, undefined, limits)).toMatchObject({
		type: 'png',
		askedAfter: [0, 5500],
	});
});
