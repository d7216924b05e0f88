// A body of one file or several, streamed from n8n's binary store one after the other, never held as a whole.
import { randomBytes } from 'crypto';

import type { FormPart, InputFile } from '../../providers/contract';
import { badInput, type ImageFailure } from '../../providers/failure';
import { resultOf } from '../result';
import { streamLike, type ByteStream } from '../answers/streams';
import type { FileToSend, LocalFile, OpenFile } from './fileToSend';

export interface FileBody {
	headers: Record<string, string>;
	body: Buffer | ByteStream;
}

type Piece = Buffer | FileToSend;

const MAX_NAME_CHARACTERS = 100;
/** What would end a line of a header. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * RFC 7578 form data, its length known ahead. Every file part must still have its file. `onBytes` is told whenever some
 * of it has been taken. Throws a badInput failure, here or while the body is read, when a file can't be read.
 */
export async function multipartBody(
	openFile: OpenFile,
	parts: readonly FormPart[],
	onBytes: () => void,
): Promise<FileBody> {
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
	return { headers, body: await joined(openFile, pieces, onBytes) };
}

/** The file alone, under its own type. Fails in the same way. */
export async function fileBody(
	openFile: OpenFile,
	input: InputFile,
	onBytes: () => void,
): Promise<FileBody> {
	const file = fileIn(input);
	const headers = { 'Content-Type': file.mimeType, 'Content-Length': String(file.bytes) };
	return { headers, body: await joined(openFile, [file], onBytes) };
}

function piecesOf(part: FormPart, boundary: string): Piece[] {
	const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"`;
	if ('value' in part) {
		const fileName = part.fileName ? `; filename="${nameInHeader(part.fileName)}"` : '';
		return [Buffer.from(`${disposition}${fileName}\r\n\r\n${part.value}\r\n`)];
	}
	const file = fileIn(part.file);
	const head = `${disposition}; filename="${nameInHeader(file.name)}"\r\nContent-Type: ${file.mimeType}\r\n\r\n`;
	return [Buffer.from(head), file, Buffer.from('\r\n')];
}

function fileIn(input: InputFile): FileToSend {
	const { file } = input as LocalFile;
	if (!file) throw unread(input.label, 'It is not in n8n');
	return { ...file, mimeType: file.mimeType.replace(BREAKS, '') };
}

/** One stream over all pieces; one buffer where n8n keeps its files in memory anyway. */
async function joined(
	openFile: OpenFile,
	pieces: Piece[],
	onBytes: () => void,
): Promise<Buffer | ByteStream> {
	const stored = pieces.find((piece) => !Buffer.isBuffer(piece) && isStored(piece));
	if (stored === undefined) {
		return Buffer.concat(pieces.map((piece) => (Buffer.isBuffer(piece) ? piece : inMemory(piece))));
	}
	const lender = await openStored(openFile, stored as StoredFile);
	lender.destroy();
	return streamLike(lender, noticed(bytesOf(openFile, pieces), onBytes));
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

async function* bytesOf(openFile: OpenFile, pieces: Piece[]): AsyncGenerator<Buffer> {
	for (const piece of pieces) {
		if (Buffer.isBuffer(piece)) yield piece;
		else if (isStored(piece)) yield* storedBytes(openFile, piece);
		else yield inMemory(piece);
	}
}

type StoredFile = FileToSend & { content: { binaryId: string } };

function isStored(file: FileToSend): file is StoredFile {
	return 'binaryId' in file.content;
}

/** Without the rest of the body, a server has nothing that it could work on. */
async function* storedBytes(openFile: OpenFile, file: StoredFile): AsyncGenerator<Buffer> {
	const chunks = (await openStored(openFile, file))[Symbol.asyncIterator]();
	for (;;) {
		const next = await resultOf(chunks.next());
		if (!next.ok) throw unread(file.name, next.error.message);
		if (next.value.done) return;
		yield next.value.value as Buffer;
	}
}

async function openStored(openFile: OpenFile, file: StoredFile): Promise<ByteStream> {
	const opened = await resultOf(openFile(file.content.binaryId));
	if (opened.ok) return opened.value;
	throw unread(file.name, opened.error.message);
}

function inMemory({ content, name }: FileToSend): Buffer {
	if ('buffer' in content) return content.buffer;
	throw unread(name, 'It is not in memory');
}

function unread(name: string, reason: string): ImageFailure {
	return badInput(
		`The file "${name}" could not be read: ${reason.replace(/\.$/, '')}.`,
		'Run the workflow again from the step that makes this file. Nothing was sent that could be charged.',
	);
}

/** A file's name with letters of any language, in UTF-8 as browsers send it (RFC 7578, WHATWG's form data). Its ending stays. */
function nameInHeader(name: string): string {
	const plain = name
		.toWellFormed()
		.replace(BREAKS, '')
		// Some servers take what stands before it for a folder, or it for the sign that frees a quote.
		.replace(/[/\\]+/g, '_');
	const short = [...plain].slice(-MAX_NAME_CHARACTERS).join('').trim();
	return (short || 'file').replaceAll('"', '%22');
}
