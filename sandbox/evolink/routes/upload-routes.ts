// The files host takes files in three ways.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Answer } from '../../http/answer';
import { fetchFile } from '../../http/fetch-file';
import { UPLOAD_LIMIT } from '../../http/server';
import type { Call } from '../endpoint';
import { EvoLinkError } from '../errors';
import { read } from '../read';
import {
	FILE_QUOTA_EXCEEDED,
	FILE_TOO_LARGE,
	FILE_TYPE_NOT_ALLOWED,
	FILE_UNREACHABLE,
} from '../refusals';
import type { EvoLinkService } from '../service';
import { typeOfUpload } from '../upload-types';
import { uploadJson } from '../upload-json';

const folder = z
	.string()
	.refine((path) => !path.split('/').includes('..'), 'must not lead upwards')
	.optional();
const fileName = z.string().min(1).optional();
const naming = { upload_path: folder, file_name: fileName };
const base64Body = z.object({ base64_data: z.string().min(1), ...naming }).strict();
const urlBody = z.object({ file_url: z.string().url(), ...naming }).strict();
/** A form's fields have either spelling. */
const streamFields = z.object({ ...naming, uploadPath: folder, fileName }).strict();

/** Base64 is longer by a third, and the JSON around it takes a little. */
const BASE64_BODY_LIMIT = Math.ceil(UPLOAD_LIMIT * 1.4);

interface Received {
	bytes: Buffer;
	/** What the sender says that it is. */
	saidType?: string | null;
	folder?: string;
	name?: string;
	originalName?: string;
}

export function uploadRoutes(scope: FastifyInstance, service: EvoLinkService): void {
	const { endpoints, uploads, lifetime } = service;

	scope.post(
		'/api/v1/files/upload/base64',
		{ bodyLimit: BASE64_BODY_LIMIT },
		endpoints.endpoint({
			kind: 'upload',
			work: async (call) => {
				const { base64_data, upload_path, file_name } = read(base64Body, call.request.body);
				return keep(call, { ...decode(base64_data), folder: upload_path, name: file_name });
			},
		}),
	);

	scope.post(
		'/api/v1/files/upload/url',
		endpoints.endpoint({
			kind: 'upload',
			work: async (call) => {
				const { file_url, upload_path, file_name } = read(urlBody, call.request.body);
				const fetched = await fetchFile(file_url, UPLOAD_LIMIT, lifetime);
				if (!fetched.ok) {
					if (fetched.reason === 'too large') throw tooLarge();
					throw new EvoLinkError(400, `file_url could not be fetched: ${fetched.detail}.`, {
						filesCode: FILE_UNREACHABLE,
					});
				}
				return keep(call, {
					bytes: fetched.bytes,
					saidType: fetched.contentType,
					folder: upload_path,
					name: file_name,
					originalName: decodeURIComponent(new URL(file_url).pathname),
				});
			},
		}),
	);

	scope.post(
		'/api/v1/files/upload/stream',
		endpoints.endpoint({
			kind: 'upload',
			work: async (call) => {
				const { request } = call;
				if (!request.isMultipart()) {
					throw new EvoLinkError(415, 'The body must be multipart/form-data.');
				}
				const { file, texts } = await readForm(request);
				const fields = read(streamFields, texts);
				if (!file) throw new EvoLinkError(400, 'file is required.');
				return keep(call, {
					...file,
					folder: fields.upload_path ?? fields.uploadPath,
					name: fields.file_name ?? fields.fileName,
				});
			},
		}),
	);

	function keep({ account }: Call, { bytes, saidType, ...names }: Received): Answer {
		if (bytes.length === 0) throw new EvoLinkError(400, 'The file is empty.');
		if (bytes.length > UPLOAD_LIMIT) throw tooLarge();
		const mimeType = typeOfUpload(bytes, saidType);
		if (mimeType === undefined) {
			throw new EvoLinkError(400, 'Files of this type are not allowed.', {
				filesCode: FILE_TYPE_NOT_ALLOWED,
			});
		}
		if (uploads.list(account.key).length >= account.maxFiles) {
			throw new EvoLinkError(400, 'The quota of files is used up.', {
				filesCode: FILE_QUOTA_EXCEEDED,
			});
		}
		const upload = uploads.add({ key: account.key, bytes, mimeType, ...names });
		const data = uploadJson(upload, service);
		return { status: 200, body: { success: true, code: 200, msg: 'File uploaded.', data } };
	}
}

function decode(text: string): { bytes: Buffer; saidType?: string } {
	const head = /^data:([^,;]{0,200})[^,]{0,200};base64,/i.exec(text.slice(0, 500));
	const data = text.slice(head?.[0].length ?? 0).replace(/\s/g, '');
	const digits = data.replace(/={1,2}$/, '');
	// One expression over the whole of a large file could exceed the stack of the regular expression engine.
	if (digits === '' || /[^A-Za-z0-9+/_-]/.test(digits)) {
		throw new EvoLinkError(400, 'base64_data is not valid base64.');
	}
	return { bytes: Buffer.from(data, 'base64'), saidType: head?.[1] };
}

/** Official clients send the file before the other fields. */
async function readForm(
	request: FastifyRequest,
): Promise<{ file?: Received; texts: Record<string, unknown> }> {
	let file: Received | undefined;
	const texts: Record<string, unknown> = {};
	for await (const part of request.parts({ limits: { fileSize: UPLOAD_LIMIT } })) {
		if (part.type === 'field') {
			texts[part.fieldname] = part.value;
			continue;
		}
		const bytes = await part.toBuffer();
		if (part.fieldname !== 'file') continue;
		file = { bytes, saidType: part.mimetype, originalName: part.filename };
	}
	return { file, texts };
}

function tooLarge(): EvoLinkError {
	return new EvoLinkError(400, 'The file is over the limit of 100 MB.', {
		filesCode: FILE_TOO_LARGE,
	});
}
