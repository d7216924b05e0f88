// The EvoLink Trigger in n8n's real engine: what EvoLink delivers starts a workflow, once, with its pictures.
import type { IDataObject } from 'n8n-workflow';
import sharp from 'sharp';

import { EvoLinkTrigger } from '../../../nodes/EvoLink/EvoLinkTrigger.node';
import { alreadySeen } from '../../../pipeline/callbacks/seenDeliveries';
import { order, orderSilently, deliver, deliveriesOf } from './ordering';
import { refusedForGood } from '../support';
import { startBench, until, type Bench } from './setup';
import { SMALL, polls } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('a finished task starts one workflow, with the pictures', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	await listening.activate();
	const choice = { numberOfImages: 2, size: '3:2' };
	const { id } = await order(bench, listening, key, 'Two boats', choice);
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
	// So that n8n deletes the files with the execution, and an n8n before 2.19 doesn't lose them.
	expect(items[0]!.binary!.data!.id).toContain('/executions/1/');

	expect(await deliveriesOf(bench, id, 1)).toMatchObject([{ attempt: 1, status: 200 }]);
	expect(listening.started).toHaveLength(1);
	await listening.deactivate();
});

test('a failed or cancelled task starts the workflow only where that was chosen', async () => {
	const { key } = bench.credentials();
	const events = ['succeeded', 'failed', 'cancelled'];
	const all = await bench.trigger(key, { events });
	const failed = await order(bench, all, key, 'A cat [sandbox: fail=content_policy_violation]');
	const [failure] = await until(() => all.started[0]);
	expect(failure!.json).toMatchObject({ taskId: failed.id, status: 'failed' });
	expect(failure!.json.failure).toEqual({
		code: 'content_policy_violation',
		message: 'The request was refused by the content policy.',
	});
	const cancelled = await order(bench, all, key, 'A cat [sandbox: cancel]');
	const [cancellation] = await until(() => all.started[1]);
	expect(cancellation!.json).toMatchObject({ taskId: cancelled.id, status: 'cancelled' });
	expect(cancellation!.binary).toBeUndefined();

	const usual = await bench.trigger(key);
	const unwanted = await order(bench, usual, key, 'A cat [sandbox: fail=generation_timeout]');
	expect(await deliveriesOf(bench, unwanted.id, 1)).toMatchObject([{ status: 200 }]);
	const wanted = await order(bench, usual, key, 'A cat');
	await until(() => usual.started.length > 0);
	expect(usual.started).toMatchObject([[{ json: { taskId: wanted.id } }]]);
});

test('an end that nobody waits for is not remembered as received', async () => {
	const { key } = bench.credentials();
	const picky = await bench.trigger(key, { events: ['failed'] });
	const { id, address } = await orderSilently(bench, picky, key);
	expect(await deliver(address, { id, status: 'completed' })).toMatchObject({ status: 200 });
	expect(picky.started).toEqual([]);
	expect(picky.staticData).toEqual({});
});

test('repeated deliveries start nothing twice', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const { id, address } = await order(
		bench,
		listening,
		key,
		'A cat [sandbox: callback-repeat=3, callback-delay=50]',
	);
	const deliveries = await deliveriesOf(bench, id, 4);
	expect(refusedForGood(deliveries)).toEqual([]);
	await until(() => listening.started.length > 0);

	const asked = polls(bench, key).all.length;
	const late = await deliver(address, deliveries[0]!.body);
	expect(late).toEqual({ status: 200, message: 'Already received.' });
	expect(polls(bench, key).all).toHaveLength(asked);
	expect(listening.started).toHaveLength(1);
});

test('a delivery is answered before its pictures come, however long they take', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const prompt = 'A cat [sandbox: callback=lose, download=crawling]';
	const { id, address } = await order(bench, listening, key, prompt);
	await until(() => bench.sandbox.evolink.tasks(key)[0]!.status === 'completed');
	expect((await deliver(address, { id, status: 'completed' })).status).toBe(200);
	expect(listening.started).toEqual([]);
	const [item] = await until(() => listening.started[0]);
	expect((await listening.binary(item!)).length).toBe(item!.json.fileSize);
});

test('several deliveries at the same instant start one workflow', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key);
	const { id, address } = await orderSilently(bench, listening, key);
	const body = { id, status: 'completed' };
	const answers = await Promise.all(
		Array.from({ length: 5 }, async () => await deliver(address, body)),
	);
	expect(refusedForGood(answers)).toEqual([]);
	expect(answers.filter(({ message }) => message === 'Received.')).toHaveLength(1);
	await until(() => listening.started.length > 0);
	expect(listening.started).toHaveLength(1);
});

test('tasks that end at the same instant all start, and all are remembered', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key, { options: { output: 'link' } });
	const ordered = await Promise.all(
		Array.from({ length: 5 }, async () => await orderSilently(bench, listening, key)),
	);
	const deliverAll = async () =>
		await Promise.all(
			ordered.map(async ({ id, address }) => await deliver(address, { id, status: 'completed' })),
		);
	expect((await deliverAll()).map(({ message }) => message)).toEqual(Array(5).fill('Received.'));
	await until(() => listening.started.length === 5);
	expect(new Set(listening.started.map(([item]) => item!.json.taskId)).size).toBe(5);
	const [saved] = Object.values(listening.staticData) as IDataObject[];
	for (const { id } of ordered) expect(alreadySeen('after a restart', saved!, id)).toBe(true);
	await deliverAll();
	expect(listening.started).toHaveLength(5);
});

test('a restart of n8n forgets nothing', async () => {
	const { key } = bench.credentials();
	// After a restart n8n loads the node's code anew, and the trigger's saved data from the database.
	const loadNode = () => {
		const path = '../../../nodes/EvoLink/EvoLinkTrigger.node';
		let Loaded = EvoLinkTrigger;
		jest.isolateModules(() => {
			Loaded = jest.requireActual<{ EvoLinkTrigger: typeof EvoLinkTrigger }>(path).EvoLinkTrigger;
		});
		return new Loaded();
	};
	const node = loadNode();
	const listening = await bench.trigger(key, {}, { node });
	const { id, address } = await orderSilently(bench, listening, key);
	const body = { id, status: 'completed' };
	expect(await deliver(address, body)).toEqual({ status: 200, message: 'Received.' });
	await until(() => listening.started.length > 0);

	const { webhook } = loadNode();
	expect(webhook).not.toBe(node.webhook);
	node.webhook = webhook;
	expect(await deliver(address, body)).toEqual({ status: 200, message: 'Already received.' });
	expect(listening.started).toHaveLength(1);
});

test('a test run of the trigger takes the same task as often as it comes', async () => {
	const { key } = bench.credentials();
	const listening = await bench.trigger(key, {}, { mode: 'test' });
	await listening.activate();
	const { id, address } = await orderSilently(bench, listening, key);
	expect(address).toContain('/webhook-test/');
	for (const times of [1, 2]) {
		expect(await deliver(address, { id, status: 'completed' })).toMatchObject({ status: 200 });
		await until(() => listening.started.length === times);
	}
	expect(listening.staticData).toEqual({});
});

test('links instead of files, or another field, by option', async () => {
	const { key } = bench.credentials();
	const links = await bench.trigger(key, { options: { output: 'link' } });
	const first = await order(bench, links, key, 'A cat', SMALL);
	const [link] = await until(() => links.started[0]);
	expect(link!.binary).toBeUndefined();
	expect(link!.json).toMatchObject({ taskId: first.id, url: expect.stringMatching(/^http/) });

	const elsewhere = await bench.trigger(key, { options: { binaryPropertyOutput: 'picture' } });
	await order(bench, elsewhere, key, 'A cat', SMALL);
	const [item] = await until(() => elsewhere.started[0]);
	expect(Object.keys(item!.binary!)).toEqual(['picture']);
	expect((await elsewhere.binary(item!, 'picture')).length).toBe(item!.json.fileSize);
});
