// POST /v1/chat/completions and GET /v1/models.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Answer } from '../../http/answer';
import { OpenAIError } from '../../openai/errors';
import { isObject, jsonFields } from '../../openai/fields';
import { complete } from '../completion';
import { type Call, directivesOf } from '../endpoint';
import { models } from '../models';
import { readChatRequest } from '../request';
import type { ChatService } from '../service';

/** Pictures may come as data URIs. */
const BODY_LIMIT = 96 * 1024 * 1024;
export const DOLLARS_PER_IMAGE = 0.02;

export function chatRoutes(scope: FastifyInstance, service: ChatService): void {
	const { endpoints } = service;

	scope.post(
		'/v1/chat/completions',
		{ bodyLimit: BODY_LIMIT },
		endpoints.endpoint({
			kind: 'create',
			prompt: textsOf,
			work: async (call) => await run(call, service),
		}),
	);

	scope.get(
		'/v1/models',
		endpoints.endpoint({
			kind: 'list',
			work: async () => {
				const data = models.map(({ id, owner }) => ({
					id,
					object: 'model',
					created: 1_743_465_600,
					owned_by: owner,
				}));
				return { status: 200, body: { object: 'list', data } };
			},
		}),
	);
}

async function run(call: Call, { calls, links, lifetime, pause }: ChatService): Promise<Answer> {
	const { account, faults, promptFaults } = call;
	const fields = jsonFields(call.request.body);
	return await calls.around(account.key, fields.values, async (record) => {
		const request = readChatRequest(fields);
		record.messages = request.messages;
		if (request.modalities) record.modalities = request.modalities;
		await pause(faults);
		if (faults.fail !== undefined) {
			throw new OpenAIError(400, `The request failed: ${faults.fail}.`, { code: faults.fail });
		}
		const { prompt } = directivesOf(request.lastUserText);
		const parts = { account, faults, promptFaults, prompt, links, lifetime };
		const { shape, seen, made, answer } = await complete(request, parts);
		const dollars = made.length * DOLLARS_PER_IMAGE;
		Object.assign(record, { shape, imagesIn: seen, imagesOut: made, dollars });
		const model = request.model.id;
		account.purse.charge({ what: 'chat/completions', model, images: made.length, dollars });
		if (faults.paidOutcomeUnknown) {
			throw new OpenAIError(500, 'The outcome of this paid request is unknown.', {
				code: 'paid_outcome_unknown',
			});
		}
		return answer;
	});
}

/** All texts of the messages, where directives may stand. */
function textsOf({ body }: FastifyRequest): string {
	const messages = isObject(body) && Array.isArray(body.messages) ? body.messages : [];
	const texts = messages.flatMap((message: unknown): unknown[] => {
		if (!isObject(message)) return [];
		if (!Array.isArray(message.content)) return [message.content];
		return message.content.map((part: unknown) => (isObject(part) ? part.text : undefined));
	});
	return texts.filter((text) => typeof text === 'string').join('\n');
}
