// The balance, for keys that administrate the account.
import type { FastifyInstance } from 'fastify';
import { FalError } from '../errors';
import type { FalService } from '../service';

export function accountRoutes(scope: FastifyInstance, service: FalService): void {
	scope.get(
		'/account/billing',
		service.endpoints.endpoint({
			kind: 'list',
			work: async ({ request, account }) => {
				if (account.scope !== 'ADMIN') throw new FalError(403, 'An admin key is required.');
				const { expand } = request.query as { expand?: string | string[] };
				const credits = { current_balance: account.purse.left, currency: 'USD' };
				const isExpanded = [expand].flat().includes('credits');
				return { status: 200, body: { username: account.userId, ...(isExpanded && { credits }) } };
			},
		}),
	);
}
