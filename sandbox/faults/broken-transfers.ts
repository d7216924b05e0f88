// Transfers that stop on the way, from a server that lets them go on (RFC 9110, 14): with an ETag, and parts on request.
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { contentType } from '../files/image-file';

/** A broken transfer ends after so much of what was asked for, and at least one byte. */
const BROKEN_PART = 0.4;

/** `broken` breaks off again and again; `stuck` stops halfway without a word, and only the first time. */
export function sendRange(reply: FastifyReply, kind: 'broken' | 'stuck', image: Buffer): void {
	const etag = `"${createHash('sha256').update(image).digest('hex').slice(0, 16)}"`;
	const { range, 'if-range': ifRange } = reply.request.headers;
	const asked = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
	const isPart = asked > 0 && asked < image.length && (ifRange === undefined || ifRange === etag);
	const start = isPart ? asked : 0;
	const rest = image.subarray(start);
	reply.hijack();
	reply.raw.writeHead(isPart ? 206 : 200, {
		'content-type': contentType(image),
		'content-length': rest.length,
		etag,
		...(isPart && { 'content-range': `bytes ${start}-${image.length - 1}/${image.length}` }),
	});
	if (kind === 'stuck' && !isPart) {
		reply.raw.write(rest.subarray(0, Math.ceil(rest.length / 2)));
		return;
	}
	const part = rest.subarray(0, Math.ceil(rest.length * BROKEN_PART));
	// The last bytes come whole, so that it does end.
	if (kind === 'stuck' || rest.length < image.length / 5) reply.raw.end(rest);
	else reply.raw.write(part, () => reply.raw.destroy());
}
