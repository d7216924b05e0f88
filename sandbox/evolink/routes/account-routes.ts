// GET /v1/credits and GET /v1/models.
import type { FastifyInstance } from 'fastify';
import { filmModels } from '../films';
import { models } from '../models';
import { musicModels } from '../music';
import type { EvoLinkService } from '../service';

export function accountRoutes(scope: FastifyInstance, { endpoints }: EvoLinkService): void {
	scope.get(
		'/v1/credits',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ account: { ledger } }) => {
				const balance = { remaining_credits: ledger.credits, used_credits: ledger.charged };
				const token = { ...balance, unlimited_credits: false };
				return { status: 200, body: { data: { token, user: balance }, success: true } };
			},
		}),
	);

	scope.get(
		'/v1/models',
		endpoints.endpoint({
			kind: 'other',
			work: async () => ({
				status: 200,
				body: { data: [...models, ...filmModels, ...musicModels].map(({ id }) => ({ id })) },
			}),
		}),
	);
}
