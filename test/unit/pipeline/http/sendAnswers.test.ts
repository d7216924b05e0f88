// What goes over the wire when a request is sent, which answers are what was asked for, and what is said of the others.
import { Readable } from 'node:stream';

import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { deadlineIn } from '../../../../pipeline/deadline';
import type { LocalFile } from '../../../../pipeline/http/fileToSend';
import { send, type SendOptions } from '../../../../pipeline/http/send';
import { failureIn } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import type { HttpRequest } from '../../../../providers/contract';
import { evoLink } from '../evoLinkTasks';
import { createVirtualClock } from '../virtualClock';

const URL_ASKED = 'http://127.0.0.1/v1/any';
const KEY = 'sk-secret';
const GET: HttpRequest = { method: 'GET', url: URL_ASKED, idempotent: true };
const BROKEN = Object.assign(new Error('aborted'), { code: 'ECONNRESET' });

interface Answer {
	status?: number;
	headers?: Record<string, string>;
	/** Pieces of the body; after them it breaks off where an error is told. */
	pieces?: string[];
	error?: Error;
	/** Milliseconds before it begins. */
	after?: number;
}

/** A provider that answers each request with the next of these; the last one stands for all that follow. */
function open(...answers: Answer[]) {
	const clock = createVirtualClock();
	const startedAt = clock.now();
	const asked: Array<{ at: number; signedAs?: string; options: IHttpRequestOptions }> = [];
	const bodies: Readable[] = [];

	async function answer(signedAs: string | undefined, options: IHttpRequestOptions) {
		const told = answers[Math.min(asked.length, answers.length - 1)]!;
		asked.push({ at: clock.now() - startedAt, signedAs, options });
		if (told.after !== undefined) await clock.pause(told.after, options.abortSignal as AbortSignal);
		const pieces = told.pieces ?? ['{"id":"task-1"}'];
		const body = Readable.from(
			(function* () {
				for (const piece of pieces) yield Buffer.from(piece);
				if (told.error) throw told.error;
			})(),
		);
		bodies.push(body);
		return { statusCode: told.status ?? 200, headers: told.headers ?? {}, body };
	}

	const helpers = {
		httpRequest: async (options: IHttpRequestOptions) => await answer(undefined, options),
		httpRequestWithAuthentication: answer,
	};
	const context = { helpers } as unknown as IExecuteFunctions;

	async function sent(
		request: Partial<HttpRequest> = {},
		options: SendOptions = {},
		limit?: number,
		key = KEY,
	) {
		const connection = {
			...connect(context, 'evoLinkApi', evoLink, [key], clock),
			deadline: limit === undefined ? undefined : deadlineIn(limit, startedAt),
		};
		const ended = await clock.until(send(connection, { ...GET, ...request }, options));
		if (ended.ok) return { answer: ended.value, passed: clock.passed() };
		return { failure: failureIn(ended.error)?.details, passed: clock.passed() };
	}
	return { sent, asked, bodies, startedAt };
}

describe('over the wire goes', () => {
	test('a request that asks for JSON, signed with the credential, and no redirect is followed', async () => {
		const { sent, asked } = open({});
		await sent({ headers: { 'X-Mine': '1' }, query: { page: 2 } });
		expect(asked).toMatchObject([
			{
				signedAs: 'evoLinkApi',
				options: {
					method: 'GET',
					url: URL_ASKED,
					headers: { Accept: 'application/json', 'X-Mine': '1' },
					qs: { page: 2 },
					body: undefined,
					disableFollowRedirect: true,
				},
			},
		]);
	});

	test.each<[string, Partial<HttpRequest>, object]>([
		['nothing of the key, to somebody else', { isUnsigned: true }, { signedAs: undefined }],
		[
			'another Accept, where one is named',
			{ headers: { Accept: 'text/event-stream' } },
			{ options: { headers: { Accept: 'text/event-stream' } } },
		],
		[
			'JSON',
			{ method: 'POST', json: { n: 1 } },
			{ options: { method: 'POST', headers: { Accept: 'application/json' }, body: { n: 1 } } },
		],
		[
			'a file alone, under its own type',
			{ method: 'PUT', file: fileOf('abc') },
			{
				options: {
					headers: {
						Accept: 'application/json',
						'Content-Type': 'image/png',
						'Content-Length': '3',
					},
					body: Buffer.from('abc'),
				},
			},
		],
	])('%s', async (_what, request, expected) => {
		const { sent, asked } = open({});
		await sent(request);
		expect(asked).toMatchObject([expected]);
	});

	test('a form, written anew for each try', async () => {
		const { sent, asked } = open({ status: 429, headers: { 'retry-after': '1' } }, {});
		await sent({ method: 'POST', form: [{ name: 'prompt', value: 'A fox' }] });
		const [first, second] = asked.map(({ options }) => options);
		expect(String(first!.body)).toContain('name="prompt"\r\n\r\nA fox\r\n');
		expect(String(second!.body)).toContain('name="prompt"\r\n\r\nA fox\r\n');
		expect(first!.headers!['Content-Type']).not.toBe(second!.headers!['Content-Type']);
	});
});

describe('an answer', () => {
	test('has its status, its headers, its body, its time and the number of tries', async () => {
		const { sent, startedAt } = open({
			status: 201,
			headers: { 'X-Request-ID': 'r-1' },
			pieces: ['{"id":', '"task-1"}'],
			after: 3000,
		});
		expect((await sent()).answer).toEqual({
			status: 201,
			headers: { 'x-request-id': 'r-1' },
			body: { id: 'task-1' },
			receivedAt: new Date(startedAt + 3000),
			tries: 1,
		});
	});

	test('leaves no stream open behind it', async () => {
		const { sent, bodies } = open({});
		await sent();
		expect([bodies[0]!.readableEnded, bodies[0]!.destroyed]).toEqual([true, true]);
	});

	test.each<[string, Answer, Partial<HttpRequest>, unknown]>([
		['with the last status of those that mean success', { status: 299 }, {}, { id: 'task-1' }],
		['of a list', { pieces: ['[1]'] }, {}, [1]],
		['that says nothing, where nothing is read', { pieces: [] }, { responseType: 'none' }, ''],
		['of a text, where anything is read', { pieces: ['Hello'] }, { responseType: 'any' }, 'Hello'],
		[
			'that is cut off, where what is left is enough',
			{ pieces: ['{"id":"task-1"'] },
			{ isUsable: (body) => String(body).includes('task-1') },
			'{"id":"task-1"',
		],
		[
			'with the status of an error, where that is what was asked for',
			{ status: 422 },
			{ isAnswer: ({ status }) => status === 422 },
			{ id: 'task-1' },
		],
		[
			'of lines',
			{ pieces: ['{"n":1}\n{"n":2}\n'] },
			{ responseType: 'lines' },
			[{ n: 1 }, { n: 2 }],
		],
	])('%s is taken', async (_what, answer, request, body) => {
		expect((await open(answer).sent(request)).answer?.body).toEqual(body);
	});

	const UNREADABLE = {
		kind: 'unreadableAnswer',
		advice:
			'Check the Base URL in the credential. If it is right, the service may have a problem: try again in a few minutes.',
		status: 200,
		requestId: undefined,
	};
	test.each<[string, string[], Partial<HttpRequest>, string, string]>([
		['a text', ['Hello'], {}, "text that isn't complete JSON", 'Hello'],
		['nothing', [], {}, "text that isn't complete JSON", ''],
		['null', ['null'], {}, 'data in an unexpected form', 'null'],
		['a number', ['5'], {}, 'data in an unexpected form', '5'],
		['a web page', ['<html>Hi</html>'], {}, 'a web page instead of data', '<html>Hi</html>'],
		[
			'what is cut off, and not enough',
			['{"id":'],
			{ isUsable: () => false },
			"text that isn't complete JSON",
			'{"id":',
		],
	])('of %s isn’t what was asked for', async (_what, pieces, request, what, excerpt) => {
		const { sent, asked } = open({ pieces });
		expect((await sent({ idempotent: false, ...request })).failure).toEqual({
			...UNREADABLE,
			message: `EvoLink answered with ${what} (HTTP 200).`,
			excerpt,
		});
		expect(asked).toHaveLength(1);
	});

	test.each([300, 304, 404])('with HTTP %i is what the provider says of it', async (status) => {
		const { failure } = await open({
			status,
			pieces: ['{"error":{"message":"There is none."}}'],
		}).sent();
		expect(failure).toMatchObject({ status, message: expect.stringContaining('There is none.') });
	});

	test.each<[string, Answer]>([
		['refuses', { status: 404, pieces: [`{"error":{"message":"No ${KEY}."}}`] }],
		['can’t be read', { pieces: [`Hello ${KEY}`] }],
	])('that quotes the key and %s tells nobody the key', async (_what, answer) => {
		const { failure } = await open(answer).sent({ idempotent: false });
		expect(failure).toBeDefined();
		expect(JSON.stringify(failure)).not.toContain(KEY);
	});
});

describe('a key that an answer quotes is hidden before anything is cut', () => {
	const LONG_KEY = 'sk-quoted_0123456789:abcdef';
	const around = (length: number) => `${'x'.repeat(length)}${LONG_KEY}${'y'.repeat(length)}`;
	const json = (value: unknown) => [JSON.stringify(value)];

	test.each<[string, Answer, Partial<HttpRequest>, unknown]>([
		['a text', { pieces: json({ a: [`no ${LONG_KEY}`] }) }, {}, { a: ['no •••'] }],
		['a name', { pieces: json({ [LONG_KEY]: 1, b: 2 }) }, {}, { '•••': 1, b: 2 }],
		['a text alone', { pieces: [around(5)] }, { responseType: 'any' }, 'xxxxx•••yyyyy'],
		['lines', { pieces: json([LONG_KEY]) }, { responseType: 'lines' }, [['•••']]],
		[
			'events',
			{ pieces: [`data: {"a":"${LONG_KEY}"}\n\n`] },
			{ responseType: 'events' },
			[{ name: undefined, data: { a: '•••' } }],
		],
		[
			'a stream that the provider reads',
			{
				pieces: [`data: {"a":"${LONG_KEY}"}\n\n`],
				headers: { 'content-type': 'text/event-stream' },
			},
			{ responseType: 'any' },
			Buffer.from('data: {"a":"•••"}\n\n'),
		],
		[
			'what is asked for although it has the status of an error',
			{ status: 422, pieces: json({ a: LONG_KEY }) },
			{ isAnswer: ({ body }) => JSON.stringify(body) === '{"a":"•••"}' },
			{ a: '•••' },
		],
		[
			'the beginning of a long text',
			{ pieces: json({ a: `${'x y '.repeat(5000)}${LONG_KEY}${'z'.repeat(90_000)}` }) },
			{},
			{ a: `${'x y '.repeat(5000)}•••${'z'.repeat(90_000)}` },
		],
	])('in %s', async (_what, answer, request, body) => {
		expect((await open(answer).sent(request, {}, undefined, LONG_KEY)).answer?.body).toEqual(body);
	});

	test('in its headers', async () => {
		const { answer } = await open({ headers: { 'x-request-id': around(180) } }).sent(
			{},
			{},
			undefined,
			LONG_KEY,
		);
		expect(answer?.headers).toEqual({ 'x-request-id': `${'x'.repeat(180)}•••${'y'.repeat(180)}` });
	});

	test('in a stream under the status of an error', async () => {
		for (const key of [KEY, LONG_KEY]) {
			const pieces = [`data: {"error":{"message":"${'x'.repeat(460)}${key}"}}\n\n`];
			const headers = { 'content-type': 'text/event-stream' };
			const told = open({ status: 500, pieces, headers });
			const request = { responseType: 'any', idempotent: false } as const;
			const { failure } = await told.sent(request, {}, undefined, key);
			expect(JSON.stringify(failure)).toContain('x•••');
		}
	});

	test('in the beginning and the end of a stream with megabytes between them', async () => {
		const pieces = [
			`data: "${LONG_KEY}"\n`,
			`data: "${'A'.repeat(3_000_000)}"\n`,
			`data: "${LONG_KEY}"\n`,
		];
		const headers = { 'content-type': 'text/event-stream' };
		const { answer } = await open({ pieces, headers }).sent(
			{ responseType: 'any' },
			{},
			undefined,
			LONG_KEY,
		);
		expect(String(answer?.body)).toBe(pieces.join('').replaceAll(LONG_KEY, '•••'));
	});

	test('and a short one stays in an answer, where it may be in an address by chance', async () => {
		const url = 'http://sk-secret.test/a.png';
		expect((await open({ pieces: json({ url }) }).sent()).answer?.body).toEqual({ url });
	});

	test('in a redirect', async () => {
		const location = `https://${LONG_KEY.replace(':', '.')}.test/`;
		const told = open({ status: 307, headers: { location, 'x-request-id': around(190) } });
		const { failure } = await told.sent({}, {}, undefined, LONG_KEY.replace(':', '.'));
		expect(failure?.message).toBe(
			'EvoLink answered with a redirect to https://•••.test (HTTP 307).',
		);
	});
});

describe('a redirect', () => {
	const to = (location: string, status = 302): Answer => ({ status, headers: { location } });

	test('is followed, without the query that was for the first address', async () => {
		const { sent, asked } = open(to('/v2/any?page=3'), {});
		expect((await sent({ query: { page: 2 } })).answer?.body).toEqual({ id: 'task-1' });
		expect(asked.map(({ options: { url, qs } }) => [url, qs])).toEqual([
			[URL_ASKED, { page: 2 }],
			['http://127.0.0.1/v2/any?page=3', undefined],
		]);
	});

	test('is followed from where the last one led', async () => {
		const { sent, asked } = open(to('/a/b'), to('c'), {});
		await sent();
		expect(asked.at(-1)!.options.url).toBe('http://127.0.0.1/a/c');
	});

	test('is followed five times', async () => {
		const { sent, asked } = open(...Array<Answer>(5).fill(to('/next')), {});
		expect((await sent()).answer?.body).toEqual({ id: 'task-1' });
		expect(asked).toHaveLength(6);
	});

	test('is told at the sixth, and not tried again', async () => {
		const { sent, asked } = open(to('/next'));
		expect((await sent()).failure).toEqual({
			kind: 'badRequest',
			message: 'EvoLink answered with a redirect to http://127.0.0.1/next (HTTP 302).',
			advice:
				'Nothing is sent there, as this node keeps your key to the address in the credential. If that other address is the right one, enter it as the Base URL.',
			status: 302,
			requestId: undefined,
			notTaken: true,
			shouldRetry: false,
		});
		expect(asked).toHaveLength(6);
	});
});

describe('an answer that breaks off', () => {
	const cut: Answer = { pieces: ['{"n":1}\n', '{"n"'], error: BROKEN };

	test('is told as the network’s failure, and nothing is taken for unsent', async () => {
		const { sent, asked } = open(cut);
		expect((await sent({ idempotent: false })).failure).toEqual({
			kind: 'network',
			message: 'EvoLink broke off the connection.',
			advice: "Check this server's internet connection and try again.",
			code: 'ECONNRESET',
			nothingSent: false,
		});
		expect(asked).toHaveLength(1);
	});

	test('of lines goes on at its byte', async () => {
		const { sent, asked } = open(cut, {
			status: 206,
			headers: { 'content-range': 'bytes 12-15/16' },
			pieces: [':2}\n'],
		});
		const { answer, passed } = await sent({ responseType: 'lines' });
		expect(answer).toMatchObject({ body: [{ n: 1 }, { n: 2 }], tries: 1 });
		expect(asked.map(({ options }) => options.headers)).toEqual([
			{ Accept: 'application/json' },
			{ Accept: 'application/json', Range: 'bytes=12-' },
		]);
		expect(passed).toBe(500);
	});

	test.each<[string, Partial<HttpRequest>, Answer]>([
		['that are no lines', {}, { pieces: ['{"n"'], error: BROKEN }],
		['of a request that isn’t a GET', { method: 'POST', json: {}, responseType: 'lines' }, cut],
		['with another status than 200', { responseType: 'lines' }, { ...cut, status: 201 }],
	])('%s is asked for anew, as a whole', async (_what, request, answer) => {
		const { sent, asked } = open(answer, { pieces: ['{"n":1}'] });
		await sent(request);
		for (const { options } of asked)
			expect(options.headers).toEqual({ Accept: 'application/json' });
	});
});

describe('a request may take', () => {
	const form: HttpRequest['form'] = [{ name: 'a', value: 'b' }];
	test.each<[string, Partial<HttpRequest>, SendOptions, number | undefined, number]>([
		['a minute of silence', {}, {}, undefined, 60_000],
		['two with a form', { method: 'POST', form }, {}, undefined, 120_000],
		['two with a file', { method: 'PUT', file: fileOf('abc') }, {}, undefined, 120_000],
		['two where pictures come back', { base64Fields: ['b64'] }, { isSlow: true }, 150, 150_000],
		['two all in all', {}, { isSlow: true }, undefined, 120_000],
		['as long as the item, where that has a limit', {}, { isSlow: true }, 200, 200_000],
		[
			'as long as it is told, however long the item may',
			{},
			{ timeoutMilliseconds: 4000 },
			200,
			4000,
		],
		['no longer than the item, whatever it is told', {}, { timeoutMilliseconds: 4000 }, 2, 2000],
	])('%s', async (_what, request, options, limit, milliseconds) => {
		const { sent } = open({ after: 10_000_000 });
		const { failure, passed } = await sent(request, { retry: false, ...options }, limit);
		expect([failure?.message, passed]).toEqual(['EvoLink took too long to answer.', milliseconds]);
	});
});

describe('the Time Limit', () => {
	test('that is over lets nothing out, and says so', async () => {
		expect((await open({}).sent({}, {}, 0)).failure).toEqual({
			kind: 'timeLimit',
			message: 'The Time Limit of 0 seconds was over before EvoLink could be asked.',
			advice: 'Set a longer Time Limit in the Options.',
			nothingSent: true,
		});
	});

	test('that leaves no time for another try is named behind what to do', async () => {
		const busy: Answer = { status: 503, pieces: ['{"error":{"message":"Busy."}}'] };
		const { advice: alone } = (await open(busy).sent({}, { retry: false })).failure!;
		const { failure, passed } = await open(busy).sent({}, {}, 1);
		expect(failure?.advice).toBe(`${alone} The Time Limit of 1 second left no time to try again.`);
		expect(passed).toBe(500);
	});
});

function fileOf(text: string): LocalFile {
	const buffer = Buffer.from(text);
	return {
		label: 'data',
		file: { name: 'a.png', mimeType: 'image/png', bytes: buffer.length, content: { buffer } },
	};
}
