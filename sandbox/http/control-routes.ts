// The control surface: a page for people and a few routes for other processes. Only this machine may use it.
import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../callbacks/callback-url';
import type { ControlPart } from './control-part';
import { homePage } from './home-page';
import type { Recorder } from './recorder';

export async function controlRoutes(
	server: FastifyInstance,
	recorder: Recorder,
	parts: ControlPart[],
): Promise<void> {
	await server.register(async (scope) => {
		scope.addHook('onRequest', async (request, reply) => {
			// A page on the web can make a browser send requests here under a name of its own: refused as well.
			const host = new URL(`http://${request.headers.host ?? 'localhost'}`).hostname;
			if (isLoopback(request.ip) && isLoopback(host)) return;
			await reply.code(403).send({ error: { message: 'Only from this machine.' } });
		});

		scope.get('/', async (_request, reply) => {
			return await reply.type('text/html; charset=utf-8').send(homePage(parts));
		});

		scope.get('/_sandbox/state', async () => ({
			...Object.fromEntries(parts.map((part) => [part.name, part.state()])),
			requests: Object.fromEntries(recorder.counts),
		}));

		for (const part of parts) {
			await scope.register(async (own) => part.register(own), { prefix: `/_sandbox/${part.name}` });
		}
	});
}
