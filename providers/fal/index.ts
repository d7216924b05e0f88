// fal's queue, storage, catalogue and prices. Sources: fal's documentation and its official clients for JavaScript and Python.
import { z } from 'zod';

import { fieldsOf, idIn, itemsOf, textOf, type JsonObject } from '../answers/loose';
import { parseAnswer } from '../answers/parseAnswer';
import { reasonOf, statusOf, taskFieldsOf, tellsTask } from '../answers/toldTask';
import { uploadPlaceIn, type UploadPlace } from '../answers/uploadPlace';
import type {
	BalanceRoute,
	HttpAnswer,
	ImageProvider,
	ImageRequest,
	ImageTask,
	InputFile,
	TaskStatus,
} from '../contract';
import type { DescribedModels, ModelFacts } from '../described/describedModels';
import { inputOf } from '../described/input';
import { inputFieldsIn } from '../described/inputFields';
import { limitsOf } from '../described/limits';
import { MEGABYTE } from '../limits/megabytes';
import { omitEmpty, omitUndefined } from '../requests/omit';
import { routesAt, toStorage } from '../requests/routes';
import { NAME, readFailure, readTaskFailure } from './failures';
import { endpointIn, endpointOf, pathOf, taskIdOf } from './ids';
import { CATALOGUE, DIALECT } from './models';
import { estimateImages } from './prices';
import { isResult, readResult } from './results';
import { refusalOf } from './webhooks';

const ID = ['request_id'];
const STATUSES: Readonly<Record<string, TaskStatus>> = {
	in_queue: 'queued',
	in_progress: 'running',
	completed: 'succeeded',
	// Neither is documented, and fal's own n8n node takes both.
	failed: 'failed',
	cancelled: 'cancelled',
};
/** In the callback's address, as a delivery names neither the model nor the app. */
const MODEL_PARAMETER = 'fal_model';
const PAGE_SIZE = 50;

interface FalAddresses {
	/** The queue's, e.g. `https://queue.fal.run` */
	baseUrl: string;
	/** e.g. `https://rest.fal.ai` */
	filesBaseUrl: string;
	/** e.g. `https://api.fal.ai/v1` */
	apiBaseUrl: string;
}

const balanceSchema = z.object({
	username: z.string().nullish(),
	credits: z.object({ current_balance: z.number(), currency: z.string().nullish() }),
});

/** fal's protocol for one account's addresses. What is known of a model decides what is checked, sent and estimated. */
export function createFal(
	{ baseUrl, filesBaseUrl, apiBaseUrl }: FalAddresses,
	factsOf: (model: string) => ModelFacts = () => ({}),
) {
	const queue = routesAt(baseUrl);
	const files = routesAt(filesBaseUrl, 'Files Base URL');
	const api = routesAt(apiBaseUrl, 'Catalogue Base URL');
	const priceRequest = (model: string) => api.get('/models/pricing', { endpoint_id: model });

	return {
		contractVersion: 1,
		name: NAME,
		id: 'fal',
		linkLifetime: 'at least a week, unless your fal account says otherwise',
		whereToLook: 'Before you run this again, look for the request at fal.ai/dashboard.',
		honoursKeys: false,
		inputImages: 'uploaded',
		limits: (model) => limitsOf(factsOf(model).fields, DIALECT),
		estimate: (request, own) => estimateImages(factsOf(request.model), request, own),
		submit: (request) => ({
			...queue.post(
				`/${endpointOf(request.model)}`,
				inputOf(request, factsOf(request.model).fields, DIALECT),
			),
			query: omitUndefined({ fal_webhook: callbackOf(request) }),
			isUsable: (body) => tellsTask(body, ID),
		}),
		poll: (taskId) => queue.get(`${pathOf(taskId)}/status`),
		cancel: (taskId) => ({ ...queue.put(`${pathOf(taskId)}/cancel`), isAnswer: hasEnded }),
		cameTooLate: hasEnded,
		readTask,
		result: {
			request: (task) =>
				task.status === 'succeeded' || task.status === 'failed'
					? {
							...queue.get(pathOf(task.id)),
							base64Fields: [],
							isAnswer: (answer) => isResult(answer, task),
						}
					: undefined,
			read: readResult,
		},
		unitPrice: { request: priceRequest, read: (answer, model) => priceIn(answer, model)?.dollars },
		readFailure,
		readTaskFailure,
		readCallback: (body, query) => {
			const requestId = idIn(body, ID);
			const model = textOf([fieldsOf(query)[MODEL_PARAMETER]].flat()[0]);
			return model && requestId && taskIdOf(model, requestId);
		},
		signature: { keys: () => files.get('/.well-known/jwks.json'), refusalOf },
		upload: {
			maxBytes: 90 * MEGABYTE,
			request: (file) => ({
				...files.post('/storage/upload/initiate', uploadOf(file)),
				query: { storage_type: 'fal-cdn-v3' },
				idempotent: true,
			}),
			follow: (answer, file) => toStorage('PUT', placeIn(answer).uploadUrl, { file }),
			read: (answer) => ({ url: placeIn(answer).fileUrl }),
		},
		dialect: DIALECT,
		modelOf: endpointOf,
		describe: (model) => [
			api.get('/models', { endpoint_id: model, expand: 'openapi-3.0' }),
			priceRequest(model),
		],
		readFacts: ([described, priced], model) => ({
			fields: described && fieldsIn(described, model),
			price: priced && priceIn(priced, model),
		}),
		models: (use, words, cursor) => {
			const { category, q } = CATALOGUE[use];
			const query = { limit: PAGE_SIZE, status: 'active', category, q: words || q, cursor };
			return api.get('/models', omitEmpty<string | number>(query));
		},
		readModels: ({ body }) => {
			const { models, next_cursor: cursor, has_more: hasMore } = fieldsOf(body);
			return {
				models: itemsOf(models).flatMap((model) => {
					const id = idIn(model, ['endpoint_id']);
					const title = textOf(fieldsOf(fieldsOf(model).metadata).display_name);
					return id === undefined ? [] : [{ id, title }];
				}),
				cursor: hasMore === false ? undefined : textOf(cursor),
			};
		},
		balanceAdvice:
			'fal tells the balance to an ADMIN key only. Make one at fal.ai/dashboard/keys with the scope ADMIN, and use it here in a credential of its own.',
		balance: () => api.get('/account/billing', { expand: 'credits' }),
		readBalance: (answer) => {
			const { username, credits } = parseAnswer(balanceSchema, answer, readFailure);
			const { current_balance: balance, currency } = credits;
			return { balance, currency: currency ?? 'USD', ...(username && { username }) };
		},
	} satisfies ImageProvider & DescribedModels & BalanceRoute;
}

function callbackOf({ callbackUrl, model }: ImageRequest): string | undefined {
	if (callbackUrl === undefined) return undefined;
	// Before the query that is there, which ends with the token.
	const [address, ...query] = callbackUrl.split('?');
	const named = `${MODEL_PARAMETER}=${encodeURIComponent(model)}`;
	return [`${address}?${named}`, query.join('?')].filter(Boolean).join('&');
}

/** How it stands. Nothing of the addresses in it is used: the key goes to no other server. */
function readTask(answer: HttpAnswer, request?: ImageRequest, taskId?: string): ImageTask {
	const fields = taskFieldsOf(answer);
	const requestId = idIn(fields, ID);
	const endpoint = request?.model ?? (taskId === undefined ? undefined : endpointIn(taskId));
	const id = taskId ?? (endpoint && requestId && taskIdOf(endpoint, requestId));
	if (!fields || id === undefined || (requestId ?? fields.status) === undefined) {
		throw readFailure(answer);
	}
	const type = textOf(fields.error_type);
	const told = type === 'client_cancelled' ? 'cancelled' : statusOf(STATUSES, fields.status, false);
	const isOver = told === 'succeeded' || told === 'failed';
	const hasFailed = isOver && (told === 'failed' || textOf(fields.error) !== undefined);
	return {
		id,
		// What it has come to is told elsewhere: one that was only just begun is asked for.
		status: taskId === undefined ? 'queued' : hasFailed ? 'failed' : told,
		model: endpoint,
		images: [],
		...(hasFailed && { failure: reasonOf({ message: textOf(fields.error), type }) }),
		raw: fields,
	};
}

function hasEnded({ body }: HttpAnswer): boolean {
	return fieldsOf(body).status === 'ALREADY_COMPLETED';
}

function uploadOf({ label, mimeType = 'application/octet-stream' }: InputFile) {
	const [ending] = mimeType.split('/').at(-1)!.split('+');
	const name = /\.\w{2,5}$/.test(label) ? label : `${label}.${ending}`;
	return { content_type: mimeType, file_name: name.toWellFormed().replace(/[/\\]/g, '_') };
}

function placeIn(answer: HttpAnswer): UploadPlace {
	return uploadPlaceIn(answer, readFailure);
}

/** What one of the lists of an answer has of a model. */
function entryFor(model: string, list: unknown): JsonObject {
	return fieldsOf(itemsOf(list).find((each) => fieldsOf(each).endpoint_id === model));
}

function fieldsIn({ body }: HttpAnswer, model: string): ModelFacts['fields'] {
	return inputFieldsIn(entryFor(model, fieldsOf(body).models).openapi, `/${model}`);
}

function priceIn({ body }: HttpAnswer, model: string): ModelFacts['price'] {
	const { unit_price: dollars, unit } = entryFor(model, fieldsOf(body).prices);
	const isPrice = typeof dollars === 'number' && dollars >= 0;
	return isPrice ? { dollars, unit: textOf(unit) ?? '' } : undefined;
}
