// GET /v1/tasks/{id}, POST /v1/tasks/batch and GET /v1/tasks.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FaultSource } from '../../faults/misbehave';
import type { Call } from '../endpoint';
import { EvoLinkError } from '../errors';
import { read } from '../read';
import type { EvoLinkService } from '../service';
import { stateOf, type Task } from '../tasks';

const batchBody = z.object({ task_ids: z.array(z.string()).min(1).max(50) }).strict();

const historyQuery = z
	.object({
		status: z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled']),
		type: z.string(),
		model: z.string(),
		page: z.coerce.number().int().min(1),
		page_size: z.coerce.number().int().min(1).max(100),
	})
	.partial()
	.strict();

export function taskRoutes(scope: FastifyInstance, service: EvoLinkService): void {
	const { endpoints, tasks } = service;

	scope.get(
		'/v1/tasks/:id',
		endpoints.endpoint({
			kind: 'poll',
			ownFaults: ({ request, account }) => taskFaults(tasks.ofKey(account.key, idOf(request))),
			work: async ({ request, account }) => {
				const task = tasks.ofKey(account.key, idOf(request));
				if (!task) {
					const message = `The task "${idOf(request)}" does not exist.`;
					throw new EvoLinkError(404, message, { code: 'task_not_found', param: 'id' });
				}
				return { status: 200, body: service.json(task) };
			},
		}),
	);

	scope.post(
		'/v1/tasks/batch',
		endpoints.endpoint({
			kind: 'poll',
			ownFaults: (call) => {
				const body = batchBody.safeParse(call.request.body);
				return body.success ? tasksOf(call, body.data.task_ids).flatMap(taskFaults) : [];
			},
			work: async (call) => {
				const { task_ids: ids } = read(batchBody, call.request.body);
				return {
					status: 200,
					body: { data: tasksOf(call, ids).map((task) => service.json(task)) },
				};
			},
		}),
	);

	scope.get(
		'/v1/tasks',
		endpoints.endpoint({
			kind: 'poll',
			work: async ({ request, account }) => {
				const query = read(historyQuery, request.query);
				const { page = 1, page_size: pageSize = 20 } = query;
				const found = tasks
					.list(account.key)
					.reverse()
					.filter((task) => matches(task, query));
				const shown = found.slice((page - 1) * pageSize, page * pageSize);
				const data = shown.map((task) => service.json(task));
				return { status: 200, body: { data, total: found.length, page, page_size: pageSize } };
			},
		}),
	);

	/** Ids that this key doesn't have are left out. */
	function tasksOf({ account }: Call, ids: string[]): Task[] {
		return ids.flatMap((id) => tasks.ofKey(account.key, id) ?? []);
	}
}

function idOf(request: Call['request']): string {
	return (request.params as { id: string }).id;
}

function taskFaults(task: Task | undefined): FaultSource[] {
	return task ? [{ scope: `task:${task.id}`, faults: task.faults }] : [];
}

function matches(task: Task, query: z.output<typeof historyQuery>): boolean {
	return (
		(query.status === undefined || stateOf(task).status === query.status) &&
		(query.type === undefined || query.type === 'image') &&
		(query.model === undefined || task.request.model.id === query.model)
	);
}
