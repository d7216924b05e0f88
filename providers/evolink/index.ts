// EvoLink's asynchronous task API. Sources: EvoLink's API reference and its official command-line client.
import { parseAnswer, unreadable } from '../answer';
import type {
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	InputFile,
	UploadedFile,
} from '../contract';
import { given } from '../given';
import { objectOf } from '../loose';
import { joinUrl, pathSegment, resolveUrl } from '../url';
import { readFailure, readTaskFailure } from './failures';
import { limitsOf, MOST_UPLOAD_BYTES } from './models';
import { dollarsOf } from './prices';
import { creditsSchema, modelListSchema, uploadSchema } from './schemas';
import { readCallback, readTask, readTaskPage, readTasks, tellsTask } from './tasks';

const NAME = 'EvoLink';
/** Links are usual, but a picture may come written into an answer as a data URI. */
const withPictures = { base64Fields: [] } as const;
/** Most ids that one batch request takes. */
const BATCH_SIZE = 50;

interface EvoLinkAddresses {
	/** e.g. `https://api.evolink.ai` */
	baseUrl: string;
	/** e.g. `https://files-api.evolink.ai` */
	filesBaseUrl: string;
}

interface TaskFilters {
	status?: string;
	type?: string;
	model?: string;
}

interface Balance {
	remainingCredits: number;
	usedCredits?: number;
	/** What this API key may still use; missing when it has no limit of its own. */
	keyRemainingCredits?: number;
	keyUsedCredits?: number;
	keyHasNoLimit: boolean;
	/** What the remaining credits are worth in US dollars, by EvoLink's rate. */
	remainingDollars: number;
}

/** EvoLink's protocol for one account's addresses: the provider contract, and the routes that only EvoLink has. */
export function createEvoLink({ baseUrl, filesBaseUrl }: EvoLinkAddresses) {
	const get = (path: string, query?: HttpRequest['query']): HttpRequest => ({
		method: 'GET',
		url: joinUrl(baseUrl, path),
		query,
		repeatable: true,
	});
	const post = (url: string, json?: Record<string, unknown>): HttpRequest => ({
		method: 'POST',
		url,
		json,
		repeatable: true,
	});

	const provider = {
		name: NAME,
		id: 'evolink',
		linkLifetime: '24 hours',
		whereToLook: 'Before you run this again, look for the task with Task: Get Many.',
		honoursKeys: true,
		inputImages: 'uploaded',
		limits: limitsOf,
		/** `POST /v1/images/generations`. The idempotency key (16–96 of `A-Za-z0-9._-`) makes repeating it safe. */
		submit: (request: ImageRequest, idempotencyKey: string): HttpRequest => ({
			...post(joinUrl(baseUrl, '/v1/images/generations'), createBody(request)),
			headers: { 'Idempotency-Key': idempotencyKey },
			...withPictures,
			isUsable: tellsTask,
		}),
		poll: (taskId: string) => ({ ...get(`/v1/tasks/${pathSegment(taskId)}`), ...withPictures }),
		readTask: (answer: HttpAnswer) => readTask(answer, baseUrl),
		pollMany: {
			most: BATCH_SIZE,
			request: (taskIds: string[]) => ({
				...post(joinUrl(baseUrl, '/v1/tasks/batch'), { task_ids: taskIds }),
				...withPictures,
			}),
			read: (answer: HttpAnswer) => readTasks(answer, baseUrl),
		},
		readFailure,
		readTaskFailure,
		readCallback,
		upload: {
			maxBytes: MOST_UPLOAD_BYTES,
			request: (file: InputFile): HttpRequest => ({
				...post(joinUrl(filesBaseUrl, '/api/v1/files/upload/stream', 'Files Base URL')),
				form: [{ name: 'file', file }],
			}),
			read: (answer: HttpAnswer) => readUpload(answer, filesBaseUrl),
		},
	} satisfies ImageProvider;

	return {
		...provider,
		/** `POST /api/v1/files/upload/url`: EvoLink fetches the file itself. */
		uploadFromUrl: (url: string) =>
			post(joinUrl(filesBaseUrl, '/api/v1/files/upload/url', 'Files Base URL'), { file_url: url }),
		readUpload: provider.upload.read,
		history: (filters: TaskFilters, page: number, pageSize: number) =>
			get('/v1/tasks', { ...filters, page, page_size: pageSize }),
		readTaskPage: (answer: HttpAnswer) => readTaskPage(answer, baseUrl),
		credits: () => get('/v1/credits'),
		readCredits,
		models: () => get('/v1/models'),
		readModels: (answer: HttpAnswer) => parseAnswer(modelListSchema, answer, NAME).data,
	};
}

export type EvoLink = ReturnType<typeof createEvoLink>;

function createBody(request: ImageRequest): Record<string, unknown> {
	const { model, prompt, size, resolution, quality, count, references, mask, callbackUrl } =
		request;
	return given<unknown>({
		model,
		prompt,
		size,
		resolution,
		quality,
		n: count,
		image_urls: references.length > 0 ? references.map(({ url }) => url) : undefined,
		mask_url: mask?.url,
		callback_url: callbackUrl,
	});
}

/** The files host tells of a failure under HTTP 200, too. */
function readUpload(answer: HttpAnswer, filesBaseUrl: string): UploadedFile {
	refuseFailure(answer);
	const { data } = parseAnswer(uploadSchema, answer, NAME);
	const url = resolveUrl(filesBaseUrl, data.file_url);
	if (url === undefined) throw unreadable(answer, NAME);
	return {
		id: data.file_id ?? undefined,
		url,
		name: data.file_name ?? undefined,
		bytes: data.file_size ?? undefined,
		mimeType: data.mime_type ?? undefined,
		expiresAt: data.expires_at ?? undefined,
	};
}

function refuseFailure(answer: HttpAnswer): void {
	if (objectOf(answer.body)?.success === false) throw readFailure(answer);
}

function readCredits(answer: HttpAnswer): Balance {
	refuseFailure(answer);
	const { token, user } = parseAnswer(creditsSchema, answer, NAME).data;
	const keyHasNoLimit = token?.unlimited_credits ?? true;
	return {
		remainingCredits: user.remaining_credits,
		usedCredits: user.used_credits ?? undefined,
		keyRemainingCredits: keyHasNoLimit ? undefined : token?.remaining_credits,
		keyUsedCredits: token?.used_credits ?? undefined,
		keyHasNoLimit,
		remainingDollars: Number(dollarsOf(user.remaining_credits).toFixed(2)),
	};
}
