// OpenAI, as its documents have it: pictures in the answer, background responses, files, and batches of both.
import { createHmac, randomBytes } from 'node:crypto';

import { json, text } from '../server/answer';
import type { Order } from '../server/book';
import type { Asked, Deed, Protocol, World } from '../server/protocol';
import { SAID } from '../server/words';

const CREATED = 1_795_860_000;
const IMAGES: ReadonlySet<string> = new Set([
	'POST /v1/images/generations',
	'POST /v1/images/edits',
	'POST /v1/images/variations',
]);
const CANCEL = /^POST \/v1\/(responses|batches)\/([^/]+)\/cancel$/;
const ENDPOINTS = '/v1/webhook_endpoints';
const usage = {
	input_tokens: 10,
	input_tokens_details: { image_tokens: 0, text_tokens: 10 },
	output_tokens: 272,
	total_tokens: 282,
};

/** `links` for servers in the style of OpenAI that answer with addresses. */
export const openai =
	(links = false): Protocol =>
	(asked, world) => {
		const { method, path } = asked;
		const { book, next, pictureUrl, picture } = world;
		const route = `${method} ${path}`;
		if (IMAGES.has(route)) {
			return {
				step: 'create',
				answer: () => {
					const order = book.accept('');
					const entry = links ? { url: pictureUrl } : { b64_json: picture.toString('base64') };
					return { answer: json({ created: CREATED, data: [entry], usage }), order };
				},
			};
		}
		if (route === 'POST /v1/responses') {
			return {
				step: 'create',
				answer: () => {
					const order = book.accept(`resp_${next()}`);
					tellOf(order, 'response.completed', world);
					return { answer: json(responseOf(order, 'queued', world)), order };
				},
			};
		}
		const [, kind, cancelled] = CANCEL.exec(route) ?? [];
		if (cancelled !== undefined) {
			return {
				step: 'cancel',
				answer: () => {
					const order = book.find(cancelled);
					if (!order) return { answer: json({ error: { message: 'Not found.' } }, 404) };
					const isBatch = kind === 'batches';
					const told = isBatch
						? batchOf(order, 'cancelling')
						: responseOf(order, 'cancelled', world);
					return { answer: json(told), order };
				},
			};
		}
		if (method === 'GET' && path.startsWith('/v1/responses/')) {
			return {
				step: 'poll',
				answer: () => {
					const order = book.find(path.slice('/v1/responses/'.length));
					if (!order) return { answer: json({ error: { message: 'Not found.' } }, 404) };
					return { answer: json(responseOf(order, 'completed', world)), order };
				},
			};
		}
		if (route === 'POST /v1/files') {
			const file = { id: `file-${next()}`, object: 'file', bytes: 100, filename: 'picture.png' };
			return { step: 'upload', answer: () => ({ answer: json(file) }) };
		}
		if (route === 'POST /v1/batches') {
			return {
				step: 'create',
				answer: () => {
					const order = book.accept(`batch_${next()}`);
					tellOf(order, 'batch.completed', world);
					return { answer: json(batchOf(order, 'validating')), order };
				},
			};
		}
		if (method === 'GET' && path.startsWith('/v1/batches/')) {
			return {
				step: 'poll',
				answer: () => {
					const order = book.find(path.slice('/v1/batches/'.length));
					if (!order) return { answer: json({ error: { message: 'Not found.' } }, 404) };
					return { answer: json(batchOf(order, 'completed')), order };
				},
			};
		}
		if (route === 'GET /v1/files/file-out/content') {
			// Of the one batch that there is.
			const [order] = book.orders;
			return { step: 'lines', answer: () => ({ answer: linesWith(world), order }) };
		}
		if (route === 'GET /v1/files/file-in/content') {
			const body = { model: 'gpt-image-2', prompt: 'A red bicycle' };
			const line = { custom_id: 'item-0', method: 'POST', url: '/v1/images/generations', body };
			const lines = text(`${JSON.stringify(line)}\n`, 'application/jsonl');
			return { step: 'input', answer: () => ({ answer: lines }) };
		}
		if (route === 'GET /v1/models') {
			const models = ['gpt-6-luna', 'gpt-image-2'].map((id) => ({ id, object: 'model' }));
			return {
				step: 'list',
				answer: () => ({ answer: json({ object: 'list', data: models }) }),
			};
		}
		if (route === 'POST /v1/chat/completions') {
			return {
				step: 'create',
				answer: () => {
					const order = book.accept('');
					const message = { role: 'assistant', content: SAID, refusal: null };
					const told = {
						id: `chatcmpl-${next()}`,
						object: 'chat.completion',
						created: CREATED,
						model: 'gpt-6-luna',
						choices: [{ index: 0, message, finish_reason: 'stop' }],
						usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 },
					};
					return { answer: json(told), order };
				},
			};
		}
		return endpointDeed(asked, world);
	};

/** Webhook endpoints of the whole account, whose secret is told once. */
function endpointDeed({ method, path, body }: Asked, { book, next }: World): Deed | undefined {
	if (method === 'POST' && path === ENDPOINTS) {
		return {
			step: 'publish',
			answer: () => {
				const { url, name } = JSON.parse(body.toString()) as Record<string, string>;
				const secret = `whsec_${randomBytes(24).toString('base64')}`;
				const id = `whe_${next()}`;
				book.endpoint = { id, url: url!, secret };
				const told = { id, object: 'webhook_endpoint', created_at: CREATED, name, url };
				return { answer: json({ ...told, signing_secret: secret }) };
			},
		};
	}
	if (!path.startsWith(`${ENDPOINTS}/`)) return undefined;
	const id = path.slice(ENDPOINTS.length + 1);
	const { endpoint } = book;
	const missing = () => ({ answer: json({ error: { message: 'Not found.' } }, 404) });
	if (method === 'GET') {
		return {
			step: 'look',
			answer: () =>
				endpoint?.id === id
					? { answer: json({ id, object: 'webhook_endpoint', url: endpoint.url }) }
					: missing(),
		};
	}
	if (method !== 'DELETE') return undefined;
	return {
		step: 'unpublish',
		answer: () => {
			if (endpoint?.id !== id) return missing();
			book.endpoint = undefined;
			return { answer: json({ id, object: 'webhook_endpoint.deleted', deleted: true }) };
		},
	};
}

/** To the endpoint, if there is one, signed by the Standard Webhooks specification. */
function tellOf({ id }: Order, type: string, { book, next }: World): void {
	const { endpoint } = book;
	if (!endpoint) return;
	const event = { id: `evt_${next()}`, object: 'event', created_at: CREATED, type, data: { id } };
	const delivery = `wh_${next()}`;
	const key = Buffer.from(endpoint.secret.slice('whsec_'.length), 'base64');
	book.callBack(endpoint.url, event, (nowSeconds) => {
		const signed = `${delivery}.${nowSeconds}.${JSON.stringify(event)}`;
		return {
			'webhook-id': delivery,
			'webhook-timestamp': String(nowSeconds),
			'webhook-signature': `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
		};
	});
}

function responseOf({ id }: Order, status: string, { picture }: World) {
	const call = { type: 'image_generation_call', id: 'ig_1', status: 'completed' };
	const output = status === 'completed' ? [{ ...call, result: picture.toString('base64') }] : [];
	return { id, object: 'response', created_at: CREATED, status, model: 'gpt-6-luna', output };
}

function batchOf({ id }: Order, status: string) {
	return {
		id,
		object: 'batch',
		endpoint: '/v1/images/generations',
		input_file_id: 'file-in',
		status,
		created_at: CREATED,
		request_counts: { total: 1, completed: status === 'completed' ? 1 : 0, failed: 0 },
		...(status === 'completed' && { output_file_id: 'file-out' }),
	};
}

function linesWith({ picture }: World) {
	const body = { created: CREATED, data: [{ b64_json: picture.toString('base64') }], usage };
	const response = { status_code: 200, request_id: 'req_1', body };
	const line = { id: 'batch_req_1', custom_id: 'item-0', response, error: null };
	return text(`${JSON.stringify(line)}\n`, 'application/jsonl');
}
