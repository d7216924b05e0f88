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
import { ImageFailure } from '../failure';
import { failureByRules, type FailureRule } from '../failureRules';
import { errorSchema, modelListSchema } from '../openai/schemas';
import { joinVersioned } from '../url';
import { readEventStream } from './eventStream';
import { addressesIn, findImages } from './extract';

const NAME = 'The gateway';
const MEGABYTE = 1024 * 1024;
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

const RULES: readonly FailureRule[] = [
	{
		kind: 'moderation',
		code: /moderation|content_policy|safety/i,
		advice:
			'Change the Prompt or the input images: sent again unchanged, they will be refused again.',
	},
	{ kind: 'auth', status: 401, advice: 'Open the credential and check the API Key.' },
	{
		kind: 'balance',
		status: 402,
		advice: 'Add credit in your account at the gateway, then run this again.',
	},
	{
		kind: 'balance',
		code: /insufficient_(user_)?(quota|balance|credit)/i,
		advice: 'Add credit in your account at the gateway, then run this again.',
	},
	{
		kind: 'modelGone',
		code: /model_not_found|no_available_channel/i,
		advice: 'Choose a Model that your gateway offers today.',
	},
	{
		kind: 'forbidden',
		status: 403,
		advice: 'Check at the gateway what this API Key may use.',
	},
	{
		kind: 'notFound',
		status: 404,
		advice: 'Check the Base URL in the credential, with or without /v1 at its end, and the Model.',
	},
	{ kind: 'tooLarge', status: 413, advice: 'Use fewer or smaller input images.' },
	{
		kind: 'rateLimit',
		status: 429,
		advice:
			'Too many requests in a short time. Lower Concurrency in the Options, or run this again a little later.',
	},
	{
		kind: 'badRequest',
		status: 400,
		advice: 'Change the named setting, or remove it from the Options: not every gateway has it.',
	},
];

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
		isSynchronous: true,
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
		/** A gateway has no tasks: there is nothing to look up, and no id that could lead here. */
		poll: (taskId: string): HttpRequest => ({
			method: 'GET',
			url: joinVersioned(baseUrl, `/chat/completions/${encodeURIComponent(taskId)}`),
			repeatable: true,
		}),
		readTask: readChat,
		readFailure: (answer: HttpAnswer) => {
			const parsed = errorSchema.safeParse(answer.body);
			return failureByRules(NAME, RULES, answer, parsed.success ? parsed.data.error : undefined);
		},
		readTaskFailure: ({ failure }: ImageTask) =>
			new ImageFailure({
				kind: 'noImage',
				message: failure?.message ?? 'The model answered without an image.',
				advice:
					'Change the Prompt, or choose a model that draws. The answer may have been charged all the same.',
			}),
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
		images,
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
	if (typeof body === 'string' && isEventStream(body)) return readEventStream(body);
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
