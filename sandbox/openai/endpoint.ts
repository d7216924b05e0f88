// What all OpenAI routes share: the key check, the request id, the error shape, and misbehaving as told.
import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { FaultBudget } from '../faults/fault-budget';
import { answerWithFaults, type FaultSource, type RouteKind } from '../faults/misbehave';
import { type Answer, sendAnswer } from '../http/answer';
import { bearerKey, type Endpoint } from '../http/endpoint';
import { MalformedJsonError } from '../http/server';
import type { Lifetime } from '../lifetime';
import type { Account, Accounts } from './accounts/accounts';
import { errorAnswer, invalid, OpenAIError } from './errors';
import { type CheckedOpenAIFaults, readOpenAIDirectives } from './faults';
import { openAIOddities } from './oddities';

export interface Call<Input = undefined> {
	request: FastifyRequest;
	account: Account;
	input: Input;
	/** The key's faults with the prompt's own on top. */
	faults: CheckedOpenAIFaults;
	/** What the prompts ask for themselves. */
	promptFaults: CheckedOpenAIFaults;
}

export interface EndpointOptions<Input> {
	kind: RouteKind;
	/** Reads the body, for bodies that aren't JSON. */
	read?: (request: FastifyRequest, account: Account) => Promise<Input>;
	/** The text in which directives may stand. */
	prompt?: (request: FastifyRequest, input: Input) => string;
	/** The faults of something that the request is about, such as a response. */
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

	/** Gives a part of the server OpenAI's error shape, request ids and headers. */
	dress(scope: FastifyInstance): void {
		scope.addHook('onRequest', async (_request, reply) => {
			reply.headers({
				'x-request-id': `req_${randomBytes(16).toString('hex')}`,
				'openai-version': '2020-10-01',
			});
		});
		scope.addHook('onSend', async (_request, reply) => {
			reply.header('openai-processing-ms', String(Math.round(reply.elapsedTime)));
		});
		scope.setErrorHandler<FastifyError>(async (error, request, reply) => {
			return await sendAnswer(reply, errorAnswer(inOpenAITerms(error, request)));
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
			if (key === undefined) {
				throw new OpenAIError(
					401,
					"You didn't provide an API key. Put it in an Authorization header as a Bearer token (Authorization: Bearer YOUR_KEY).",
					{ code: null },
				);
			}
			const account = this.accounts.find(key);
			if (!account) {
				throw new OpenAIError(
					401,
					`Incorrect API key provided: ${masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
				);
			}
			this.accountOf.set(request, account);
		});
	}

	endpoint<Input = undefined>(options: EndpointOptions<Input>): Endpoint {
		const { kind, work } = options;
		return async (request, reply) => {
			const account = this.accountOf.get(request);
			if (!account) throw new OpenAIError(401);
			const input = (await options.read?.(request, account)) as Input;
			const prompt = options.prompt?.(request, input) ?? '';
			const promptFaults = directivesOf(prompt).faults;
			const faults = { ...account.faults, ...promptFaults };
			return await answerWithFaults(
				reply,
				{
					kind,
					sources: [
						{ scope: `create:${account.key}:${prompt}`, faults: promptFaults },
						...(options.ownFaults?.(request, account) ?? []),
						{ scope: `key:${account.key}`, faults: account.faults },
					],
					budget: this.budget,
					lifetime: this.lifetime,
					errorAnswer: (status, code) => errorAnswer(new OpenAIError(status, undefined, { code })),
					oddities: openAIOddities,
				},
				async () => await work({ request, account, input, faults, promptFaults }),
			);
		};
	}
}

/** The prompt without its directives, and what they ask for. */
export function directivesOf(prompt: string): ReturnType<typeof readOpenAIDirectives> {
	try {
		return readOpenAIDirectives(prompt);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw invalid(message, 'unknown_sandbox_directive', 'prompt');
	}
}

function masked(key: string): string {
	return key.length <= 12 ? '*'.repeat(key.length) : `${key.slice(0, 8)}****${key.slice(-4)}`;
}

function inOpenAITerms(error: FastifyError, request: FastifyRequest): OpenAIError {
	if (error instanceof OpenAIError) return error;
	if (error instanceof MalformedJsonError) {
		return new OpenAIError(400, 'We could not parse the JSON body of your request.');
	}
	const status = error.statusCode ?? 500;
	if (status === 415) {
		const type = request.headers['content-type'] ?? '(none)';
		return new OpenAIError(400, `Unsupported content type: '${type}'.`, {
			code: 'unsupported_content_type',
		});
	}
	return new OpenAIError(status, status < 500 ? error.message : undefined);
}
