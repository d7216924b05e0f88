// The Images API's answer as a stream: partial images, the finished ones, or an error in between.
// Source: the types of OpenAI's official client, image_generation.* and image_edit.* alike.
import { requestIdOf } from '../answers/parseAnswer';
import type { HttpAnswer, ImageRequest, ImageTask, StreamEvent, TaskImage } from '../contract';
import { ImageFailure } from '../failure';
import type { PictureReference } from '../answers/pictureReference';
import { readTime } from '../answers/times';
import { fieldsOf, textOf } from '../answers/loose';
import { errorIn, failureWithoutStatus } from './failures';
import { readEntries, readEntry } from './imageEntries';
import { costOfUsage, estimateCost } from './prices';
import { usageOf, type ImageUsage } from './schemas';

const NAME = 'OpenAI';

/** What the events add up to. */
interface StreamedImages {
	images: TaskImage[];
	unread: number;
	usages: ImageUsage[];
	/** Partial images that no finished one has followed yet. */
	partials: PictureReference[];
	createdAt?: Date;
	failure?: ImageFailure;
}

/**
 * The finished images as a task. Where only some have come, it has these and says why; where none has come, that is
 * thrown: the failure of an error event, what broke the stream off, or that it ended too soon.
 */
export function readImageStream(
	answer: HttpAnswer,
	events: Iterable<StreamEvent>,
	request: ImageRequest | undefined,
	baseUrl: string,
): ImageTask {
	const streamed = addUp(answer, events, baseUrl);
	const { images, unread, usages, partials, createdAt, failure = answer.interruption } = streamed;
	if (images.length === 0) throw failure ?? endedEarly(answer, partials.length);
	const model = request?.model;
	const isShort = request !== undefined && images.length + unread < request.count;
	const usage = summed(usages);
	return {
		id: '',
		status: 'succeeded',
		model,
		images,
		...(unread > 0 && { unread }),
		failure: isShort ? { code: 'fewer_images', message: failure?.message ?? '' } : undefined,
		usage,
		cost:
			costOfUsage(model, usage) ??
			(request && estimateCost(request.model, request.size, request.quality, images.length)),
		createdAt: createdAt ?? answer.receivedAt,
		raw: {},
	};
}

function addUp(answer: HttpAnswer, events: Iterable<StreamEvent>, baseUrl: string): StreamedImages {
	const streamed: StreamedImages = { images: [], unread: 0, usages: [], partials: [] };
	for (const { name = '', data } of events) {
		const type = textOf(fieldsOf(data).type) ?? name;
		const error = errorIn(data) ?? (type === 'error' ? errorIn({ error: data }) : undefined);
		if (error || type === 'error') {
			streamed.failure ??= failureWithoutStatus(answer, error ?? {}, 'providerDown');
		} else if (type.endsWith('.partial_image')) {
			const draft = readEntry(data, baseUrl)?.stored;
			if (draft !== undefined) streamed.partials.push(draft);
		} else {
			addFinished(streamed, answer, data, baseUrl);
		}
	}
	return streamed;
}

/** One finished image; or several, as a server sends them that puts the whole plain answer into one event. */
function addFinished(
	streamed: StreamedImages,
	answer: HttpAnswer,
	event: unknown,
	baseUrl: string,
): void {
	const { created, created_at, usage } = fieldsOf(event);
	const one = readEntry(event, baseUrl);
	const read = one ? undefined : readEntries(event, baseUrl);
	const { images, unread, errors } = read ?? { images: [one!], unread: 0, errors: [] };
	streamed.unread += unread;
	if (errors[0]) streamed.failure ??= failureWithoutStatus(answer, errors[0], 'noImage');
	for (const image of images) {
		// An event doesn't tell which image it belongs to: the drafts before an image are taken as its own.
		const partials = streamed.partials.splice(0);
		streamed.images.push({ ...image, ...(partials.length > 0 && { partials }) });
	}
	const counted = usageOf(usage);
	if (counted) streamed.usages.push(counted);
	streamed.createdAt ??= readTime(created_at ?? created);
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
