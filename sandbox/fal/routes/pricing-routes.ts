// What models cost for a unit, and an estimate of what several calls come to.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Account } from '../accounts';
import { findModel } from '../catalogue';
import { FalError } from '../errors';
import type { FalService } from '../service';
import { byIds } from './model-routes';

const estimateBody = z.discriminatedUnion('estimate_type', [
	z.object({
		estimate_type: z.literal('unit_price'),
		endpoints: z.record(z.object({ unit_quantity: z.number().positive() })),
	}),
	z.object({
		estimate_type: z.literal('historical_api_price'),
		endpoints: z.record(z.object({ call_quantity: z.number().positive() })),
	}),
]);

export function pricingRoutes(scope: FastifyInstance, service: FalService): void {
	scope.get(
		'/models/pricing',
		service.endpoints.endpoint({
			kind: 'list',
			work: async ({ request, account }) => {
				refuseRun(account);
				const { endpoint_id: ids } = request.query as { endpoint_id?: string | string[] };
				const prices = byIds(ids).map(({ id, price }) => ({
					endpoint_id: id,
					unit_price: price.unitPrice,
					unit: price.unit,
					currency: 'USD',
				}));
				return { status: 200, body: { prices, next_cursor: null, has_more: false } };
			},
		}),
	);

	scope.post(
		'/models/pricing/estimate',
		service.endpoints.endpoint({
			kind: 'list',
			work: async ({ request, account }) => {
				refuseRun(account);
				const body = estimateBody.safeParse(request.body);
				if (!body.success) throw new FalError(400, 'The estimate is not valid.');
				const { estimate_type: type, endpoints } = body.data;
				const costs = Object.entries(endpoints).map(([id, quantity]) => {
					const model = findModel(id);
					if (!model) throw new FalError(404, `Endpoint not found: ${id}`);
					const units =
						'unit_quantity' in quantity ? quantity.unit_quantity : quantity.call_quantity;
					return units * model.price.unitPrice;
				});
				const total = costs.reduce((sum, cost) => sum + cost, 0);
				return { status: 200, body: { estimate_type: type, total_cost: total, currency: 'USD' } };
			},
		}),
	);
}

function refuseRun({ scope }: Account): void {
	if (scope === 'RUN') throw new FalError(403, 'This key may not read prices.');
}
