// Puts a provider's routes under their addresses: those that need a key, and those that anybody may call.
import type { FastifyInstance } from 'fastify';

/** What every provider's service has for its routes. */
interface Service {
	endpoints: {
		/** Gives answers the provider's own form, errors too. */
		dress(scope: FastifyInstance): void;
		/** Refuses what comes without a valid key. */
		requireKey(scope: FastifyInstance): void;
	};
}

type Routes<Provider> = (scope: FastifyInstance, service: Provider) => void;

export interface Scope<Provider> {
	prefix: string;
	withKey?: Array<Routes<Provider>>;
	open?: Array<Routes<Provider>>;
}

export async function registerScopes<Provider extends Service>(
	server: FastifyInstance,
	service: Provider,
	scopes: Array<Scope<Provider>>,
): Promise<void> {
	for (const { prefix, withKey = [], open = [] } of scopes) {
		await server.register(
			async (scope) => {
				service.endpoints.dress(scope);
				for (const addRoutes of open) addRoutes(scope, service);
				await scope.register(async (keyed) => {
					service.endpoints.requireKey(keyed);
					for (const addRoutes of withKey) addRoutes(keyed, service);
				});
			},
			{ prefix },
		);
	}
}
