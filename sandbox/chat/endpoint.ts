// What the gateway's routes share: the key check, OpenAI's error shape, and misbehaving as told.
import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { FaultBudget } from '../faults/fault-budget';
import { answerWithFaults, type RouteKind } from '../faults/misbehave';
import { type Answer, sendAnswer } from '../http/answer';
import { bearerKey, type Endpoint } from '../http/endpoint';
import type { Lifetime } from '../lifetime';
import { errorAnswer, invalid, OpenAIError } from '../openai/errors';
import type { Account, Accounts } from './accounts';
import { type CheckedChatFaults, readChatDirectives } from './faults';
import { oddities } from './oddities';

export interface Call {
	request: FastifyRequest;
	account: Account;
	/** The key's faults with the prompt's own on top. */
	faults: CheckedChatFaults;
	promptFaults: CheckedChatFaults;
}

export interface EndpointOptions {
	kind: RouteKind;
	/** The text in which directives may stand. */
	prompt?: (request: FastifyRequest) => string;
	work: (call: Call) => Promise<Answer>;
}

export class Endpoints {
	private readonly accountOf = new WeakMap<FastifyRequest, Account>();

	constructor(
		private readonly accounts: Accounts,
		private readonly budget: FaultBudget,
		private readonly lifetime: Lifetime,
	) {}

	/** Gives a part of the server the gateway's error shape and request ids. */
	dress(scope: FastifyInstance): void {
		scope.addHook('onRequest', async (_request, reply) => {
			reply.header('x-oneapi-request-id', randomBytes(12).toString('hex'));
		});
		scope.setErrorHandler<FastifyError>(async (error, _request, reply) => {
			return await sendAnswer(reply, errorAnswer(inOpenAITerms(error)));
		});
		scope.setNotFoundHandler(async (request, reply) => {
			const message = `Invalid URL (${request.method} ${request.url.split('?')[0]})`;
			return await sendAnswer(reply, errorAnswer(new OpenAIError(404, message)));
		});
	}

	/** Lets only known keys in, before a body is read. */
	requireKey(scope: FastifyInstance): void {
		scope.addHook('onRequest', async (request) => {
			const key = bearerKey(request);
			const account = this.accounts.find(key ?? '');
			if (!account) throw new OpenAIError(401, 'Invalid token.');
			this.accountOf.set(request, account);
		});
	}

	endpoint({ kind, prompt, work }: EndpointOptions): Endpoint {
		return async (request, reply) => {
			const account = this.accountOf.get(request);
			if (!account) throw new OpenAIError(401);
			const text = prompt?.(request) ?? '';
			const promptFaults = directivesOf(text).faults;
			const faults = { ...account.faults, ...promptFaults };
			return await answerWithFaults(
				reply,
				{
					kind,
					sources: [
						{ scope: `create:${account.key}:${text}`, faults: promptFaults },
						{ scope: `key:${account.key}`, faults: account.faults },
					],
					budget: this.budget,
					lifetime: this.lifetime,
					errorAnswer: (status, code) => errorAnswer(new OpenAIError(status, undefined, { code })),
					oddities,
				},
				async () => await work({ request, account, faults, promptFaults }),
			);
		};
	}
}

/** The prompt without its directives, and what they ask for. */
export function directivesOf(prompt: string): ReturnType<typeof readChatDirectives> {
	try {
		return readChatDirectives(prompt);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw invalid(message, 'unknown_sandbox_directive', 'messages');
	}
}

function inOpenAITerms(error: FastifyError): OpenAIError {
	if (error instanceof OpenAIError) return error;
	const status = error.statusCode ?? 500;
	return new OpenAIError(status, status < 500 ? error.message : undefined);
}
