// The links to finished images, which need no key: those that end, and the public ones that don't.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendBadDownload } from '../../faults/bad-downloads';
import { CoreTodayError } from '../errors';
import type { CoreTodayService } from '../service';

/** The output folder, if any, comes before the file's name. */
const fileName = /([\w]+)-(\d+)-(\w+)\.\w+$/;

export function resultRoutes(scope: FastifyInstance, service: CoreTodayService): void {
	scope.get('/results/*', async (request, reply) => await send(request, reply, false));
	scope.get('/public/*', async (request, reply) => await send(request, reply, true));

	async function send(request: FastifyRequest, reply: FastifyReply, isPublicLink: boolean) {
		const { '*': path } = request.params as { '*': string };
		const [, id = '', index, secret] = fileName.exec(path) ?? [];
		const prediction = service.predictions.get(id);
		const ending = prediction?.ending;
		const isThere = Number(index) < (ending?.imagesMade ?? 0) && secret === prediction?.linkSecret;
		if (!prediction || !ending || !isThere || (isPublicLink && !prediction.request.isPublic)) {
			throw new CoreTodayError(404, 'There is no image at this address.');
		}
		if (!isPublicLink && Date.now() >= ending.linksExpireAt) throw new CoreTodayError(410);
		const image = await service.results.image(prediction, Number(index));
		if (!image) throw new CoreTodayError(410, 'The image is no longer kept.');
		const fault = service.viewOf(prediction).faults.download;
		const source = prediction.faults.download ? `prediction:${id}` : `key:${prediction.key}`;
		if (fault && service.budget.take(source, 'download', fault.times)) {
			return await sendBadDownload(reply, fault.kind, image, service.lifetime);
		}
		return await reply.type(`image/${prediction.request.image.format}`).send(image);
	}
}
