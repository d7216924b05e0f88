// EvoLink's asynchronous task API. Sources: EvoLink's API reference and its official command-line client.
import { parseAnswer } from '../answers/parseAnswer';
import type {
	Balance,
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	InputFile,
	UploadedFile,
} from '../contract';
import { omitUndefined } from '../requests/omit';
import { objectOf } from '../answers/loose';
import { tellsTask } from '../answers/toldTask';
import { routesAt } from '../requests/routes';
import { pathSegment, resolveUrl } from '../requests/url';
import { readFailure, readTaskFailure } from './failures';
import { limitsOf, MAX_UPLOAD_BYTES } from './models';
import { dollarsOf, estimateImages } from './prices';
import { creditsSchema, modelListSchema, uploadSchema } from './schemas';
import { ID, readCallback, readTask, readTaskPage, readTasks } from './tasks';

const NAME = 'EvoLink';
/** Links are usual, but a picture may come written into an answer as a data URI. */
const withPictures = { base64Fields: [] } as const;
const HAS_ENDING = /\.\w{2,5}$/;
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

/** Its `balance` is what the remaining credits are worth, by EvoLink's rate. */
interface CreditBalance extends Balance {
	remainingCredits: number;
	usedCredits?: number;
	/** What this API key may still use; missing when it has no limit of its own. */
	keyRemainingCredits?: number;
	keyUsedCredits?: number;
	keyHasNoLimit: boolean;
}

/** EvoLink's protocol for one account's addresses: the provider contract, and the routes that only EvoLink has. */
export function createEvoLink({ baseUrl, filesBaseUrl }: EvoLinkAddresses) {
	const { get, post } = routesAt(baseUrl);
	const files = routesAt(filesBaseUrl, 'Files Base URL');

	const provider = {
		contractVersion: 1,
		name: NAME,
		id: 'evolink',
		linkLifetime: '24 hours',
		whereToLook: 'Before you run this again, look for the task with Task: Get Many.',
		honoursKeys: true,
		inputImages: 'uploaded',
		limits: limitsOf,
		estimate: estimateImages,
		/** `POST /v1/images/generations`. The idempotency key (16–96 of `A-Za-z0-9._-`) makes repeating it safe. */
		submit: (request: ImageRequest, idempotencyKey: string): HttpRequest => ({
			...post('/v1/images/generations', createBody(request)),
			idempotent: true,
			headers: { 'Idempotency-Key': idempotencyKey },
			...withPictures,
			isUsable: (body) => tellsTask(body, ID),
		}),
		poll: (taskId: string) => ({ ...get(`/v1/tasks/${pathSegment(taskId)}`), ...withPictures }),
		readTask: (answer: HttpAnswer) => readTask(answer, baseUrl),
		pollMany: {
			max: BATCH_SIZE,
			request: (taskIds: string[]) => ({
				...post('/v1/tasks/batch', { task_ids: taskIds }),
				idempotent: true,
				...withPictures,
			}),
			read: (answer: HttpAnswer) => readTasks(answer, baseUrl),
		},
		readFailure,
		readTaskFailure,
		readCallback,
		upload: {
			maxBytes: MAX_UPLOAD_BYTES,
			request: (file: InputFile): HttpRequest => ({
				...files.post('/api/v1/files/upload/stream'),
				idempotent: true,
				// Without its name in a field of its own, EvoLink gives it another one. A binary field's name is none.
				form: [
					...(HAS_ENDING.test(file.label) ? [{ name: 'fileName', value: file.label }] : []),
					{ name: 'file', file },
				],
			}),
			read: (answer: HttpAnswer) => readUpload(answer, filesBaseUrl),
		},
	} satisfies ImageProvider;

	return {
		...provider,
		/** `POST /api/v1/files/upload/url`: EvoLink fetches the file itself. */
		uploadFromUrl: (url: string): HttpRequest => ({
			...files.post('/api/v1/files/upload/url', { file_url: url }),
			idempotent: true,
		}),
		readUpload: provider.upload.read,
		history: (filters: TaskFilters, page: number, pageSize: number) =>
			get('/v1/tasks', { ...filters, page, page_size: pageSize }),
		readTaskPage: (answer: HttpAnswer) => readTaskPage(answer, baseUrl),
		balance: () => get('/v1/credits'),
		readBalance,
		models: () => get('/v1/models'),
		readModels: (answer: HttpAnswer) => parseAnswer(modelListSchema, answer, readFailure).data,
	};
}

export type EvoLink = ReturnType<typeof createEvoLink>;

function createBody(request: ImageRequest): Record<string, unknown> {
	const { model, prompt, size, resolution, quality, count, references, mask, callbackUrl } =
		request;
	return omitUndefined<unknown>({
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
	const { data } = parseAnswer(uploadSchema, answer, readFailure);
	const url = resolveUrl(filesBaseUrl, data.file_url);
	if (url === undefined) throw readFailure(answer);
	return {
		id: data.file_id ?? undefined,
		url,
		// Where none was given, EvoLink's own name is made of chance.
		name: data.original_name ?? data.file_name ?? undefined,
		bytes: data.file_size ?? undefined,
		mimeType: data.mime_type ?? undefined,
		expiresAt: data.expires_at ?? undefined,
	};
}

function refuseFailure(answer: HttpAnswer): void {
	if (objectOf(answer.body)?.success === false) throw readFailure(answer);
}

function readBalance(answer: HttpAnswer): CreditBalance {
	refuseFailure(answer);
	const { token, user } = parseAnswer(creditsSchema, answer, readFailure).data;
	const keyHasNoLimit = token?.unlimited_credits ?? true;
	return {
		balance: Number(dollarsOf(user.remaining_credits).toFixed(2)),
		currency: 'USD',
		remainingCredits: user.remaining_credits,
		usedCredits: user.used_credits ?? undefined,
		keyRemainingCredits: keyHasNoLimit ? undefined : token?.remaining_credits,
		keyUsedCredits: token?.used_credits ?? undefined,
		keyHasNoLimit,
	};
}
