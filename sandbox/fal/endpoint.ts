// What all fal routes share: the key check, the error shapes, JSON with large whole numbers, and misbehaving as told.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { FaultBudget } from '../faults/fault-budget';
import { answerWithFaults, type FaultSource, type RouteKind } from '../faults/misbehave';
import { type Answer, sendAnswer } from '../http/answer';
import type { Endpoint } from '../http/endpoint';
import { MalformedJsonError } from '../http/server';
import type { Lifetime } from '../lifetime';
import type { Account, Accounts } from './accounts';
import { parseJson, writeJson } from './big-json';
import {
	apiErrorAnswer,
	errorAnswer,
	FalError,
	LOCKED,
	MISSING_KEY,
	platformError,
	problem,
	WRONG_KEY,
} from './errors';
import { type CheckedFalFaults, readFalDirectives } from './faults';
import { falOddities } from './oddities';

/** Pictures may come as data URIs. */
const BODY_LIMIT = 96 * 1024 * 1024;
/** Where api.fal.ai is, whose errors have another shape. */
export const API_PREFIX = '/fal-api';

export interface Call {
	request: FastifyRequest;
	account: Account;
	/** What the prompt asks for itself. */
	promptFaults: CheckedFalFaults;
	/** The prompt without its directives. */
	drawnPrompt: string;
}

export interface EndpointOptions {
	kind: RouteKind;
	/** Whether the input's prompt may have directives in it. */
	hasPrompt?: boolean;
	/** The faults of something that the request is about. */
	ownFaults?: (request: FastifyRequest, account: Account) => FaultSource[];
	work: (call: Call) => Promise<Answer>;
}

export class Endpoints {
	private readonly accountOf = new WeakMap<FastifyRequest, Account>();

	constructor(
		private readonly accounts: Accounts,
		private readonly budget: FaultBudget,
		private readonly lifetime: Lifetime,
	) {}

	/** Gives a part of the server fal's error shapes and its JSON. */
	dress(scope: FastifyInstance): void {
		scope.removeContentTypeParser('application/json');
		scope.addContentTypeParser(
			'application/json',
			{ parseAs: 'string', bodyLimit: BODY_LIMIT },
			(_request, body, done) => {
				try {
					done(null, body === '' ? undefined : parseJson(String(body)));
				} catch {
					done(new MalformedJsonError('The body is not valid JSON.'), undefined);
				}
			},
		);
		scope.setErrorHandler<FastifyError>(async (error, request, reply) => {
			return await sendAnswer(reply, refusal(inFalTerms(error), request));
		});
		scope.setNotFoundHandler(async (request, reply) => {
			const path = request.url.split('?')[0];
			return await sendAnswer(reply, refusal(new FalError(404, `Path ${path} not found`), request));
		});
	}

	/** Lets only known keys in, before a body is read. */
	requireKey(scope: FastifyInstance): void {
		scope.addHook('onRequest', async (request) => {
			const key = /^Key (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
			if (key === undefined) throw new FalError(401, MISSING_KEY);
			const account = this.accounts.find(key.trim());
			if (!account) throw new FalError(401, WRONG_KEY);
			this.accountOf.set(request, account);
		});
	}

	endpoint(options: EndpointOptions): Endpoint {
		return async (request, reply) => {
			const account = this.accountOf.get(request);
			if (!account) throw new FalError(401, MISSING_KEY);
			const prompt = options.hasPrompt ? promptOf(request.body) : '';
			const { prompt: drawnPrompt, faults: promptFaults } = directivesOf(prompt);
			const ownFaults = options.ownFaults?.(request, account) ?? [];
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
					errorAnswer: (status, code) => refusal(platformError(status, code), request),
					oddities: falOddities,
				},
				async () => {
					try {
						return inText(await options.work({ request, account, promptFaults, drawnPrompt }));
					} catch (error) {
						if (error instanceof FalError) return refusal(error, request);
						throw error;
					}
				},
			);
		};
	}
}

export function refuseLocked({ purse }: Account): void {
	if (purse.isLocked) throw new FalError(403, LOCKED);
}

/** JSON.stringify knows no bigint. */
function inText(answer: Answer): Answer {
	const { body, headers } = answer;
	if (typeof body !== 'object' || body === null || body instanceof Readable) return answer;
	const type = { 'content-type': 'application/json' };
	return { ...answer, headers: { ...type, ...headers }, body: writeJson(body) };
}

function refusal(error: FalError, { url }: FastifyRequest): Answer {
	const isApi = url.startsWith(API_PREFIX);
	return inText(isApi ? apiErrorAnswer(error, randomUUID()) : errorAnswer(error));
}

function promptOf(body: unknown): string {
	const { prompt } = (body ?? {}) as { prompt?: unknown };
	return typeof prompt === 'string' ? prompt : '';
}

/** The prompt without its directives, and what they ask for. */
function directivesOf(prompt: string): ReturnType<typeof readFalDirectives> {
	try {
		return readFalDirectives(prompt);
	} catch (error) {
		throw new FalError(400, error instanceof Error ? error.message : String(error));
	}
}

function inFalTerms(error: FastifyError): FalError {
	if (error instanceof FalError) return error;
	if (error instanceof MalformedJsonError) {
		return new FalError(422, [problem(['body', 0], 'json_invalid', 'JSON decode error')]);
	}
	const status = error.statusCode ?? 500;
	return status < 500 ? new FalError(status, error.message) : platformError(500);
}
