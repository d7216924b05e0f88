// What all Core.Today routes share: the key check, the error shape, and misbehaving as told.
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { FaultBudget } from '../faults/fault-budget';
import { answerWithFaults, type FaultSource, type RouteKind } from '../faults/misbehave';
import { type Answer, sendAnswer } from '../http/answer';
import type { Endpoint } from '../http/endpoint';
import type { Lifetime } from '../lifetime';
import type { Account, Accounts } from './accounts';
import { CoreTodayError, errorAnswer } from './errors';
import { type CheckedCoreTodayFaults, readCoreTodayDirectives } from './faults';
import { coreTodayOddities } from './oddities';

export interface Call<Input = undefined> {
	request: FastifyRequest;
	account: Account;
	input: Input;
	/** What the prompt asks for itself. */
	promptFaults: CheckedCoreTodayFaults;
}

export interface EndpointOptions<Input> {
	kind: RouteKind;
	/** Reads the body, before any fault strikes. */
	read?: (request: FastifyRequest) => Promise<Input>;
	/** The text in which directives may stand. */
	prompt?: (input: Input) => string;
	/** The faults of something that the request is about. */
	ownFaults?: (request: FastifyRequest, account: Account) => FaultSource[];
	work: (call: Call<Input>) => Promise<Answer>;
}

export class Endpoints {
	private readonly accountOf = new WeakMap<FastifyRequest, Account>();

	constructor(
		private readonly accounts: Accounts,
		private readonly budget: FaultBudget,
		private readonly lifetime: Lifetime,
	) {}

	/** Gives a part of the server Core.Today's error shapes. */
	dress(scope: FastifyInstance): void {
		scope.setErrorHandler<FastifyError>(async (error, request, reply) => {
			const shape = this.accountOf.get(request)?.faults.errorShape;
			return await sendAnswer(reply, errorAnswer(inCoreTodayTerms(error), shape));
		});
		scope.setNotFoundHandler(async (request, reply) => {
			const message = `There is no ${request.method} ${request.url.split('?')[0]}.`;
			return await sendAnswer(reply, errorAnswer(new CoreTodayError(404, message), undefined));
		});
	}

	/** Lets only known keys in, before a body is read. */
	requireKey(scope: FastifyInstance): void {
		scope.addHook('onRequest', async (request) => {
			const account = this.accounts.find(String(request.headers['x-api-key']));
			if (!account) throw new CoreTodayError(401);
			this.accountOf.set(request, account);
		});
	}

	endpoint<Input = undefined>(options: EndpointOptions<Input>): Endpoint {
		return async (request, reply) => {
			const account = this.accountOf.get(request);
			if (!account) throw new CoreTodayError(401);
			const input = (await options.read?.(request)) as Input;
			const prompt = options.prompt?.(input) ?? '';
			const promptFaults = directivesOf(prompt).faults;
			const ownFaults = options.ownFaults?.(request, account) ?? [];
			const shape = { ...account.faults, ...promptFaults }.errorShape;
			return await answerWithFaults(
				reply,
				{
					kind: options.kind,
					sources: [
						{ scope: `create:${account.key}:${prompt}`, faults: promptFaults },
						...ownFaults,
						{ scope: `key:${account.key}`, faults: account.faults },
					],
					budget: this.budget,
					lifetime: this.lifetime,
					errorAnswer: (status) => errorAnswer(new CoreTodayError(status), shape),
					oddities: coreTodayOddities,
				},
				async () => {
					try {
						return await options.work({ request, account, input, promptFaults });
					} catch (error) {
						if (error instanceof CoreTodayError) return errorAnswer(error, shape);
						throw error;
					}
				},
			);
		};
	}
}

/** The prompt without its directives, and what they ask for. */
export function directivesOf(prompt: string): ReturnType<typeof readCoreTodayDirectives> {
	try {
		return readCoreTodayDirectives(prompt);
	} catch (error) {
		throw new CoreTodayError(400, error instanceof Error ? error.message : String(error));
	}
}

function inCoreTodayTerms(error: FastifyError): CoreTodayError {
	if (error instanceof CoreTodayError) return error;
	const status = error.statusCode ?? 500;
	return new CoreTodayError(status, status < 500 ? error.message : undefined);
}
