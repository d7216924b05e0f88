// What the OpenAI Images Trigger answers to deliveries that are forged, late, damaged or not wanted, and what that costs.
import OpenAI from 'openai';

import { deliver, eventBody, finishedTask, nowInSeconds, type Delivery } from './delivering';
import { startTask } from './ordering';
import { startBench, until, type Bench } from './setup';
import { requestsOf } from './traffic';

const OTHER = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** A published trigger, a task that has ended unreported, and how much has been asked of OpenAI up to now. */
async function prepare(events = ['response.completed']) {
	const key = bench.addKey();
	const trigger = await bench.trigger(key, { events });
	await trigger.activate();
	const { secret } = bench.sandbox.openai.webhookEndpoints(key)[0]!;
	const id = await finishedTask(bench, key);
	const body = eventBody('response.completed', id);
	return { key, trigger, secret, id, body, asked: requestsOf(bench, key).length };
}

test('a body of many megabytes is refused, also with a signature that is right', async () => {
	const { key, trigger, secret, body, asked } = await prepare();
	const padded = body.replace('{', `{"padding":"${'x'.repeat(2 * 1024 * 1024)}",`);
	expect(await deliver(trigger.url, padded, { secrets: [secret] })).toEqual({
		status: 413,
		message: 'The body is too large.',
	});
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(trigger.started).toEqual([]);
});

const REFUSED: Array<[string, (secret: string, body: string) => Delivery, string]> = [
	['another secret', () => ({ secrets: [OTHER] }), 'The signature is wrong.'],
	[
		'a changed body',
		(secret, body) => ({ secrets: [secret], arrives: body.replace('completed', 'failed') }),
		'The signature is wrong.',
	],
	[
		'a body that was only written anew',
		(secret, body) => ({ secrets: [secret], arrives: `${body} ` }),
		'The signature is wrong.',
	],
	['no signature', () => ({ secrets: [] }), 'The delivery is not signed.'],
	[
		'a signature of another version',
		() => ({ secrets: [], before: ['v2,AP/zksmNS8JpnurlnNDMY2SrWY+X7fquU7d7yhCcd/o='] }),
		'The signature is wrong.',
	],
	[
		'a time 301 seconds ago',
		(secret) => ({ secrets: [secret], timestamp: nowInSeconds() - 301 }),
		'The delivery is too old, or its time is wrong.',
	],
	[
		'a time 305 seconds ahead',
		(secret) => ({ secrets: [secret], timestamp: nowInSeconds() + 305 }),
		'The delivery is too old, or its time is wrong.',
	],
];

test.each(REFUSED)('%s: 401, nothing starts and nothing is asked', async (_, how, message) => {
	const { key, trigger, secret, body, asked } = await prepare();
	expect(await deliver(trigger.url, body, how(secret, body))).toEqual({ status: 401, message });
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(trigger.started).toEqual([]);
	expect(JSON.stringify(trigger.staticData)).not.toContain('seenDeliveries');
});

test.each([
	['the last of two signatures', (secret: string) => ({ secrets: [OTHER, secret] })],
	['the first of two', (secret: string) => ({ secrets: [secret, OTHER] })],
	[
		'one behind one of another version',
		(secret: string) => ({ secrets: [secret], before: ['v1a,AAAA'] }),
	],
	[
		'one that is 290 seconds old',
		(secret: string) => ({ secrets: [secret], timestamp: nowInSeconds() - 290 }),
	],
])('%s is enough', async (_, how) => {
	const { trigger, secret, body, id } = await prepare();
	const answer = await deliver(trigger.url, body, how(secret));
	expect(answer).toEqual({ status: 200, message: 'Received.' });
	await until(() => trigger.started.length > 0);
	expect(trigger.started).toMatchObject([[{ json: { taskId: id } }]]);
});

test.each(['stale', 'changedBody', 'wrongSecret', 'missing'])(
	'OpenAI delivers with the signature %s: it is refused, whatever the body says',
	async (kind) => {
		const { key, trigger } = await prepare();
		const { id } = await startTask(bench, `A boat [sandbox: signature=${kind}]`, {}, { key });
		const delivery = await until(() =>
			bench.sandbox.openai.deliveries().find(({ taskId }) => taskId === id),
		);
		expect(delivery.status).toBe(401);
		expect(trigger.started).toEqual([]);
	},
);

test('OpenAI has changed the secret, and signs with both for a while', async () => {
	const { key, trigger } = await prepare();
	const { id } = await startTask(bench, 'A boat [sandbox: signature=rotated]', {}, { key });
	const items = await until(() => trigger.started[0]);
	expect(items).toMatchObject([{ json: { taskId: id, status: 'succeeded' } }]);
});

test("what the trigger believes, OpenAI's own client believes too, and the other way round", async () => {
	const { key, trigger } = await prepare();
	const { secret } = bench.sandbox.openai.webhookEndpoints(key)[0]!;
	const client = new OpenAI({ apiKey: key, webhookSecret: secret });
	for (const kind of ['none', 'rotated', 'changedBody', 'wrongSecret', 'stale']) {
		const directive = kind === 'none' ? '' : ` [sandbox: signature=${kind}]`;
		const { id } = await startTask(bench, `A boat${directive}`, {}, { key });
		const { body, headers, status } = await until(() =>
			bench.sandbox.openai.deliveries().find(({ taskId }) => taskId === id),
		);
		const verdict = await client.webhooks.verifySignature(body, headers).then(
			() => 200,
			() => 401,
		);
		expect([kind, status]).toEqual([kind, verdict]);
	}
	await until(() => trigger.started.length === 2);
});

test('a signed body that is no event is refused, and a damaged one by n8n itself', async () => {
	const { trigger, secret } = await prepare();
	for (const body of ['{"hello":"world"}', '[]', '{"type":"response.completed"}']) {
		expect(await deliver(trigger.url, body, { secrets: [secret] })).toEqual({
			status: 400,
			message: "The body isn't an event.",
		});
	}
	const cut = await deliver(trigger.url, '{"type":"respo', { secrets: [secret] });
	expect(cut).toEqual({ status: 422, message: 'Failed to parse request body' });
	expect(trigger.started).toEqual([]);
});

test('an event that nobody waits for is taken, starts nothing and is not remembered', async () => {
	const { key, trigger, secret, id, asked } = await prepare();
	for (const type of ['response.failed', 'batch.completed', 'video.completed']) {
		expect(await deliver(trigger.url, eventBody(type, id), { secrets: [secret] })).toEqual({
			status: 200,
			message: 'Not wanted here.',
		});
	}
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(trigger.started).toEqual([]);
	expect(JSON.stringify(trigger.staticData)).not.toContain('seenDeliveries');
});

test('a report that is not true starts the workflow with what OpenAI says when it is asked', async () => {
	const { trigger, secret, key } = await prepare();
	const prompt = 'A boat [sandbox: fail=server_error, callback=lose, seconds=60]';
	const { id } = await startTask(bench, prompt, {}, { key });
	bench.sandbox.openai.finishResponse(id);
	await deliver(trigger.url, eventBody('response.completed', id), { secrets: [secret] });
	const items = await until(() => trigger.started[0]);
	expect(items).toMatchObject([{ json: { taskId: id, status: 'failed' } }]);
	expect(items[0]!.binary).toBeUndefined();
});

test('while OpenAI is down, the task is asked for again until it answers', async () => {
	const { trigger, secret, key, body, id } = await prepare();
	bench.sandbox.openai.setFaults(key, { poll: { status: 502, body: 'html', times: 2 } });
	await deliver(trigger.url, body, { secrets: [secret] });
	const items = await until(() => trigger.started[0]);
	expect(items).toMatchObject([{ json: { taskId: id, status: 'succeeded' } }]);
});
