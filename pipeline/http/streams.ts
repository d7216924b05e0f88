// Node's streams, handled without importing them: n8n doesn't let community nodes import node:stream.
import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { settle } from '../settle';

/** Timers can't count further, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A stream of what the generator yields. Every stream class inherits `from` of Readable, so any stream lends it. */
export function streamLike(stream: ByteStream, chunks: AsyncGenerator<Buffer>): ByteStream {
	const { from } = stream.constructor as unknown as {
		from(chunks: AsyncGenerator<Buffer>, options: { objectMode: boolean }): ByteStream;
	};
	return from.call(stream.constructor, chunks, { objectMode: false });
}

export function isByteStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** The first bytes of a stream, at most `most` of them. The stream is closed afterwards. */
export async function firstBytes(stream: ByteStream, most: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream) {
		chunks.push(chunk as Buffer);
		length += (chunk as Buffer).length;
		if (length >= most) break;
	}
	return Buffer.concat(chunks).subarray(0, most);
}

/** How long an answer may take, and what ends the request that it belongs to. */
export interface TimeLimit {
	milliseconds: number;
	request: AbortController;
}

/**
 * Does the work with an answer's stream and closes it. A stream that takes longer breaks off with ETIMEDOUT: n8n's own
 * time limit ends with the answer's head, or counts from the last byte. Its request is ended too, as n8n's streams
 * can't be closed while they wait for bytes.
 */
export async function withinTime<Value>(
	stream: ByteStream,
	limit: TimeLimit,
	work: () => Promise<Value>,
): Promise<Value> {
	const done = new AbortController();
	void endAfter(stream, limit, done.signal);
	const outcome = await settle(work());
	done.abort();
	stream.destroy();
	if (outcome.ok) return outcome.value;
	limit.request.abort();
	throw outcome.error;
}

async function endAfter(
	stream: ByteStream,
	{ milliseconds, request }: TimeLimit,
	done: AbortSignal,
): Promise<void> {
	const slept = await settle(sleep(Math.min(milliseconds, LONGEST_TIMER), done));
	if (!slept.ok || done.aborted) return;
	stream.destroy(Object.assign(new Error('The stream took too long.'), { code: 'ETIMEDOUT' }));
	request.abort();
}

/** Aborted when the request is to end, for either reason. */
export function endOf(request: AbortController, signal?: AbortSignal): AbortSignal {
	return signal ? AbortSignal.any([request.signal, signal]) : request.signal;
}
