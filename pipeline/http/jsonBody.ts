// A JSON body. JSON.stringify doesn't take everything that may be in it: numbers with more digits than JavaScript's are
// bigints here, and files are written as data URIs while they are sent.
import { randomUUID } from 'crypto';

import { LocalInlineFile, type OpenFile } from './fileToSend';
import { bodyOf, fileIn, type Piece, type StreamedBody } from './streamedBody';

type Json = Record<string, unknown>;

const CONTENT_TYPE = 'application/json';

interface JsonBody {
	headers: Record<string, string>;
	body: Json | Buffer;
}

/** JSON without files, as n8n's helper takes it: it writes the JSON itself, unless a bigint is in it. */
export function jsonBody(json: Json): JsonBody {
	if (!holds(json, isBigint)) return { headers: {}, body: json };
	return { headers: { 'Content-Type': CONTENT_TYPE }, body: Buffer.from(written(json).texts[0]!) };
}

export function hasFiles(json: Json): boolean {
	return holds(json, isFile);
}

/** JSON with files, each of which must be in n8n. Fails as `bodyOf` does. */
export async function jsonBodyWithFiles(
	openFile: OpenFile,
	json: Json,
	onBytes: () => void,
): Promise<StreamedBody> {
	const { texts, files } = written(json);
	const pieces = texts.flatMap((text, index): Piece[] => [
		...(index > 0 ? dataUri(files[index - 1]!) : []),
		Buffer.from(text),
	]);
	return await bodyOf(openFile, CONTENT_TYPE, pieces, onBytes);
}

/** The JSON's text, cut where its files belong, which are these. */
function written(json: Json): { texts: string[]; files: LocalInlineFile[] } {
	const mark = randomUUID();
	const files: LocalInlineFile[] = [];
	const text = JSON.stringify(json, function (this: Json, name, value: unknown) {
		// Looked up again: n8n makes texts of bigints before they get here.
		const given = this[name];
		if (isBigint(given)) return `${mark}${given}`;
		if (!isFile(given)) return value;
		files.push(given);
		return mark;
	});
	const withNumbers = text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
	return { texts: withNumbers.split(`"${mark}"`), files };
}

function dataUri({ file: input }: LocalInlineFile): Piece[] {
	const file = fileIn(input);
	const head = JSON.stringify(`data:${file.mimeType};base64,`).slice(0, -1);
	return [Buffer.from(head), { file, isBase64: true }, Buffer.from('"')];
}

function isBigint(value: unknown): value is bigint {
	return typeof value === 'bigint';
}

function isFile(value: unknown): value is LocalInlineFile {
	return value instanceof LocalInlineFile;
}

function holds(value: unknown, isWanted: (value: unknown) => boolean): boolean {
	if (isWanted(value)) return true;
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some((each) => holds(each, isWanted));
}
