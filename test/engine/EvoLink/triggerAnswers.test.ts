// What the EvoLink Trigger answers to deliveries that are forged, early, damaged or late, and what that costs.
import { order, orderSilently, deliver, deliveriesOf } from './ordering';
import { startBench, until, type Bench } from './setup';
import { SMALL, requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** A trigger, a task of its key that has ended, and how much has been asked of EvoLink up to now. */
async function prepare() {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const { id, address } = await orderSilently(bench, listening, key);
	const asked = requestsOf(bench, key).length;
	return { key, listening, id, address, asked, body: { id, status: 'completed' } };
}

test.each([
	['another token', (token: string) => `token=${token.replace(/.$/, '~')}`],
	['a shorter token', (token: string) => `token=${token.slice(1)}`],
	['two wrong tokens', (token: string) => `token=${token.slice(1)}&token=other`],
	['an empty token', () => 'token='],
	['no token', () => ''],
])('%s is refused without asking EvoLink', async (_, query) => {
	const { key, listening, address, body, asked } = await prepare();
	const url = new URL(address);
	url.search = query(url.searchParams.get('token') ?? '');
	const answer = await deliver(url.href, body);
	expect(answer).toEqual({ status: 401, message: 'The token is missing or wrong.' });
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(listening.started).toEqual([]);
	expect(listening.staticData).toEqual({});
});

test('the token is known beside another one of that name, which the address had before', async () => {
	const { address, body } = await prepare();
	const url = new URL(address);
	url.search = `token=own&${url.searchParams}`;
	expect((await deliver(url.href, body)).status).toBe(200);
});

test('the token of another credential is refused', async () => {
	const other = await prepare();
	const { key, listening, asked } = await prepare();
	const url = new URL(listening.url);
	url.search = new URL(other.address).search;
	expect((await deliver(url.href, other.body)).status).toBe(401);
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(listening.started).toEqual([]);
});

test.each([
	['a sentence', 'The task is finished.', 'text/plain'],
	['a form', 'hello=world', 'application/x-www-form-urlencoded'],
	['nothing', '', 'application/json'],
	['a list', [{ id: 'task-unified-1', status: 'completed' }], 'application/json'],
	['a task without an ID', { status: 'completed' }, 'application/json'],
	['other JSON', { hello: 'world' }, 'application/json'],
])('%s is no task and is refused without asking EvoLink', async (_, body, contentType) => {
	const { key, listening, address, asked } = await prepare();
	const answer = await deliver(address, body, contentType);
	expect(answer).toEqual({ status: 400, message: "The body isn't a task." });
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(listening.started).toEqual([]);
});

test.each([
	'text/plain',
	'application/x-www-form-urlencoded',
	'application/octet-stream',
	'application/cloudevents+json',
])('a task is known where it is called %s', async (contentType) => {
	const { listening, id, address, body } = await prepare();
	expect(await deliver(address, body, contentType)).toEqual({ status: 200, message: 'Received.' });
	await until(() => listening.started.length > 0);
	expect(listening.started).toMatchObject([[{ json: { taskId: id, status: 'succeeded' } }]]);
});

test('damaged JSON is refused by n8n itself, before the trigger sees it', async () => {
	const { key, listening, address, asked } = await prepare();
	const answer = await deliver(address, '{"id":"task-unified-1","sta');
	expect(answer).toEqual({ status: 422, message: 'Failed to parse request body' });
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(listening.started).toEqual([]);
});

test('a body of many megabytes is refused without asking EvoLink', async () => {
	const { key, listening, address, body, asked } = await prepare();
	const padded = { ...body, padding: 'x'.repeat(20 * 1024 * 1024) };
	expect(await deliver(address, padded)).toEqual({
		status: 413,
		message: 'The body is too large.',
	});
	expect(requestsOf(bench, key)).toHaveLength(asked);
	expect(listening.started).toEqual([]);
});

test('a task that EvoLink does not know is sent away, also one of another account', async () => {
	const other = await prepare();
	const { listening, address } = await prepare();
	const refusal = { status: 503, message: 'There is no such task yet. Please deliver again.' };
	expect(await deliver(address, { id: 'task-unified-0-none', status: 'completed' })).toEqual(
		refusal,
	);
	expect(await deliver(address, other.body)).toEqual(refusal);
	expect(await deliver(address, { id: '../credits', status: 'completed' })).toEqual(refusal);
	expect(listening.started).toEqual([]);
});

test('every forgery that the sandbox knows starts nothing that is not true', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const answers: Record<string, number | undefined> = {};
	for (const kind of ['unknownTask', 'notJson', 'oversized', 'wrongToken']) {
		const prompt = `A cat [sandbox: callback=${kind}]`;
		const { id } = await order(bench, listening, key, prompt, SMALL);
		answers[kind] = (await deliveriesOf(bench, id, 1))[0]?.status;
	}
	expect(answers).toEqual({ unknownTask: 503, notJson: 422, oversized: 413, wrongToken: 401 });
	expect(listening.started).toEqual([]);
});

test('EvoLink is believed, not the body', async () => {
	const { key } = bench.credentials();
	const events = ['succeeded', 'failed', 'cancelled'];
	const listening = await bench.trigger(key, { events });
	const failing = 'A cat [sandbox: fail=generation_timeout, callback=status]';
	const failed = await order(bench, listening, key, failing, SMALL);
	const [failure] = await until(() => listening.started[0]);
	const [claim] = await deliveriesOf(bench, failed.id, 1);
	expect(JSON.parse(claim!.body)).toMatchObject({ status: 'completed' });
	expect(failure!.json).toMatchObject({ taskId: failed.id, status: 'failed' });

	const done = await order(bench, listening, key, 'A cat [sandbox: callback=status]', SMALL);
	const [image] = await until(() => listening.started[1]);
	expect(image!.json).toMatchObject({ taskId: done.id, status: 'succeeded' });
	expect((await listening.binary(image!)).length).toBe(image!.json.fileSize);
});

test('a delivery while the task still runs is sent away, and the later one starts the workflow', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const prompt = 'A cat [sandbox: seconds=10, callback=early]';
	const { id } = await order(bench, listening, key, prompt, SMALL);
	const [early] = await deliveriesOf(bench, id, 1);
	expect(early).toMatchObject({ attempt: 1, status: 503 });
	expect(JSON.parse(early!.body)).toMatchObject({ id, status: 'completed' });
	expect(listening.started).toEqual([]);
	bench.sandbox.evolink.finishTask(id);
	await until(() => listening.started.length > 0);
	// The early delivery is repeated as well, as it was refused.
	await until(() => {
		const all = bench.sandbox.evolink.deliveries().filter(({ taskId }) => taskId === id);
		return all.filter(({ status }) => status === 200).length >= 2;
	});
	expect(listening.started).toMatchObject([[{ json: { taskId: id, status: 'succeeded' } }]]);
});

test('while EvoLink is down the delivery is asked for again', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const prompt = 'A cat [sandbox: poll=502 body=html times=1]';
	const { id } = await order(bench, listening, key, prompt, SMALL);
	const deliveries = await deliveriesOf(bench, id, 2);
	expect(deliveries.map(({ status }) => status)).toEqual([503, 200]);
	await until(() => listening.started.length > 0);
	expect(listening.started).toMatchObject([[{ json: { taskId: id } }]]);
});

test('with a Base URL that is none, the delivery is asked for again as well', async () => {
	const { key, address, body } = await prepare();
	const listening = await bench.trigger(key, {}, { credential: { baseUrl: 'evolink' } });
	const url = new URL(listening.url);
	url.search = new URL(address).search;
	expect((await deliver(url.href, body)).status).toBe(503);
	expect(listening.started).toEqual([]);
});

test('when the links have expired, the workflow starts with them and says so', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const prompt = 'A cat [sandbox: link-lifetime=0]';
	const { id } = await order(bench, listening, key, prompt, { ...SMALL, numberOfImages: 2 });
	const items = await until(() => listening.started[0]);
	expect(items).toHaveLength(1);
	expect(items[0]!.binary).toBeUndefined();
	expect(items[0]!.json).toMatchObject({
		taskId: id,
		status: 'succeeded',
		urls: [expect.stringMatching(/^http/), expect.stringMatching(/^http/)],
		downloadError: "The link to the picture doesn't work any more (HTTP 410).",
		advice: expect.stringContaining('Task: Get'),
	});
	expect((await deliveriesOf(bench, id, 1))[0]?.status).toBe(200);
});

test('a delivery whose workflow n8n fails to start is refused, and starts it when it comes again', async () => {
	const { key } = bench.credentials();
	let isDatabaseReady = false;
	const createExecution = async () => {
		if (!isDatabaseReady) throw new Error('Database is not ready!');
	};
	const listening = await bench.trigger(key, {}, { createExecution });
	const [first, second] = [
		await orderSilently(bench, listening, key),
		await orderSilently(bench, listening, key),
	];
	expect((await deliver(first.address, { id: first.id, status: 'completed' })).status).toBe(500);
	isDatabaseReady = true;
	// Saves what the trigger remembers, also of the other one.
	expect((await deliver(second.address, { id: second.id, status: 'completed' })).status).toBe(200);
	for (const message of ['Received.', 'Already received.']) {
		const answer = await deliver(first.address, { id: first.id, status: 'completed' });
		expect(answer).toEqual({ status: 200, message });
	}
	await until(() => listening.started.length === 2);
});

test.each(['waits', 'is gone'])(
	'while n8n is starting its workflow, a repeat is sent away, as that may fail, when whoever delivered %s',
	async (caller) => {
		const { key } = bench.credentials();
		const answersOfDatabase: Array<(error?: Error) => void> = [];
		const createExecution = async () =>
			await new Promise<void>((resolve, reject) => {
				answersOfDatabase.push((error) => (error ? reject(error) : resolve()));
			});
		const listening = await bench.trigger(key, {}, { createExecution });
		const { id, address } = await orderSilently(bench, listening, key);
		const body = { id, status: 'completed' };
		const leaving = new AbortController();
		const first = deliver(address, body, 'application/json', leaving.signal).catch(() => undefined);
		await until(() => answersOfDatabase.length === 1);
		if (caller === 'is gone') leaving.abort();
		expect(await deliver(address, body)).toEqual({
			status: 503,
			message: 'n8n is starting its workflow. Please deliver again.',
		});
		answersOfDatabase[0]!(new Error('Database is not ready!'));
		await first;
		const again = until(() => answersOfDatabase[1]);
		void again.then((answer) => answer());
		expect(await deliver(address, body)).toEqual({ status: 200, message: 'Received.' });
		await until(() => listening.started.length === 1);
	},
);
