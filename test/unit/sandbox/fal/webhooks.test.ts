// Webhooks: signed by a key of the JWKS, retried, repeated, lost, forged, and the test vectors of the signature.
import {
	createHash,
	createPrivateKey,
	createPublicKey,
	type JsonWebKey,
	verify,
} from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { signatureOf } from '../../../../sandbox/fal/signing';
import { json, until } from '../support';
import { Client, type Json, MODEL } from './support';

interface Delivery {
	headers: IncomingHttpHeaders;
	body: string;
}

let sandbox: Sandbox;
let client: Client;
let deliveries: Delivery[];
let statuses: number[];
let hook: string;

const receiver = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		deliveries.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
		response.writeHead(statuses.shift() ?? 200, { location: 'http://127.0.0.1:9/' }).end();
	});
});

beforeAll(async () => {
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?a=1&token=abc`;
});
beforeEach(async () => {
	deliveries = [];
	statuses = [];
	sandbox = await startSandbox({ pace: 0.01 });
	client = new Client(sandbox);
});
afterEach(async () => await sandbox.close());
afterAll(() => {
	receiver.closeAllConnections();
	receiver.close();
});

async function created(words = '', input: object = {}, model = MODEL): Promise<string> {
	const prompt = words ? `Ein Boot é 日本 [sandbox: ${words}]` : 'Ein Boot é 日本';
	const query = `?fal_webhook=${encodeURIComponent(hook)}`;
	return (await client.created({ prompt, ...input }, model, query)).request_id;
}

const first = async () => await until(() => deliveries[0]);
const bodyOf = ({ body }: Delivery) => JSON.parse(body) as Json;

async function jwks(): Promise<JsonWebKey[]> {
	const url = `${sandbox.fal.filesBaseUrl}/.well-known/jwks.json`;
	return (await json<{ keys: JsonWebKey[] }>(await fetch(url), 200)).keys;
}

/** As the documentation tells receivers to do it. */
function isGenuine({ headers, body }: Delivery, keys: JsonWebKey[]): boolean {
	const value = (name: string) => String(headers[`x-fal-webhook-${name}`]);
	const digest = createHash('sha256').update(body).digest('hex');
	const message = [value('request-id'), value('user-id'), value('timestamp'), digest].join('\n');
	const age = Math.abs(Date.now() / 1000 - Number(value('timestamp')));
	return (
		age <= 300 &&
		keys.some((key) =>
			verify(
				null,
				Buffer.from(message),
				createPublicKey({ key, format: 'jwk' }),
				Buffer.from(value('signature'), 'hex'),
			),
		)
	);
}

describe('the signature', () => {
	const seed = Buffer.from(Array.from({ length: 32 }, (_none, index) => index));
	const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
	const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });

	it.each([
		[
			'a success',
			'019ac1b2-0000-7000-8000-000000000001',
			'{"error": null, "gateway_request_id": "019ac1b2-0000-7000-8000-000000000001", "payload": {"images": [{"content_type": "image/png", "height": 1024, "url": "https://v3b.fal.media/files/b/panda/abc.png", "width": 1024}], "seed": 42}, "request_id": "019ac1b2-0000-7000-8000-000000000001", "status": "OK"}',
			'18e724cdb4d28bc75dafb6952d850f432d19ed311bb2ebcba2c2345c1f81ef9cc8b46508a40f5b99df4c9a858f71252d6d023a3e4aef70d7ee7e033e0ec1f501',
		],
		[
			'a failure',
			'019ac1b2-0000-7000-8000-000000000002',
			'{"error": "Invalid status code: 422", "gateway_request_id": "019ac1b2-0000-7000-8000-000000000003", "payload": {"detail": [{"loc": ["body", "prompt"], "msg": "The content could not be processed because it was flagged by a content checker.", "type": "content_policy_violation", "url": "https://docs.fal.ai/errors/#content_policy_violation", "ctx": {"extra_info": {}}}]}, "request_id": "019ac1b2-0000-7000-8000-000000000002", "status": "ERROR"}',
			'ecd13dff49ce0b0fe62f20cdbe9871befe2f7578cd5ce7c0a6f44ec0dff9556144dfac7d7e91e7e5d9e041f04d7f937be725aa0ddb968485559f15dc05277c00',
		],
	])('of %s is the one that others make', (_case, requestId, body, signature) => {
		const parts = { requestId, userId: 'github|1234567', timestamp: 1795860000, body };
		expect(signatureOf(key, parts)).toBe(signature);
	});
});

describe('a webhook', () => {
	it('tells the output, signed by a published key', async () => {
		const id = await created();
		const delivery = await first();
		expect(bodyOf(delivery)).toMatchObject({
			request_id: id,
			gateway_request_id: id,
			status: 'OK',
			error: null,
			payload: { images: [{ width: 1024 }], prompt: 'Ein Boot é 日本' },
		});
		expect(delivery.headers['x-fal-webhook-request-id']).toBe(id);
		expect(delivery.headers['x-fal-webhook-signature']).toMatch(/^[0-9a-f]{128}$/);
		const keys = await jwks();
		expect(isGenuine(delivery, keys)).toBe(true);
		// The same JSON in other bytes isn't what was signed.
		expect(isGenuine({ ...delivery, body: JSON.stringify(bodyOf(delivery)) }, keys)).toBe(false);
	});

	it('tells a failure with its detail', async () => {
		await created('fail=content_policy_violation');
		expect(bodyOf(await first())).toMatchObject({
			status: 'ERROR',
			error: 'Invalid status code: 422',
			payload: { detail: [{ type: 'content_policy_violation' }] },
		});
	});

	it.each<[string, string, object, string, Json]>([
		['pictures in the answer', '', { sync_mode: true }, MODEL, { status: 'OK' }],
		['a wish of the test', 'payload-error', {}, MODEL, { status: 'OK' }],
		[
			'a path that is not there',
			'',
			{},
			'fal-ai/flux/nothing',
			{ error: 'Invalid status code: 404' },
		],
	])('comes without the output for %s', async (_case, words, input, model, expected) => {
		await created(words, input, model);
		expect(bodyOf(await first())).toMatchObject({
			...expected,
			payload: null,
			payload_error: expect.stringContaining('not JSON serializable'),
		});
	});

	it('names another request as well after a retry of the platform', async () => {
		const id = await created('gateway-retry');
		const body = bodyOf(await first());
		expect(body.request_id).toBe(id);
		expect(body.gateway_request_id).not.toBe(id);
	});

	it('does not come for what the caller has cancelled', async () => {
		const query = `?fal_webhook=${encodeURIComponent(hook)}`;
		const { cancel_url: url } = await client.created(
			{ prompt: 'x [sandbox: stuck]' },
			MODEL,
			query,
		);
		expect((await client.put(url)).status).toBe(200);
		const id = await created('callback-delay=50');
		expect(bodyOf(await first()).request_id).toBe(id);
	});

	it('is tried again, signed anew', async () => {
		statuses = [500];
		await created();
		await until(() => deliveries.length === 2);
		const keys = await jwks();
		expect(deliveries.every((delivery) => isGenuine(delivery, keys))).toBe(true);
	});

	it.each([
		['a redirect', () => hook, [302], { status: 302 }],
		['a private address', () => 'https://10.0.0.1/hook', [], { error: expect.any(String) }],
	])('is not tried again after %s', async (_case, address, answers, expected) => {
		statuses = [...answers];
		hook = address();
		await created();
		await until(() => sandbox.fal.deliveries().length > 0);
		expect(sandbox.fal.deliveries()).toEqual([
			expect.objectContaining({ attempt: 1, ...expected }),
		]);
		hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?a=1&token=abc`;
	});

	it('comes several times, early, or never when told so', async () => {
		await created('callback=lose');
		await created('callback-repeat=2');
		await until(() => deliveries.length === 3);
		expect(new Set(deliveries.map(({ body }) => body)).size).toBe(1);
		const id = await created('callback=early, never, start-after=0');
		await until(() => deliveries.length === 4);
		expect(bodyOf(deliveries[3]!)).toMatchObject({ request_id: id, status: 'OK' });
		expect(client.lastTask().status).toBe('running');
	});

	it.each([
		['status', { status: 'ERROR' }],
		['unknownTask', { request_id: '00000000-0000-4000-8000-000000000000' }],
	])('can claim what is not true, rightly signed: %s', async (kind, claimed) => {
		await created(`callback=${kind}`);
		const delivery = await first();
		expect(bodyOf(delivery)).toMatchObject(claimed);
		expect(isGenuine(delivery, await jwks())).toBe(true);
	});

	it.each(['missing', 'wrong', 'other-key', 'old', 'respaced'])(
		'can be signed badly: %s',
		async (kind) => {
			await created(`signature=${kind}`);
			expect(isGenuine(await first(), await jwks())).toBe(false);
		},
	);
});

describe('the published keys', () => {
	it('change: what was signed before stays good, unless the old key is forgotten', async () => {
		await created();
		const old = await first();
		sandbox.fal.rotateKeys();
		await created();
		const fresh = await until(() => deliveries[1]);
		const both = await jwks();
		expect(both).toHaveLength(2);
		expect([isGenuine(old, both), isGenuine(fresh, both)]).toEqual([true, true]);
		sandbox.fal.rotateKeys({ forget: true });
		expect(isGenuine(fresh, await jwks())).toBe(false);
	});

	it('can be out of reach', async () => {
		sandbox.fal.setJwksStatus(503);
		const url = `${sandbox.fal.filesBaseUrl}/.well-known/jwks.json`;
		expect((await fetch(url)).status).toBe(503);
		sandbox.fal.setJwksStatus();
		expect(await jwks()).toHaveLength(1);
	});
});
