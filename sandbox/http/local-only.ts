// Lets only people and programs of this machine in, and no web page that a browser here happens to show.
import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../callbacks/callback-url';

export function localOnly(scope: FastifyInstance): void {
	scope.addHook('onRequest', async (request, reply) => {
		const own = request.headers.host ?? 'localhost';
		const { origin } = request.headers;
		// A page on the web can make a browser send requests here, also under a name of its own.
		const isForeign = origin !== undefined && origin !== `http://${own}`;
		const { hostname } = new URL(`http://${own}`);
		if (isLoopback(request.ip) && isLoopback(hostname) && !isForeign) return;
		await reply.code(403).send({ error: { message: 'Only from this machine.' } });
	});
}
