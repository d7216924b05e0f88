// The other end of n8n's HTTP helpers, for tests in virtual time: what it is asked, and what it answers when.
import { Readable } from 'node:stream';

import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { Clock } from '../../../pipeline/clock';

export interface Answer {
	statusCode?: number;
	headers?: Record<string, string>;
	/** As text or bytes, or as what JSON says. */
	body?: unknown;
	/** Milliseconds in which each piece of a request's streamed body is taken. */
	betweenPieces?: number;
	/** Milliseconds until its head comes, after that. */
	after?: number;
	/** Milliseconds before each of its bytes. */
	betweenBytes?: number;
}

/** `never` for a request that is never answered. */
export type Told = Answer | Error | 'never';

export interface Asked {
	/** The clock's time. */
	at: number;
	method: string;
	url: string;
	body: IDataObject;
}

/** `tell` is given each request, and how many there have been with it. */
export function otherEnd(clock: Clock, tell: (asked: Asked, count: number) => Told) {
	const asked: Asked[] = [];

	async function request(
		this: unknown,
		_credentialType: string,
		{ method, url, body, abortSignal }: IHttpRequestOptions,
	) {
		const { getExecutionCancelSignal } = this as Partial<IExecuteFunctions>;
		const ended = getExecutionCancelSignal?.() ?? (abortSignal as AbortSignal | undefined);
		const one = { at: clock.now(), method: method!, url, body: (body ?? {}) as IDataObject };
		const told = tell(one, asked.push(one));
		if (told === 'never') return await abortOf(ended);
		if (told instanceof Error) throw told;
		if (body instanceof Readable) await take(body, told.betweenPieces, ended);
		if (told.after !== undefined) await clock.pause(told.after, ended);
		const { statusCode = 200, headers = {}, body: content, betweenBytes } = told;
		return { statusCode, headers, body: streamed(clock, bytesOf(content), betweenBytes) };
	}

	async function take(body: Readable, milliseconds: number | undefined, ended?: AbortSignal) {
		const pieces = body[Symbol.asyncIterator]();
		while (!(await pieces.next()).done) {
			if (milliseconds !== undefined) await clock.pause(milliseconds, ended);
		}
	}

	const helpers = {
		httpRequestWithAuthentication: request,
		async httpRequest(this: unknown, options: IHttpRequestOptions) {
			return await request.call(this, '', options);
		},
	};
	return { context: { helpers } as unknown as IExecuteFunctions, asked };
}

/** As n8n's helper ends a request whose signal is aborted. */
async function abortOf(signal: AbortSignal | undefined): Promise<never> {
	return await new Promise((_, reject) => {
		const end = () => reject(Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' }));
		if (signal?.aborted) end();
		else signal?.addEventListener('abort', end);
	});
}

function bytesOf(content: unknown): Buffer {
	if (Buffer.isBuffer(content)) return content;
	return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content ?? {}));
}

function streamed(clock: Clock, bytes: Buffer, betweenBytes: number | undefined): Readable {
	if (betweenBytes === undefined) return Readable.from([bytes]);
	const stream = new Readable({ read: () => {} });
	void (async () => {
		for (const byte of bytes) {
			await clock.pause(betweenBytes);
			if (stream.destroyed) return;
			stream.push(Buffer.from([byte]));
		}
		stream.push(null);
	})();
	return stream;
}

export const timedOut = () => Object.assign(new Error('Too long'), { code: 'ETIMEDOUT' });
export const brokenOff = () => Object.assign(new Error('Gone'), { code: 'ECONNRESET' });
export const notReached = () => Object.assign(new Error('No'), { code: 'ECONNREFUSED' });
