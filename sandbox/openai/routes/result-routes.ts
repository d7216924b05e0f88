// The links to images, which need no key, live an hour, and can be told to be bad.
import type { FastifyInstance } from 'fastify';
import { sendBadDownload } from '../../faults/bad-downloads';
import { OpenAIError } from '../errors';
import type { OpenAIService } from '../service';

export function resultRoutes(scope: FastifyInstance, service: OpenAIService): void {
	const { links, accounts, budget, lifetime } = service;

	scope.get('/:file', async (request, reply) => {
		const { file } = request.params as { file: string };
		const image = links.find(file.replace(/\.\w+$/, ''));
		if (!image) throw new OpenAIError(404, 'There is no image at this address.');
		if (Date.now() >= image.expiresAt) throw new OpenAIError(403, 'The link has expired.');
		const fault = accounts.get(image.key).faults.download;
		if (fault && budget.take(`key:${image.key}`, 'download', fault.times)) {
			return await sendBadDownload(reply, fault.kind, image.bytes, lifetime);
		}
		return await reply.type(image.type).send(image.bytes);
	});
}
