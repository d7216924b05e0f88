// OpenAI, as its documents have it: pictures in the answer, background responses, files, and batches of both.
import { json, text } from '../server/answer';
import type { Order } from '../server/book';
import type { Protocol, World } from '../server/protocol';

const CREATED = 1_795_860_000;
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
		if (route === 'POST /v1/images/generations' || route === 'POST /v1/images/edits') {
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
					return { answer: json(responseOf(order, 'queued', world)), order };
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
			return { step: 'lines', answer: () => ({ answer: linesWith(world) }) };
		}
		if (route === 'GET /v1/files/file-in/content') {
			const body = { model: 'gpt-image-2', prompt: 'A red bicycle' };
			const line = { custom_id: 'item-0', method: 'POST', url: '/v1/images/generations', body };
			return { answer: () => ({ answer: text(`${JSON.stringify(line)}\n`, 'application/jsonl') }) };
		}
		if (route === 'GET /v1/models') {
			return {
				answer: () => ({ answer: json({ data: [{ id: 'gpt-6-luna', object: 'model' }] }) }),
			};
		}
		return undefined;
	};

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
