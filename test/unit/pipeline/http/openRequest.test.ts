// What n8n's HTTP helper is asked for, how its answer is opened, and how both are ended.
import { Readable } from 'node:stream';

import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { openRequest, type Opening } from '../../../../pipeline/http/openRequest';
import type { Patience } from '../../../../pipeline/http/watchdog';
import { createVirtualClock } from '../virtualClock';

const URL_ASKED = 'https://api.example.com/v1/images';
const PATIENCE: Patience = { total: 60_000, silence: 10_000, grace: 0 };

/** n8n's two helpers, which answer what `tell` says and remember what they were asked for. */
function openHelpers(tell: (signal: AbortSignal) => unknown) {
	const asked: Array<{ credentialType?: string; options: IHttpRequestOptions }> = [];
	const signals: unknown[] = [];
	const helpers = {
		async httpRequest(options: IHttpRequestOptions) {
			asked.push({ options });
			return await (tell(options.abortSignal as AbortSignal) as Promise<unknown>);
		},
		async httpRequestWithAuthentication(
			this: IExecuteFunctions,
			credentialType: string,
			options: IHttpRequestOptions,
		) {
			asked.push({ credentialType, options });
			signals.push(this.getExecutionCancelSignal());
			return await (tell(options.abortSignal as AbortSignal) as Promise<unknown>);
		},
	};
	const clock = createVirtualClock();
	const context = { helpers } as unknown as IExecuteFunctions;
	const opened = async (opening: Partial<Opening> = {}, patience: Partial<Patience> = {}) =>
		await openRequest(
			{ context, clock },
			{ method: 'GET', url: URL_ASKED, headers: {}, maxRedirects: 0, ...opening },
			{ ...PATIENCE, ...patience },
		);
	return { opened, asked, signals, clock };
}

const answering = (body: unknown, headers: Record<string, unknown> = {}) =>
	openHelpers(async () => ({ statusCode: 201, headers, body }));

/** As n8n's helper says of a request whose signal is aborted. */
const abortOf = async (signal: AbortSignal) =>
	await new Promise((_, reject) => {
		signal.addEventListener('abort', () => reject(new Error('canceled')));
	});

const ASKED = {
	method: 'GET',
	url: URL_ASKED,
	headers: {},
	qs: undefined,
	body: undefined,
	encoding: 'stream',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	sendCredentialsOnCrossOriginRedirect: false,
	timeout: 0,
	abortSignal: expect.any(AbortSignal),
};

describe('n8n is asked for', () => {
	test.each<[string, Partial<Opening>, object]>([
		['no redirect to be followed', {}, { disableFollowRedirect: true }],
		['so many redirects to be followed', { maxRedirects: 5 }, { maxRedirects: 5 }],
		[
			'a query and headers',
			{ query: { page: 2 }, headers: { Accept: 'application/json' } },
			{ disableFollowRedirect: true, qs: { page: 2 }, headers: { Accept: 'application/json' } },
		],
		[
			'JSON, which it writes itself',
			{ method: 'POST', json: { n: 1 } },
			{ disableFollowRedirect: true, method: 'POST', body: { n: 1 } },
		],
		[
			'JSON that it could not write',
			{ method: 'POST', json: { n: 12345678901234567890n }, headers: { Accept: '*/*' } },
			{
				disableFollowRedirect: true,
				method: 'POST',
				headers: { Accept: '*/*', 'Content-Type': 'application/json' },
				body: Buffer.from('{"n":12345678901234567890}'),
			},
		],
		[
			'a body of its own',
			{
				method: 'PUT',
				headers: { Accept: '*/*' },
				stream: async () => ({ headers: { 'Content-Length': '3' }, body: Buffer.from('abc') }),
			},
			{
				disableFollowRedirect: true,
				method: 'PUT',
				headers: { Accept: '*/*', 'Content-Length': '3' },
				body: Buffer.from('abc'),
			},
		],
	])('%s', async (_what, opening, options) => {
		const { opened, asked } = answering(Readable.from([]));
		(await opened(opening)).close();
		expect(asked).toEqual([{ options: { ...ASKED, ...options } }]);
	});

	test('the credential that signs it, with the signal that ends it in the place where n8n looks', async () => {
		const { opened, asked, signals } = answering(Readable.from([]));
		(await opened({ credentialType: 'evoLinkApi' })).close();
		expect(asked).toEqual([
			{ credentialType: 'evoLinkApi', options: { ...ASKED, disableFollowRedirect: true } },
		]);
		expect(signals).toEqual([asked[0]!.options.abortSignal]);
	});
});

test('an answer has its status, its headers in lower case, and its bytes', async () => {
	const body = Readable.from([Buffer.from('ab'), Buffer.from('c')]);
	const { opened } = answering(body, { 'X-Request-ID': 'r-1', 'content-length': 3 });
	const { status, headers, bytes, lender, close } = await opened();
	const chunks: string[] = [];
	for await (const chunk of bytes) chunks.push(chunk.toString());
	close();
	expect({ status, headers, chunks }).toEqual({
		status: 201,
		headers: { 'x-request-id': 'r-1', 'content-length': '3' },
		chunks: ['ab', 'c'],
	});
	expect(lender).toBe(body);
});

test('closed when it was read, it leaves nothing open and ends nothing', async () => {
	const body = Readable.from([Buffer.from('ab')]);
	const { opened, asked } = answering(body);
	const { bytes, close } = await opened();
	for await (const chunk of bytes) expect(chunk.toString()).toBe('ab');
	close();
	const signal = asked[0]!.options.abortSignal as AbortSignal;
	expect([body.destroyed, signal.aborted]).toEqual([true, false]);
});

test('closed when it was read, it ends a stream that hasn’t ended by itself', async () => {
	// As a decompressor's, behind whose end the connection goes on.
	const body = new Readable({ autoDestroy: false, read: () => undefined });
	body.push('ab');
	body.push(null);
	const { opened } = answering(body);
	const { bytes, close } = await opened();
	const iterator = bytes[Symbol.asyncIterator]();
	while (!(await iterator.next()).done);
	close();
	expect(body.destroyed).toBe(true);
});

test('closed before it was read, it ends the stream and the request', async () => {
	const body = new Readable({ read: () => undefined });
	const { opened, asked } = answering(body);
	(await opened()).close();
	const signal = asked[0]!.options.abortSignal as AbortSignal;
	expect([body.destroyed, signal.aborted]).toEqual([true, true]);
});

test.each([
	['a text', 'Hello'],
	['an object', { id: 'task-1' }],
	['null', null],
	['nothing', undefined],
])('%s in the place of a stream can’t be read, and ends the request', async (_what, body) => {
	const { opened, asked } = answering(body);
	await expect(opened()).rejects.toThrow('The answer came in no form that can be read.');
	expect((asked[0]!.options.abortSignal as AbortSignal).aborted).toBe(true);
});

test('what n8n’s helper throws is thrown', async () => {
	const error = new Error('connect ECONNREFUSED');
	const { opened, asked } = openHelpers(async () => await Promise.reject(error));
	await expect(opened()).rejects.toBe(error);
	expect((asked[0]!.options.abortSignal as AbortSignal).aborted).toBe(true);
});

describe('a request that takes too long', () => {
	test('is told as one, and not as n8n tells of it', async () => {
		const { opened, clock } = openHelpers(abortOf);
		const ended = await clock.until(opened({}, { total: 5000 }));
		expect(ended).toEqual({
			ok: false,
			error: Object.assign(new Error('It took too long.'), { code: 'ETIMEDOUT' }),
		});
		expect(clock.passed()).toBe(5000);
	});

	test('ends its stream with that, too', async () => {
		const body = new Readable({ read: () => undefined });
		const { opened, clock } = answering(body);
		const { bytes } = await opened();
		const ended = await clock.until(bytes.next());
		expect(ended).toMatchObject({ ok: false, error: { code: 'ETIMEDOUT' } });
		expect(clock.passed()).toBe(10_000);
	});

	test('counts its silence from the last byte that came or went', async () => {
		const body = new Readable({ read: () => undefined });
		const { opened, clock } = openHelpers(async () => {
			await clock.pause(4000);
			return { statusCode: 200, headers: {}, body };
		});
		const stream: Opening['stream'] = async (onBytes) => {
			await clock.pause(9000);
			onBytes();
			return { headers: {}, body: Buffer.alloc(0) };
		};
		void clock.pause(20_000).then(() => body.push('a'));
		const open = async () => {
			const { bytes } = await opened({ method: 'POST', stream });
			await bytes.next();
			await bytes.next();
		};
		const ended = await clock.until(open());
		expect(ended).toMatchObject({ ok: false, error: { code: 'ETIMEDOUT' } });
		expect(clock.passed()).toBe(30_000);
	});
});
