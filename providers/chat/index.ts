// Image generation through chat completions, as OpenAI-compatible gateways offer it. The answer holds the images, somewhere.
import { z } from 'zod';

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
import { errorSchema, modelListSchema } from '../openAiShapes';
import { joinVersioned } from '../url';
import { readEventStream } from './eventStream';
import { addressesIn, findImages } from './extract';
import { NAME, readFailure, readTaskFailure } from './failures';

const LONGEST_QUOTE = 500;

/** Whatever was counted, under the gateway's own names. */
const usageSchema = z.record(z.unknown());

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
		whereToLook: 'Your account at the gateway shows what was charged.',
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
		readTask: readChat,
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

/** The answer as a finished task. One without an image failed, with what the model said. */
function readChat(answer: HttpAnswer, request?: ImageRequest): ImageTask {
	const body = bodyOf(answer);
	const { images, text: said } = findImages(body, request ? sentAddresses(request) : []);
	// Some gateways tell of a failure with HTTP 200.
	const error = errorSchema.safeParse(body);
	const text = said || (error.success && error.data.error.message) || '';
	return {
		id: '',
		status: images.length > 0 ? 'succeeded' : 'failed',
		model: typeof body.model === 'string' ? body.model : request?.model,
		images: images.map(({ base64, ...image }) => ({
			...image,
			bytes: base64 === undefined ? undefined : Buffer.from(base64, 'base64'),
		})),
		failure: images.length > 0 ? undefined : { code: 'no_image', message: withoutImage(text) },
		usage: usageSchema.safeParse(body.usage).data,
		createdAt: answer.receivedAt,
		raw: {},
	};
}

/** Every address that was sent, in whatever place: gateways echo them all. */
function sentAddresses({ references, prompt, extras = {} }: ImageRequest): string[] {
	const { systemMessage = '', parameters = {} }: ChatExtras = extras;
	const texts = [prompt, systemMessage, JSON.stringify(parameters)];
	return [...references.flatMap(({ url }) => url ?? []), ...texts.flatMap(addressesIn)];
}

function bodyOf(answer: HttpAnswer): Record<string, unknown> {
	const { body } = answer;
	if (Buffer.isBuffer(body) || (typeof body === 'string' && isEventStream(body))) {
		return readEventStream(body);
	}
	if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
		return body as Record<string, unknown>;
	}
	throw unreadable(answer, NAME);
}

function withoutImage(text: string): string {
	const said = text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_QUOTE);
	return said === ''
		? 'The model answered without an image and without a word.'
		: `The model answered without an image. It said: "${said}"`;
}
