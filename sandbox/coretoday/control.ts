// Core.Today's part of the control surface, for another process: keys, faults, dialect, finishing a prediction.
import { z } from 'zod';
import type { ControlPart } from '../http/control-part';
import type { CoreTodaySandbox } from '.';
import { WELL_KNOWN_KEY } from './accounts';
import { coreTodayDirectiveHelp, coreTodayFaultsSchema } from './faults';
import { oddityHelp } from './oddities';
import { coreTodayTables } from './overview';
import type { CoreTodayService } from './service';

const keyBody = z
	.object({
		key: z.string().min(1),
		credits: z.number().nonnegative(),
		faults: coreTodayFaultsSchema,
		dialect: z.enum(['A', 'B']),
	})
	.partial()
	.strict();

export function coreTodayControl(
	service: CoreTodayService,
	coreToday: CoreTodaySandbox,
): ControlPart {
	return {
		name: 'coretoday',
		title: 'Core.Today',
		addresses: () => [
			['Base URL', coreToday.baseUrl],
			['API key', WELL_KNOWN_KEY],
		],
		tables: () => coreTodayTables(service),
		state: () => ({
			keys: service.accounts
				.list()
				.map(({ key, faults, dialect }) => ({ key, dialect, faults, ...coreToday.ledger(key) })),
			predictions: coreToday.predictions(),
			deliveries: coreToday.deliveries(),
		}),
		directives: [...coreTodayDirectiveHelp, ...oddityHelp],
		register: (scope) => {
			scope.post('/keys', async (request, reply) => {
				const body = keyBody.safeParse(request.body ?? {});
				if (body.success) return { key: coreToday.addKey(body.data) };
				const issue = body.error.issues[0];
				const message = `${issue?.path.join('.')}: ${issue?.message}`;
				return await reply.code(400).send({ error: { message } });
			});

			scope.post('/predictions/:id/finish', async (request, reply) => {
				const { id } = request.params as { id: string };
				if (!service.predictions.get(id)) {
					const message = `There is no prediction "${id}".`;
					return await reply.code(404).send({ error: { message } });
				}
				coreToday.finishPrediction(id);
				return { id };
			});
		},
	};
}
