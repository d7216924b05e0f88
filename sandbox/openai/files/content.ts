// The content of a file: whole, from where a download broke off (RFC 9110, 14), or as badly as it was told.
import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Answer } from '../../http/answer';
import type { Lifetime } from '../../lifetime';
import type { ContentFault } from '../faults';
import type { ApiFile } from './api-files';

/** A connection that breaks takes along what hasn't been read yet: this is time enough to read it. */
const DRAIN_MS = 300;
const ODD_LINE = 'upstream connect error or disconnect';

interface Telling {
	fault?: ContentFault;
	/** Whether this download goes wrong, counted in the times. */
	breaks: (times: number | undefined) => boolean;
	lifetime: Lifetime;
}

export function contentAnswer(
	request: FastifyRequest,
	file: ApiFile,
	{ fault = {}, breaks, lifetime }: Telling,
): Answer {
	if (fault.location !== undefined) {
		return { status: 302, headers: { location: fault.location }, body: '' };
	}
	const isMeant = file.name.endsWith(`_${fault.unavailable}.jsonl`);
	if (isMeant && breaks(fault.times)) {
		return { status: fault.status ?? 503, headers: { 'retry-after': '0' }, body: '' };
	}
	const form = file.purpose === 'batch_output' ? fault.form : undefined;
	if (form === 'none') return { status: 204, body: '' };
	const content = fault.text === undefined ? inForm(file.bytes, form) : Buffer.from(fault.text);
	const etag = `"${file.id}"`;
	const start = fault.ignoresRange ? 0 : startOf(request, etag, content.length);
	const headers: Record<string, string> = {
		'content-type': 'application/octet-stream',
		'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
		'accept-ranges': 'bytes',
		etag,
	};
	const isPart = start > 0;
	if (isPart) headers['content-range'] = `bytes ${start}-${content.length - 1}/${content.length}`;
	const bytes = content.subarray(start);
	const status = isPart ? 206 : 200;
	const { breakAfter } = fault;
	if (breakAfter === undefined || bytes.length <= breakAfter || !breaks(fault.times)) {
		return { status, headers, body: bytes };
	}
	headers['content-length'] = String(bytes.length);
	return { status, headers, body: Readable.from(broken(bytes.subarray(0, breakAfter), lifetime)) };
}

/** Where the rest begins that is asked for; 0 where all of it is, or where the file isn't the same any more. */
function startOf({ headers }: FastifyRequest, etag: string, length: number): number {
	const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
	const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
	return isSame && start < length ? start : 0;
}

async function* broken(part: Buffer, lifetime: Lifetime): AsyncGenerator<Buffer> {
	yield part;
	await lifetime.wait(DRAIN_MS);
	throw new Error('The connection is to break here.');
}

function inForm(bytes: Buffer, form: ContentFault['form']): Buffer {
	const lines = bytes.toString('utf8').trimEnd().split('\n');
	const last = lines.at(-1) ?? '';
	switch (form) {
		case 'empty':
			return Buffer.alloc(0);
		case 'cut':
			return bytes.subarray(0, bytes.length - Math.ceil(last.length / 2));
		case 'bom':
			return Buffer.concat([Buffer.from('\ufeff'), bytes]);
		case 'fewer':
			return Buffer.from(lines.slice(1).join('\n'));
		case 'odd':
			return Buffer.from([...lines.slice(0, -1), ODD_LINE].join('\n'));
		default:
			return bytes;
	}
}
