// OpenAI's Images API: one request, and its answer holds the pictures. There is no task to come back to.
import { parseAnswer } from '../answer';
import type {
	FormPart,
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	ImageTask,
} from '../contract';
import { ImageFailure } from '../failure';
import { filled } from '../given';
import { readFailure, readTaskFailure } from './failures';
import { openAiRoutes } from './http';
import { readImageStream } from './imageStream';
import { limitsOf, variationLimits } from './models';
import { costOfUsage, estimateCost } from './prices';
import { imagesSchema } from './schemas';

/** Compatible servers may answer with links; how long those work, only they know. */
const LINK_LIFETIME = 'about an hour';
const NO_VARIATIONS =
	'This server makes no variations: OpenAI has retired them together with dall-e-2. Use the operation Edit with a model of today. On a compatible server, check the Model, and the Base URL in the credential.';

/** The Images API as a provider: generations, and edits as soon as there are input images. */
export function createOpenAiImages(baseUrl: string) {
	const routes = openAiRoutes(baseUrl);
	return {
		name: 'OpenAI',
		id: 'openai',
		linkLifetime: LINK_LIFETIME,
		whereToLook:
			'platform.openai.com > Usage shows what was charged. Completion "Return the Task at Once" makes tasks that can be looked up.',
		honoursKeys: false,
		inputImages: 'sent',
		limits: limitsOf,
		submit: (request: ImageRequest): HttpRequest => {
			const values = imageParameters(request);
			return {
				...(request.references.length === 0
					? routes.post('/images/generations', values)
					: { ...routes.post('/images/edits'), form: editForm(request, values) }),
				base64Fields: ['b64_json'],
				answerForm: request.extras?.stream === true ? 'events' : undefined,
			};
		},
		readTask: readImages,
		readFailure,
		readTaskFailure,
	} satisfies ImageProvider;
}

/** `POST /images/variations` as a provider: retired by OpenAI, still there on some compatible servers. */
export function createOpenAiVariations(baseUrl: string): ImageProvider {
	return {
		...createOpenAiImages(baseUrl),
		limits: variationLimits,
		submit: ({ model, count, size, references }: ImageRequest): HttpRequest => ({
			...openAiRoutes(baseUrl).post('/images/variations'),
			form: [
				...textParts(filled({ model, n: count, size })),
				...references.map((file) => ({ name: 'image', file })),
			],
			base64Fields: ['b64_json'],
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
	return filled({
		model,
		prompt,
		n: count,
		size: withoutAuto(size),
		quality: withoutAuto(quality),
		background: withoutAuto(background),
		output_format: outputFormat,
		output_compression: compression,
		...request.extras,
	});
}

/** Reads the pictures of a finished request. GPT image models answer base64, compatible servers may answer links. */
export function readImages(answer: HttpAnswer, request?: ImageRequest): ImageTask {
	// A server may ignore that a stream was asked for, so the answer itself decides.
	if (Array.isArray(answer.body)) return readImageStream(answer, request);
	const { created, data, usage, ...rest } = parseAnswer(imagesSchema, answer, 'OpenAI');
	const images = data.map(({ b64_json, url, revised_prompt }) => ({
		stored: b64_json || undefined,
		url: url || undefined,
		revisedPrompt: revised_prompt ?? undefined,
	}));
	const model = request?.model;
	return {
		id: '',
		status: 'succeeded',
		model,
		images: images.filter(({ stored, url }) => stored !== undefined || url !== undefined),
		usage: usage ?? undefined,
		cost:
			costOfUsage(model, usage) ??
			(request && estimateCost(request.model, request.size, request.quality, data.length)),
		createdAt: created ? new Date(created * 1000) : answer.receivedAt,
		raw: rest,
	};
}

function editForm({ references, mask }: ImageRequest, values: Record<string, unknown>): FormPart[] {
	const name = references.length > 1 ? 'image[]' : 'image';
	return [
		...textParts(values),
		...references.map((file) => ({ name, file })),
		...(mask ? [{ name: 'mask', file: mask }] : []),
	];
}

function textParts(values: Record<string, unknown>): FormPart[] {
	return Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));
}

export function withoutAuto(value: string | undefined): string | undefined {
	return value === 'auto' ? undefined : value;
}
