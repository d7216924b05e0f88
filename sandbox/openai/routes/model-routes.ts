// GET /models and GET /models/{id}: gone models stay in the list with their past shutdown date.
import type { FastifyInstance } from 'fastify';
import type { Account } from '../accounts/accounts';
import { isKeptAlive, lacks } from '../accounts/accounts';
import { noSuchModel } from '../errors';
import { models } from '../models';
import type { OpenAIService } from '../service';

export function modelRoutes(scope: FastifyInstance, { endpoints }: OpenAIService): void {
	scope.get(
		'/models',
		endpoints.endpoint({
			kind: 'list',
			work: async ({ account }) => ({
				status: 200,
				body: { object: 'list', data: modelsOf(account) },
			}),
		}),
	);

	scope.get(
		'/models/:id',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ account, request }) => {
				const { id } = request.params as { id: string };
				const model = modelsOf(account).find((one) => one.id === id);
				if (!model) throw noSuchModel(id);
				return { status: 200, body: model };
			},
		}),
	);
}

function modelsOf(account: Account) {
	const known = models.map(({ id, created, owned_by, shutdownDate }) => ({
		id,
		object: 'model',
		created,
		owned_by,
		shutdown_date: isKeptAlive(account, id) ? null : shutdownDate,
	}));
	const others = (account.faults.alive ?? []).filter((id) => !known.some((one) => one.id === id));
	const had = known.filter(({ id }) => !lacks(account, id));
	return [
		...had,
		...others.map((id) => ({
			id,
			object: 'model',
			created: 0,
			owned_by: 'sandbox',
			shutdown_date: null,
		})),
	];
}
