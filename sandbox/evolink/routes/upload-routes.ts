// The files host: three ways to upload a file, and the links under which it can be fetched.
import type { MultipartFields } from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Answer } from '../../http/answer';
import { fetchFile } from '../../http/fetch-file';
import { UPLOAD_LIMIT } from '../../http/server';
import type { Call } from '../endpoint';
import { EvoLinkError } from '../errors';
import { read } from '../read';
import type { EvoLinkService } from '../service';

const uploadPath = z
	.string()
	.refine((path) => !path.split('/').includes('..'), 'must not lead upwards')
	.optional();
const fileName = z.string().min(1).optional();
const naming = { upload_path: uploadPath, file_name: fileName };
const base64Body = z.object({ base64_data: z.string().min(1), ...naming }).strict();
const urlBody = z.object({ file_url: z.string().url(), ...naming }).strict();
/** A form names them differently from a JSON body. */
const streamFields = z.object({ uploadPath, fileName }).strict();

/** Base64 is longer by a third, and the JSON around it takes a little. */
const BASE64_BODY_LIMIT = Math.ceil(UPLOAD_LIMIT * 1.4);

export function uploadRoutes(scope: FastifyInstance, service: EvoLinkService): void {
	const { endpoints, files, lifetime } = service;

	scope.post(
		'/api/v1/files/upload/base64',
		{ bodyLimit: BASE64_BODY_LIMIT },
		endpoints.endpoint({
			kind: 'upload',
			work: async ({ request }) => {
				const body = read(base64Body, request.body);
				return store(decode(body.base64_data), body.file_name);
			},
		}),
	);

	scope.post(
		'/api/v1/files/upload/url',
		endpoints.endpoint({
			kind: 'upload',
			work: async ({ request }) => {
				const body = read(urlBody, request.body);
				const fetched = await fetchFile(body.file_url, UPLOAD_LIMIT, lifetime);
				if (fetched.ok) {
					return store(fetched.bytes, body.file_name ?? new URL(body.file_url).pathname);
				}
				if (fetched.reason === 'too large') throw tooLarge();
				throw new EvoLinkError(400, `file_url could not be fetched: ${fetched.detail}.`, {
					code: 'file_unreachable',
					param: 'file_url',
				});
			},
		}),
	);

	scope.post(
		'/api/v1/files/upload/stream',
		endpoints.endpoint({ kind: 'upload', work: async (call) => await storeStream(call) }),
	);

	async function storeStream({ request }: Call): Promise<Answer> {
		if (!request.isMultipart())
			throw new EvoLinkError(415, 'The body must be multipart/form-data.');
		const part = await request.file({ limits: { fileSize: UPLOAD_LIMIT } });
		if (part?.fieldname !== 'file') {
			throw new EvoLinkError(400, 'file is required.', {
				code: 'missing_required_parameter',
				param: 'file',
			});
		}
		const bytes = await part.toBuffer();
		const fields = read(streamFields, textFields(part.fields));
		return store(bytes, fields.fileName ?? part.filename);
	}

	function store(bytes: Buffer, name: string | undefined): Answer {
		if (bytes.length === 0)
			throw new EvoLinkError(400, 'The file is empty.', { code: 'empty_file' });
		if (bytes.length > UPLOAD_LIMIT) throw tooLarge();
		const file = files.add(bytes, name);
		const url = service.fileUrl(file);
		const data = {
			file_id: file.id,
			file_name: file.name,
			file_size: bytes.length,
			mime_type: file.mimeType,
			file_url: url,
			download_url: `${url}?download=1`,
			expires_at: file.expiresAt.toISOString(),
		};
		return { status: 200, body: { success: true, code: 200, data } };
	}
}

/** Where uploaded files are fetched from; no key is needed. */
export function fileRoutes(scope: FastifyInstance, { files }: EvoLinkService): void {
	scope.get('/files/:id/:name', async (request, reply) => {
		const { id } = request.params as { id: string };
		const file = files.get(id);
		if (!file) throw new EvoLinkError(404, 'This file does not exist or is no longer kept.');
		if ((request.query as { download?: string }).download !== undefined) {
			const name = encodeURIComponent(file.name);
			reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`);
		}
		return await reply.type(file.mimeType).send(file.bytes);
	});
}

function decode(text: string): Buffer {
	const head = /^data:[^,]{0,200};base64,/i.exec(text.slice(0, 300))?.[0] ?? '';
	const data = text.slice(head.length).replace(/\s/g, '');
	const digits = data.replace(/={1,2}$/, '');
	// One expression over the whole of a large file could exceed the stack of the regular expression engine.
	if (digits === '' || /[^A-Za-z0-9+/_-]/.test(digits)) {
		throw new EvoLinkError(400, 'base64_data is not valid base64.', { param: 'base64_data' });
	}
	return Buffer.from(data, 'base64');
}

function textFields(fields: MultipartFields): Record<string, unknown> {
	const texts = Object.entries(fields).flatMap(([name, field]) =>
		field && 'value' in field ? [[name, field.value] as const] : [],
	);
	return Object.fromEntries(texts);
}

function tooLarge(): EvoLinkError {
	return new EvoLinkError(413, 'The file is over the limit of 100 MB.', { code: 'file_too_large' });
}
