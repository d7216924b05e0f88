// The webhook endpoint of the OpenAI Images Trigger: made when the workflow is published, deleted when it no longer is.
import { inspect } from 'node:util';

import { openFront } from '../support/front-server';
import { deliver, eventBody, finishedTask } from './delivering';
import { startBench, until, type Bench } from './setup';
import { requestsOf, routesOf, SMALL } from './traffic';

const HAND_MADE = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const endpointsOf = (key: string) => bench.sandbox.openai.webhookEndpoints(key);

/** Talks to OpenAI as another program with the same key would. */
async function api(key: string, method: string, path: string, body?: unknown): Promise<Response> {
	return await fetch(`${bench.sandbox.openai.baseUrl}${path}`, {
		method,
		headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
}

test('publishing makes it, with the events that are wanted, and keeps its secret', async () => {
	const key = bench.addKey();
	const events = ['response.completed', 'response.failed', 'batch.completed'];
	const trigger = await bench.trigger(key, { events });
	expect(endpointsOf(key)).toEqual([]);
	await trigger.activate();
	const [endpoint] = endpointsOf(key);
	expect(endpoint).toMatchObject({
		name: 'n8n: Engine test',
		url: trigger.url,
		eventTypes: events,
	});
	expect(trigger.staticData).toEqual({
		'node:OpenAI Images Trigger': { endpointId: endpoint!.id, signingSecret: endpoint!.secret },
	});
	expect(routesOf(bench, key)).toEqual(['POST /webhook_endpoints']);
});

test.each([
	[
		'without an ID',
		(secret: string) => JSON.stringify({ object: 'webhook_endpoint', signing_secret: secret }),
	],
	['that was cut', (secret: string) => `{"id":"we_1","signing_secret":"${secret}`],
])('an answer %s tells nobody its secret', async (_what, textWith) => {
	for (const secret of ['whsec_MDEyMzQ1Njc4OWFiY2RlZjAx', 'another-servers-secret']) {
		const key = bench.addKey();
		const trigger = await bench.trigger(key);
		bench.sandbox.openai.setFaults(key, { any: { status: 200, text: textWith(secret) } });
		const error = await trigger.activate().catch((reason: unknown) => reason);
		const shown = inspect(error, { depth: 20, showHidden: true, maxStringLength: null });
		expect(shown).toContain('•••');
		expect(shown).not.toContain(secret.slice(6));
	}
});

test.each([
	['key', ['sk-endpoint', '0123456789abcdef'].join('_')],
	['key, though it is short,', 'sk-end1'],
])('an ID that quotes the %s is kept without it', async (_what, key) => {
	bench.addKey({ key });
	const trigger = await bench.trigger(key);
	const made = { id: `we_${key}`, url: trigger.url, signing_secret: HAND_MADE };
	bench.sandbox.openai.setFaults(key, { any: { status: 200, text: JSON.stringify(made) } });
	await trigger.activate();
	expect(JSON.stringify(trigger.staticData)).toContain('we_•••');
});

test('a restart of n8n finds it again and makes no second one', async () => {
	const key = bench.addKey();
	const trigger = await bench.trigger(key);
	await trigger.activate();
	await trigger.activate();
	expect(endpointsOf(key)).toHaveLength(1);
});

test('also among many endpoints of the same project', async () => {
	const key = bench.addKey();
	const trigger = await bench.trigger(key);
	await trigger.activate();
	for (let number = 0; number < 101; number++) {
		const wanted = {
			name: `Other ${number}`,
			url: 'https://example.com/hook',
			event_types: ['batch.completed'],
		};
		await api(key, 'POST', '/webhook_endpoints', wanted);
	}
	await trigger.activate();
	expect(endpointsOf(key)).toHaveLength(102);
});

test('one that was deleted, or leads elsewhere, is made anew', async () => {
	const key = bench.addKey();
	const trigger = await bench.trigger(key);
	await trigger.activate();
	const [first] = endpointsOf(key);
	await api(key, 'DELETE', `/webhook_endpoints/${first!.id}`);
	await trigger.activate();
	const [second] = endpointsOf(key);
	expect(second!.id).not.toBe(first!.id);
	expect(JSON.stringify(trigger.staticData)).toContain(second!.secret);

	await api(key, 'POST', `/webhook_endpoints/${second!.id}`, { url: 'https://example.com/old' });
	await trigger.activate();
	expect(endpointsOf(key).map(({ url }) => url)).toEqual([trigger.url]);
});

test('one for other events than are wanted, as an old one that could not be deleted, is made anew', async () => {
	const key = bench.addKey();
	const events = ['response.completed', 'batch.completed'];
	const trigger = await bench.trigger(key, { events });
	await trigger.activate();
	const [first] = endpointsOf(key);
	const change = async (id: string, event_types: string[]) =>
		await api(key, 'POST', `/webhook_endpoints/${id}`, { event_types });
	await change(first!.id, ['response.completed']);
	await trigger.activate();
	const [second, ...others] = endpointsOf(key);
	expect(second!.eventTypes).toEqual(events);
	expect([second!.id === first!.id, others]).toEqual([false, []]);
	expect(JSON.stringify(trigger.staticData)).toContain(second!.secret);
	// The order in which they stand makes no other one of it.
	await change(second!.id, [...events].reverse());
	await trigger.activate();
	expect(endpointsOf(key).map(({ id }) => id)).toEqual([second!.id]);
});

test('one of which the events are not told is taken as it is', async () => {
	const key = bench.addKey();
	const { origin, pathname } = new URL(bench.sandbox.openai.baseUrl);
	let endpoint: unknown;
	const front = await openFront(origin, ({ method }) =>
		method === 'GET' ? { status: 200, body: JSON.stringify(endpoint) } : undefined,
	);
	const credential = { baseUrl: front.baseUrl + pathname };
	const trigger = await bench.trigger(key, {}, { credential });
	await trigger.activate();
	const { id, url } = endpointsOf(key)[0]!;
	for (const event_types of [undefined, null, 'all']) {
		endpoint = { id, url, event_types };
		await trigger.activate();
	}
	await front.close();
	expect(endpointsOf(key)).toMatchObject([{ id }]);
});

test('unpublishing deletes it and forgets the secret, also when it is gone already', async () => {
	const key = bench.addKey();
	const trigger = await bench.trigger(key);
	await trigger.activate();
	await trigger.deactivate();
	expect(endpointsOf(key)).toEqual([]);
	expect(trigger.staticData).toEqual({ 'node:OpenAI Images Trigger': {} });

	await trigger.activate();
	await api(key, 'DELETE', `/webhook_endpoints/${endpointsOf(key)[0]!.id}`);
	await trigger.deactivate();
	expect(trigger.staticData).toEqual({ 'node:OpenAI Images Trigger': {} });
	await trigger.deactivate();
});

test('after unpublishing, an old delivery is refused', async () => {
	const key = bench.addKey();
	const trigger = await bench.trigger(key);
	await trigger.activate();
	const { secret } = endpointsOf(key)[0]!;
	await trigger.deactivate();
	const body = eventBody('response.completed', 'resp_1');
	expect(await deliver(trigger.url, body, { secrets: [secret] })).toEqual({
		status: 401,
		message: 'There is no signing secret to check the delivery with.',
	});
});

test('a listening test has an endpoint of its own', async () => {
	const key = bench.addKey();
	const trigger = await bench.trigger(key, {}, { mode: 'test' });
	await trigger.activate();
	expect(endpointsOf(key)).toMatchObject([{ url: trigger.url }]);
	expect(trigger.url).toContain('/webhook-test/');
	await trigger.deactivate();
	expect(endpointsOf(key)).toEqual([]);
});

test('a wrong key stops the publishing with what to do', async () => {
	const trigger = await bench.trigger('wrong');
	await expect(trigger.activate()).rejects.toMatchObject({
		message: expect.stringMatching(/^OpenAI: Incorrect API key provided/),
		description: expect.stringContaining('Open the OpenAI credential and check the API Key'),
	});
});

test('so do a Base URL that is none, and a server without webhooks', async () => {
	const key = bench.addKey();
	const credential = { baseUrl: 'openai' };
	const nowhere = await bench.trigger(key, {}, { credential });
	await expect(nowhere.activate()).rejects.toMatchObject({
		name: 'NodeOperationError',
		message: 'The Base URL "openai" isn\'t a web address: https:// is missing.',
	});
	const baseUrl = `${bench.sandbox.openai.baseUrl}/images`;
	const plain = await bench.trigger(key, {}, { credential: { baseUrl } });
	await expect(plain.activate()).rejects.toMatchObject({
		message: 'This server makes no webhook endpoints.',
		description: expect.stringContaining('Made by Hand'),
	});
	expect(plain.staticData).toEqual({});
});

test('the key is in no error of the trigger, also where it stands in the Base URL', async () => {
	const credential = { baseUrl: 'gw.test/sk-end2' };
	const trigger = await bench.trigger('sk-end2', {}, { credential });
	await expect(trigger.activate()).rejects.toMatchObject({
		message: 'The Base URL "gw.test/•••" isn\'t a web address: https:// is missing.',
	});
});

test('so does an address that OpenAI could never reach', async () => {
	const key = bench.addKey();
	// As with OpenAI itself: its address is not on this machine. Nothing must go there.
	const credential = { baseUrl: 'https://openai.example/v1' };
	const trigger = await bench.trigger(key, {}, { credential });
	await expect(trigger.activate()).rejects.toMatchObject({
		name: 'NodeOperationError',
		message: `n8n's own address points to "${new URL(trigger.url).hostname}", which can't be reached from the internet.`,
		description: expect.stringContaining('sets N8N_WEBHOOK_URL'),
	});
	expect(trigger.staticData).toEqual({});
});

test.each([
	[403, 'insufficient_permissions'],
	[401, 'missing_scope'],
])('a key that may not make endpoints (%i) is told the way without', async (status, code) => {
	const key = bench.addKey();
	const trigger = await bench.trigger(key);
	const message =
		'You have insufficient permissions for this operation. Missing scopes: api.webhooks.write.';
	const text = JSON.stringify({ error: { message, type: 'invalid_request_error', code } });
	bench.sandbox.openai.setFaults(key, { any: { status, text } });
	await expect(trigger.activate()).rejects.toMatchObject({
		message: `OpenAI: ${message}`,
		description: expect.stringContaining(
			'Check what this API Key, its project and its region may use. Or set Webhook Endpoint to Made by Hand: then the key needs no right to make one.',
		),
	});
});

test('one that comes without its secret is deleted again, and the way without is told', async () => {
	const key = bench.addKey();
	const { origin, pathname } = new URL(bench.sandbox.openai.baseUrl);
	const front = await openFront(origin, ({ method }) => {
		const body = method === 'DELETE' ? { deleted: true } : { id: 'we_1', signing_secret: '' };
		return { status: 200, body: JSON.stringify(body) };
	});
	const credential = { baseUrl: front.baseUrl + pathname };
	const trigger = await bench.trigger(key, {}, { credential });
	await expect(trigger.activate()).rejects.toMatchObject({
		message: 'This server made a webhook endpoint, but told no signing secret for it.',
		description: expect.stringContaining('Made by Hand'),
	});
	await front.close();
	expect(front.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
		`POST ${pathname}/webhook_endpoints`,
		`DELETE ${pathname}/webhook_endpoints/we_1`,
	]);
	expect(JSON.stringify(trigger.staticData)).not.toContain('we_1');
});

test('events that OpenAI refuses are told in its words', async () => {
	const key = bench.addKey();
	const trigger = await bench.trigger(key, { events: ['response.exploded'] });
	await expect(trigger.activate()).rejects.toMatchObject({
		message: expect.stringContaining("Invalid value: 'response.exploded'."),
		description: expect.stringContaining('HTTP status: 400'),
	});
	expect(trigger.staticData).toEqual({});
});

describe('made by hand', () => {
	const byHand = { endpoint: 'manual' };
	const NO_SECRET = "The Webhook Signing Secret in the credential isn't one.";

	test('nothing is asked of OpenAI, and the secret of the credential decides', async () => {
		const key = bench.addKey();
		const credential = { webhookSecret: HAND_MADE };
		const trigger = await bench.trigger(key, byHand, { credential });
		await trigger.activate();
		expect(requestsOf(bench, key)).toEqual([]);
		const body = eventBody('response.completed', await finishedTask(bench, key));
		const other = 'whsec_YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODk=';
		expect(await deliver(trigger.url, body, { secrets: [other] })).toEqual({
			status: 401,
			message: 'The signature is wrong.',
		});
		expect(await deliver(trigger.url, body, { secrets: [HAND_MADE] })).toMatchObject({
			status: 200,
		});
		await until(() => trigger.started.length > 0);
		expect(trigger.started).toMatchObject([[{ json: { status: 'succeeded' } }]]);
		await trigger.deactivate();
		expect(requestsOf(bench, key).some(({ path }) => path.includes('webhook'))).toBe(false);
	});

	test.each([
		['none', '', 'The Webhook Signing Secret in the credential is empty.'],
		['blanks', ' \t', 'The Webhook Signing Secret in the credential is empty.'],
		['another key', ['sk', 'proj', 'a'.repeat(40)].join('-'), NO_SECRET],
		['words', 'my secret', NO_SECRET],
		['the beginning of one', 'whsec_', NO_SECRET],
		['one that is hidden', `whsec_${'•'.repeat(30)}`, NO_SECRET],
	])('with %s in place of a secret it is not published', async (_what, webhookSecret, message) => {
		const trigger = await bench.trigger(bench.addKey(), byHand, { credential: { webhookSecret } });
		await expect(trigger.activate()).rejects.toMatchObject({
			message,
			description:
				'Enter the signing secret that OpenAI shows when you make the endpoint at platform.openai.com > Settings > Webhooks. It begins with whsec_. If you no longer have it, make the endpoint anew.',
		});
	});

	test('the key is in no item of the trigger, also where it stands in the Base URL', async () => {
		const credential = { webhookSecret: HAND_MADE, baseUrl: 'gw.test/sk-end3' };
		const trigger = await bench.trigger('sk-end3', byHand, { credential });
		await trigger.activate();
		await deliver(trigger.url, eventBody('response.completed', 'resp_1'), { secrets: [HAND_MADE] });
		const [item] = await until(() => trigger.started[0]);
		expect(item!.json.fetchError).toMatch(/^The Base URL "gw\.test\/•••" isn't a web address/);
		expect(JSON.stringify(trigger.started)).not.toContain('sk-end3');
	});

	test('a secret is taken as people paste it, and other nodes need none', async () => {
		const key = bench.addKey();
		for (const webhookSecret of [` "${HAND_MADE}"\n`, HAND_MADE.replace('whsec_', '')]) {
			const trigger = await bench.trigger(key, byHand, { credential: { webhookSecret } });
			await trigger.activate();
		}
		const run = await bench.run('image/generate', SMALL, {
			key,
			credential: { webhookSecret: '' },
		});
		expect(run.error).toBeUndefined();
	});
});
