// The gateway's part of the control surface, for another process: keys, faults and shapes.
import { z } from 'zod';
import type { ControlPart } from '../http/control-part';
import type { ChatSandbox } from '.';
import { WELL_KNOWN_KEY } from './accounts';
import { chatDirectiveHelp, chatFaultsSchema, shapes } from './faults';
import { models } from './models';
import { chatTables } from './overview';
import type { ChatService } from './service';

const keyBody = z
	.object({ key: z.string().min(1), faults: chatFaultsSchema, shape: z.enum(shapes) })
	.partial()
	.strict();

export function chatControl(service: ChatService, chat: ChatSandbox): ControlPart {
	return {
		name: 'chat',
		title: 'OpenAI-compatible gateway that draws',
		addresses: () => [
			['Base URL', chat.baseUrl],
			['API key', WELL_KNOWN_KEY],
			['Models', models.map(({ id }) => id).join(', ')],
		],
		tables: () => chatTables(service, chat),
		state: () => ({
			keys: service.accounts
				.list()
				.map(({ key, faults, shape }) => ({ key, shape, faults, ...chat.ledger(key) })),
			calls: chat.calls(),
		}),
		directives: chatDirectiveHelp,
		register: (scope) => {
			scope.post('/keys', async (request, reply) => {
				const body = keyBody.safeParse(request.body ?? {});
				if (body.success) return { key: chat.addKey(body.data) };
				const issue = body.error.issues[0];
				const message = `${issue?.path.join('.')}: ${issue?.message}`;
				return await reply.code(400).send({ error: { message } });
			});
		},
	};
}
