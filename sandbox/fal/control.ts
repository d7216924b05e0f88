// fal's part of the control surface, for another process: keys, faults, finishing a task, the webhooks' keys.
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ControlPart } from '../http/control-part';
import type { FalSandbox } from '.';
import { WELL_KNOWN_KEY, WELL_KNOWN_USER_KEY } from './accounts';
import { falDirectiveHelp, falFaultsSchema } from './faults';
import { oddityHelp } from './oddities';
import { falTables } from './overview';
import type { FalService } from './service';

const keyBody = z
	.object({
		key: z.string().min(1),
		scope: z.enum(['RUN', 'API', 'ADMIN']),
		credits: z.number(),
		atOnce: z.number().int().positive(),
		faults: falFaultsSchema,
	})
	.partial()
	.strict();

const jwksBody = z
	.object({ rotate: z.boolean(), forget: z.boolean(), status: z.number().int().nullable() })
	.partial()
	.strict();

export function falControl(service: FalService, fal: FalSandbox): ControlPart {
	return {
		name: 'fal',
		title: 'fal',
		addresses: () => [
			['Base URL', fal.baseUrl],
			['Files base URL', fal.filesBaseUrl],
			['API base URL', fal.apiBaseUrl],
			['Synchronous', fal.runUrl],
			['API key', WELL_KNOWN_KEY],
			['API key that may not read the balance', WELL_KNOWN_USER_KEY],
		],
		tables: () => falTables(service),
		state: () => ({
			keys: service.accounts.list().map(({ key, scope, atOnce, faults }) => ({
				key,
				scope,
				atOnce,
				faults,
				...fal.ledger(key),
			})),
			tasks: fal.tasks(),
			deliveries: fal.deliveries(),
		}),
		directives: [...falDirectiveHelp, ...oddityHelp],
		register: (scope) => {
			scope.post('/keys', async (request, reply) => {
				const body = keyBody.safeParse(request.body ?? {});
				return body.success ? { key: fal.addKey(body.data) } : await refuse(reply, body.error);
			});

			scope.post('/tasks/:id/finish', async (request, reply) => {
				const { id } = request.params as { id: string };
				if (!service.tasks.get(id)) {
					return await reply.code(404).send({ error: { message: `There is no task "${id}".` } });
				}
				await fal.finishTask(id);
				return { id };
			});

			scope.post('/jwks', async (request, reply) => {
				const body = jwksBody.safeParse(request.body ?? {});
				if (!body.success) return await refuse(reply, body.error);
				const { rotate, forget, status } = body.data;
				if (rotate) fal.rotateKeys({ forget });
				if (status !== undefined) fal.setJwksStatus(status ?? undefined);
				return service.keys.jwks();
			});
		},
	};
}

async function refuse(reply: FastifyReply, { issues: [issue] }: z.ZodError) {
	const message = `${issue?.path.join('.')}: ${issue?.message}`;
	return await reply.code(400).send({ error: { message } });
}
