// A multipart body with one file that is streamed from n8n's binary store, never held as a whole.
import { randomBytes } from 'crypto';

import type { PipelineContext } from './connection';
import { streamLike, type ByteStream } from './streams';

/** A file that lies in n8n's binary store, or in memory where n8n keeps it there. */
export interface FileToSend {
	name: string;
	mimeType: string;
	bytes: number;
	content: { binaryId: string } | { buffer: Buffer };
}

export interface MultipartBody {
	headers: Record<string, string>;
	body: Buffer | ByteStream;
}

/** RFC 7578 form data with a single file part, its length known ahead. */
export async function multipartBody(
	context: PipelineContext,
	field: string,
	file: FileToSend,
): Promise<MultipartBody> {
	const boundary = `----imagegen${randomBytes(16).toString('hex')}`;
	const head = Buffer.from(
		`--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${plainName(file.name)}"\r\n` +
			`Content-Type: ${file.mimeType}\r\n\r\n`,
	);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
	const headers = {
		'Content-Type': `multipart/form-data; boundary=${boundary}`,
		'Content-Length': String(head.length + file.bytes + tail.length),
	};
	if ('buffer' in file.content) {
		return { headers, body: Buffer.concat([head, file.content.buffer, tail]) };
	}
	if (!('getBinaryStream' in context.helpers)) {
		throw new TypeError('Files can be sent only where n8n gives access to its binary store.');
	}
	const content = await context.helpers.getBinaryStream(file.content.binaryId);
	return { headers, body: streamLike(content, framed(head, content, tail)) };
}

async function* framed(head: Buffer, content: ByteStream, tail: Buffer): AsyncGenerator<Buffer> {
	yield head;
	for await (const chunk of content) yield chunk as Buffer;
	yield tail;
}

/** A header can't carry quotes, line breaks or anything outside ASCII. */
function plainName(name: string): string {
	return name.replace(/[^\w.-]+/g, '_').slice(-100) || 'image';
}
