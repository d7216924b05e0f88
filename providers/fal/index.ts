// fal's queue, storage, catalogue and prices. Sources: fal's documentation and its official clients for JavaScript and Python.
import { fieldsOf, idIn, itemsOf, textOf, type JsonObject } from '../answers/loose';
import { reasonOf, statusOf, taskFieldsOf, tellsTask } from '../answers/toldTask';
import { uploadPlaceIn } from '../answers/uploadPlace';
import type { BalanceRoute, HttpAnswer, ImageRequest, ImageTask, InputFile } from '../contract';
import { describedIn, type DescribedProvider, type FactsOf } from '../described/describedModels';
import { inputFieldsIn } from '../described/inputFields';
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
const STATUSES = {
	in_queue: 'queued',
	in_progress: 'running',
	completed: 'succeeded',
	// Neither is documented, and fal's own n8n node takes both.
	failed: 'failed',
	cancelled: 'cancelled',
} as const;
/** In the callback's address, as a delivery names neither the model nor the app. */
const MODEL_PARAMETER = 'fal_model';

/** Those of the queue, of the storage and of the catalogue, as the credential has them. */
type FalAddresses = Record<'baseUrl' | 'filesBaseUrl' | 'apiBaseUrl', string>;

/** fal's protocol for one account's addresses. What is known of a model decides what is checked, sent and estimated. */
export function createFal(
	{ baseUrl, filesBaseUrl, apiBaseUrl }: FalAddresses,
	factsOf: FactsOf = () => ({}),
) {
	const queue = routesAt(baseUrl);
	const files = routesAt(filesBaseUrl, 'Files Base URL');
	const api = routesAt(apiBaseUrl, 'Catalogue Base URL');
	const described = describedIn(DIALECT, factsOf, estimateImages);

	return {
		...described,
		contractVersion: 1,
		name: NAME,
		id: 'fal',
		linkLifetime: 'at least a week, unless your fal account says otherwise',
		whereToLook: 'Before you run this again, look for the request at fal.ai/dashboard.',
		honoursKeys: false,
		inputImages: 'uploaded',
		submit: (request) => ({
			...queue.post(`/${endpointOf(request.model)}`, described.inputOf(request)),
			query: omitUndefined({ fal_webhook: callbackOf(request) }),
			isUsable: (body) => tellsTask(body, ID),
		}),
		poll: (taskId) => queue.get(`${pathOf(taskId)}/status`),
		cancel: (taskId) => queue.put(`${pathOf(taskId)}/cancel`),
		cameTooLate: ({ body }) => fieldsOf(body).status === 'ALREADY_COMPLETED',
		readTask,
		result: {
			request: (task) => {
				if (task.status !== 'succeeded' && task.status !== 'failed') return undefined;
				const isAnswer = (answer: HttpAnswer) => isResult(answer, task);
				return { ...queue.get(pathOf(task.id)), base64Fields: [], isAnswer };
			},
			read: readResult,
		},
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
				...files.post('/storage/upload/initiate', uploadOf(file), { storage_type: 'fal-cdn-v3' }),
				idempotent: true,
			}),
			follow: (answer, file) =>
				toStorage('PUT', uploadPlaceIn(answer, readFailure).uploadUrl, { file }),
			read: (answer) => ({ url: uploadPlaceIn(answer, readFailure).fileUrl }),
		},
		modelOf: endpointOf,
		input: {
			request: (model) => api.get('/models', { endpoint_id: model, expand: 'openapi-3.0' }),
			read: (answer, model) => inputFieldsIn(entryIn(answer, 'models', model).openapi, `/${model}`),
		},
		price: {
			request: (model) => api.get('/models/pricing', { endpoint_id: model }),
			read: (answer, model) => {
				const { unit_price: dollars, unit } = entryIn(answer, 'prices', model);
				const isPrice = typeof dollars === 'number' && dollars >= 0;
				return isPrice ? { dollars, unit: textOf(unit) ?? '' } : undefined;
			},
		},
		models: (use, words, cursor) => {
			const { category, q } = CATALOGUE[use];
			const query = { limit: 50, status: 'active', category, q: words || q, cursor };
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
			const { username, credits } = fieldsOf(answer.body);
			const { current_balance: balance, currency } = fieldsOf(credits);
			if (typeof balance !== 'number') throw readFailure(answer);
			return { balance, currency: textOf(currency) ?? 'USD', username: textOf(username) };
		},
	} satisfies DescribedProvider & BalanceRoute;
}

function callbackOf({ callbackUrl, model }: ImageRequest): string | undefined {
	const named = `?${MODEL_PARAMETER}=${encodeURIComponent(model)}`;
	// Before the query that is there, which ends with the token.
	return callbackUrl?.replace(/\?|$/, (mark) => (mark ? `${named}&` : named));
}

/** How it stands. Nothing of the addresses in it is used: the key goes to no other server. */
function readTask(answer: HttpAnswer, request?: ImageRequest, taskId?: string): ImageTask {
	const fields = taskFieldsOf(answer) ?? {};
	const requestId = idIn(fields, ID);
	const model = request?.model ?? endpointIn(taskId ?? '');
	const id = taskId ?? (model && requestId && taskIdOf(model, requestId));
	if (!id || (requestId ?? fields.status) === undefined) throw readFailure(answer);
	const type = textOf(fields.error_type);
	const message = textOf(fields.error);
	const word = type === 'client_cancelled' ? 'cancelled' : fields.status;
	const told = statusOf(STATUSES, word, false);
	const ended = told === 'succeeded' && message !== undefined ? 'failed' : told;
	return {
		id,
		// What it has come to is told elsewhere: one that was only just begun is asked for.
		status: taskId === undefined ? 'queued' : ended,
		model,
		images: [],
		failure: ended === 'failed' ? reasonOf({ message, type }) : undefined,
		raw: fields,
	};
}

function uploadOf({ label, mimeType = 'application/octet-stream' }: InputFile) {
	const [ending] = mimeType.split('/').at(-1)!.split('+');
	const name = /\.\w{2,5}$/.test(label) ? label : `${label}.${ending}`;
	return { content_type: mimeType, file_name: name.toWellFormed().replace(/[/\\]/g, '_') };
}

/** What a list in an answer has of a model. */
function entryIn({ body }: HttpAnswer, list: string, model: string): JsonObject {
	const entries = itemsOf(fieldsOf(body)[list]).map(fieldsOf);
	return entries.find(({ endpoint_id: id }) => id === model) ?? {};
}
