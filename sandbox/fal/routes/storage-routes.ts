// Asking for a place to upload a file to: whole, or in parts.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FalError, problem } from '../errors';
import type { Call } from '../endpoint';
import type { FalService } from '../service';

const STORAGE_TYPE = 'fal-cdn-v3';

const initiateBody = z.object({
	content_type: z.string().min(1),
	file_name: z.string().min(1),
});
const lifecycle = z
	.object({ expiration_duration_seconds: z.number().positive().nullable() })
	.partial();

export function storageRoutes(scope: FastifyInstance, service: FalService): void {
	for (const [name, isMultipart] of [
		['initiate', false],
		['initiate-multipart', true],
	] as const) {
		scope.post(
			`/storage/upload/${name}`,
			service.endpoints.endpoint({
				kind: 'upload',
				work: async (call) => {
					const body = read(call);
					const upload = service.uploads.open({
						key: call.account.key,
						name: body.file_name,
						contentType: body.content_type,
						isMultipart,
						lifetimeSeconds: lifetimeOf(call),
					});
					const file = encodeURIComponent(upload.name);
					const place = `${service.filesUrl}/${isMultipart ? 'multipart' : 'upload'}`;
					return {
						status: 200,
						body: {
							upload_url: `${place}/${upload.id}/${file}?token=${upload.token}`,
							file_url: `${service.filesUrl}/b/${upload.id}/${file}`,
						},
					};
				},
			}),
		);
	}
}

/** Another way, as fal's Python client has it: a token that the file server takes files for. */
export function tokenRoutes(scope: FastifyInstance, service: FalService): void {
	scope.post(
		'/storage/auth/token',
		service.endpoints.endpoint({
			kind: 'upload',
			work: async ({ account, request }) => {
				checkStorageType(request);
				const { token, expiresAt } = service.uploads.openTo(account.key);
				return {
					status: 200,
					body: {
						token,
						token_type: 'Bearer',
						base_url: service.filesUrl,
						expires_at: new Date(expiresAt).toISOString(),
					},
				};
			},
		}),
	);
}

function checkStorageType({ query }: FastifyRequest): void {
	const { storage_type: type } = query as { storage_type?: string };
	if (type !== undefined && type !== STORAGE_TYPE) {
		throw new FalError(400, `Unsupported storage type: ${type}`);
	}
}

function read({ request, account }: Call): z.output<typeof initiateBody> {
	checkStorageType(request);
	const body = initiateBody.safeParse(request.body ?? {});
	if (!body.success) {
		throw new FalError(
			422,
			body.error.issues.map(({ path }) => problem(['body', ...path], 'missing', 'Field required')),
		);
	}
	if (account.faults.refusedTypes?.includes(body.data.content_type)) {
		throw new FalError(400, `Unsupported content type: ${body.data.content_type}`);
	}
	return body.data;
}

/** The documentation has one name for the header, the official client another. */
function lifetimeOf({ request: { headers } }: Call): number | undefined {
	const text = headers['x-fal-object-lifecycle'] ?? headers['x-fal-object-lifecycle-preference'];
	if (text === undefined) return undefined;
	try {
		const read = lifecycle.parse(JSON.parse(String(text)));
		return read.expiration_duration_seconds ?? undefined;
	} catch {
		throw new FalError(400, 'The lifecycle header is not valid.');
	}
}
