// OpenAI's part of the control surface, for another process: keys, faults, finishing responses and batches.
import { z } from 'zod';
import type { ControlPart } from '../http/control-part';
import type { OpenAISandbox } from '.';
import { WELL_KNOWN_KEY } from './accounts/accounts';
import { openAIDirectiveHelp, openAIFaultsSchema } from './faults';
import { openAIOddityHelp } from './oddities';
import { openAITables } from './overview';
import type { OpenAIService } from './service';

const keyBody = z
	.object({
		key: z.string().min(1),
		faults: openAIFaultsSchema,
		organizationVerified: z.boolean(),
		quota: z.number().nonnegative(),
	})
	.partial()
	.strict();

export function openAIControl(service: OpenAIService, openai: OpenAISandbox): ControlPart {
	return {
		name: 'openai',
		title: 'OpenAI',
		addresses: () => [
			['Base URL', openai.baseUrl],
			['API key', WELL_KNOWN_KEY],
		],
		tables: () => openAITables(service, openai),
		state: () => ({
			keys: service.accounts
				.list()
				.map(({ key, faults }) => ({ key, faults, ...openai.ledger(key) })),
			calls: openai.calls(),
			responses: openai.responses(),
			batches: openai.batches(),
			webhookEndpoints: openai.webhookEndpoints(),
			deliveries: openai.deliveries(),
		}),
		directives: [...openAIDirectiveHelp, ...openAIOddityHelp],
		register: (scope) => {
			scope.post('/keys', async (request, reply) => {
				const body = keyBody.safeParse(request.body ?? {});
				if (body.success) return { key: openai.addKey(body.data) };
				const issue = body.error.issues[0];
				const message = `${issue?.path.join('.')}: ${issue?.message}`;
				return await reply.code(400).send({ error: { message } });
			});

			scope.post('/responses/:id/finish', async (request, reply) => {
				const { id } = request.params as { id: string };
				if (!service.responses.get(id)) {
					return await reply
						.code(404)
						.send({ error: { message: `There is no response "${id}".` } });
				}
				openai.finishResponse(id);
				return { id };
			});

			scope.post('/batches/:id/finish', async (request, reply) => {
				const { id } = request.params as { id: string };
				if (!service.batches.get(id)) {
					return await reply.code(404).send({ error: { message: `There is no batch "${id}".` } });
				}
				openai.finishBatch(id);
				return { id };
			});
		},
	};
}
