// fal's file server, without keys: the places that take uploads, the uploaded files, and the pictures that were made.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sendBadDownload } from '../../faults/bad-downloads';
import { bearerKey } from '../../http/endpoint';
import { UPLOAD_LIMIT } from '../../http/server';
import { FalError } from '../errors';
import { MASK_INDEX } from '../results';
import { mimeTypeOf } from '../output';
import type { FalService } from '../service';
import type { Upload } from '../uploads';

const completeBody = z.object({
	parts: z.array(z.object({ partNumber: z.number().int().positive(), etag: z.string() })).min(1),
});
const MADE = /^(\d+)-(\w+)\.\w+$/;
const GONE = 'There is no file at this address.';

export function fileRoutes(scope: FastifyInstance, service: FalService): void {
	const { uploads, tasks, results, budget, lifetime } = service;
	// Whatever the type is, the body is a file.
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser(
		'*',
		{ parseAs: 'buffer', bodyLimit: UPLOAD_LIMIT },
		(_request, body, done) => done(null, body),
	);

	scope.post('/files/upload', async (request, reply) => {
		const key = uploads.keyOf(bearerKey(request) ?? '');
		if (key === undefined) throw new FalError(401, 'The token is not valid, or it has expired.');
		const { 'x-fal-file-name': name = 'file', 'content-type': type } = request.headers;
		const contentType = type ?? 'application/octet-stream';
		const upload = uploads.open({ key, name: String(name), contentType, isMultipart: false });
		uploads.fill(upload, bytesOf(request));
		return await reply.send({ access_url: addressOf(upload) });
	});

	scope.put('/upload/:id/:name', async (request, reply) => {
		const upload = waiting(request, false);
		const type = request.headers['content-type'];
		if (type !== upload.contentType) {
			throw new FalError(
				400,
				`The Content-Type must be ${upload.contentType}, as it was announced.`,
			);
		}
		uploads.fill(upload, bytesOf(request));
		return await reply.code(200).send();
	});

	scope.put('/multipart/:id/:name/:part', async (request, reply) => {
		const upload = waiting(request, true);
		const partNumber = Number((request.params as { part: string }).part);
		if (!(partNumber >= 1)) throw new FalError(400, 'Parts are counted from 1.');
		const etag = uploads.addPart(upload, partNumber, bytesOf(request));
		return await reply.code(200).send({ partNumber, etag });
	});

	scope.post('/multipart/:id/:name/complete', async (request, reply) => {
		const upload = waiting(request, true);
		uploads.fill(upload, joined(upload, request));
		return await reply.code(200).send({ url: addressOf(upload) });
	});

	scope.get('/b/:id/:name', async (request, reply) => {
		const file = uploads.file((request.params as { id: string }).id);
		if (!file) throw new FalError(404, GONE);
		return await reply.type(file.contentType).send(file.bytes);
	});

	scope.get('/made/:id/:file', async (request, reply) => await sendMade(request, reply));

	async function sendMade(request: FastifyRequest, reply: FastifyReply) {
		const { id, file } = request.params as { id: string; file: string };
		const [, number, secret] = MADE.exec(file) ?? [];
		const index = Number(number);
		const task = tasks.get(id);
		const { ending, job, fileSeconds } = task ?? {};
		const isThere = index < (ending?.imagesMade ?? 0) || (index === MASK_INDEX && ending);
		if (!task || !job || !ending || !isThere || secret !== task.linkSecret) {
			throw new FalError(404, GONE);
		}
		const { download, linkLifetimeSeconds = fileSeconds } = service.faultsOf(task);
		if (linkLifetimeSeconds !== undefined && Date.now() >= ending.at + linkLifetimeSeconds * 1000) {
			throw new FalError(404, GONE);
		}
		const image = await results.image(task, index, service.isBlack(task, index));
		if (!image) throw new FalError(404, GONE);
		const source = task.faults.download ? `task:${id}` : `key:${task.key}`;
		if (download && budget.take(source, 'download', download.times)) {
			return await sendBadDownload(reply, download.kind, image, lifetime);
		}
		return await reply.type(mimeTypeOf(job.format)).send(image);
	}

	function addressOf({ id, name }: Upload): string {
		return `${service.filesUrl}/b/${id}/${encodeURIComponent(name)}`;
	}

	function waiting(request: FastifyRequest, isMultipart: boolean): Upload {
		const { id } = request.params as { id: string };
		const { token } = request.query as { token?: string };
		const upload = uploads.waiting(id, token);
		if (upload?.isMultipart !== isMultipart) {
			throw new FalError(403, 'The address is not signed, or it has expired.');
		}
		return upload;
	}
}

function bytesOf({ body }: FastifyRequest): Buffer {
	if (!Buffer.isBuffer(body) || body.length === 0) throw new FalError(400, 'The file is empty.');
	return body;
}

/** The parts in the order that is told, each as it was confirmed. */
function joined({ parts }: Upload, { body }: FastifyRequest): Buffer {
	const told = completeBody.safeParse(parsed(body));
	if (!told.success) throw new FalError(400, 'The list of parts is not valid.');
	return Buffer.concat(
		told.data.parts.map(({ partNumber, etag }) => {
			const part = parts.get(partNumber);
			if (part?.etag !== etag) throw new FalError(400, `Part ${partNumber} is not there.`);
			return part.bytes;
		}),
	);
}

function parsed(body: unknown): unknown {
	try {
		return JSON.parse(String(body)) as unknown;
	} catch {
		return undefined;
	}
}
