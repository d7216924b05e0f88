// GET /v1/tasks/{id}, POST /v1/tasks/batch and GET /v1/tasks.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FaultSource } from '../../faults/misbehave';
import type { Call } from '../endpoint';
import { EvoLinkError } from '../errors';
import { historyPage, historyQuery } from '../history';
import { otherIdsOf } from '../oddities';
import { read } from '../read';
import type { EvoLinkService } from '../service';
import type { Task } from '../tasks';

const batchBody = z.object({ task_ids: z.array(z.string()).min(1).max(50) }).strict();

export function taskRoutes(scope: FastifyInstance, service: EvoLinkService): void {
	const { endpoints, tasks } = service;

	scope.get(
		'/v1/tasks/:id',
		endpoints.endpoint({
			kind: 'poll',
			ownFaults: (call) => taskFaults(taskOf(call, idOf(call.request))),
			work: async (call) => {
				const { request } = call;
				const task = taskOf(call, idOf(request));
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
			kind: 'list',
			work: async ({ request, account }) => ({
				status: 200,
				body: historyPage(
					tasks.list(account.key),
					read(historyQuery, request.query),
					account.faults.list?.odd,
				),
			}),
		}),
	);

	/** Ids that this key doesn't have are left out. */
	function tasksOf(call: Call, ids: string[]): Task[] {
		return ids.flatMap((id) => taskOf(call, id) ?? []);
	}

	function taskOf({ account: { key } }: Call, id: string): Task | undefined {
		return tasks.ofKey(key, id) ?? tasks.list(key).find((task) => otherIdsOf(task.id).includes(id));
	}
}

function idOf(request: Call['request']): string {
	return (request.params as { id: string }).id;
}

function taskFaults(task: Task | undefined): FaultSource[] {
	return task ? [{ scope: `task:${task.id}`, faults: task.faults }] : [];
}
