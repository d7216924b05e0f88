// Reads the multipart form of POST /predictions/upload: model, input as a JSON string, and files for the input's keys.
import type { FastifyRequest } from 'fastify';
import { UPLOAD_LIMIT } from '../http/server';
import { CoreTodayError } from './errors';
import type { KeptFiles } from './kept-files';
import { findModel } from './models';

const FILE_PREFIX = 'file:';
const MAX_FILES = 32;
const MAX_FIELDS = 32;

interface SentFile {
	key: string;
	name: string;
	bytes: Buffer;
}

/** Returns the same body that a JSON create has, with links to the files in its input. */
export async function readCreateForm(
	request: FastifyRequest,
	kept: KeptFiles,
): Promise<Record<string, unknown>> {
	if (!request.isMultipart()) {
		throw new CoreTodayError(415, 'The body must be multipart/form-data.');
	}
	const fields: Record<string, unknown> = {};
	const files: SentFile[] = [];
	const parts = request.parts({
		limits: {
			fileSize: UPLOAD_LIMIT,
			files: MAX_FILES,
			fields: MAX_FIELDS,
			parts: MAX_FILES + MAX_FIELDS,
		},
	});
	for await (const part of parts) {
		if (part.type === 'field') {
			fields[part.fieldname] = fieldValue(part.fieldname, String(part.value));
			continue;
		}
		const bytes = await part.toBuffer();
		if (!part.fieldname.startsWith(FILE_PREFIX)) {
			throw new CoreTodayError(
				400,
				`The file field "${part.fieldname}" must be named "file:" and the input's key.`,
			);
		}
		if (bytes.length === 0) throw new CoreTodayError(400, `${part.fieldname}: the file is empty.`);
		files.push({ key: part.fieldname.slice(FILE_PREFIX.length), name: part.filename, bytes });
	}
	return { ...fields, input: withLinks(fields, files, kept) };
}

/** In a form every value is text. */
function fieldValue(name: string, text: string): unknown {
	switch (name) {
		case 'is_public':
			return text === 'true' ? true : text === 'false' ? false : text;
		case 'input':
		case 'webhook_events':
			try {
				return JSON.parse(text) as unknown;
			} catch {
				throw new CoreTodayError(400, `${name} must be a JSON string.`);
			}
		default:
			return text;
	}
}

function withLinks(fields: Record<string, unknown>, files: SentFile[], kept: KeptFiles): unknown {
	const { input, model } = fields;
	if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
	const whole: Record<string, unknown> = { ...input };
	const lists = findModel(String(model))?.fileLists ?? [];
	for (const { key, name, bytes } of files) {
		const link = kept.add(bytes, name);
		const before = whole[key];
		if (Array.isArray(before)) whole[key] = [...(before as unknown[]), link];
		else if (before !== undefined) whole[key] = [before, link];
		else whole[key] = lists.includes(key) ? [link] : link;
	}
	return whole;
}
