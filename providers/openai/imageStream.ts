// The Images API's answer as a stream: partial images, the finished ones, or an error in between.
// Source: the types of OpenAI's official client, image_generation.* and image_edit.* alike.
import { requestIdOf } from '../answer';
import type { HttpAnswer, ImageRequest, ImageTask, StreamEvent, TaskImage } from '../contract';
import { ImageFailure } from '../failure';
import { errorSchema } from '../openAiShapes';
import { readFailure } from './failures';
import { costOfUsage, estimateCost } from './prices';
import { imageEventSchema, type ImageEvent, type ImageUsage } from './schemas';

const NAME = 'OpenAI';

/** What the events add up to. */
interface StreamedImages {
	images: TaskImage[];
	usages: ImageUsage[];
	/** Partial images that no finished one has followed yet. */
	partials: string[];
	createdAt?: number;
	failure?: ImageFailure;
}

/**
 * The finished images as a task. Where only some have come, it has these and says why; where none has come, that is
 * thrown: the failure of an error event, what broke the stream off, or that it ended too soon.
 */
export function readImageStream(answer: HttpAnswer, request?: ImageRequest): ImageTask {
	const streamed = addUp(answer);
	const { images, usages, partials, createdAt, failure = answer.interruption } = streamed;
	if (images.length === 0) throw failure ?? endedEarly(answer, partials.length);
	const model = request?.model;
	const isShort = request !== undefined && images.length < request.count;
	const usage = summed(usages);
	const cost =
		costOfUsage(model, usage) ??
		(request && estimateCost(request.model, request.size, request.quality, images.length));
	return {
		id: '',
		status: 'succeeded',
		model,
		images,
		failure: isShort ? { code: 'fewer_images', message: failure?.message ?? '' } : undefined,
		usage,
		// Whether each of several images is counted by itself, OpenAI doesn't tell.
		cost: cost && { ...cost, estimated: cost.estimated || usages.length > 1 },
		createdAt: createdAt ? new Date(createdAt * 1000) : answer.receivedAt,
		raw: {},
	};
}

function addUp(answer: HttpAnswer): StreamedImages {
	const streamed: StreamedImages = { images: [], usages: [], partials: [] };
	for (const event of answer.body as StreamEvent[]) {
		const parsed = imageEventSchema.safeParse(event.data);
		if (!parsed.success) continue;
		const type = parsed.data.type ?? event.name ?? '';
		if (type === 'error' || parsed.data.error) {
			streamed.failure ??= failureOf(answer, parsed.data);
		} else if (type.endsWith('.partial_image')) {
			if (parsed.data.b64_json) streamed.partials.push(parsed.data.b64_json);
		} else {
			addFinished(streamed, parsed.data);
		}
	}
	return streamed;
}

/** One finished image; or several, as a server sends them that puts the whole plain answer into one event. */
function addFinished(streamed: StreamedImages, { data, usage, ...event }: ImageEvent): void {
	for (const { b64_json, url, revised_prompt } of data ?? [event]) {
		if (!b64_json && !url) continue;
		// An event doesn't tell which image it belongs to: the drafts before an image are taken as its own.
		const partials = streamed.partials.splice(0);
		streamed.images.push({
			stored: b64_json || undefined,
			url: url || undefined,
			revisedPrompt: revised_prompt ?? undefined,
			...(partials.length > 0 && { partials }),
		});
	}
	if (usage) streamed.usages.push(usage);
	streamed.createdAt ??= event.created_at ?? event.created ?? undefined;
}

/** The input is read once for all images, so it is counted once. */
function summed(usages: ImageUsage[]): ImageUsage | undefined {
	const [first] = usages;
	if (!first || usages.length === 1) return first;
	const { input_tokens, input_tokens_details } = first;
	const output_tokens = usages.reduce((sum, usage) => sum + usage.output_tokens, 0);
	const total_tokens = input_tokens + output_tokens;
	return { input_tokens, input_tokens_details, output_tokens, total_tokens };
}

/** The failure of an error event. It comes under HTTP 200, so that its code has to tell what the status would. */
function failureOf(answer: HttpAnswer, event: ImageEvent): ImageFailure {
	const body = event.error ? event : { error: event };
	const parsed = errorSchema.safeParse(body);
	const { code, type } = parsed.success ? parsed.data.error : {};
	const named = `${code ?? ''} ${type ?? ''}`;
	const status = /rate_limit|insufficient_quota/.test(named)
		? 429
		: /user_error|invalid_request/.test(named)
			? 400
			: 500;
	const { details } = readFailure({ ...answer, status, body });
	return new ImageFailure({ ...details, status: answer.status });
}

function endedEarly(answer: HttpAnswer, partials: number): ImageFailure {
	const drafts =
		partials === 0 ? '' : ` ${partials} partial ${partials === 1 ? 'image' : 'images'} had come.`;
	return new ImageFailure({
		kind: 'unreadableAnswer',
		message: `${NAME} ended the stream before the image was finished.${drafts}`,
		advice: 'Try again in a few minutes, or without Stream.',
		status: answer.status,
		requestId: requestIdOf(answer),
	});
}
