// The links to finished images, which need no key, live 24 hours, and can be told to be bad.
import type { FastifyInstance } from 'fastify';
import { sendBadDownload } from '../../faults/bad-downloads';
import { EvoLinkError } from '../errors';
import type { EvoLinkService } from '../service';

export function resultRoutes(scope: FastifyInstance, service: EvoLinkService): void {
	const { tasks, results, budget, lifetime } = service;

	scope.get('/:taskId/:file', async (request, reply) => {
		const { taskId, file } = request.params as { taskId: string; file: string };
		const match = /^(\d+)-([\w-]+)\.png$/.exec(file);
		const task = tasks.get(taskId);
		const index = Number(match?.[1]);
		const made = task?.ending?.imagesMade ?? 0;
		if (!task?.ending || match?.[2] !== task.linkSecret || index >= made) {
			throw new EvoLinkError(404, 'There is no image at this address.');
		}
		if (Date.now() >= task.ending.linksExpireAt) throw new EvoLinkError(410);
		const image = await results.image(task, index);
		if (!image) throw new EvoLinkError(410, 'The image is no longer kept.');
		const fault = service.faultsOf(task).download;
		const scopeName = task.faults.download ? `task:${task.id}` : `key:${task.key}`;
		if (fault && budget.take(scopeName, 'download', fault.times)) {
			return await sendBadDownload(reply, fault.kind, image, lifetime);
		}
		return await reply.type('image/png').send(image);
	});
}
