// The keys that webhooks are checked with, for everybody.
import type { FastifyInstance } from 'fastify';
import { sendAnswer } from '../../http/answer';
import { errorAnswer, platformError } from '../errors';
import type { FalService } from '../service';

export function jwksRoutes(scope: FastifyInstance, service: FalService): void {
	scope.get('/.well-known/jwks.json', async (_request, reply) => {
		const { jwksStatus, keys } = service;
		const honest = { status: 200, body: keys.jwks() };
		return await sendAnswer(
			reply,
			jwksStatus === undefined ? honest : errorAnswer(platformError(jwksStatus)),
		);
	});
}
