// Background tasks: a response of the Responses API that calls the image tool, and is looked up by its id.
import { parseAnswer } from '../answer';
import type {
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	ImageTask,
	InputFile,
	TaskImage,
	TaskStatus,
	UploadedFile,
} from '../contract';
import { filled } from '../given';
import { isReference } from '../pictureReference';
import { readTime } from '../times';
import { pathSegment } from '../url';
import { wholeFields } from '../cutJson';
import { fieldsOf, idOf, objectOf, textOf } from '../loose';
import { errorIn, moderationMessage, readFailure, readTaskFailure } from './failures';
import { openAiRoutes, placeOf } from './http';
import { withoutAuto } from './images';
import { taskLimitsOf } from './models';
import { costOfUsage } from './prices';
import { fileSchema, responseSchema, type ResponseAnswer } from './schemas';
import { eventsOf } from './unaskedEvents';

const NAME = 'OpenAI';
const IMAGE_CALL = 'image_generation_call';

/** OpenAI's words for a response's state. A word that isn't here means that it is still at work. */
const STATUSES: Readonly<Record<string, TaskStatus>> = {
	queued: 'queued',
	in_progress: 'running',
	completed: 'succeeded',
	failed: 'failed',
	incomplete: 'failed',
	cancelled: 'cancelled',
};

/** The text model that calls the image tool, when the person names none. */
export const DEFAULT_CALLING_MODEL = 'gpt-4o-mini';

/** Responses as a provider. `callingModel` reads the prompt and calls the tool; the request's model draws. */
export function createOpenAiTasks(baseUrl: string, callingModel = DEFAULT_CALLING_MODEL) {
	const routes = openAiRoutes(baseUrl);
	const withPictures = (request: HttpRequest): HttpRequest => ({
		...request,
		base64Fields: ['result'],
	});
	const pathOf = (taskId: string) => `/responses/${pathSegment(taskId)}`;
	return {
		name: NAME,
		id: 'openai',
		linkLifetime: 'about an hour',
		whereToLook:
			'platform.openai.com > Logs lists your background tasks (called responses there) with their IDs.',
		honoursKeys: false,
		inputImages: 'uploaded',
		limits: taskLimitsOf,
		submit: (request: ImageRequest): HttpRequest => ({
			...withPictures(routes.post('/responses', responseBody(request, callingModel))),
			answerForm: 'any',
		}),
		poll: (taskId: string) => withPictures(routes.get(pathOf(taskId))),
		cancel: (taskId: string) =>
			withPictures({ ...routes.post(`${pathOf(taskId)}/cancel`), repeatable: true }),
		readTask: readCreated,
		readFailure,
		readTaskFailure,
		/** The id of the response or batch that a webhook event speaks of. */
		upload: {
			request: (file: InputFile): HttpRequest => ({
				...routes.post('/files'),
				form: [
					{ name: 'purpose', value: 'vision' },
					{ name: 'file', file },
				],
				repeatable: true,
			}),
			read: readFile,
		},
	} satisfies ImageProvider;
}

export function readFile(answer: HttpAnswer): UploadedFile {
	const { id, filename, bytes } = parseAnswer(fileSchema, answer, NAME);
	return { id, name: filename ?? undefined, bytes: bytes ?? undefined };
}

function responseBody(request: ImageRequest, callingModel: string): Record<string, unknown> {
	const { model, prompt, size, quality, background, outputFormat, compression } = request;
	const { safety_identifier, user, ...ofTool } = request.extras ?? {};
	const tool = filled({
		type: 'image_generation',
		model,
		size: withoutAuto(size),
		quality: withoutAuto(quality),
		background: withoutAuto(background),
		output_format: outputFormat,
		output_compression: compression,
		...ofTool,
		action: request.references.length > 0 ? 'edit' : 'generate',
		input_image_mask: request.mask && placeOf(request.mask),
	});
	return filled({
		model: callingModel,
		background: true,
		input: [
			{
				role: 'user',
				content: [
					{ type: 'input_text', text: prompt },
					...request.references.map((image) => ({
						type: 'input_image',
						detail: 'auto',
						...placeOf(image),
					})),
				],
			},
		],
		tools: [tool],
		tool_choice: { type: 'image_generation' },
		safety_identifier,
		user,
	});
}

/**
 * The answer to a create. One that was cut off behind its ID is a task all the same: it can be looked up. Of a stream,
 * the last event tells most.
 */
function readCreated(given: HttpAnswer, request?: ImageRequest): ImageTask {
	const events = [...(eventsOf(given.body) ?? [])];
	const told = events.map(({ data }) => objectOf(fieldsOf(data).response)).filter(Boolean);
	const answer = told.length > 0 ? { ...given, body: told.at(-1) } : given;
	const id = typeof answer.body === 'string' ? idOf(wholeFields(answer.body).id) : undefined;
	if (id === undefined) return readResponse(answer, request);
	return { id, status: 'queued', model: request?.model, images: [], raw: {} };
}

/** A response as a task. Its pictures are in its image calls; one that was refused carries its own error. */
function readResponse(answer: HttpAnswer, request?: ImageRequest): ImageTask {
	const response = parseAnswer(responseSchema, answer, NAME);
	const output = response.output ?? [];
	const entries = output.filter(mayBePicture);
	const images = entries.map(imageOf).filter((image) => image !== undefined);
	// A call without a result has made none. What is no entry at all may be anything.
	const unread = entries.filter((entry) => !imageOf(entry) && isUnread(entry)).length;
	const reported = STATUSES[response.status ?? ''] ?? (response.status ? 'running' : undefined);
	const hasEnded =
		reported === undefined
			? response.error || output.length > 0
			: reported === 'succeeded' || reported === 'failed';
	// A picture that is there has been paid for, however the response ended.
	const status = !hasEnded
		? (reported ?? 'queued')
		: images.length > 0 || (unread > 0 && reported !== 'failed')
			? 'succeeded'
			: 'failed';
	const model = textOf(fieldsOf(response.tools?.[0]).model) ?? request?.model;
	return {
		id: response.id,
		status,
		model,
		images,
		...(unread > 0 && { unread }),
		failure: status === 'failed' ? failureOf(response) : undefined,
		...accountOf(response, model),
		createdAt: readTime(response.created_at),
		raw: { status: response.status, model: response.model },
	};
}

/** Also an entry that doesn't tell what it is. Messages and the like are none. */
function mayBePicture(entry: unknown): boolean {
	const type = textOf(fieldsOf(entry).type);
	return type === undefined || type === IMAGE_CALL;
}

function imageOf(entry: unknown): TaskImage | undefined {
	const { result, revised_prompt } = fieldsOf(entry);
	const stored = [result, ...Object.values(fieldsOf(result))].find(isReference);
	return stored === undefined ? undefined : { stored, revisedPrompt: textOf(revised_prompt) };
}

function isUnread(entry: unknown): boolean {
	const isEntry = typeof entry === 'object' && entry !== null;
	const { result } = fieldsOf(entry);
	return !isEntry || (result !== undefined && result !== null && result !== '');
}

/** What was used, and the cost of drawing: an estimate, as the text model's tokens are not in it. */
function accountOf(
	{ usage, tool_usage: tools }: ResponseAnswer,
	model: string | undefined,
): Pick<ImageTask, 'usage' | 'cost'> {
	// Counts that OpenAI doesn't know are zero: that isn't to say that drawing is free.
	const drawing = tools?.image_gen?.output_tokens ? tools.image_gen : undefined;
	const cost = costOfUsage(model, drawing);
	return {
		usage: drawing ? { ...usage, image_gen: drawing } : (usage ?? undefined),
		cost: cost && { ...cost, estimated: true },
	};
}

function failureOf(response: ResponseAnswer): ImageTask['failure'] {
	const callError = response.output?.map(errorIn).find((error) => error !== undefined);
	// Only the call's own error tells at which stage and for what it was refused.
	if (callError?.moderation_details) {
		const code = callError.code ?? 'moderation_blocked';
		return { code, message: moderationMessage(callError) };
	}
	const error = response.error ?? callError;
	const reason = response.incomplete_details?.reason;
	return {
		code: error?.code ?? reason ?? 'no_image',
		message:
			error?.message ??
			(reason ? `the task ended early (${reason}).` : 'the task ended without an image.'),
	};
}
