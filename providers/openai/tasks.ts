// Background tasks: a response of the Responses API that calls the image tool, and is looked up by its id.
import { parseAnswer } from '../answers/parseAnswer';
import type {
	Cost,
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	ImageTask,
	InputFile,
	Prices,
	TaskImage,
	TaskStatus,
	UploadedFile,
} from '../contract';
import { ImageFailure } from '../failure';
import { omitEmpty } from '../requests/omit';
import { versionedRoutesAt } from '../requests/routes';
import { ownDollars } from '../answers/ownDollars';
import { isReference } from '../answers/pictureReference';
import { shownText } from '../answers/texts';
import { readTime } from '../answers/times';
import { pathSegment } from '../requests/url';
import { wholeFields } from '../answers/cutJson';
import { fieldsOf, idOf, listOf, objectOf, textOf } from '../answers/loose';
import { nameOfError } from '../answers/toldError';
import {
	errorIn,
	moderationMessage,
	readFailure,
	readTaskFailure,
	REFUSED_IN_WORDS,
} from './failures';
import { placeOf } from './inputPlace';
import { omitAuto } from './images';
import { AUTOMATIC, CHAT_MODEL_NAMES, DEFAULT_CHAT_MODEL, taskLimitsOf } from './models';
import { costOfChat, costOfUsage, estimateTasks, isDiscounted } from './prices';
import { fileSchema, responseSchema, type ResponseAnswer } from './schemas';
import { eventsOf } from './unaskedEvents';

const NAME = 'OpenAI';
/** Of what a response says, as much is looked at. */
const MAX_PARTS = 20;
const IMAGE_CALL = 'image_generation_call';
const CANNOT_DRAW = /\bnot supported\b|\bunsupported\b|doesn't support|does not support/i;
/** How models refuse in words, in the languages in which most people ask them. */
const REFUSING_WORDS =
	/\b(sorry|unable|cannot|can['’]?t|won['’]t|not able|not allowed|polic(y|ies)|guidelines)\b|죄송|수 없|抱歉|无法|無法|不能|申し訳|できません/i;

/** OpenAI's words for a response's state. A word that isn't here means that it is still at work. */
const STATUSES: Readonly<Record<string, TaskStatus>> = {
	queued: 'queued',
	in_progress: 'running',
	completed: 'succeeded',
	failed: 'failed',
	incomplete: 'failed',
	cancelled: 'cancelled',
};

/** Responses as a provider. `callingModel` reads the prompt and calls the tool; the request's model draws. */
export function createOpenAiTasks(baseUrl: string, callingModel = DEFAULT_CHAT_MODEL) {
	const routes = versionedRoutesAt(baseUrl);
	const callingModels = callingModel === AUTOMATIC ? CHAT_MODEL_NAMES : [callingModel];
	const withPictures = (request: HttpRequest): HttpRequest => ({
		...request,
		base64Fields: ['result'],
	});
	const pathOf = (taskId: string) => `/responses/${pathSegment(taskId)}`;
	return {
		contractVersion: 1,
		name: NAME,
		id: 'openai',
		linkLifetime: 'about an hour',
		whereToLook:
			'platform.openai.com > Logs lists your background tasks (called responses there) with their IDs.',
		honoursKeys: false,
		inputImages: 'uploaded',
		limits: taskLimitsOf,
		orderedWith: callingModel,
		estimate: (request: ImageRequest, own?: Prices) => estimateTasks(request, callingModels, own),
		submit: (request: ImageRequest): HttpRequest => ({
			...withPictures(routes.post('/responses', responseBody(request, callingModel))),
			responseType: 'any',
		}),
		poll: (taskId: string) => withPictures(routes.get(pathOf(taskId))),
		cancel: (taskId: string) =>
			withPictures({ ...routes.post(`${pathOf(taskId)}/cancel`), idempotent: true }),
		readTask: readCreated,
		readFailure: (answer: HttpAnswer) => aboutCallingModel(readFailure(answer), callingModel),
		readTaskFailure,
		/** The id of the response or batch that a webhook event speaks of. */
		upload: {
			request: (file: InputFile): HttpRequest => ({
				...routes.post('/files'),
				form: [
					{ name: 'purpose', value: 'vision' },
					{ name: 'file', file },
				],
				idempotent: true,
			}),
			read: readFile,
		},
	} satisfies ImageProvider;
}

/** Of the two models of a request, the error may mean the one that the person finds in the Options. */
function aboutCallingModel({ details }: ImageFailure, callingModel: string): ImageFailure {
	const { kind, message } = details;
	const isAbout = kind === 'modelGone' || (kind === 'badRequest' && CANNOT_DRAW.test(message));
	if (!isAbout || !names(message, callingModel)) return new ImageFailure(details);
	return new ImageFailure({
		...details,
		message: `The Calling Model "${callingModel}" can't be used. ${message}`,
		advice:
			'Choose another Calling Model in the Options: a text model of your account that can use the image tool. The Model, which draws, may be right. Nothing was charged for this request.',
	});
}

/** A longer name may begin with it. */
function names(message: string, model: string): boolean {
	const name = model.toLowerCase();
	return message
		.toLowerCase()
		.split(/[^\w.:/-]+/)
		.some((word) => word.startsWith(name) && /^[.:]*$/.test(word.slice(name.length)));
}

export function readFile(answer: HttpAnswer): UploadedFile {
	const { id, filename, bytes } = parseAnswer(fileSchema, answer, readFailure);
	return { id, name: filename ?? undefined, bytes: bytes ?? undefined };
}

function responseBody(request: ImageRequest, callingModel: string): Record<string, unknown> {
	const { model, prompt, size, quality, background, outputFormat, compression } = request;
	const { background_options, safety_identifier, user, ...ofTool } = request.extras ?? {};
	const tool = omitEmpty({
		type: 'image_generation',
		model,
		size: omitAuto(size),
		quality: omitAuto(quality),
		background: omitAuto(background),
		output_format: outputFormat,
		output_compression: compression,
		...ofTool,
		action: request.references.length > 0 ? 'edit' : 'generate',
		input_image_mask: request.mask && placeOf(request.mask),
	});
	return omitEmpty({
		model: callingModel,
		background: true,
		background_options,
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
		// Answers repeat it, whoever asks.
		metadata: request.orderReference && { reference: request.orderReference },
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
	const response = parseAnswer(responseSchema, answer, readFailure);
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
	const tool = fieldsOf(response.tools?.[0]);
	const model = textOf(tool.model) ?? request?.model;
	const orderReference = textOf(fieldsOf(response.metadata).reference);
	const size = textOf(tool.size);
	return {
		id: response.id,
		status,
		model,
		...(orderReference !== undefined && { orderReference }),
		images,
		...(unread > 0 && { unread }),
		...(size !== undefined && { asked: { size } }),
		failure: status === 'failed' ? failureOf(response) : undefined,
		...accountOf(response, model, request),
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

/**
 * What was used, and what it cost: drawing, and the words of the model that called the tool as far as its prices are
 * known. Undefined where drawing wasn't counted, or was to be cheaper by a part that nobody tells.
 */
function accountOf(
	response: ResponseAnswer,
	model: string | undefined,
	request: ImageRequest | undefined,
): Pick<ImageTask, 'usage' | 'cost'> {
	const { usage, output, tool_usage: tools } = response;
	const settings = objectOf(response.background_options) ?? request?.extras?.background_options;
	// Counts that OpenAI doesn't know are zero: that isn't to say that drawing is free.
	const drawing = tools?.image_gen?.output_tokens ? tools.image_gen : undefined;
	// What writing an SVG took stands at the call itself.
	const svgUsage = output?.map((entry) => objectOf(fieldsOf(entry).svg_usage)).find(Boolean);
	const parts = {
		...(drawing && { image_gen: drawing }),
		...(svgUsage && { svg_usage: svgUsage }),
	};
	return {
		usage: drawing || svgUsage ? { ...usage, ...parts } : (usage ?? undefined),
		cost: ownDollars(usage) ?? (isDiscounted(settings) ? undefined : estimate()),
	};

	function estimate(): Cost | undefined {
		const drawn = costOfUsage(model, drawing);
		const words = costOfChat(response.model ?? undefined, usage);
		return drawn && { ...drawn, amount: drawn.amount + (words?.amount ?? 0) };
	}
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
	const said = saidIn(response);
	if (error || !said) {
		return {
			code: nameOfError(error ?? {}) ?? reason ?? 'no_image',
			message:
				error?.message ??
				(reason ? `the task ended early (${reason}).` : 'the task ended without an image.'),
		};
	}
	const isRefusal = said.isRefusal || REFUSING_WORDS.test(said.words);
	return {
		code: reason ?? (isRefusal ? REFUSED_IN_WORDS : 'no_image'),
		message: isRefusal
			? `${NAME}: the model refused to draw: "${said.words}"`
			: `${NAME}: the model answered in words instead of drawing: "${said.words}"`,
	};
}

/** What the model said in place of a picture: as a refusal, or as a text like any other. */
function saidIn({ output }: ResponseAnswer): { words: string; isRefusal: boolean } | undefined {
	const parts = (output ?? [])
		.slice(0, MAX_PARTS)
		.flatMap((entry) => listOf(fieldsOf(entry).content)?.slice(0, MAX_PARTS) ?? [])
		.map(fieldsOf);
	const refusals = parts.flatMap(({ refusal }) => textOf(refusal) ?? []);
	const texts = refusals.length > 0 ? refusals : parts.flatMap(({ text }) => textOf(text) ?? []);
	const words = shownText(texts.join(' ').replace(/\s+/g, ' ').trim());
	return words === '' ? undefined : { words, isRefusal: refusals.length > 0 };
}
