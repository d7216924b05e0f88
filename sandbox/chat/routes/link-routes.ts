// The links that answers give: images and downloads, which can be told to be bad, and pages about a task.
import type { FastifyInstance } from 'fastify';
import { sendBadDownload } from '../../faults/bad-downloads';
import { OpenAIError } from '../../openai/errors';
import type { ChatService } from '../service';

const imagePath = /^(?:cdn\/(download\/)?\d{8}|vg-assets)\/(\w+)\.png$/;
const pagePath = /^(?:web|source)\/(task_\w+)$/;

export function linkRoutes(scope: FastifyInstance, service: ChatService): void {
	const { links, accounts, budget, lifetime } = service;

	scope.get('/*', async (request, reply) => {
		const { '*': path } = request.params as { '*': string };
		const task = pagePath.exec(path)?.[1];
		if (task !== undefined) {
			return await reply
				.type('text/html; charset=utf-8')
				.send(`<!DOCTYPE html><title>${task}</title><h1>${task}</h1>\n`);
		}
		const [, download, id = ''] = imagePath.exec(path) ?? [];
		const image = links.find(id);
		if (!image) throw new OpenAIError(404, 'There is no image at this address.');
		if (Date.now() >= image.expiresAt) throw new OpenAIError(410, 'The link has expired.');
		const own = image.promptFaults.download;
		const fault = own ?? accounts.get(image.key).faults.download;
		const source = own ? `link:${id}` : `key:${image.key}`;
		if (fault && budget.take(source, 'download', fault.times)) {
			return await sendBadDownload(reply, fault.kind, image.bytes, lifetime);
		}
		if (download !== undefined) {
			reply.header('content-disposition', `attachment; filename="${id}.png"`);
		}
		return await reply.type('image/png').send(image.bytes);
	});
}
