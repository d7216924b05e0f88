// GET /models/{model}/llms.txt: a model's description for programs, without a key.
import type { FastifyInstance } from 'fastify';
import { CoreTodayError } from '../errors';
import { findModel, GPT_IMAGE_2, type ModelRules } from '../models';
import type { CoreTodayService } from '../service';

const ending = /\/llms\.txt$/;

export function modelRoutes(scope: FastifyInstance, service: CoreTodayService): void {
	// A model's name has a slash in it.
	scope.get('/models/*', async (request, reply) => {
		const { '*': path } = request.params as { '*': string };
		const model = ending.test(path) ? findModel(path.replace(ending, '')) : undefined;
		if (!model) throw new CoreTodayError(404, 'There is no such model.');
		return await reply.type('text/plain; charset=utf-8').send(describe(model, service.baseUrl));
	});
}

function describe({ id, credits }: ModelRules, baseUrl: string): string {
	const input =
		id === GPT_IMAGE_2
			? [
					'- prompt (string, required)',
					'- input_images (array of image URLs)',
					'- aspect_ratio (string): 1:1, 3:2, 2:3; default 1:1',
					'- quality (string): low, medium, high, auto; default auto',
					'- background (string): auto, opaque; default auto',
					'- output_format (string): webp, png, jpeg; default webp',
					'- output_compression (integer): 0-100, for webp and jpeg; default 90',
					'- moderation (string): auto, low; default auto',
					'- number_of_images (integer): 1',
				]
			: ['- prompt (string, required)', '- anything else'];
	return [
		`# ${id}`,
		'',
		`POST ${baseUrl}/predictions with {"model": "${id}", "input": {…}} and the header X-API-Key.`,
		'',
		'## Input',
		...input,
		'',
		'## Price',
		...Object.entries(credits).map(([quality, price]) => `- ${quality}: ${price} credits`),
		'',
	].join('\n');
}
