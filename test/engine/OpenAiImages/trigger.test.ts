// The OpenAI Images Trigger in n8n's real engine: what OpenAI reports starts a workflow, once, with its pictures.
import sharp from 'sharp';

import { OpenAiImagesTrigger } from '../../../nodes/OpenAiImages/OpenAiImagesTrigger.node';
import { deliver, eventBody, finishedTask } from './delivering';
import { startBatch, startTask } from './ordering';
import { otherServers, refusedForGood } from '../support';
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

const HAND_MADE = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const TINY_PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

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

const batchAt = (status: string, more: object = {}) => ({
	id: 'batch_1',
	object: 'batch',
	status,
	request_counts: { total: 1, completed: 0, failed: 0 },
	...more,
});
const taskAt = (status: string, more: object = {}) => ({
	id: 'resp_1',
	object: 'response',
	status,
	output: [],
	...more,
});
const DRAWN = { output: [{ type: 'image_generation_call', result: TINY_PNG }] };

/** What the workflow starts with when OpenAI answers so about what has ended: the last answer stays. */
async function startedWhen(type: string, answers: object[]) {
	const left = [...answers];
	const servers = otherServers();
	const baseUrl = await servers.listen((request, response) => {
		request.resume();
		const body = left.length > 1 ? left.shift() : left[0];
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	const parameters = { endpoint: 'manual', events: [type] };
	const credential = { baseUrl, webhookSecret: HAND_MADE };
	const trigger = await bench.trigger('sk-1', parameters, { credential });
	const body = eventBody(type, type.startsWith('batch.') ? 'batch_1' : 'resp_1');
	await deliver(trigger.url, body, { secrets: [HAND_MADE] });
	const items = await until(() => trigger.started[0]);
	servers.close();
	return items;
}

test('a batch without any result is one item that tells how it ended', async () => {
	const counts = { request_counts: { total: 0, completed: 0, failed: 0 } };
	expect(await startedWhen('batch.cancelled', [batchAt('cancelled', counts)])).toMatchObject([
		{
			json: {
				event: 'batch.cancelled',
				batchId: 'batch_1',
				status: 'cancelled',
				provider: 'openai',
			},
		},
	]);
});

describe('an end that OpenAI reports before its own answers tell it', () => {
	test('is waited for', async () => {
		const answers = [taskAt('queued'), taskAt('in_progress'), taskAt('completed', DRAWN)];
		const items = await startedWhen('response.completed', answers);
		expect(items).toMatchObject([{ json: { taskId: 'resp_1', status: 'succeeded', count: 1 } }]);
		expect(items[0]!.binary).toBeDefined();
	});

	test('also that of a batch', async () => {
		const failed = { request_counts: { total: 1, completed: 0, failed: 1 } };
		const answers = [batchAt('finalizing'), batchAt('expired', failed)];
		const items = await startedWhen('batch.expired', answers);
		expect(items).toMatchObject([{ json: { batchId: 'batch_1', status: 'failed' } }]);
		expect(items[0]!.json).not.toHaveProperty('fetchError');
	});

	test.each([
		['task', 'response.completed', taskAt('in_progress'), 'taskId', 'running', 'Task: Wait'],
		[
			'batch',
			'batch.completed',
			batchAt('finalizing'),
			'batchId',
			'finalizing',
			'Batch: Get Results',
		],
	])(
		'but not for long: then a %s is told of with its ID',
		async (what, type, answer, name, status, operation) => {
			const items = await startedWhen(type, [answer]);
			expect(items).toEqual([
				{
					json: {
						event: type,
						provider: 'openai',
						[name]: answer.id,
						fetchError: `OpenAI has reported the end of the ${what}, but still says that it is "${status}".`,
						advice: `It may take some minutes more. Then fetch what was made with ${operation} and this ID.`,
					},
					pairedItem: { item: 0 },
				},
			]);
		},
	);
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
		'Then fetch what was made with Task: Wait and this ID.',
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
