// Image generation through chat completions, as OpenAI-compatible gateways offer it. The answer holds the images, somewhere.
import { parseAnswer, unreadable } from '../answer';
import type {
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	ImageTask,
	ModelLimits,
} from '../contract';
import { isEventStream } from '../eventStream';
import { MEGABYTE } from '../megabytes';
import { modelListSchema } from '../openAiShapes';
import { joinVersioned } from '../url';
import { readWhole, type ChatAnswer } from './chatAnswer';
import { readEventStream } from './eventStream';
import { findImages, writtenReferences } from './extract';
import { NAME, readFailure, readTaskFailure, WHERE_TO_LOOK, withoutImage } from './failures';
import type { Reading } from './pictures';
import { sentKeys } from './sent';

/** What gateways have in common; everything else is theirs to refuse. */
const LIMITS: ModelLimits = {
	prompt: {},
	counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
	references: { most: 16, maxBytes: 20 * MEGABYTE, types: ['png', 'jpeg', 'webp', 'gif'] },
	mask: 'none',
};

interface ChatExtras {
	systemMessage?: string;
	/** Chat parameters under the protocol's own names, as far as the person has set them. */
	parameters?: Record<string, unknown>;
}

/** A gateway as a provider. Its images may be charged with every request, so a request is never repeated in doubt. */
export function createChatGateway(baseUrl: string) {
	return {
		name: NAME,
		id: 'imagechat',
		linkLifetime: 'a limited time',
		whereToLook: WHERE_TO_LOOK,
		honoursKeys: false,
		inputImages: 'inline',
		limits: () => LIMITS,
		submit: (request: ImageRequest): HttpRequest => ({
			method: 'POST',
			url: joinVersioned(baseUrl, '/chat/completions'),
			json: chatBody(request),
			base64Fields: ['b64_json'],
			answerForm: 'any',
			repeatable: false,
		}),
		readTask: (answer: HttpAnswer, request?: ImageRequest) => readChat(baseUrl, answer, request),
		readFailure,
		readTaskFailure,
		models: (): HttpRequest => ({
			method: 'GET',
			url: joinVersioned(baseUrl, '/models'),
			repeatable: true,
		}),
		readModels: (answer: HttpAnswer) =>
			parseAnswer(modelListSchema, answer, NAME).data.map(({ id }) => id),
	} satisfies ImageProvider & Record<string, unknown>;
}

function chatBody(request: ImageRequest): Record<string, unknown> {
	const { systemMessage, parameters = {} }: ChatExtras = request.extras ?? {};
	const images = request.references.map(({ url }) => ({ type: 'image_url', image_url: { url } }));
	const system = systemMessage ? [{ role: 'system', content: systemMessage }] : [];
	return {
		model: request.model,
		stream: false,
		messages: [
			...system,
			{ role: 'user', content: [{ type: 'text', text: request.prompt }, ...images] },
		],
		...(request.count > 1 ? { n: request.count } : {}),
		...parameters,
	};
}

/** The answer as a finished task. Throws the failure of one without an image. */
function readChat(baseUrl: string, answer: HttpAnswer, request?: ImageRequest): ImageTask {
	const reading: Reading = { pictures: new Map(), baseUrl };
	const chat = chatAnswerOf(answer, reading);
	const sent = request ? sentKeys(request) : new Set<string>();
	const { images, unread, text } = findImages(chat, reading, sent);
	if (images.length === 0) throw answer.interruption ?? withoutImage(answer, chat, text);
	return {
		id: '',
		status: 'succeeded',
		model: chat.model ?? request?.model,
		images: images.map(({ url, stored = '' }) => {
			const bytes = reading.pictures.get(stored);
			if (url !== undefined) return { url };
			return bytes ? { bytes } : { stored };
		}),
		unread: unread > 0 ? unread : undefined,
		usage: chat.usage,
		createdAt: answer.receivedAt,
		raw: {},
	};
}

function chatAnswerOf(answer: HttpAnswer, reading: Reading): ChatAnswer {
	const { body } = answer;
	if (Buffer.isBuffer(body) || (typeof body === 'string' && isEventStream(body))) {
		return readEventStream(body, reading);
	}
	if (typeof body === 'object' && body !== null && !isEmptyList(body)) {
		return readWhole(body, reading);
	}
	// An answer that was cut may still hold whole pictures, which have been stored.
	const whole = typeof body === 'string' ? writtenReferences(body) : [];
	if (whole.length === 0) throw unreadable(answer, NAME);
	const rescued = readWhole({ images: whole }, reading);
	return { ...rescued, images: { ...rescued.images, unread: 1 } };
}

function isEmptyList(body: object): boolean {
	return Array.isArray(body) && body.length === 0;
}
