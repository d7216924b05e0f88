// EvoLink, as its documents have it: tasks by POST and GET, many in one request, keys that are honoured, a host for files.
import { json } from '../server/answer';
import type { Order } from '../server/book';
import type { Protocol } from '../server/protocol';

export const evolink: Protocol = ({ method, path, headers, body }, world) => {
	const { book, next, pictureUrl } = world;
	const done = ({ id }: Order) => ({
		id,
		created: 1_795_860_000,
		model: 'gpt-image-2',
		object: 'image.generation.task',
		status: 'completed',
		progress: 100,
		type: 'image',
		results: [pictureUrl],
		usage: { credits_used: 1.783, image_output_tokens: 1120, total_tokens: 1177 },
	});
	const missing = () => ({ answer: json({ error: { message: 'No such task.' } }, 404) });

	if (method === 'POST' && path === '/v1/images/generations') {
		return {
			step: 'create',
			answer: () => {
				const key = headers['idempotency-key'] as string | undefined;
				const replayed = book.orders.some(
					(order) => key !== undefined && order.idempotencyKey === key,
				);
				const { callback_url: callbackUrl } = JSON.parse(body.toString()) as Record<
					string,
					unknown
				>;
				const order = book.accept(`task-unified-1757156493-${next()}`, key);
				if (!replayed) book.callBack(callbackUrl, done(order));
				const { results, ...started } = done(order);
				void results;
				const told = {
					...started,
					status: 'pending',
					progress: 0,
					task_info: { estimated_time: 2 },
				};
				const replay = replayed ? { 'idempotency-replayed': 'true' } : undefined;
				return { answer: json(told, 200, replay), order };
			},
		};
	}
	if (method === 'POST' && path === '/v1/tasks/batch') {
		return {
			step: 'poll',
			answer: () => {
				const { task_ids: ids } = JSON.parse(body.toString()) as { task_ids: string[] };
				return { answer: json({ data: ids.flatMap((id) => book.find(id) ?? []).map(done) }) };
			},
		};
	}
	if (method === 'GET' && path === '/v1/tasks') {
		// Whose they are doesn't matter here: they are from before, and nobody has asked for them.
		const task = done({ id: 'task-unified-1757156493-listed', charged: true, told: true });
		const page = { data: [task], total: 1, page: 1, page_size: 50 };
		return { step: 'list', answer: () => ({ answer: json(page) }) };
	}
	if (method === 'GET' && path === '/v1/models') {
		const data = ['gpt-image-2', 'z-image-turbo'].map((id) => ({ id, object: 'model' }));
		return { step: 'list', answer: () => ({ answer: json({ object: 'list', data }) }) };
	}
	if (method === 'GET' && path === '/v1/credits') {
		const token = { remaining_credits: 100, used_credits: 20, unlimited_credits: false };
		const user = { remaining_credits: 500, used_credits: 80 };
		return {
			step: 'balance',
			answer: () => ({ answer: json({ success: true, data: { token, user } }) }),
		};
	}
	if (method === 'GET' && path.startsWith('/v1/tasks/')) {
		return {
			step: 'poll',
			answer: () => {
				const order = book.find(decodeURIComponent(path.slice('/v1/tasks/'.length)));
				return order ? { answer: json(done(order)), order } : missing();
			},
		};
	}
	if (method === 'POST' && path.startsWith('/api/v1/files/upload/')) {
		return {
			step: 'upload',
			answer: () => ({
				answer: json({
					success: true,
					code: 200,
					data: {
						file_id: `file-${next()}`,
						file_name: 'picture.png',
						file_size: world.picture.length,
						mime_type: 'image/png',
						file_url: pictureUrl,
					},
				}),
			}),
		};
	}
	return undefined;
};
