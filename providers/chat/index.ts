// Image generation through chat completions, as OpenAI-compatible gateways offer it. The answer holds the images, somewhere.
import { parseAnswer, unreadable } from '../answers/parseAnswer';
import type {
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	ImageTask,
	ModelLimits,
	Prices,
} from '../contract';
import { isEventStream } from '../answers/eventStream';
import { estimateOf } from '../limits/estimates';
import { MEGABYTE } from '../limits/megabytes';
import { ownDollars } from '../answers/ownDollars';
import { modelListSchema } from '../answers/openAiShapes';
import { versionedRoutesAt } from '../requests/routes';
import { readWhole, type ChatAnswer } from './chatAnswer';
import { readEventStream } from './chatEventStream';
import { findImages, writtenReferences } from './extract';
import {
	fewerImages,
	NAME,
	readFailure,
	readTaskFailure,
	WHERE_TO_LOOK,
	withoutImage,
} from './failures';
import { newPictures, type Reading } from './pictures';
import { sentKeys } from './sent';

/** What gateways have in common; everything else is theirs to refuse. */
const LIMITS: ModelLimits = {
	prompt: {},
	sizeInWords: true,
	counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
	references: { max: 16, maxBytes: 20 * MEGABYTE, types: ['png', 'jpeg', 'webp', 'gif'] },
	mask: 'none',
};

interface ChatExtras {
	systemMessage?: string;
	/** Chat parameters under the protocol's own names, as far as the person has set them. */
	parameters?: Record<string, unknown>;
}

/** A gateway as a provider. Its images may be charged with every request, so a request is never repeated in doubt. */
export function createChatGateway(baseUrl: string) {
	const { get, post } = versionedRoutesAt(baseUrl);
	return {
		contractVersion: 1,
		name: NAME,
		id: 'imagechat',
		linkLifetime: 'a limited time',
		whereToLook: WHERE_TO_LOOK,
		honoursKeys: false,
		inputImages: 'inline',
		limits: () => LIMITS,
		/** Every gateway has its own prices, so that only a person's own ones are known. */
		estimate: (request: ImageRequest, own?: Prices) => estimateOf(request, undefined, own),
		submit: (request: ImageRequest): HttpRequest => ({
			...post('/chat/completions', chatBody(request)),
			base64Fields: ['b64_json'],
			responseType: 'any',
		}),
		readTask: (answer: HttpAnswer, request?: ImageRequest) => readChat(baseUrl, answer, request),
		readFailure,
		readTaskFailure,
		models: () => get('/models'),
		readModels: (answer: HttpAnswer) =>
			parseAnswer(modelListSchema, answer, readFailure).data.map(({ id }) => id),
	} satisfies ImageProvider & Record<string, unknown>;
}

function chatBody(request: ImageRequest): Record<string, unknown> {
	const { systemMessage, parameters = {} }: ChatExtras = request.extras ?? {};
	const images = request.references.map(({ url, inline }) => ({
		type: 'image_url',
		image_url: { url: inline ?? url },
	}));
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
	const reading: Reading = { pictures: newPictures(), baseUrl };
	const chat = chatAnswerOf(answer, reading);
	const sent = request ? sentKeys(request) : new Set<string>();
	const { images, unread, text, saidInstead } = findImages(chat, reading, sent);
	if (images.length === 0) throw answer.interruption ?? withoutImage(answer, chat, text);
	const isShort = request !== undefined && images.length + unread < request.count;
	return {
		id: '',
		status: 'succeeded',
		model: chat.model ?? request?.model,
		images: images.map(({ url, stored }) => {
			if (stored === undefined) return { url };
			const bytes = reading.pictures.find(stored);
			return bytes ? { bytes } : { stored };
		}),
		unread: unread > 0 ? unread : undefined,
		...(isShort && { failure: fewerImages(chat, saidInstead) }),
		usage: chat.usage,
		cost: ownDollars(chat.usage),
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
