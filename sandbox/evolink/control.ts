// EvoLink's part of the control surface, for another process: keys, faults, finishing a task.
import { z } from 'zod';
import { faultsSchema } from '../faults/faults';
import type { ControlPart } from '../http/control-part';
import type { EvoLinkSandbox } from '.';
import { WELL_KNOWN_KEY } from './accounts';
import { evoLinkDirectiveHelp } from './oddities';
import { evoLinkTables } from './overview';
import type { EvoLinkService } from './service';

const keyBody = z
	.object({
		key: z.string().min(1),
		credits: z.number().nonnegative(),
		maxFiles: z.number().int().nonnegative(),
		faults: faultsSchema,
	})
	.partial()
	.strict();

export function evoLinkControl(service: EvoLinkService, evolink: EvoLinkSandbox): ControlPart {
	return {
		name: 'evolink',
		title: 'EvoLink',
		addresses: () => [
			['Base URL', evolink.baseUrl],
			['Files base URL', evolink.filesBaseUrl],
			['API key', WELL_KNOWN_KEY],
		],
		tables: () => evoLinkTables(service),
		state: () => ({
			keys: service.accounts
				.list()
				.map(({ key, faults }) => ({ key, faults, ...evolink.ledger(key) })),
			tasks: evolink.tasks(),
			deliveries: evolink.deliveries(),
		}),
		directives: evoLinkDirectiveHelp,
		register: (scope) => {
			scope.post('/keys', async (request, reply) => {
				const body = keyBody.safeParse(request.body ?? {});
				if (!body.success) {
					const issue = body.error.issues[0];
					const message = `${issue?.path.join('.')}: ${issue?.message}`;
					return await reply.code(400).send({ error: { message } });
				}
				return { key: evolink.addKey(body.data) };
			});

			scope.post('/tasks/:id/finish', async (request, reply) => {
				const { id } = request.params as { id: string };
				const task = service.tasks.get(id);
				if (!task) {
					return await reply.code(404).send({ error: { message: `There is no task "${id}".` } });
				}
				evolink.finishTask(id);
				return service.json(task);
			});
		},
	};
}
