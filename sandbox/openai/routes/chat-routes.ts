// POST /chat/completions.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkQuota } from '../accounts/accounts';
import { complete } from '../chat/completion';
import { readChatRequest } from '../chat/request';
import { streamedCompletion } from '../chat/stream';
import { OpenAIError } from '../errors';
import { isObject, jsonFields } from '../fields';
import type { OpenAIService } from '../service';

const BODY_LIMIT = 96 * 1024 * 1024;

export function chatRoutes(scope: FastifyInstance, service: OpenAIService): void {
	const { endpoints, calls, lifetime, pause } = service;

	scope.post(
		'/chat/completions',
		{ bodyLimit: BODY_LIMIT },
		endpoints.endpoint({
			kind: 'create',
			prompt: textsOf,
			work: async (call) => {
				const fields = jsonFields(call.request.body);
				const { account, faults } = call;
				return await calls.around(call, 'chat/completions', fields.values, async (record) => {
					const request = readChatRequest(fields, account);
					checkQuota(account, faults);
					if (faults.fail !== undefined) {
						throw new OpenAIError(400, `The request failed: ${faults.fail}.`, {
							code: faults.fail,
						});
					}
					await pause(faults);
					const isRefused = faults.moderation !== undefined;
					const { body, dollars, pictures } = await complete(request, lifetime, isRefused);
					record.imagesIn = pictures.map(({ type, width, height, bytes }) => {
						return { type, width, height, bytes };
					});
					record.dollars = dollars;
					account.purse.charge({
						what: 'chat/completions',
						model: request.model,
						images: 0,
						dollars,
					});
					if (request.stream) return streamedCompletion(body, request.includesUsage);
					return { status: 200, body };
				});
			},
		}),
	);
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
