// The catalogue, prices, the balance, uploads that are refused, and the control surface.
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { json } from '../support';
import { Client, type Json, MODEL } from './support';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => (sandbox = await startSandbox({ pace: 3600 })));
beforeEach(() => (client = new Client(sandbox)));
afterAll(async () => await sandbox.close());

interface Listed {
	models: Array<{ endpoint_id: string; metadata: Json; openapi?: OpenApi }>;
	next_cursor: string | null;
	has_more: boolean;
}

interface OpenApi {
	components: { schemas: Record<string, Json> };
	paths: Record<string, { post: Json }>;
}

const list = async (query: string) =>
	await json<Listed>(await fetch(`${sandbox.fal.apiBaseUrl}/models${query}`), 200);
const ids = ({ models }: Listed) => models.map(({ endpoint_id: id }) => id);

describe('the catalogue', () => {
	it('needs no key, and has pages', async () => {
		const seen: string[] = [];
		let cursor: string | null = '';
		while (cursor !== null) {
			const page: Listed = await list(
				`?limit=20${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
			);
			expect(page.has_more).toBe(page.next_cursor !== null);
			seen.push(...ids(page));
			cursor = page.next_cursor;
		}
		expect(new Set(seen).size).toBe(seen.length);
		expect(seen).toEqual(expect.arrayContaining([MODEL, 'openai/gpt-image-2/edit']));
	});

	it.each([
		['q=seedream&category=image-to-image', 3],
		['q=flux%20kontext', 3],
		['status=deprecated', 1],
		['q=nothing-like-it', 0],
	])('finds %s', async (query, count) => {
		expect((await list(`?${query}`)).models).toHaveLength(count);
	});

	it('gives schemas when asked', async () => {
		const id = 'fal-ai/flux-2/edit';
		const { models } = await list(`?endpoint_id=${id}&expand=openapi-3.0`);
		const { openapi, metadata } = models[0]!;
		expect(metadata).toMatchObject({ category: 'image-to-image', status: 'active' });
		expect(openapi?.paths[`/${id}`]?.post).toMatchObject({
			requestBody: {
				content: {
					'application/json': { schema: { $ref: '#/components/schemas/Flux2EditInput' } },
				},
			},
		});
		const { Flux2EditInput: input, ImageSize: size } = openapi?.components.schemas ?? {};
		expect(input).toMatchObject({
			required: ['prompt', 'image_urls'],
			properties: {
				num_images: { type: 'integer', title: 'Num Images', minimum: 1, maximum: 4, default: 1 },
				image_urls: { type: 'array', items: { type: 'string' } },
				image_size: { anyOf: [{ $ref: '#/components/schemas/ImageSize' }, { type: 'string' }] },
			},
		});
		expect(input?.['x-fal-order-properties']).toContain('image_size');
		expect(size).toMatchObject({ properties: { width: { maximum: 14142 } } });
		expect((await list(`?endpoint_id=${id}`)).models[0]?.openapi).toBeUndefined();
	});

	it('has models without a schema, with a loop, and with many fields', async () => {
		const query = ['no-schema', 'loop', 'three-hundred'].map(
			(name) => `endpoint_id=sandbox/${name}`,
		);
		const { models } = await list(`?${query.join('&')}&expand=openapi-3.0`);
		const [none, loop, many] = models.map(({ openapi }) => openapi?.components.schemas);
		expect(none).toBeUndefined();
		expect(loop).toMatchObject({
			Style: { $ref: '#/components/schemas/Look' },
			Look: { $ref: '#/components/schemas/Style' },
		});
		const { properties } = many?.ThreeHundredInput as { properties: Json };
		expect(Object.keys(properties)).toHaveLength(301);
	});

	it('refers only to what it has', async () => {
		const { models } = await list('?limit=100&expand=openapi-3.0');
		for (const { endpoint_id: id, openapi } of models) {
			const text = JSON.stringify(openapi ?? {});
			for (const [, name = ''] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
				expect([id, Object.keys(openapi?.components.schemas ?? {})]).toEqual([
					id,
					expect.arrayContaining([name]),
				]);
			}
		}
	});

	it.each([
		['limit=0', 400, 'validation_error'],
		['limit=500', 400, 'validation_error'],
		['cursor=x', 400, 'validation_error'],
		['endpoint_id=fal-ai/nothing', 404, 'not_found'],
	])('refuses %s', async (query, status, type) => {
		const answer = await fetch(`${sandbox.fal.apiBaseUrl}/models?${query}`);
		expect(await json(answer, status)).toMatchObject({ error: { type } });
	});

	it('knows where webhooks come from', async () => {
		const answer = await fetch(`${sandbox.fal.apiBaseUrl}/meta`);
		expect(await json(answer, 200)).toEqual({ webhook_ip_ranges: ['127.0.0.0/8'] });
	});
});

describe('prices', () => {
	it('are told for a unit', async () => {
		const query = `?endpoint_id=${MODEL}&endpoint_id=openai/gpt-image-2`;
		expect(await json(await client.api(`/models/pricing${query}`), 200)).toEqual({
			prices: [
				{ endpoint_id: MODEL, unit_price: 0.003, unit: 'megapixels', currency: 'USD' },
				{ endpoint_id: 'openai/gpt-image-2', unit_price: 30, unit: '1m tokens', currency: 'USD' },
			],
			next_cursor: null,
			has_more: false,
		});
	});

	it.each<[string, object | undefined, string, number]>([
		['an unknown model', undefined, '?endpoint_id=fal-ai/nothing', 404],
		['no model', undefined, '', 400],
		['a key that may only run', { scope: 'RUN' }, `?endpoint_id=${MODEL}`, 403],
	])('are refused for %s', async (_case, options, query, status) => {
		client = new Client(sandbox, options);
		const answer = await client.api(`/models/pricing${query}`);
		expect(await json(answer, status)).toMatchObject({
			error: { message: expect.any(String), request_id: expect.any(String) },
		});
	});

	it('need a right key', async () => {
		const url = `${sandbox.fal.apiBaseUrl}/models/pricing?endpoint_id=${MODEL}`;
		const answer = await fetch(url, { headers: { authorization: 'Key a:b' } });
		expect(await json(answer, 401)).toMatchObject({ error: { type: 'authorization_error' } });
	});

	it('are summed up in an estimate', async () => {
		const body = {
			estimate_type: 'unit_price',
			endpoints: { [MODEL]: { unit_quantity: 100 }, 'fal-ai/flux/dev': { unit_quantity: 2 } },
		};
		const url = `${sandbox.fal.apiBaseUrl}/models/pricing/estimate`;
		const answer = await json<Json>(await client.call('POST', url, body), 200);
		expect(answer).toMatchObject({ estimate_type: 'unit_price', currency: 'USD' });
		expect(answer.total_cost).toBeCloseTo(0.35);
	});
});

describe('the balance', () => {
	it('is for admin keys', async () => {
		const path = '/account/billing?expand=credits';
		expect(await json(await client.api(path), 403)).toMatchObject({
			error: { type: 'authorization_error' },
		});
		client = new Client(sandbox, { scope: 'ADMIN', credits: 24.5 });
		expect(await json(await client.api(path), 200)).toEqual({
			username: expect.any(String),
			credits: { current_balance: 24.5, currency: 'USD' },
		});
	});
});

describe('uploads', () => {
	const initiate = async (body: object, query = '?storage_type=fal-cdn-v3') =>
		await client.call('POST', `${sandbox.fal.filesBaseUrl}/storage/upload/initiate${query}`, body);
	const body = { content_type: 'image/png', file_name: 'in.png' };
	const place = async () =>
		(await json<{ upload_url: string }>(await initiate(body), 200)).upload_url;
	const put = async (url: string, headers: Record<string, string>) =>
		(await fetch(url, { method: 'PUT', headers, body: 'x' })).status;

	it('need what was announced, and take a key that nobody asked for', async () => {
		const url = await place();
		expect(await put(url, { 'content-type': 'image/jpeg' })).toBe(400);
		expect(await put(url, { 'content-type': 'image/png', authorization: 'Key a:b' })).toBe(200);
		// It is signed for one file.
		expect(await put(url, { 'content-type': 'image/png' })).toBe(403);
	});

	it('need their address as it was given', async () => {
		const url = await place();
		expect(await put(url.replace(/.$/, ''), { 'content-type': 'image/png' })).toBe(403);
	});

	it.each<[string, object, string | undefined, number]>([
		['without a name', { content_type: 'image/png' }, undefined, 422],
		['elsewhere', body, '?storage_type=other', 400],
	])('are refused %s', async (_case, wrong, query, status) => {
		expect((await initiate(wrong, query)).status).toBe(status);
	});

	it('are refused for a type that a key may not have', async () => {
		sandbox.fal.setFaults(client.key, { refusedTypes: ['image/png'] });
		expect((await initiate(body)).status).toBe(400);
	});

	it("can go another way, as fal's Python client has it", async () => {
		const url = `${sandbox.fal.filesBaseUrl}/storage/auth/token?storage_type=fal-cdn-v3`;
		const { token, base_url: base } = await json<{ token: string; base_url: string }>(
			await client.call('POST', url, {}),
			200,
		);
		const send = async (authorization: string) =>
			await fetch(`${base}/files/upload`, {
				method: 'POST',
				headers: { authorization, 'content-type': 'text/plain', 'x-fal-file-name': 'words.txt' },
				body: 'words',
			});
		const { access_url: from } = await json<{ access_url: string }>(
			await send(`Bearer ${token}`),
			200,
		);
		expect(await (await fetch(from)).text()).toBe('words');
		expect((await send('Bearer other')).status).toBe(401);
	});

	it('last as long as they should', async () => {
		const headers = { 'X-Fal-Object-Lifecycle': '{"expiration_duration_seconds":0.001}' };
		const url = `${sandbox.fal.filesBaseUrl}/storage/upload/initiate`;
		const { upload_url: to, file_url: from } = await json<{ upload_url: string; file_url: string }>(
			await client.call('POST', url, body, headers),
			200,
		);
		expect(await put(to, { 'content-type': 'image/png' })).toBe(200);
		expect((await fetch(from)).status).toBe(404);
	});
});

describe('the control surface', () => {
	const post = async (path: string, sent?: object) =>
		await fetch(`${sandbox.url}/_sandbox/fal/${path}`, {
			method: 'POST',
			headers: sent && { 'content-type': 'application/json' },
			body: sent && JSON.stringify(sent),
		});

	it('makes keys, ends tasks and shows the state', async () => {
		const options = { credits: 5, scope: 'ADMIN', atOnce: 2, faults: { stuck: true } };
		const { key } = await json<{ key: string }>(await post('keys', options), 200);
		const own = new Client(sandbox, { key, scope: 'ADMIN', faults: { stuck: true } });
		const { request_id: id, response_url: url } = await own.created();
		expect((await post(`tasks/${id}/finish`)).status).toBe(200);
		expect((await own.get(url)).status).toBe(200);
		const state = await json<{ fal: { keys: Json[]; tasks: Json[] } }>(
			await fetch(`${sandbox.url}/_sandbox/state`),
			200,
		);
		expect(state.fal.keys).toContainEqual(
			expect.objectContaining({ key, atOnce: 2, charged: 0.003, credits: 4.997 }),
		);
		expect(state.fal.tasks).toContainEqual(expect.objectContaining({ id, status: 'succeeded' }));
	});

	it('changes the published keys', async () => {
		expect(await json(await post('jwks', { rotate: true }), 200)).toMatchObject({
			keys: [{ crv: 'Ed25519' }, { crv: 'Ed25519' }],
		});
		await post('jwks', { status: 500 });
		const url = `${sandbox.fal.filesBaseUrl}/.well-known/jwks.json`;
		expect((await fetch(url)).status).toBe(500);
		await post('jwks', { status: null });
		expect((await fetch(url)).status).toBe(200);
	});

	it('refuses what it does not know', async () => {
		expect((await post('keys', { scope: 'OWNER' })).status).toBe(400);
		expect((await post('tasks/none/finish')).status).toBe(404);
	});

	it('is told on the home page', async () => {
		await client.result();
		const page = await (await fetch(sandbox.url)).text();
		for (const words of [sandbox.fal.baseUrl, 'sandbox-fal-id:', 'signature=KIND', MODEL]) {
			expect(page).toContain(words);
		}
	});
});
