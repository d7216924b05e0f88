// What can be done with uploaded files: list, count, delete, and fetch, which needs no key.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { EvoLinkError } from '../errors';
import { read } from '../read';
import type { EvoLinkService } from '../service';
import { uploadJson } from '../upload-json';
import type { Upload } from '../uploads';

const PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

const listQuery = z
	.object({
		page: z.coerce.number().int().min(1).default(1),
		pageSize: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(PAGE_SIZE),
	})
	.strict();

export function fileRoutes(scope: FastifyInstance, service: EvoLinkService): void {
	const { endpoints, uploads } = service;

	scope.get(
		'/api/v1/files/list',
		endpoints.endpoint({
			kind: 'list',
			work: async ({ request, account }) => {
				const { page, pageSize } = read(listQuery, request.query);
				const all = uploads.list(account.key);
				const files = all
					.slice((page - 1) * pageSize, page * pageSize)
					.map((upload) => uploadJson(upload, service));
				return done({ total: all.length, files });
			},
		}),
	);

	scope.get(
		'/api/v1/files/quota',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ account: { key, maxFiles } }) => {
				const used = uploads.list(key).length;
				return done({
					user_group: 'default',
					used_files: used,
					max_files: maxFiles,
					remain_files: maxFiles - used,
					is_custom: false,
					quota_reason: '',
				});
			},
		}),
	);

	scope.delete(
		'/api/v1/files/:id',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => {
				const { id } = request.params as { id: string };
				const upload = uploads.get(id);
				if (upload?.key !== account.key) throw new EvoLinkError(404, `There is no file "${id}".`);
				uploads.remove(upload);
				return done(undefined);
			},
		}),
	);
}

export function openFileRoutes(scope: FastifyInstance, { uploads }: EvoLinkService): void {
	scope.get('/files/*', async (request, reply) => {
		const path = request.url.replace(/^.*?\/files\/|\?.*$/g, '');
		return await send(uploads.at(path), reply);
	});

	scope.get('/api/v1/files/download/:id', async (request, reply) => {
		const { id } = request.params as { id: string };
		const upload = uploads.get(id);
		const name = encodeURIComponent(upload?.originalName ?? '');
		if (upload) reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`);
		return await send(upload, reply);
	});
}

function done(data: unknown) {
	return { status: 200, body: { success: true, code: 200, msg: 'Done.', data } };
}

async function send(upload: Upload | undefined, reply: FastifyReply): Promise<FastifyReply> {
	if (!upload) throw new EvoLinkError(404, 'This file does not exist or is no longer kept.');
	return await reply.type(upload.mimeType).send(upload.bytes);
}
