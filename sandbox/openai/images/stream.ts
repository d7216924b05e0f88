// The answer to a call with "stream": server-sent events with partial images and the finished ones.
import sharp from 'sharp';
import type { Answer } from '../../http/answer';
import type { Values } from '../fields';
import type { ImageJob } from './job';
import type { MadeImages } from './maker';
import type { ImageRoute } from './parameters';
import { usageJson } from './tokens';

/** Pixels of blur of the first partial image; later ones are sharper. */
const FIRST_BLUR = 24;

export async function streamedAnswer(
	job: ImageJob,
	made: MadeImages,
	route: ImageRoute,
): Promise<Answer> {
	const prefix = route === 'edits' ? 'image_edit' : 'image_generation';
	const common = {
		created_at: Math.floor(Date.now() / 1000),
		size: `${made.size.width}x${made.size.height}`,
		quality: job.quality,
		background: job.background,
		output_format: job.format,
	};
	const events: string[] = [];
	for (const image of made.images) {
		for (let index = 0; index < job.partialImages; index++) {
			const partial = await sharp(image)
				.blur(FIRST_BLUR / (index + 1))
				.toBuffer();
			events.push(
				event({
					type: `${prefix}.partial_image`,
					...common,
					b64_json: partial.toString('base64'),
					partial_image_index: index,
				}),
			);
		}
		events.push(
			event({
				type: `${prefix}.completed`,
				...common,
				b64_json: image.toString('base64'),
				usage: usageJson(made.usage),
			}),
		);
	}
	return {
		status: 200,
		headers: { 'content-type': 'text/event-stream; charset=utf-8' },
		body: events.join(''),
	};
}

function event(data: Values): string {
	return `event: ${String(data.type)}\ndata: ${JSON.stringify(data)}\n\n`;
}
