// The fal Trigger and Pause: deliveries are believed by token and signature, and start a workflow once.
import { modelById, startBench, until, type Bench } from './setup';
import type { EngineTrigger } from '../support';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const MODEL = 'fal-ai/flux/dev';
const keyOf = (faults: object = {}) => bench.sandbox.fal.addKey({ faults });
const deliveriesOf = (id: string) =>
	bench.sandbox.fal.deliveries().filter(({ taskId }) => taskId === id);

async function order(listening: EngineTrigger, key: string, prompt: string, reference = '') {
	const run = await bench.run(
		'image/generate',
		{
			model: modelById(MODEL),
			prompt,
			completion: 'return',
			callbackUrl: listening.url,
			options: { ...(reference && { reference }) },
		},
		{ key },
	);
	expect(run.error).toBeUndefined();
	return { taskId: String(run.items[0]!.json.taskId), id: bench.sandbox.fal.tasks(key).at(-1)!.id };
}

async function listeningWith(key: string, parameters: object = {}) {
	const listening = await bench.trigger(key, parameters as never);
	await listening.activate();
	return listening;
}

test('a finished task starts one workflow, with its picture, model, cost and reference', async () => {
	const key = keyOf();
	const listening = await listeningWith(key);
	const { taskId, id } = await order(listening, key, 'A boat', 'order 4711');
	const [item] = await until(() => listening.started[0]);
	expect(item!.json).toMatchObject({
		taskId,
		provider: 'fal',
		model: MODEL,
		status: 'succeeded',
		reference: 'order 4711',
		cost: { amount: 0.025, currency: 'USD', estimated: false },
	});
	expect((await listening.binary(item!)).length).toBe(item!.json.fileSize);
	expect((await until(() => deliveriesOf(id)[0])).status).toBe(200);
	await listening.deactivate();
});

test("a failed task starts one where that is wanted, with fal's words", async () => {
	const key = keyOf();
	const listening = await listeningWith(key, { events: ['failed'] });
	const { taskId } = await order(listening, key, 'A cat [sandbox: fail=content_policy_violation]');
	const [item] = await until(() => listening.started[0]);
	expect(item!.json).toMatchObject({
		taskId,
		status: 'failed',
		failure: { code: 'content_policy_violation' },
	});
	await listening.deactivate();
});

test.each(['missing', 'wrong', 'other-key', 'old', 'respaced'])(
	'a delivery whose signature is %s starts nothing, though its token is right',
	async (signature) => {
		const key = keyOf();
		const listening = await listeningWith(key);
		const { id } = await order(listening, key, `A boat [sandbox: signature=${signature}]`);
		const delivery = await until(() => deliveriesOf(id)[0]);
		expect(delivery.status).toBe(401);
		expect(listening.started).toEqual([]);
		await listening.deactivate();
	},
);

test('a delivery with a wrong token starts nothing, though its signature is right', async () => {
	const key = keyOf();
	const listening = await listeningWith(key);
	const { id } = await order(listening, key, 'A boat [sandbox: callback=wrongToken]');
	expect((await until(() => deliveriesOf(id)[0])).status).toBe(401);
	expect(listening.started).toEqual([]);
	await listening.deactivate();
});

test("a delivery of another account's task starts nothing, though its signature and token are right", async () => {
	const { fal } = bench.sandbox;
	const [key, othersKey] = [keyOf(), fal.addKey()];
	const listening = await listeningWith(key);
	await order(listening, key, 'A boat');
	await until(() => listening.started[0]);

	// Who has got to know the address, has fal report a task of their own to it.
	const { webhookUrl } = fal.tasks(key)[0]!;
	const address = `${fal.baseUrl}/${MODEL}?fal_webhook=${encodeURIComponent(webhookUrl!)}`;
	const created = await fetch(address, {
		method: 'POST',
		headers: { authorization: `Key ${othersKey}`, 'content-type': 'application/json' },
		body: JSON.stringify({ prompt: 'Somebody else' }),
	});
	const { request_id: id } = (await created.json()) as { request_id: string };
	const delivery = await until(() => deliveriesOf(id)[0]);
	expect(delivery.url).toBe(webhookUrl);
	// To fal it is a task that isn't known to this key yet.
	expect(delivery.status).toBe(503);
	expect(fal.tasks(othersKey)).toMatchObject([{ id, status: 'succeeded' }]);
	expect(listening.started).toHaveLength(1);
	await listening.deactivate();
});

test.each([
	['that was repeated', 'A boat [sandbox: callback-repeat=2]'],
	['after fal ran the task twice', 'A boat [sandbox: gateway-retry]'],
	['without the output', 'A boat [sandbox: payload-error]'],
])('a delivery %s starts one workflow', async (_what, prompt) => {
	const key = keyOf();
	const listening = await listeningWith(key);
	const { taskId } = await order(listening, key, prompt);
	await until(() => listening.started[0]);
	expect(listening.started).toHaveLength(1);
	expect(listening.started[0]![0]!.json).toMatchObject({ taskId, status: 'succeeded' });
	await listening.deactivate();
});

test('is suspended until the callback, and goes on with the images', async () => {
	const run = await bench.run(
		'image/generate',
		{ model: modelById(MODEL), prompt: '={{ $json.prompt }}', completion: 'suspend' },
		{
			items: ['A kite', 'A boat'].map((wish) => ({
				json: { prompt: `${wish} [sandbox: seconds=600]` },
			})),
			suspendable: true,
		},
	);
	expect(run.status).toBe('waiting');
	for (const { id } of bench.sandbox.fal.tasks(run.key)) await bench.sandbox.fal.finishTask(id);
	const ended = await run.resumed();
	expect(ended.status).toBe('success');
	expect(ended.passedOn).toMatchObject([
		{
			json: { status: 'succeeded', model: MODEL, cost: { amount: 0.025 } },
			pairedItem: { item: 0 },
		},
		{ json: { status: 'succeeded', model: MODEL }, pairedItem: { item: 1 } },
	]);
	expect(bench.sandbox.fal.tasks(run.key)).toHaveLength(2);
});
