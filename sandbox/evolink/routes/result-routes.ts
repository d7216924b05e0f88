// The links to finished files, which need no key, live 24 hours, and can be told to be bad.
import type { FastifyInstance } from 'fastify';
import { sendBadDownload } from '../../faults/bad-downloads';
import { EvoLinkError } from '../errors';
import { kindOfResult } from '../results';
import type { EvoLinkService } from '../service';

export function resultRoutes(scope: FastifyInstance, service: EvoLinkService): void {
	const { tasks, results, budget, lifetime } = service;

	scope.get('/:taskId/:name', async (request, reply) => {
		const { taskId, name } = request.params as { taskId: string; name: string };
		const match = /^(\d+)-([\w-]+)\.\w+$/.exec(name);
		const task = tasks.get(taskId);
		const index = Number(match?.[1]);
		const made = task?.ending?.made ?? 0;
		if (!task?.ending || match?.[2] !== task.linkSecret || index >= made) {
			throw new EvoLinkError(404, 'There is no file at this address.');
		}
		if (Date.now() >= task.ending.linksExpireAt) throw new EvoLinkError(410);
		const file = await results.file(task, index);
		if (!file) throw new EvoLinkError(410, 'The file is no longer kept.');
		const fault = service.faultsOf(task).download;
		const scopeName = task.faults.download ? `task:${task.id}` : `key:${task.key}`;
		if (fault && budget.take(scopeName, 'download', fault.times)) {
			return await sendBadDownload(reply, fault.kind, file, lifetime);
		}
		return await reply.type(kindOfResult(task).type).send(file);
	});
}
