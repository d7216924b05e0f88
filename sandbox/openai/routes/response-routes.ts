// POST /responses, GET and DELETE /responses/{id}, and POST /responses/{id}/cancel.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FaultSource } from '../../faults/misbehave';
import { type Account, checkQuota } from '../accounts/accounts';
import { noteImages, noteJob } from '../calls';
import { invalid, OpenAIError } from '../errors';
import { Fields, isObject, jsonFields, type Values } from '../fields';
import { responseJson } from '../responses/json';
import { readResponseRequest } from '../responses/request';
import { streamedResponse } from '../responses/stream';
import { numericIdOf } from '../responses/numeric-id';
import { pictureOf, picturesOf, type ResponseTask } from '../responses/tasks';
import type { OpenAIService } from '../service';

const BODY_LIMIT = 96 * 1024 * 1024;

export function responseRoutes(scope: FastifyInstance, service: OpenAIService): void {
	const { endpoints, calls, responses, responseLife, files, lifetime, pause } = service;

	scope.post(
		'/responses',
		{ bodyLimit: BODY_LIMIT },
		endpoints.endpoint({
			kind: 'create',
			prompt: ({ body }) => (isObject(body) ? textsIn(body.input).join('\n') : ''),
			work: async (call) => {
				const fields = jsonFields(call.request.body);
				const { account, faults, promptFaults } = call;
				const { key } = account;
				return await calls.around(call, 'responses', fields.values, async (record) => {
					const reader = { files, lifetime, key };
					const earlier = {
						pictureOfCall: (itemId: string) => pictureOf(itemId, responses.list(key)),
						picturesOf: async (id: string) => await picturesOf(responses.ofKey(key, id)),
					};
					const request = await readResponseRequest(fields, account, reader, earlier);
					const job = request.image?.job;
					if (job) noteJob(record, job);
					checkQuota(account, faults);
					const task = responseLife.create(account, request, promptFaults, (made) => {
						if (job) noteImages(record, job, made);
					});
					if (!request.background) {
						await pause(faults);
						responseLife.end(task, account);
						await task.finished;
					}
					if (request.stream) return streamedResponse(task, lifetime);
					return { status: 200, body: responseJson(task) };
				});
			},
		}),
	);

	scope.get(
		'/responses/:id',
		endpoints.endpoint({
			kind: 'poll',
			ownFaults,
			work: async ({ request, account }) => {
				const task = taskOf(request, account);
				const { stream, after } = readStreamQuery(request);
				if (stream) {
					if (task.request.stream) return streamedResponse(task, lifetime, after);
					throw invalid(
						'Only a response that was created with stream=true can be streamed.',
						'invalid_value',
						'stream',
					);
				}
				await task.finished;
				return { status: 200, body: responseJson(task) };
			},
		}),
	);

	scope.post(
		'/responses/:id/cancel',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => {
				const task = taskOf(request, account);
				if (!task.request.background) {
					throw new OpenAIError(400, 'Only a background response can be cancelled.');
				}
				responseLife.end(task, account, { status: 'cancelled', at: Date.now() });
				await task.finished;
				return { status: 200, body: responseJson(task) };
			},
		}),
	);

	scope.delete(
		'/responses/:id',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => {
				const task = taskOf(request, account);
				task.callOffEnd();
				task.tellEnded();
				responses.delete(task.id);
				return { status: 200, body: { id: task.id, object: 'response', deleted: true } };
			},
		}),
	);

	function ownFaults(request: FastifyRequest, { key }: Account): FaultSource[] {
		const task = find(request, key);
		return task ? [{ scope: `response:${task.id}`, faults: task.promptFaults }] : [];
	}

	function find(request: FastifyRequest, key: string): ResponseTask | undefined {
		const { id } = request.params as { id: string };
		if (!/^\d+$/.test(id)) return responses.ofKey(key, id);
		return responses.list(key).find((task) => numericIdOf(task.id) === Number(id));
	}

	function taskOf(request: FastifyRequest, { key }: Account): ResponseTask {
		const { id } = request.params as { id: string };
		const task = find(request, key);
		if (task) return task;
		throw new OpenAIError(404, `Response with id '${id}' not found.`, { param: 'id' });
	}
}

/** Whether the response's events are asked for, and from which number on. */
function readStreamQuery({ query }: FastifyRequest): { stream: boolean; after?: number } {
	const fields = new Fields((query ?? {}) as Values, true);
	return {
		stream: fields.flag('stream') ?? false,
		after: fields.integer('starting_after', 0, Number.MAX_SAFE_INTEGER),
	};
}

/** All texts of the input, where directives may stand. */
function textsIn(input: unknown): string[] {
	if (typeof input === 'string') return [input];
	if (Array.isArray(input)) return input.flatMap(textsIn);
	if (!isObject(input)) return [];
	return [...textsIn(input.content), ...textsIn(input.text)];
}
