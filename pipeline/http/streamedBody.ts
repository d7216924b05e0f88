// A body with files in it, streamed from n8n's binary store one after the other, never held as a whole.
import type { InputFile } from '../../providers/contract';
import { badInput, type ImageFailure } from '../../providers/failure';
import { resultOf } from '../result';
import { streamLike, type ByteStream } from '../answers/streams';
import type { FileToSend, LocalFile, OpenFile } from './fileToSend';

export interface StreamedBody {
	headers: Record<string, string>;
	body: Buffer | ByteStream;
}

/** Bytes, or a file: as it is, or as base64. */
export type Piece = Buffer | FilePiece;

interface FilePiece {
	file: FileToSend;
	isBase64?: boolean;
}

/** Base64 writes so many bytes as four characters. */
const GROUP = 3;
/** Bytes of a file that are read and written as base64 at once: none is then left over, as a rule. */
const BASE64_BYTES = GROUP * 16 * 1024;

/**
 * The pieces one after the other, their length known ahead. `onBytes` is told whenever some of it has been taken. Throws
 * a badInput failure, here or while the body is read, when a file can't be read.
 */
export async function bodyOf(
	openFile: OpenFile,
	contentType: string,
	pieces: readonly Piece[],
	onBytes: () => void,
): Promise<StreamedBody> {
	const length = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
	const headers = { 'Content-Type': contentType, 'Content-Length': String(length) };
	return { headers, body: await joined(openFile, pieces, length, onBytes) };
}

/** What would end a line of a header. */
export const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/** With a type that can stand in a header. Throws a badInput failure when it isn't in n8n. */
export function fileIn(input: InputFile): FileToSend {
	const { file } = input as LocalFile;
	if (!file) throw unread(input.label, 'It is not in n8n');
	return { ...file, mimeType: file.mimeType.replace(BREAKS, '') };
}

function lengthOf(piece: Piece): number {
	if (Buffer.isBuffer(piece)) return piece.length;
	const { bytes } = piece.file;
	return piece.isBase64 ? 4 * Math.ceil(bytes / GROUP) : bytes;
}

/** One stream over all pieces; one buffer where n8n keeps its files in memory anyway. */
async function joined(
	openFile: OpenFile,
	pieces: readonly Piece[],
	length: number,
	onBytes: () => void,
): Promise<Buffer | ByteStream> {
	const stored = pieces
		.flatMap((piece) => (Buffer.isBuffer(piece) ? [] : piece.file))
		.find(isStored);
	if (stored === undefined) return await wholeOf(bytesOf(openFile, pieces), length);
	const lender = await openStored(openFile, stored);
	lender.destroy();
	return streamLike(lender, noticed(bytesOf(openFile, pieces), onBytes));
}

async function wholeOf(chunks: AsyncIterable<Buffer>, length: number): Promise<Buffer> {
	const whole = Buffer.alloc(length);
	let end = 0;
	for await (const chunk of chunks) end += chunk.copy(whole, end);
	return whole;
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

async function* bytesOf(openFile: OpenFile, pieces: readonly Piece[]): AsyncGenerator<Buffer> {
	for (const piece of pieces) {
		if (Buffer.isBuffer(piece)) yield piece;
		else if (piece.isBase64) yield* inBase64(bytesIn(openFile, piece.file, BASE64_BYTES));
		else yield* bytesIn(openFile, piece.file);
	}
}

async function* inBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of chunks) {
		const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
		// What fills up base64 stands at its end only.
		const whole = bytes.length - (bytes.length % GROUP);
		for (let at = 0; at < whole; at += BASE64_BYTES) {
			yield base64Of(bytes.subarray(at, Math.min(at + BASE64_BYTES, whole)));
		}
		rest = bytes.subarray(whole);
	}
	if (rest.length > 0) yield base64Of(rest);
}

function base64Of(bytes: Buffer): Buffer {
	return Buffer.from(bytes.toString('base64'), 'latin1');
}

type StoredFile = FileToSend & { content: { binaryId: string } };

function isStored(file: FileToSend): file is StoredFile {
	return 'binaryId' in file.content;
}

/** Without the rest of the body, a server has nothing that it could work on. */
async function* bytesIn(
	openFile: OpenFile,
	file: FileToSend,
	chunkBytes?: number,
): AsyncGenerator<Buffer> {
	const { content } = file;
	if ('buffer' in content) {
		yield content.buffer;
		return;
	}
	const stream = await openStored(openFile, { ...file, content }, chunkBytes);
	const chunks = stream[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await resultOf(chunks.next());
			if (!next.ok) throw unread(file.name, next.error.message);
			if (next.value.done) return;
			yield next.value.value as Buffer;
		}
	} finally {
		// Nobody else closes it when the request has ended before the file.
		stream.destroy();
	}
}

async function openStored(
	openFile: OpenFile,
	file: StoredFile,
	chunkBytes?: number,
): Promise<ByteStream> {
	const opened = await resultOf(openFile(file.content.binaryId, chunkBytes));
	if (opened.ok) return opened.value;
	throw unread(file.name, opened.error.message);
}

function unread(name: string, reason: string): ImageFailure {
	return badInput(
		`The file "${name}" could not be read: ${reason.replace(/\.$/, '')}.`,
		'Run the workflow again from the step that makes this file. Nothing was sent that could be charged.',
	);
}
