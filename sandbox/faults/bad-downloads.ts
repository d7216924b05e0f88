// The ways in which a link to a picture can be bad, or only odd.
import { Readable } from 'node:stream';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { contentType } from '../files/image-file';
import type { Lifetime } from '../lifetime';
import type { BadDownload } from './faults';
import { inFormat } from './odd-pictures';
import { sendRange } from './broken-transfers';

const PIECES = 20;
/** Between two pieces. */
const PAUSES_MS = { slow: 100, crawling: 500 };
/** How long a fresh link answers that there is no file. */
const LATE_MS = 2000;
const HUGE_BYTES = 300 * 1024 * 1024;

/** What a file server says that has no such file yet, as one gateway's does. */
const NO_FILE = { RetCode: -148654, ErrMsg: 'file not exist' };

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
		case 'late':
			if (isLate(reply, lifetime)) return await reply.code(404).send(NO_FILE);
			return await reply.type(type).send(image);
		case 'busy':
			return await reply.code(429).header('retry-after', '1').send({ error: 'Slow down.' });
		case 'down':
			return await reply.code(503).type('text/html').send('<h1>503 Service Unavailable</h1>\n');
		case 'denied':
			return await reply.code(403).type('application/xml').send('<Error>AccessDenied</Error>\n');
		case 'html':
			return await reply.type('text/html').send('<!DOCTYPE html><h1>Please try again later</h1>\n');
		case 'empty':
			return await reply.type(type).send(Buffer.alloc(0));
		case 'text':
			return await reply.type('application/json').send(NO_FILE);
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
		case 'broken':
		case 'stuck':
			sendRange(reply, kind, image);
			return reply;
		case 'gzip':
			return await reply.type(type).header('content-encoding', 'gzip').send(gzipSync(image));
		case 'br':
			return await reply
				.type(type)
				.header('content-encoding', 'br')
				.send(brotliCompressSync(image));
		case 'padded':
		case 'avif':
		case 'heic':
		case 'svg':
		case 'unknown': {
			const odd = await inFormat(kind, image);
			return await reply.type(odd.type).send(odd.bytes);
		}
		case 'moved':
		case 'endless':
			if (kind === 'moved' && reply.request.url.endsWith('?moved')) {
				return await reply.type(type).send(image);
			}
			return await reply.redirect(`${reply.request.url.split('?')[0]!}?moved`, 302);
		case 'huge':
			sendLessThanPromised(reply, type, image, HUGE_BYTES);
			return reply;
	}
}

/** When each link was asked for first. */
const firstAsked = new WeakMap<Lifetime, Map<string, number>>();

function isLate({ request: { url } }: FastifyReply, lifetime: Lifetime): boolean {
	const times = firstAsked.get(lifetime) ?? new Map<string, number>();
	firstAsked.set(lifetime, times);
	const first = times.get(url) ?? Date.now();
	times.set(url, first);
	return Date.now() - first < LATE_MS;
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
