// OpenAI's Images API: one request, and its answer holds the pictures. There is no task to come back to.
import { requestIdOf } from '../answers/parseAnswer';
import type {
	FormPart,
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	ImageTask,
	StreamEvent,
} from '../contract';
import { ImageFailure } from '../failure';
import { omitEmpty } from '../requests/omit';
import { versionedRoutesAt } from '../requests/routes';
import { referencesIn } from '../answers/pictureReference';
import { shortened } from '../answers/texts';
import { readTime } from '../answers/times';
import { fieldsOf, objectOf } from '../answers/loose';
import { ownDollars } from '../answers/ownDollars';
import type { ErrorDetails } from '../answers/openAiShapes';
import { errorIn, failureWithoutStatus, readFailure, readTaskFailure, wordsIn } from './failures';
import { readEntries, type ReadEntries } from './imageEntries';
import { readImageStream } from './imageStream';
import { limitsOf, variationLimits } from './models';
import { costOfUsage, estimateCost, estimateImages } from './prices';
import { usageOf } from './schemas';
import { eventsOf } from './unaskedEvents';

const NAME = 'OpenAI';
/** Of a list without pictures, as many entries are asked why. */
/** What a task has in other places than in its raw facts. */
const READ: ReadonlySet<string> = new Set(['created', 'data', 'images', 'svg_usage', 'usage']);
/** Compatible servers may answer with links; how long those work, only they know. */
const LINK_LIFETIME = 'about an hour';
const WHERE_TO_LOOK =
	"platform.openai.com > Usage shows what was charged. With Waiting set to Don't Wait, each image is a task that can be looked up.";
const MAX_REASONS = 10;
const NO_VARIATIONS =
	'This server makes no variations: OpenAI has retired them together with dall-e-2. Use the operation Edit with a model of today. On a compatible server, check the Model, and the Base URL in the credential.';

/** The Images API as a provider: generations, and edits as soon as there are input images. */
export function createOpenAiImages(baseUrl: string) {
	const routes = versionedRoutesAt(baseUrl);
	return {
		contractVersion: 1,
		name: NAME,
		id: 'openai',
		linkLifetime: LINK_LIFETIME,
		whereToLook: WHERE_TO_LOOK,
		honoursKeys: false,
		inputImages: 'sent',
		limits: (model: string) => ({ ...limitsOf(model), maxPerTask: imagesPerRequest }),
		estimate: estimateImages,
		submit: (request: ImageRequest): HttpRequest => {
			const values = imageParameters(request);
			return {
				...(request.references.length === 0
					? routes.post('/images/generations', values)
					: { ...routes.post('/images/edits'), form: editForm(request, values) }),
				base64Fields: ['b64_json'],
				responseType: request.extras?.stream === true ? 'events' : 'any',
			};
		},
		readTask: (answer: HttpAnswer, request?: ImageRequest) => readImages(answer, request, baseUrl),
		readFailure,
		readTaskFailure,
	} satisfies ImageProvider;
}

/** OpenAI streams one image at a time, and writes one SVG. */
function imagesPerRequest({ extras, outputFormat, count }: ImageRequest): number {
	return extras?.stream === true || outputFormat === 'svg' ? 1 : count;
}

/** `POST /images/variations` as a provider: retired by OpenAI, still there on some compatible servers. */
export function createOpenAiVariations(baseUrl: string): ImageProvider {
	return {
		...createOpenAiImages(baseUrl),
		limits: variationLimits,
		submit: ({ model, count, size, references }: ImageRequest): HttpRequest => ({
			...versionedRoutesAt(baseUrl).post('/images/variations'),
			form: [
				...textParts(omitEmpty({ model, n: count, size })),
				...references.map((file) => ({ name: 'image', file })),
			],
			base64Fields: ['b64_json'],
			responseType: 'any',
		}),
		readFailure: (answer) => {
			const failure = readFailure(answer);
			return answer.status === 404
				? new ImageFailure({ ...failure.details, kind: 'modelGone', advice: NO_VARIATIONS })
				: failure;
		},
	};
}

/** The parameters in OpenAI's names. `auto` is OpenAI's default everywhere, so it is left out for older servers' sake. */
export function imageParameters(request: ImageRequest): Record<string, unknown> {
	const { model, prompt, size, quality, count, background, outputFormat, compression } = request;
	return omitEmpty({
		model,
		prompt,
		n: count,
		size: omitAuto(size),
		quality: omitAuto(quality),
		background: omitAuto(background),
		output_format: outputFormat,
		output_compression: compression,
		...request.extras,
	});
}

/**
 * The pictures of a finished request. GPT image models answer base64, compatible servers may answer links. Throws a
 * `noImage` failure when an answer has none, with the server's own words if it says why.
 */
export function readImages(
	answer: HttpAnswer,
	request: ImageRequest | undefined,
	baseUrl: string,
): ImageTask {
	const { body } = answer;
	// A server may stream unasked, or not stream though it was asked to: the answer itself decides.
	const events = eventsOf(body);
	if (events) return readImageStream(answer, events, request, baseUrl);
	if (isEventList(body)) return readImageStream(answer, body, request, baseUrl);
	const { task, errors, hasPlace } = imagesTask(answer, request, baseUrl);
	if (task.images.length > 0) return task;
	const error = wordsIn(body) ?? errors[0];
	if (error) throw withoutImage(failureWithoutStatus(answer, error, 'noImage'));
	if (!hasPlace) throw readFailure(answer);
	throw noImage(answer);
}

/** The same as a task that may be without images, what entries say in place of some, and whether there is a place for any. */
export function imagesTask(
	answer: HttpAnswer,
	request: ImageRequest | undefined,
	baseUrl: string,
): { task: ImageTask; errors: ErrorDetails[]; hasPlace: boolean } {
	const fields = fieldsOf(answer.body);
	const { images, unread, errors, hasPlace } = readBody(answer.body, baseUrl);
	const usage = usageOf(fields.usage);
	const svgUsage = objectOf(fields.svg_usage);
	const model = request?.model;
	const isShort = request !== undefined && images.length + unread < request.count;
	const task: ImageTask = {
		id: '',
		status: 'succeeded',
		model,
		images,
		...(unread > 0 && { unread }),
		...(isShort && {
			failure: { code: 'fewer_images', message: reasonsOf([errorIn(answer.body), ...errors]) },
		}),
		usage:
			usage && svgUsage ? { ...usage, svg_usage: svgUsage } : (usage ?? objectOf(fields.usage)),
		cost:
			costOfUsage(model, usage) ??
			ownDollars(fields.usage) ??
			(request &&
				estimateCost(request.model, request.size, request.quality, images.length + unread)),
		createdAt: readTime(fields.created) ?? answer.receivedAt,
		raw: Object.fromEntries(Object.entries(fields).filter(([name]) => !READ.has(name))),
	};
	return { task, errors, hasPlace };
}

/** Of many that are alike, the first ones tell enough. */
function reasonsOf(errors: Array<ErrorDetails | undefined>): string {
	const reasons = new Set(errors.slice(0, MAX_REASONS).flatMap((error) => error?.message || []));
	return shortened([...reasons].join(' '));
}

/** An answer that was cut off may have brought whole pictures before. */
function readBody(body: unknown, baseUrl: string): ReadEntries {
	if (typeof body !== 'string') return readEntries(body, baseUrl);
	const stored = [...new Set(referencesIn(body))];
	const images = stored.map((each) => ({ stored: each }));
	return { images, unread: 0, errors: [], hasPlace: false };
}

/** Every event has its data, which no entry of a plain list has. */
function isEventList(body: unknown): body is StreamEvent[] {
	return Array.isArray(body) && body.every((each) => 'data' in fieldsOf(each));
}

/** The server's own words, with where to look if they don't say that nothing was done. */
function withoutImage({ details }: ImageFailure): ImageFailure {
	const advice = `It may have been charged. ${WHERE_TO_LOOK}`;
	return new ImageFailure({ ...details, ...(details.kind === 'noImage' && { advice }) });
}

function noImage(answer: HttpAnswer): ImageFailure {
	return new ImageFailure({
		kind: 'noImage',
		message: `${NAME} answered without an image.`,
		advice: `It may have been charged. ${WHERE_TO_LOOK}`,
		status: answer.status,
		requestId: requestIdOf(answer),
	});
}

function editForm(
	{ references, mask, markup }: ImageRequest,
	values: Record<string, unknown>,
): FormPart[] {
	const name = references.length > 1 ? 'image[]' : 'image';
	return [
		...textParts(values),
		...references.map((file) => ({ name, file })),
		...(mask ? [{ name: 'mask', file: mask }] : []),
		...(markup ? [{ name: 'markup', file: markup }] : []),
	];
}

/** In a form, what is inside another value is named with it: `svg[model]`. */
function textParts(values: Record<string, unknown>): FormPart[] {
	return Object.entries(values).flatMap(([name, value]): FormPart[] => {
		const inside = Object.entries(objectOf(value) ?? {});
		if (inside.length === 0) return [{ name, value: String(value) }];
		return textParts(Object.fromEntries(inside.map(([key, each]) => [`${name}[${key}]`, each])));
	});
}

export function omitAuto(value: string | undefined): string | undefined {
	return value === 'auto' ? undefined : value;
}
