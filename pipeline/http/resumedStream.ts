// The bytes of a download that goes on where it broke off, as long as the server lets it (RFC 9110, 14: range requests).
import { resultOf } from '../result';
import type { Opened } from './openRequest';

/** Breaks in a row without a byte between them, after which the download has failed. */
const MAX_BREAKS = 4;
const FIRST_PAUSE_MILLISECONDS = 500;

export interface Resuming {
	/** Asks for the same again with these headers. Throws when no answer comes. */
	reopen(headers: Record<string, string>): Promise<Opened>;
	/** Waits for some milliseconds. */
	pause(milliseconds: number): Promise<void>;
}

/**
 * The whole body, in one stream. Throws what broke it off last when it can't go on: the file has changed meanwhile, the
 * server refuses, or nothing moves any more. Closes every answer but the first, which belongs to the caller.
 */
export async function* resumedBytes(
	first: Opened,
	{ reopen, pause }: Resuming,
): AsyncGenerator<Buffer> {
	const validator = validatorOf(first);
	let opened = first;
	let bytes: AsyncIterator<Buffer> = first.bytes;
	let length = 0;
	for (let breaks = 0; ; ) {
		const next = await resultOf(bytes.next());
		if (next.ok && next.value.done) break;
		if (next.ok) {
			length += (next.value.value as Buffer).length;
			breaks = 0;
			yield next.value.value as Buffer;
			continue;
		}
		breaks += 1;
		if (opened !== first) opened.close();
		const again = await goOn(next.error);
		opened = again.opened;
		bytes = again.bytes;

		async function goOn(reason: Error) {
			for (; breaks <= MAX_BREAKS; breaks++) {
				await pause(FIRST_PAUSE_MILLISECONDS * 2 ** (breaks - 1));
				const answer = await resultOf(reopen(rangeFrom(length, validator)));
				if (!answer.ok) continue;
				const rest = restOf(answer.value, length, validator);
				if (rest) return { opened: answer.value, bytes: rest };
				answer.value.close();
				if (!isPassing(answer.value)) break;
			}
			throw reason;
		}
	}
	if (opened !== first) opened.close();
}

/** What tells that a file is still the same: a strong ETag, else the time of its last change. */
function validatorOf({ headers }: Opened): string | undefined {
	const { etag } = headers;
	return etag !== undefined && !etag.startsWith('W/') ? etag : headers['last-modified'];
}

function rangeFrom(length: number, validator: string | undefined): Record<string, string> {
	if (length === 0) return {};
	const range = { Range: `bytes=${length}-` };
	return validator === undefined ? range : { ...range, 'If-Range': validator };
}

/** What is still missing; undefined where the answer isn't it. */
function restOf(
	opened: Opened,
	length: number,
	validator: string | undefined,
): AsyncIterator<Buffer> | undefined {
	const { status, headers, bytes } = opened;
	if (status === 206) {
		return headers['content-range']?.startsWith(`bytes ${length}-`) ? bytes : undefined;
	}
	if (status !== 200) return undefined;
	// The server sends all of it again, which helps only if it is the same.
	const isSame = length === 0 || (validator !== undefined && validatorOf(opened) === validator);
	return isSame ? without(bytes, length) : undefined;
}

function isPassing({ status }: Opened): boolean {
	return status === 429 || status >= 500;
}

/** The bytes after the first `length` ones. */
async function* without(bytes: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
	let left = length;
	for await (const chunk of bytes) {
		if (left < chunk.length) yield left > 0 ? chunk.subarray(left) : chunk;
		left = Math.max(0, left - chunk.length);
	}
}
