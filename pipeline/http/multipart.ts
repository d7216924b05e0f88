// A body of one file or several: a form, or the file alone.
import { randomBytes } from 'crypto';

import type { FormPart, InputFile } from '../../providers/contract';
import type { OpenFile } from './fileToSend';
import { bodyOf, BREAKS, fileIn, type Piece, type StreamedBody } from './streamedBody';

const MAX_NAME_CHARACTERS = 100;

/** RFC 7578 form data. Every file part must still have its file. Fails as `bodyOf` does. */
export async function multipartBody(
	openFile: OpenFile,
	parts: readonly FormPart[],
	onBytes: () => void,
): Promise<StreamedBody> {
	const boundary = `----imagegen${randomBytes(16).toString('hex')}`;
	const pieces = parts.flatMap((part) => piecesOf(part, boundary));
	pieces.push(Buffer.from(`--${boundary}--\r\n`));
	return await bodyOf(openFile, `multipart/form-data; boundary=${boundary}`, pieces, onBytes);
}

/** The file alone, under its own type. Fails in the same way. */
export async function fileBody(
	openFile: OpenFile,
	input: InputFile,
	onBytes: () => void,
): Promise<StreamedBody> {
	const file = fileIn(input);
	return await bodyOf(openFile, file.mimeType, [{ file }], onBytes);
}

function piecesOf(part: FormPart, boundary: string): Piece[] {
	const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"`;
	if ('value' in part) {
		const fileName = part.fileName ? `; filename="${nameInHeader(part.fileName)}"` : '';
		return [Buffer.from(`${disposition}${fileName}\r\n\r\n${part.value}\r\n`)];
	}
	const file = fileIn(part.file);
	const head = `${disposition}; filename="${nameInHeader(file.name)}"\r\nContent-Type: ${file.mimeType}\r\n\r\n`;
	return [Buffer.from(head), { file }, Buffer.from('\r\n')];
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
