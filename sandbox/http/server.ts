// Makes the HTTP server that every provider's routes are registered on.
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Recorder } from './recorder';

const MEGABYTE = 1024 * 1024;

/** Where a provider keeps files, a file may have this size. */
export const UPLOAD_LIMIT = 100 * MEGABYTE;

export class MalformedJsonError extends Error {
	readonly statusCode = 400;
}

export async function createServer(recorder: Recorder): Promise<FastifyInstance> {
	const server = Fastify({
		bodyLimit: MEGABYTE,
		forceCloseConnections: true,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
	});
	recorder.attach(server);
	server.addContentTypeParser(
		['application/json', 'text/json'],
		{ parseAs: 'buffer' },
		(request, body, done) => {
			const bytes = body as Buffer;
			recorder.bodyRead(request, bytes.length);
			try {
				done(null, bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8')));
			} catch {
				done(new MalformedJsonError('The body is not valid JSON.'), undefined);
			}
		},
	);
	await server.register(multipart, { limits: { fileSize: UPLOAD_LIMIT, files: 1, fields: 10 } });
	return server;
}
