// fal, as its documents have it: a queue whose status and result are two requests, a storage, a catalogue and prices.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

import { json, text, type Answer } from '../server/answer';
import type { Order } from '../server/book';
import type { Protocol, World } from '../server/protocol';

const REQUEST = /^\/queue\/([^/]+\/[^/]+)\/requests\/([^/]+)(\/status|\/cancel)?$/;
const MODEL = 'fal-ai/flux/dev';

const INPUT = {
	type: 'object',
	required: ['prompt'],
	'x-fal-order-properties': ['prompt', 'image_size', 'num_images', 'guidance_scale', 'seed'],
	properties: {
		prompt: { type: 'string' },
		image_size: { anyOf: [{ type: 'string', enum: ['square_hd', 'landscape_4_3'] }] },
		num_images: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
		guidance_scale: { type: 'number', default: 3.5 },
		seed: { type: 'integer' },
	},
};
const SCHEMA = { $ref: '#/components/schemas/FluxDevInput' };
const OPENAPI = {
	openapi: '3.0.4',
	components: { schemas: { FluxDevInput: INPUT } },
	paths: {
		[`/${MODEL}`]: {
			post: { requestBody: { content: { 'application/json': { schema: SCHEMA } } } },
		},
	},
};

const { publicKey, privateKey } = generateKeyPairSync('ed25519');

export const fal: Protocol = ({ method, path, query }, world) => {
	const { book, base, next, pictureUrl } = world;
	const [, app, id, part] = REQUEST.exec(path) ?? [];
	const order = book.orders.find((each) => id !== undefined && each.id.endsWith(`/${id}`));
	const missing = () => ({ answer: json({ status: 'NOT_FOUND' }, 404) });
	if (method === 'PUT' && part === '/cancel') {
		return {
			step: 'cancel',
			answer: () => {
				if (!order) return missing();
				order.isCancelled = true;
				return { answer: json({ status: 'CANCELLATION_REQUESTED' }, 202), order };
			},
		};
	}
	if (method === 'GET' && app !== undefined && id !== undefined) {
		if (part === '/status') {
			return {
				step: 'poll',
				answer: () => (order ? standing(order, 'COMPLETED', app, id, world) : missing()),
			};
		}
		return {
			step: 'result',
			answer: () => (order ? { answer: resultOf(world), order } : missing()),
		};
	}
	if (method === 'POST' && path.startsWith('/queue/')) {
		const endpoint = path.slice('/queue/'.length);
		return {
			step: 'create',
			answer: () => {
				const requestId = `019ac1b2-0000-7000-8000-${next().padStart(12, '0')}`;
				const order = book.accept(`${endpoint}/requests/${requestId}`);
				const told = { request_id: requestId, gateway_request_id: requestId, error: null };
				const delivered = {
					...told,
					status: 'OK',
					payload: JSON.parse(resultOf(world).body.toString()) as unknown,
				};
				book.callBack(
					query.get('fal_webhook') ?? undefined,
					delivered,
					signed(requestId, JSON.stringify(delivered)),
				);
				const ownApp = endpoint.split('/').slice(0, 2).join('/');
				return standing(order, 'IN_QUEUE', ownApp, requestId, world);
			},
		};
	}
	if (method === 'POST' && path === '/files/storage/upload/initiate') {
		const place = { upload_url: `${base}/storage/${next()}`, file_url: pictureUrl };
		return { step: 'upload', answer: () => ({ answer: json(place) }) };
	}
	if (method === 'PUT' && path.startsWith('/storage/')) {
		return { step: 'store', answer: () => ({ answer: text('', 'text/plain') }) };
	}
	if (method === 'GET' && path === '/files/.well-known/jwks.json') {
		const keys = [publicKey.export({ format: 'jwk' })];
		return { step: 'keys', answer: () => ({ answer: json({ keys }) }) };
	}
	if (method === 'GET' && path === '/api/models/pricing') {
		const prices = [{ endpoint_id: MODEL, unit_price: 0.025, unit: 'megapixels', currency: 'USD' }];
		return { step: 'price', answer: () => ({ answer: json({ prices, has_more: false }) }) };
	}
	if (method === 'GET' && path === '/api/models') {
		const metadata = { display_name: 'FLUX.1 [dev]', category: 'text-to-image' };
		const models = [{ endpoint_id: MODEL, metadata, openapi: OPENAPI }];
		return { step: 'list', answer: () => ({ answer: json({ models, has_more: false }) }) };
	}
	if (method === 'GET' && path === '/api/account/billing') {
		const credits = { current_balance: 12.5, currency: 'USD' };
		return {
			step: 'balance',
			answer: () => ({ answer: json({ username: 'somebody', credits }) }),
		};
	}
	return undefined;
};

function standing(order: Order, status: string, app: string, id: string, { base }: World) {
	const address = `${base}/queue/${app}/requests/${id}`;
	const told = {
		status,
		request_id: id,
		response_url: address,
		status_url: `${address}/status`,
		cancel_url: `${address}/cancel`,
		...(status === 'IN_QUEUE' ? { queue_position: 0 } : { metrics: { inference_time: 1.23 } }),
		...(order.isCancelled && { error: 'It was cancelled.', error_type: 'client_cancelled' }),
	};
	return { answer: json(told, 200), order };
}

function resultOf({ pictureUrl }: World): Answer {
	const image = { url: pictureUrl, content_type: 'image/png', width: 48, height: 48 };
	const body = { images: [image], image, seed: 42, prompt: 'A red bicycle' };
	return json(body, 200, { 'x-fal-billable-units': '1' });
}

function signed(requestId: string, body: string) {
	const user = 'github|1234567';
	const digest = createHash('sha256').update(body).digest('hex');
	return (nowSeconds: number): Record<string, string> => {
		const message = [requestId, user, nowSeconds, digest].join('\n');
		return {
			'x-fal-webhook-request-id': requestId,
			'x-fal-webhook-user-id': user,
			'x-fal-webhook-timestamp': String(nowSeconds),
			'x-fal-webhook-signature': sign(null, Buffer.from(message), privateKey).toString('hex'),
		};
	};
}
