// The storage: an address to upload to, the upload itself, and the links under which files can be fetched.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UPLOAD_LIMIT } from '../../http/server';
import { folder } from '../create-request';
import { CoreTodayError } from '../errors';
import type { UploadSlot, UploadWay } from '../kept-files';
import { read } from '../read';
import type { CoreTodayService } from '../service';

const MAX_FIELDS = 32;

const uploadUrlBody = z
	.object({
		filename: z
			.string()
			.min(1)
			.max(255)
			.regex(/^[^\\/]+$/, 'must be a name without a path'),
		folder: folder.optional(),
		metadata: z.record(z.unknown()).optional(),
	})
	.strict();

const types: Record<string, string> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
};

export function uploadUrlRoutes(scope: FastifyInstance, service: CoreTodayService): void {
	scope.post(
		'/files/upload-url',
		service.endpoints.endpoint({
			kind: 'upload',
			work: async ({ request }) => {
				const body = read(uploadUrlBody, request.body);
				const type = types[body.filename.split('.').at(-1)?.toLowerCase() ?? ''];
				const { fields, fileUrl } = service.files.openSlot(
					body.filename,
					body.folder ?? '',
					type ?? 'application/octet-stream',
				);
				const { storageUrl } = service;
				return {
					status: 200,
					body: { upload_url: storageUrl, upload_fields: fields, file_url: fileUrl },
				};
			},
		}),
	);
}

/** Where files are uploaded to; the signed fields stand in for a key. */
export function storageRoutes(scope: FastifyInstance, { files }: CoreTodayService): void {
	scope.post('/', async (request, reply) => {
		if (!request.isMultipart()) {
			return await reply
				.code(412)
				.type('application/xml')
				.send(storageError('PreconditionFailed', 'The body must be multipart/form-data.'));
		}
		const { fields, bytes, problem } = await readUpload(request);
		const slot = files.slot(fields.key ?? '');
		const refusal = problem ?? slotProblem(slot, fields);
		if (refusal !== undefined || !slot || !bytes) {
			return await reply
				.code(403)
				.type('application/xml')
				.send(storageError('AccessDenied', refusal ?? 'There is no file.'));
		}
		files.fill(slot, bytes);
		return await reply.code(204).send();
	});
}

export function fileRoutes(scope: FastifyInstance, { files }: CoreTodayService): void {
	scope.get('/:way/:id/:name', async (request, reply) => {
		const { way, id } = request.params as { way: UploadWay; id: string };
		const file = files.find(way, id);
		if (!file) throw new CoreTodayError(404, 'This file does not exist or is no longer kept.');
		return await reply.type(file.mimeType).send(file.bytes);
	});
}

interface Upload {
	fields: Record<string, string>;
	bytes?: Buffer;
	problem?: string;
}

async function readUpload(request: FastifyRequest): Promise<Upload> {
	const upload: Upload = { fields: {} };
	const limits = { fileSize: UPLOAD_LIMIT, files: 2, fields: MAX_FIELDS };
	for await (const part of request.parts({ limits })) {
		// What comes after the file is not looked at by such a storage, so the signature would be missing.
		if (upload.bytes) upload.problem ??= `"${part.fieldname}" comes after the file.`;
		if (part.type === 'field') {
			upload.fields[part.fieldname] = String(part.value);
			continue;
		}
		const bytes = await part.toBuffer();
		if (part.fieldname !== 'file') upload.problem ??= 'The file must be in the field "file".';
		upload.bytes ??= bytes;
	}
	return upload;
}

function slotProblem(
	slot: UploadSlot | undefined,
	fields: Record<string, string>,
): string | undefined {
	if (!slot) return 'The key is missing or not signed.';
	if (Date.now() >= slot.expiresAt) return 'The policy has expired.';
	const wrong = Object.keys(slot.fields).find((name) => fields[name] !== slot.fields[name]);
	if (wrong !== undefined) return `The field "${wrong}" is missing or not as it was signed.`;
	const extra = Object.keys(fields).find((name) => slot.fields[name] === undefined);
	return extra === undefined ? undefined : `The field "${extra}" is not in the policy.`;
}

function storageError(code: string, message: string): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>\n`;
}
