// The answer to a call with "stream": server-sent events with partial images and the finished ones.
import { Readable } from 'node:stream';
import sharp from 'sharp';
import type { Answer } from '../../http/answer';
import type { Lifetime } from '../../lifetime';
import { moderationBlocked, OpenAIError } from '../errors';
import type { StreamFault } from '../faults';
import type { Values } from '../fields';
import type { ImageJob } from './job';
import type { MadeImages } from './maker';
import type { ImageRoute } from './parameters';
import { usageJson } from './tokens';

/** Pixels of blur of the first partial image; later ones are sharper. */
const FIRST_BLUR = 24;
/** A connection that breaks takes along what hasn't been read yet: this is time enough to read it. */
const DRAIN_MS = 1000;
/** Longer than anybody waits. */
const STUCK_MS = 2_000_000_000;

export interface StreamedCall {
	job: ImageJob;
	made: MadeImages;
	route: ImageRoute;
	/** What goes wrong before the last finished image is sent. */
	fault?: Exclude<StreamFault, 'ignored'>;
}

export async function streamedAnswer(
	{ job, made, route, fault }: StreamedCall,
	lifetime: Lifetime,
): Promise<Answer> {
	const events = await eventsOf(job, made, route);
	const answer = {
		status: 200,
		headers: { 'content-type': 'text/event-stream; charset=utf-8' },
	};
	if (!fault) return { ...answer, body: events.join('') };
	const sent = events.slice(0, -1);
	if (fault === 'ended') return { ...answer, body: sent.join('') };
	if (fault === 'error') sent.push(errorEvent(new OpenAIError(500)));
	if (fault === 'moderated') sent.push(errorEvent(moderationBlocked('output')));
	if (fault === 'error' || fault === 'moderated') return { ...answer, body: sent.join('') };

	async function* broken(): AsyncGenerator<string> {
		yield* sent;
		await lifetime.wait(fault === 'stuck' ? STUCK_MS : DRAIN_MS);
		throw new Error('The stream breaks off here, as it was told to.');
	}
	return { ...answer, body: Readable.from(broken()) };
}

/** In the order in which they are sent; the finished image is the last of its own. */
async function eventsOf(job: ImageJob, made: MadeImages, route: ImageRoute): Promise<string[]> {
	const prefix = route === 'edits' ? 'image_edit' : 'image_generation';
	const common = {
		created_at: Math.floor(Date.now() / 1000),
		size: `${made.size.width}x${made.size.height}`,
		quality: job.quality,
		background: job.background,
		output_format: job.format,
	};
	// Each event counts its own image, and what all of them were made from.
	const usage = usageJson({ ...made.usage, imageOut: made.usage.imageOut / made.images.length });
	const events: string[] = [];
	for (const image of made.images) {
		for (let index = 0; index < job.partialImages; index++) {
			const type = `${prefix}.partial_image`;
			const partial = await sharp(image)
				.blur(FIRST_BLUR / (index + 1))
				.toBuffer();
			const b64_json = partial.toString('base64');
			events.push(eventText({ type, ...common, b64_json, partial_image_index: index }));
		}
		const type = `${prefix}.completed`;
		events.push(eventText({ type, ...common, b64_json: image.toString('base64'), usage }));
	}
	return events;
}

function errorEvent(error: OpenAIError): string {
	return eventText({ type: 'error', error: error.json() });
}

function eventText(data: Values): string {
	return `event: ${String(data.type)}\ndata: ${JSON.stringify(data)}\n\n`;
}
