// The OpenAI Images Trigger in n8n's real engine: what OpenAI reports starts a workflow, once, with its pictures.
import sharp from 'sharp';

import { OpenAiImagesTrigger } from '../../../nodes/OpenAiImages/OpenAiImagesTrigger.node';
import { deliver, eventBody, finishedTask } from './delivering';
import { startBatch, startTask } from './ordering';
import { refusedForGood } from '../support';
import { startBench, until, type Bench } from './setup';

const ALL = [
	'response.completed',
	'response.failed',
	'response.cancelled',
	'response.incomplete',
	'batch.completed',
	'batch.failed',
	'batch.expired',
	'batch.cancelled',
];

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** A published trigger with a key of its own, and the secret of its endpoint. */
async function listen(parameters = {}, options: Parameters<Bench['trigger']>[2] = {}) {
	const key = bench.addKey();
	const trigger = await bench.trigger(key, parameters, options);
	await trigger.activate();
	const { secret } = bench.sandbox.openai.webhookEndpoints(key)[0]!;
	return { key, trigger, secret };
}

/** The tries to deliver a report on this task or batch, as soon as there are so many. */
async function deliveriesOf(id: string, count = 1) {
	return await until(() => {
		const found = bench.sandbox.openai.deliveries().filter(({ taskId }) => taskId === id);
		return found.length >= count && found;
	});
}

test('a finished task starts one workflow, with its picture', async () => {
	const { key, trigger } = await listen();
	const { id } = await startTask(bench, 'A boat', {}, { key });
	const items = await until(() => trigger.started[0]);
	expect(items).toHaveLength(1);
	expect(items[0]!.json).toMatchObject({
		taskId: id,
		provider: 'openai',
		model: 'gpt-image-2',
		status: 'succeeded',
		index: 0,
		count: 1,
		width: 1024,
		height: 640,
		revisedPrompt: 'A boat',
		usage: { image_gen: { output_tokens: expect.any(Number) } },
	});
	const picture = await trigger.binary(items[0]!);
	expect(picture.length).toBe(items[0]!.json.fileSize);
	expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 1024 });
	expect(await deliveriesOf(id)).toMatchObject([{ attempt: 1, status: 200 }]);
	expect(trigger.started).toHaveLength(1);
});

test('a finished batch starts one workflow, with all its pictures and its failed lines', async () => {
	const { key, trigger } = await listen({ options: { binaryPropertyOutput: 'photo' } });
	const prompts = ['One', 'Two [sandbox: moderation=input]', 'Three'];
	const { id } = await startBatch(bench, prompts, {}, { key });
	bench.sandbox.openai.finishBatch(id);
	const items = await until(() => trigger.started[0]);
	expect(items.map(({ json }) => [json.batchId, json.customId, json.status])).toEqual([
		[id, 'item-0', 'succeeded'],
		[id, 'item-2', 'succeeded'],
		[id, 'item-1', 'failed'],
	]);
	expect((await trigger.binary(items[1]!, 'photo')).length).toBe(items[1]!.json.fileSize);
	expect(items[2]!.json).toMatchObject({ kind: 'moderation', code: 'moderation_blocked' });
	expect(trigger.started).toHaveLength(1);
});

test.each([
	['failed', 'fail=server_error', 'failed', { failure: { code: 'server_error' } }],
	['cancelled', 'cancel', 'cancelled', {}],
	['incomplete', 'incomplete', 'failed', { failure: { code: 'max_output_tokens' } }],
])(
	'a task that ends as %s starts the workflow where that was chosen',
	async (_, told, status, more) => {
		const { key, trigger } = await listen({ events: ALL });
		const { id } = await startTask(bench, `A boat [sandbox: ${told}]`, {}, { key });
		const items = await until(() => trigger.started[0]);
		expect(items).toMatchObject([{ json: { taskId: id, status, ...more } }]);
		expect(items[0]!.binary).toBeUndefined();
	},
);

test.each([
	['expired', { expire: true }],
	['cancelled', { cancel: true }],
	['failed', { fail: 'token_limit_exceeded' }],
])('a batch that ends as %s brings what was made all the same', async (status, faults) => {
	const { key, trigger } = await listen({ events: ALL });
	bench.sandbox.openai.setFaults(key, faults);
	const { id } = await startBatch(bench, ['One'], {}, { key });
	bench.sandbox.openai.finishBatch(id);
	const items = await until(() => trigger.started[0]);
	expect(items).toMatchObject([{ json: { batchId: id, customId: 'item-0', status: 'succeeded' } }]);
	const [delivery] = await deliveriesOf(id);
	expect(JSON.parse(delivery!.body)).toMatchObject({ type: `batch.${status}` });
});

test('a batch without any result is one item that tells how it ended', async () => {
	const { key, trigger, secret } = await listen({ events: ALL });
	bench.sandbox.openai.setFaults(key, { seconds: 60 });
	const { id } = await startBatch(bench, ['One'], {}, { key });
	await deliver(trigger.url, eventBody('batch.cancelled', id), { secrets: [secret] });
	const items = await until(() => trigger.started[0]);
	expect(items).toMatchObject([
		{ json: { event: 'batch.cancelled', batchId: id, status: 'validating', provider: 'openai' } },
	]);
});

test('repeats start nothing twice, also at the same instant, and also after a restart', async () => {
	const loadNode = () => {
		const path = '../../../nodes/OpenAiImages/OpenAiImagesTrigger.node';
		let Loaded = OpenAiImagesTrigger;
		jest.isolateModules(() => {
			Loaded = jest.requireActual<{ OpenAiImagesTrigger: typeof OpenAiImagesTrigger }>(
				path,
			).OpenAiImagesTrigger;
		});
		return new Loaded();
	};
	const node = loadNode();
	const { key, trigger, secret } = await listen({}, { node });
	const body = eventBody('response.completed', await finishedTask(bench, key));
	const signed = { id: 'wh_the_same', secrets: [secret] };
	const answers = await Promise.all(
		Array.from({ length: 5 }, async () => await deliver(trigger.url, body, signed)),
	);
	expect(refusedForGood(answers)).toEqual([]);
	expect(answers.filter(({ message }) => message === 'Received.')).toHaveLength(1);
	await until(() => trigger.started.length > 0);

	node.webhook = loadNode().webhook;
	expect(await deliver(trigger.url, body, signed)).toEqual({
		status: 200,
		message: 'Already received.',
	});
	expect(trigger.started).toHaveLength(1);
});

test('OpenAI itself delivers again, and the workflow starts once', async () => {
	const { key, trigger } = await listen();
	const { id } = await startTask(bench, 'A boat [sandbox: callback-repeat=3]', {}, { key });
	const deliveries = await deliveriesOf(id, 4);
	expect(refusedForGood(deliveries)).toEqual([]);
	await until(() => trigger.started.length > 0);
	expect(trigger.started).toHaveLength(1);
});

test('several reports on one task are each their own, and so are tasks that end together', async () => {
	const { key, trigger } = await listen();
	const ids = await Promise.all(
		['One', 'Two', 'Three'].map(async (prompt) => (await startTask(bench, prompt, {}, { key })).id),
	);
	await until(() => trigger.started.length === 3);
	expect(trigger.started.map(([item]) => item!.json.taskId).sort()).toEqual([...ids].sort());
});

test('a listening test takes the same delivery as often as it comes', async () => {
	const { key, trigger, secret } = await listen({}, { mode: 'test' });
	const body = eventBody('response.completed', await finishedTask(bench, key));
	for (const times of [1, 2]) {
		const signed = { id: 'wh_again', secrets: [secret] };
		expect(await deliver(trigger.url, body, signed)).toMatchObject({ message: 'Received.' });
		await until(() => trigger.started.length === times);
	}
});

test.each([
	[
		'the task',
		'response.completed',
		'resp_0000',
		'taskId',
		"Response with id 'resp_0000' not found.",
		'Then fetch what was made with Task: Get and this ID.',
	],
	[
		'the batch',
		'batch.completed',
		'batch_0000',
		'batchId',
		"No batch found with id 'batch_0000'. (setting: batch_id)",
		'Then fetch what was made with Batch: Get Results and this ID.',
	],
])(
	'when %s cannot be fetched, the workflow starts with its ID',
	async (_, type, id, name, told, advice) => {
		const { trigger, secret } = await listen();
		await deliver(trigger.url, eventBody(type, id), { secrets: [secret] });
		const items = await until(() => trigger.started[0]);
		expect(items).toEqual([
			{
				json: {
					event: type,
					provider: 'openai',
					[name]: id,
					fetchError: `OpenAI: ${told}`,
					advice: expect.stringContaining(advice),
				},
				pairedItem: { item: 0 },
			},
		]);
	},
);
