// The EvoLink Trigger in n8n's real engine: what EvoLink delivers starts a workflow, once.
import sharp from 'sharp';

import type { EngineTrigger } from '../support';
import { startBench, until, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const ALL_ENDS = ['succeeded', 'failed', 'cancelled'];

/** Starts a task that will be reported to the trigger, and answers its ID. */
async function order(listening: EngineTrigger, key: string, prompt: string, more = {}) {
	const parameters = { prompt, completion: 'return', callbackUrl: listening.url, ...more };
	const run = await bench.image('generate', parameters, { key });
	expect(run.error).toBeUndefined();
	return String(run.items[0]?.json.taskId);
}

async function deliveriesOf(taskId: string, count: number) {
	return await until(() => {
		const found = bench.sandbox.evolink.deliveries().filter((each) => each.taskId === taskId);
		return found.length >= count && found;
	});
}

function requestsOf(key: string, path: string): number {
	return bench.sandbox.requests.filter(
		(request) => request.key === key && request.path.includes(path),
	).length;
}

test('a finished task starts one workflow, with the pictures', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	await listening.activate();
	const id = await order(listening, key, 'Two boats', { numberOfImages: 2, size: '3:2' });
	const items = await until(() => listening.started[0]);

	expect(items).toHaveLength(2);
	expect(items[0]!.json).toMatchObject({
		taskId: id,
		provider: 'evolink',
		model: 'gpt-image-2',
		status: 'succeeded',
		index: 0,
		count: 2,
		width: 1536,
		height: 1024,
		mimeType: 'image/png',
		cost: { currency: 'USD' },
	});
	expect(items[1]!.json.index).toBe(1);
	const picture = await listening.binary(items[0]!);
	const original = await fetch(String(items[0]!.json.url));
	expect(picture.equals(Buffer.from(await original.arrayBuffer()))).toBe(true);
	expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 1536 });
	expect(await listening.binary(items[1]!)).not.toEqual(picture);

	expect(await deliveriesOf(id, 1)).toMatchObject([{ attempt: 1, status: 200 }]);
	expect(listening.started).toHaveLength(1);
	await listening.deactivate();
});

test('the workflow of a failed or cancelled task starts only where that was chosen', async () => {
	const { key } = bench.credentials();
	const all = await bench.trigger(key, { events: ALL_ENDS });
	const failed = await order(all, key, 'A cat [sandbox: fail=content_policy_violation]');
	await deliveriesOf(failed, 1);
	const cancelled = await order(all, key, 'A cat [sandbox: cancel]');
	await deliveriesOf(cancelled, 1);
	await until(() => all.started.length === 2);
	expect(all.started).toMatchObject([
		[{ json: { taskId: failed, status: 'failed' } }],
		[{ json: { taskId: cancelled, status: 'cancelled' } }],
	]);
	expect(all.started[0]![0]!.json.failure).toEqual({
		code: 'content_policy_violation',
		message: 'The request was refused by the content policy.',
	});
	expect(all.started[0]![0]!.binary).toBeUndefined();

	const usual = await bench.trigger(key);
	const unwanted = await order(usual, key, 'A cat [sandbox: fail=generation_timeout]');
	const [delivery] = await deliveriesOf(unwanted, 1);
	expect(delivery!.status).toBe(200);
	const wanted = await order(usual, key, 'A cat');
	await until(() => usual.started.length > 0);
	expect(usual.started).toMatchObject([[{ json: { taskId: wanted } }]]);
});

test('a delivery that is repeated starts nothing twice, also after n8n was restarted', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const id = await order(listening, key, 'A cat [sandbox: callback-repeat=3]');
	const deliveries = await deliveriesOf(id, 4);
	expect(deliveries.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	await until(() => listening.started.length > 0);

	const { url, body } = deliveries[0]!;
	const headers = { 'content-type': 'application/json' };
	const post = async () => await fetch(url, { method: 'POST', headers, body });
	const asked = requestsOf(key, `/v1/tasks/${id}`);
	expect(await (await post()).json()).toEqual({ message: 'Already received.' });
	expect(requestsOf(key, `/v1/tasks/${id}`)).toBe(asked);
	expect(listening.started).toHaveLength(1);
	expect(JSON.stringify(listening.staticData)).toContain(id);
});

test('several deliveries at the same instant start one workflow', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const id = await order(listening, key, 'A cat [sandbox: callback=lose]');
	bench.sandbox.evolink.finishTask(id);
	const url = `${listening.url}?token=${tokenFor(id)}`;
	const answers = await Promise.all(
		[1, 2, 3, 4].map(
			async () =>
				await fetch(url, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ id, status: 'completed' }),
				}),
		),
	);
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
	await until(() => listening.started.length > 0);
	expect(listening.started).toHaveLength(1);
});
