// A multipart body whose files are streamed from n8n's binary store one after the other, never held as a whole.
import { randomBytes } from 'crypto';

import type { FormPart } from '../../providers/contract';
import type { PipelineContext } from '../context';
import type { FileToSend, LocalFile } from '../media/files';
import { streamLike, type ByteStream } from './streams';

export interface MultipartBody {
	headers: Record<string, string>;
	body: Buffer | ByteStream;
}

type Piece = Buffer | FileToSend;

/**
 * RFC 7578 form data, its length known ahead. Every file part must still have its file. `onBytes` is told whenever some
 * of it has been taken.
 */
export async function multipartBody(
	context: PipelineContext,
	parts: readonly FormPart[],
	onBytes: () => void,
): Promise<MultipartBody> {
	const boundary = `----imagegen${randomBytes(16).toString('hex')}`;
	const pieces = parts.flatMap((part) => piecesOf(part, boundary));
	pieces.push(Buffer.from(`--${boundary}--\r\n`));
	const length = pieces.reduce(
		(sum, piece) => sum + (Buffer.isBuffer(piece) ? piece.length : piece.bytes),
		0,
	);
	const headers = {
		'Content-Type': `multipart/form-data; boundary=${boundary}`,
		'Content-Length': String(length),
	};
	return { headers, body: await joined(context, pieces, onBytes) };
}

function piecesOf(part: FormPart, boundary: string): Piece[] {
	const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"`;
	if ('value' in part) {
		const fileName = part.fileName ? `; filename="${plainName(part.fileName)}"` : '';
		return [Buffer.from(`${disposition}${fileName}\r\n\r\n${part.value}\r\n`)];
	}
	const { file } = part.file as LocalFile;
	if (!file) throw new TypeError(`The file "${part.file.label}" is not in n8n.`);
	const head = `${disposition}; filename="${plainName(file.name)}"\r\nContent-Type: ${file.mimeType}\r\n\r\n`;
	return [Buffer.from(head), file, Buffer.from('\r\n')];
}

/** One stream over all pieces; one buffer where n8n keeps its files in memory anyway. */
async function joined(
	context: PipelineContext,
	pieces: Piece[],
	onBytes: () => void,
): Promise<Buffer | ByteStream> {
	const stored = pieces.find((piece) => !Buffer.isBuffer(piece) && 'binaryId' in piece.content);
	if (stored === undefined) {
		return Buffer.concat(pieces.map((piece) => (Buffer.isBuffer(piece) ? piece : inMemory(piece))));
	}
	const { binaryId } = (stored as FileToSend).content as { binaryId: string };
	const lender = await openStored(context, binaryId);
	lender.destroy();
	return streamLike(lender, noticed(bytesOf(context, pieces), onBytes));
}

async function* noticed(
	chunks: AsyncGenerator<Buffer>,
	onBytes: () => void,
): AsyncGenerator<Buffer> {
	for await (const chunk of chunks) {
		onBytes();
		yield chunk;
	}
}

async function* bytesOf(context: PipelineContext, pieces: Piece[]): AsyncGenerator<Buffer> {
	for (const piece of pieces) {
		if (Buffer.isBuffer(piece)) yield piece;
		else if ('buffer' in piece.content) yield piece.content.buffer;
		else {
			for await (const chunk of await openStored(context, piece.content.binaryId)) {
				yield chunk as Buffer;
			}
		}
	}
}

async function openStored(context: PipelineContext, binaryId: string): Promise<ByteStream> {
	if ('getBinaryStream' in context.helpers) return await context.helpers.getBinaryStream(binaryId);
	throw new TypeError('Files can be sent only where n8n gives access to its binary store.');
}

function inMemory({ content, name }: FileToSend): Buffer {
	if ('buffer' in content) return content.buffer;
	throw new TypeError(`The file "${name}" is not in memory.`);
}

/** A header can't carry quotes, line breaks or anything outside ASCII. */
function plainName(name: string): string {
	return name.replace(/[^\w.-]+/g, '_').slice(-100) || 'file';
}
