// The control surface: a page for people and a few routes for other processes. Only this machine may use it.
import type { FastifyInstance } from 'fastify';
import type { ControlPart } from './control-part';
import { homePage } from './home-page';
import { localOnly } from './local-only';
import type { Recorder } from './recorder';

export async function controlRoutes(
	server: FastifyInstance,
	recorder: Recorder,
	parts: ControlPart[],
): Promise<void> {
	await server.register(async (scope) => {
		localOnly(scope);

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
