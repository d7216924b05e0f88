// The Core.Today Trigger: what Core.Today delivers, in either dialect, starts a workflow, once; what is forged starts none.
import type { IDataObject } from 'n8n-workflow';

import { refusedForGood, type EngineTrigger } from '../support';
import { startBench, until, type Bench } from './setup';
import { LINKS, polls, requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** Starts a prediction that reports to the trigger. */
async function order(
	listening: EngineTrigger,
	key: string,
	prompt: string,
	parameters: IDataObject = {},
) {
	const run = await bench.run(
		'image/generate',
		{ prompt, quality: 'low', completion: 'return', callbackUrl: listening.url, ...parameters },
		{ key },
	);
	expect(run.error).toBeUndefined();
	const id = String(run.items[0]!.json.taskId);
	const made = bench.sandbox.coreToday.predictions(key).find((each) => each.id === id);
	return { id, address: made!.webhookUrl!, made: made! };
}

/** As `order`, but Core.Today's own delivery is lost. The prediction has ended. */
async function orderSilently(listening: EngineTrigger, key: string) {
	const ordered = await order(listening, key, 'A cat [sandbox: callback=lose, never]');
	bench.sandbox.coreToday.finishPrediction(ordered.id);
	return ordered;
}

async function deliver(address: string, body: unknown) {
	const answer = await fetch(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	const { message } = (await answer.json()) as { message: string };
	return { status: answer.status, message };
}

async function deliveriesOf(id: string, count: number) {
	return await until(() => {
		const found = bench.sandbox.coreToday.deliveries().filter((each) => each.taskId === id);
		return found.length >= count && found;
	});
}

const keyOf = (options: Parameters<Bench['sandbox']['coreToday']['addKey']>[0] = {}) =>
	bench.sandbox.coreToday.addKey(options);

describe.each(['A', 'B'] as const)('in dialect %s', (dialect) => {
	test('a finished prediction starts one workflow, with its picture', async () => {
		const key = keyOf({ dialect });
		const listening = await bench.trigger(key);
		await listening.activate();
		const { id, made } = await order(listening, key, 'A boat');
		expect(made).toMatchObject({ webhookParameter: 'webhook_url' });
		const [item] = await until(() => listening.started[0]);
		expect(item!.json).toMatchObject({
			taskId: id,
			provider: 'coretoday',
			status: 'succeeded',
			index: 0,
			count: 1,
			mimeType: 'image/webp',
		});
		const original = await fetch(String(item!.json.url));
		const bytes = Buffer.from(await original.arrayBuffer());
		expect((await listening.binary(item!)).equals(bytes)).toBe(true);
		expect(await deliveriesOf(id, 1)).toMatchObject([{ attempt: 1, status: 200 }]);
		expect(listening.started).toHaveLength(1);
		await listening.deactivate();
	});

	test('failures and cancellations only where that was chosen', async () => {
		const key = keyOf({ dialect });
		const all = await bench.trigger(key, { events: ['succeeded', 'failed', 'cancelled'] });
		const failed = await order(all, key, 'A cat [sandbox: fail=generation_timeout]');
		const [failure] = await until(() => all.started[0]);
		expect(failure!.json).toMatchObject({
			taskId: failed.id,
			status: 'failed',
			failure: { message: 'generation_timeout: The model took too long.' },
		});
		const cancelled = await order(all, key, 'A cat [sandbox: cancel]');
		const [cancellation] = await until(() => all.started[1]);
		expect(cancellation!.json).toMatchObject({ taskId: cancelled.id, status: 'cancelled' });

		const usual = await bench.trigger(key);
		const unwanted = await order(usual, key, 'A cat [sandbox: fail=generation_timeout]');
		expect(await deliveriesOf(unwanted.id, 1)).toMatchObject([{ status: 200 }]);
		expect(usual.started).toEqual([]);
	});

	test('repeats start nothing twice', async () => {
		const key = keyOf({ dialect });
		const listening = await bench.trigger(key, LINKS);
		const prompt = 'A cat [sandbox: callback-repeat=3, callback-delay=50]';
		const { id, address } = await order(listening, key, prompt);
		const deliveries = await deliveriesOf(id, 4);
		expect(refusedForGood(deliveries)).toEqual([]);
		const asked = polls(bench, key).length;
		expect(await deliver(address, deliveries[0]!.body)).toEqual({
			status: 200,
			message: 'Already received.',
		});
		expect(polls(bench, key)).toHaveLength(asked);
		await until(() => listening.started.length > 0);
		expect(listening.started).toHaveLength(1);
	});

	test('a body in the other dialect is taken too', async () => {
		const key = keyOf({ dialect });
		const listening = await bench.trigger(key, LINKS);
		const { id, address } = await orderSilently(listening, key);
		const body =
			dialect === 'A' ? { job_id: id, status: 'completed' } : { id, status: 'succeeded' };
		expect(await deliver(address, body)).toEqual({ status: 200, message: 'Received.' });
		await until(() => listening.started[0]);
		expect(listening.started[0]).toMatchObject([{ json: { taskId: id, status: 'succeeded' } }]);
	});

	test('a delivery before the end asks to come again, and what it claims counts for nothing', async () => {
		const key = keyOf({ dialect });
		const listening = await bench.trigger(key, LINKS);
		const { id, address } = await order(listening, key, 'A cat [sandbox: callback=lose, never]');
		const claims = { id, job_id: id, status: 'succeeded', output: ['https://evil.test/a.png'] };
		expect(await deliver(address, claims)).toEqual({
			status: 503,
			message: 'The task has not ended yet.',
		});
		expect(listening.started).toEqual([]);
		bench.sandbox.coreToday.finishPrediction(id);
		expect(await deliver(address, claims)).toEqual({ status: 200, message: 'Received.' });
		const [item] = await until(() => listening.started[0]);
		expect(item!.json.url).toMatch(bench.sandbox.url);
	});

	test('a claim that is not true is not believed', async () => {
		const key = keyOf({ dialect });
		const listening = await bench.trigger(key, { ...LINKS, events: ['succeeded', 'failed'] });
		const { id } = await order(listening, key, 'A cat [sandbox: callback=status]');
		const [item] = await until(() => listening.started[0]);
		expect(item!.json).toMatchObject({ taskId: id, status: 'succeeded' });
	});
});

test.each([
	['another token', (token: string) => `token=${token.replace(/.$/, '~')}`],
	['a shorter token', (token: string) => `token=${token.slice(1)}`],
	['no token', () => ''],
])('%s is refused without asking Core.Today', async (_, query) => {
	const key = keyOf();
	const listening = await bench.trigger(key);
	const { id, address } = await orderSilently(listening, key);
	const asked = requestsOf(bench, key).length;
	const url = new URL(address);
	url.search = query(url.searchParams.get('token') ?? '');
	expect(await deliver(url.href, { job_id: id })).toEqual({
		status: 401,
		message: 'The token is missing or wrong.',
	});
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(listening.started).toEqual([]);
	expect(listening.staticData).toEqual({});
});

test.each([
	['a list', [{ job_id: 'job_1' }]],
	['nothing', {}],
	['no ID', { status: 'completed' }],
	['an empty ID', { job_id: '', status: 'completed' }],
	['an ID that is an object', { id: { a: 1 }, status: 'completed' }],
])('%s is no task and is refused without asking Core.Today', async (_, body) => {
	const key = keyOf();
	const listening = await bench.trigger(key);
	const { address } = await orderSilently(listening, key);
	const asked = requestsOf(bench, key).length;
	expect(await deliver(address, body)).toEqual({ status: 400, message: "The body isn't a task." });
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(listening.started).toEqual([]);
});

test('a prediction that Core.Today does not know, or of another account, is refused', async () => {
	const [key, otherKey] = [keyOf(), keyOf()];
	const listening = await bench.trigger(key);
	const { address } = await orderSilently(listening, key);
	const other = await orderSilently(await bench.trigger(otherKey), otherKey);
	const refusal = { status: 503, message: 'There is no such task yet. Please deliver again.' };
	expect(await deliver(address, { job_id: 'job_000000000000000000000000' })).toEqual(refusal);
	expect(await deliver(address, { job_id: other.id, status: 'completed' })).toEqual(refusal);
	expect(await deliver(address, { id: '../files/x', status: 'completed' })).toEqual(refusal);
	// Core.Today's answer repeats the ID, and this one must not make it an answer about a model.
	expect(await deliver(address, { id: 'model', status: 'completed' })).toEqual(refusal);
	expect(listening.started).toEqual([]);
});

test.each(['unknownTask', 'notJson', 'oversized', 'wrongToken'])(
	'a delivery forged as "%s" starts nothing',
	async (kind) => {
		const key = keyOf();
		const listening = await bench.trigger(key);
		const { id } = await order(listening, key, `A cat [sandbox: callback=${kind}]`);
		const [first] = await deliveriesOf(id, 1);
		expect(first!.status).toBeGreaterThanOrEqual(400);
		expect(listening.started).toEqual([]);
	},
);

test('Core.Today can not be asked: the delivery is wanted again', async () => {
	const key = keyOf();
	const listening = await bench.trigger(key, LINKS);
	const { id, address } = await orderSilently(listening, key);
	bench.sandbox.coreToday.setFaults(key, { poll: { status: 500, times: 1 } });
	expect(await deliver(address, { job_id: id })).toEqual({
		status: 503,
		message: 'The task could not be fetched. Please deliver again.',
	});
	expect(await deliver(address, { job_id: id })).toEqual({ status: 200, message: 'Received.' });
	await until(() => listening.started.length === 1);
});
