// The ways in which a download can be bad.
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { contentType } from '../files/image-file';
import type { Lifetime } from '../lifetime';
import type { BadDownload } from './faults';

const PIECES = 20;
/** Between two pieces. */
const PAUSES_MS = { slow: 100, crawling: 500 };

export async function sendBadDownload(
	reply: FastifyReply,
	kind: BadDownload['kind'],
	image: Buffer,
	lifetime: Lifetime,
): Promise<FastifyReply> {
	const type = contentType(image);
	const half = image.subarray(0, Math.ceil(image.length / 2));
	switch (kind) {
		case 'dead':
			return await reply.code(404).type('text/html').send('<h1>404 Not Found</h1>\n');
		case 'html':
			return await reply.type('text/html').send('<!DOCTYPE html><h1>Please try again later</h1>\n');
		case 'empty':
			return await reply.type(type).send(Buffer.alloc(0));
		case 'truncated':
			return await reply.type(type).send(half);
		case 'slow':
		case 'crawling':
			return await reply
				.type(type)
				.header('content-length', image.length)
				.send(Readable.from(inPieces(image, PAUSES_MS[kind], lifetime)));
		case 'short':
			sendLessThanPromised(reply, type, half, image.length);
			return reply;
	}
}

function sendLessThanPromised(
	reply: FastifyReply,
	type: string,
	part: Buffer,
	promised: number,
): void {
	reply.hijack();
	reply.raw.writeHead(200, { 'content-type': type, 'content-length': promised });
	reply.raw.write(part, () => reply.raw.destroy());
}

async function* inPieces(
	bytes: Buffer,
	pauseMs: number,
	lifetime: Lifetime,
): AsyncGenerator<Buffer> {
	const size = Math.ceil(bytes.length / PIECES);
	for (let start = 0; start < bytes.length; start += size) {
		yield bytes.subarray(start, start + size);
		await lifetime.wait(pauseMs);
	}
}
