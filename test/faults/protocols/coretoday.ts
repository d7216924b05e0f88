// Core.Today, as its documents have it, in their dialect A: predictions, and a storage to which files go in two steps.
import { json, text } from '../server/answer';
import type { Order } from '../server/book';
import type { Protocol } from '../server/protocol';

export const coretoday: Protocol = ({ method, path, body }, { book, base, next, pictureUrl }) => {
	const done = ({ id }: Order) => ({
		id,
		model: 'openai/gpt-image-2',
		status: 'succeeded',
		output: [pictureUrl],
		metrics: { total_time: 2.5 },
	});
	if (method === 'POST' && (path === '/v1/predictions' || path === '/v1/predictions/upload')) {
		return {
			step: 'create',
			answer: () => {
				const order = book.accept(`pred_${next()}`);
				if (path === '/v1/predictions') {
					const { webhook_url: url } = JSON.parse(body.toString()) as Record<string, unknown>;
					book.callBack(url, done(order));
				}
				const { output, ...started } = done(order);
				void output;
				return { answer: json({ ...started, status: 'starting' }, 201), order };
			},
		};
	}
	if (method === 'GET' && path.startsWith('/v1/predictions/')) {
		return {
			step: 'poll',
			answer: () => {
				const order = book.find(decodeURIComponent(path.slice('/v1/predictions/'.length)));
				if (!order) return { answer: json({ detail: 'Prediction not found.' }, 404) };
				return { answer: json(done(order)), order };
			},
		};
	}
	if (method === 'POST' && path === '/v1/files/upload-url') {
		return {
			step: 'upload',
			answer: () => ({
				answer: json({
					upload_url: `${base}/storage`,
					upload_fields: { key: `n8n/${next()}`, policy: 'abc' },
					file_url: pictureUrl,
				}),
			}),
		};
	}
	if (method === 'POST' && path === '/storage') {
		return { step: 'store', answer: () => ({ answer: text('', 'text/plain', 204) }) };
	}
	return undefined;
};
