// Webhook endpoints and signed deliveries, verified by the official client itself.
import OpenAI, { InvalidWebhookSignatureError } from 'openai';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { signatureOf } from '../../../../sandbox/openai/webhooks/signature';
import { startReceiver, until } from '../support';
import { clientOf, keyOf, refusal, SMALL } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ pace: 0.05 })));
afterAll(async () => await sandbox.close());

type Faults = Parameters<Sandbox['openai']['setFaults']>[1];

const types = [
	'response.completed',
	'response.failed',
	'response.cancelled',
	'response.incomplete',
	'batch.completed',
] as const;

/** A client, its endpoint, and a receiver that answers with these statuses first. */
async function subscribed(faults: Faults = {}, statuses: number[] = []) {
	const receiver = await startReceiver(statuses);
	const client = clientOf(sandbox, { faults });
	const endpoint = await client.webhooks.create({
		name: 'tests',
		url: receiver.url,
		event_types: [...types],
	});
	return { receiver, client, endpoint };
}

async function respond(client: OpenAI, input = 'A quiet harbour') {
	return await client.responses.create({
		model: 'gpt-4o',
		background: true,
		input,
		tools: [{ type: 'image_generation', size: SMALL, quality: 'low' }],
	});
}

const deliveriesOf = (id: string) =>
	sandbox.openai.deliveries().filter(({ taskId }) => taskId === id);

describe('a signature', () => {
	it('is that of the test vector', async () => {
		const publishedVector = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
		const body =
			'{"id":"evt_1","object":"event","created_at":1750287018,"type":"response.completed","data":{"id":"resp_1"}}';
		const signature = signatureOf(publishedVector, 'wh_1', 1_750_287_018, body);
		expect(signature).toBe('v1,AP/zksmNS8JpnurlnNDMY2SrWY+X7fquU7d7yhCcd/o=');
	});
});

describe('a webhook endpoint', () => {
	it('shows its secret once and is listed, changed and deleted', async () => {
		const client = clientOf(sandbox);
		const made = await client.webhooks.create({
			name: 'one',
			url: 'https://example.com/hook',
			event_types: ['batch.failed'],
		});
		expect(made).toMatchObject({
			object: 'webhook_endpoint',
			name: 'one',
			url: 'https://example.com/hook',
			event_types: ['batch.failed'],
			signing_secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
		});
		const seen = await client.webhooks.retrieve(made.id);
		expect(seen).not.toHaveProperty('signing_secret');
		expect((await client.webhooks.update(made.id, { name: 'two' })).name).toBe('two');
		const rotated = await client.webhooks.rotateSecret(made.id);
		expect(rotated.signing_secret).not.toBe(made.signing_secret);
		expect((await client.webhooks.list()).data.map(({ id }) => id)).toEqual([made.id]);
		expect(sandbox.openai.webhookEndpoints(keyOf(client))).toMatchObject([{ name: 'two' }]);
		expect(await client.webhooks.delete(made.id)).toEqual({
			id: made.id,
			object: 'webhook_endpoint.deleted',
			deleted: true,
		});
		expect(await refusal(client.webhooks.retrieve(made.id))).toMatchObject({ status: 404 });
	});

	it.each([
		['http elsewhere', { url: 'http://example.com/hook' }, 'url'],
		['an internal address', { url: 'https://10.0.0.1/hook' }, 'url'],
		['an unknown type', { event_types: ['response.sung'] }, 'event_types[0]'],
		['no types', { event_types: [] }, 'event_types'],
		['no name', { name: undefined }, 'name'],
		['an unknown parameter', { secret: 'x' }, 'secret'],
	])('refuses %s', async (_name, change, param) => {
		const body = {
			name: 'x',
			url: 'https://example.com',
			event_types: ['batch.failed'],
			...change,
		};
		const error = await refusal(clientOf(sandbox).post('/webhook_endpoints', { body }));
		expect(error).toMatchObject({ status: 400, param });
	});
});

describe('a delivery', () => {
	it('is signed so that the official client takes it', async () => {
		const { receiver, client, endpoint } = await subscribed();
		const { id } = await respond(client);
		await until(() => receiver.received.length > 0);
		const [delivery] = await until(() => {
			const all = deliveriesOf(id);
			return all.length > 0 && all;
		});
		const body = String(receiver.received[0]?.body);
		const headers = delivery?.headers ?? {};
		const event = await client.webhooks.unwrap(body, headers, endpoint.signing_secret);
		expect(event).toMatchObject({ object: 'event', type: 'response.completed', data: { id } });
		expect((await client.responses.retrieve(id)).status).toBe('completed');
		const wrong = client.webhooks.verifySignature(`${body} `, headers, endpoint.signing_secret);
		await expect(wrong).rejects.toBeInstanceOf(InvalidWebhookSignatureError);
		receiver.close();
	});

	it('is tried again with the same id and a signature of its own', async () => {
		const { receiver, client, endpoint } = await subscribed({}, [500]);
		const { id } = await respond(client);
		const tries = await until(() => {
			const all = deliveriesOf(id);
			return all.length === 2 && all;
		});
		expect(tries.map(({ status }) => status)).toEqual([500, 200]);
		expect(new Set(tries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
		for (const { body, headers } of tries) {
			await client.webhooks.verifySignature(body, headers, endpoint.signing_secret);
		}
		receiver.close();
	});

	it('goes only to endpoints of the key that want the type', async () => {
		const { receiver, client } = await subscribed();
		const other = await subscribed();
		await client.webhooks.create({
			name: 'batches only',
			url: `${receiver.url}&batches`,
			event_types: ['batch.completed'],
		});
		const { id } = await respond(client);
		await until(() => deliveriesOf(id).length > 0);
		expect(receiver.received.map(({ path }) => path)).toEqual(['/done?token=abcdef']);
		expect(other.receiver.received).toEqual([]);
		receiver.close();
		other.receiver.close();
	});

	it.each([
		['stale', /old/],
		['changedBody', /signature/],
		['wrongSecret', /signature/],
		['missing', /webhook-signature/],
	] as const)('with a %s signature is refused', async (signature, message) => {
		const { receiver, client, endpoint } = await subscribed({ signature });
		const { id } = await respond(client);
		const [delivery] = await until(() => {
			const all = deliveriesOf(id);
			return all.length > 0 && all;
		});
		const { body = '', headers = {} } = delivery ?? {};
		const verified = client.webhooks.verifySignature(body, headers, endpoint.signing_secret);
		await expect(verified).rejects.toThrow(message);
		receiver.close();
	});

	it('fits with two signatures, and during a rotation with both secrets', async () => {
		const { receiver, client, endpoint } = await subscribed({ signature: 'rotated' });
		const rotated = await client.webhooks.rotateSecret(endpoint.id, {
			keep_old_secret_active_for_24_hours: true,
		});
		const { id } = await respond(client);
		const [delivery] = await until(() => {
			const all = deliveriesOf(id);
			return all.length > 0 && all;
		});
		const { body = '', headers = {} } = delivery ?? {};
		expect(headers['webhook-signature']?.split(' ')).toHaveLength(3);
		for (const secret of [endpoint.signing_secret, rotated.signing_secret]) {
			await client.webhooks.verifySignature(body, headers, secret);
		}
		receiver.close();
	});

	it('claims too early that it is done when told to', async () => {
		const faults = { callback: { early: true }, never: true };
		const { receiver, client, endpoint } = await subscribed(faults);
		const { id } = await respond(client);
		const [delivery] = await until(() => {
			const all = deliveriesOf(id);
			return all.length > 0 && all;
		});
		const { body = '', headers = {} } = delivery ?? {};
		const event = await client.webhooks.unwrap(body, headers, endpoint.signing_secret);
		expect(event.type).toBe('response.completed');
		expect((await client.responses.retrieve(id)).status).toBe('in_progress');
		receiver.close();
	});

	it('is repeated, lost and forged when told to', async () => {
		const { receiver, client } = await subscribed({ callback: { repeat: 1 } });
		const repeated = await respond(client);
		const twice = await until(() => {
			const all = deliveriesOf(repeated.id);
			return all.length === 2 && all;
		});
		expect(new Set(twice.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
		sandbox.openai.setFaults(keyOf(client), { callback: { lose: true } });
		const lost = await respond(client);
		sandbox.openai.finishResponse(lost.id);
		await client.responses.retrieve(lost.id);
		sandbox.openai.setFaults(keyOf(client), { callback: { forge: 'unknownTask' } });
		const forged = await respond(client);
		const [delivery] = await until(() => {
			const all = deliveriesOf(forged.id);
			return all.length > 0 && all;
		});
		expect(JSON.parse(delivery?.body ?? '')).toMatchObject({
			data: { id: `resp_${'0'.repeat(32)}` },
		});
		expect(deliveriesOf(lost.id)).toEqual([]);
		receiver.close();
	});
});
