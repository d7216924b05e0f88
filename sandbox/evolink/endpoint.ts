// What all EvoLink routes share: the key check, the request id, the error shape, and misbehaving as told.
import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { FaultBudget } from '../faults/fault-budget';
import { answerWithFaults, type FaultSource, type RouteKind } from '../faults/misbehave';
import { type Answer, sendAnswer } from '../http/answer';
import { bearerKey, type Endpoint } from '../http/endpoint';
import type { Lifetime } from '../lifetime';
import type { Account, Accounts } from './accounts';
import { errorAnswer, EvoLinkError, type Host, toldError } from './errors';
import { evoLinkOddities } from './oddities';

export interface Call {
	request: FastifyRequest;
	account: Account;
}

export interface EndpointOptions {
	kind: RouteKind;
	/** The faults that this very request brings along. */
	ownFaults?: (call: Call) => FaultSource[];
	work: (call: Call) => Promise<Answer>;
}

export class Endpoints {
	private readonly accountOf = new WeakMap<FastifyRequest, Account>();

	constructor(
		private readonly accounts: Accounts,
		private readonly budget: FaultBudget,
		private readonly lifetime: Lifetime,
	) {}

	/** Gives a part of the server EvoLink's error shape and request ids. */
	dress(scope: FastifyInstance): void {
		scope.addHook('onRequest', async (_request, reply) => {
			reply.header('x-request-id', `req_${randomBytes(10).toString('hex')}`);
		});
		scope.setErrorHandler<FastifyError>(async (error, request, reply) => {
			return await sendAnswer(reply, errorAnswer(inEvoLinkTerms(error), hostOf(request)));
		});
		scope.setNotFoundHandler(async (request, reply) => {
			const message = `There is no ${request.method} ${request.url.split('?')[0]}.`;
			return await sendAnswer(reply, errorAnswer(new EvoLinkError(404, message), hostOf(request)));
		});
	}

	/** Lets only known keys in, before a body is read. */
	requireKey(scope: FastifyInstance): void {
		scope.addHook('onRequest', async (request) => {
			const key = bearerKey(request);
			if (key === undefined) {
				throw new EvoLinkError(401, 'The Authorization header must be "Bearer KEY".', {
					code: 'missing_api_key',
				});
			}
			const account = this.accounts.find(key);
			if (!account) throw new EvoLinkError(401);
			this.accountOf.set(request, account);
		});
	}

	endpoint({ kind, ownFaults, work }: EndpointOptions): Endpoint {
		return async (request, reply) => {
			const account = this.accountOf.get(request);
			if (!account) throw new EvoLinkError(401);
			const call = { request, account };
			const keyFaults = { scope: `key:${account.key}`, faults: account.faults };
			return await answerWithFaults(
				reply,
				{
					kind,
					sources: [...(ownFaults?.(call) ?? []), keyFaults],
					budget: this.budget,
					lifetime: this.lifetime,
					errorAnswer: (status, code) => errorAnswer(toldError(status, code), hostOf(request)),
					oddities: evoLinkOddities,
				},
				async () => await work(call),
			);
		};
	}
}

function hostOf({ url }: FastifyRequest): Host {
	return url.startsWith('/evolink-files/') ? 'files' : 'api';
}

function inEvoLinkTerms(error: Error & { statusCode?: number }): EvoLinkError {
	if (error instanceof EvoLinkError) return error;
	const status = error.statusCode ?? 500;
	return new EvoLinkError(status, status < 500 ? error.message : undefined);
}
