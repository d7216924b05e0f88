// Task: Get and Task: Wait in n8n's real engine: how tasks stand, and what becomes of them.
import type { IDataObject } from 'n8n-workflow';

import { startBench, until, type Bench } from './setup';
import { startTasks } from './ordering';
import { polls, requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const UNKNOWN = 'task-unified-0-none';
const FROM_ITEM = '={{ $json.taskId }}';

async function started(key: string, prompt = 'A cat', count = 1): Promise<string[]> {
	return await startTasks(bench, key, Array<string>(count).fill(prompt));
}

function itemsOf(ids: string[]) {
	return ids.map((taskId) => ({ json: { taskId } }));
}

describe('Get', () => {
	const get = async (key: string, taskId: string, more: IDataObject = {}) =>
		await bench.run('task', 'get', { taskId, ...more }, { key });

	test('an open task is one item that tells how it stands', async () => {
		const { key } = bench.credentials();
		const [id] = await started(key, 'A cat [sandbox: seconds=1000]');
		const run = await get(key, ` ${id} `);
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
		expect(run.items[0]!.json).toMatchObject({
			taskId: id,
			provider: 'evolink',
			model: 'gpt-image-2',
			status: 'queued',
			progress: 0,
			etaSeconds: 1000,
		});
		expect(run.items[0]!.binary).toBeUndefined();
		expect(run.items[0]!.pairedItem).toEqual({ item: 0 });

		const [atWork] = await started(key, 'A cat [sandbox: never, seconds=0]');
		expect((await get(key, atWork!)).items[0]!.json).toMatchObject({ status: 'running' });
	});

	test('a finished task is its images', async () => {
		const { key } = bench.credentials();
		const ordered = await bench.image(
			'generate',
			{ numberOfImages: 2, completion: 'return' },
			{ key },
		);
		const id = String(ordered.items[0]!.json.taskId);
		bench.sandbox.evolink.finishTask(id);
		const run = await get(key, id, { options: { binaryPropertyOutput: 'picture' } });
		expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
			[0, 2],
			[1, 2],
		]);
		expect(run.items[0]!.json).toMatchObject({ taskId: id, status: 'succeeded', width: 1024 });
		const original = await fetch(String(run.items[1]!.json.url));
		const picture = await run.binary(1, 'picture');
		expect(picture.equals(Buffer.from(await original.arrayBuffer()))).toBe(true);

		const links = await get(key, id, { options: { output: 'link' } });
		expect(links.items.map(({ binary }) => binary)).toEqual([undefined, undefined]);
		expect(links.items[1]!.json.url).toBe(run.items[1]!.json.url);
	});

	test('a task that failed or was cancelled is one item that says so, and no error', async () => {
		const { key } = bench.credentials();
		const [failed] = await started(key, 'A cat [sandbox: fail=content_policy_violation]');
		const [cancelled] = await started(key, 'A cat [sandbox: cancel]');
		for (const id of [failed!, cancelled!]) bench.sandbox.evolink.finishTask(id);
		const failure = await get(key, failed!);
		expect(failure.error).toBeUndefined();
		expect(failure.items).toMatchObject([
			{ json: { taskId: failed, status: 'failed', failure: { code: 'content_policy_violation' } } },
		]);
		expect((await get(key, cancelled!)).items).toMatchObject([
			{ json: { taskId: cancelled, status: 'cancelled' } },
		]);
	});

	test('an ID that EvoLink does not know is named, one of another account as well', async () => {
		const { key } = bench.credentials();
		const [foreign] = await started(bench.credentials().key);
		for (const id of [UNKNOWN, foreign!]) {
			const run = await get(key, id);
			expect(run.error?.message).toContain(`EvoLink: The task "${id}" does not exist.`);
			expect(run.error?.description).toContain('Check the ID.');
			expect(run.error?.description).toContain('HTTP status: 404');
		}
	});

	test('an empty ID is told before anything is sent', async () => {
		const { key } = bench.credentials();
		const run = await get(key, '  ');
		expect(run.error?.message).toBe('The Task ID is empty.');
		expect(run.error?.description).toContain('Enter the ID from the output');
		expect(requestsOf(bench, key)).toEqual([]);
	});

	test('dead links are told with the task, and Link Only still gives them', async () => {
		const { key } = bench.credentials();
		const [id] = await started(key, 'A cat [sandbox: link-lifetime=0]');
		bench.sandbox.evolink.finishTask(id!);
		const run = await get(key, id!);
		expect(run.error?.message).toBe("The link to the picture doesn't work any more (HTTP 410).");
		expect(run.error?.description).toContain('Links work for 24 hours.');
		expect(run.error?.description).toContain(`Task ID: ${id}`);
		const links = await get(key, id!, { options: { output: 'link' } });
		expect(links.items[0]!.json.url).toMatch(/^http/);
	});
});

describe('Wait', () => {
	test('many tasks take few requests, and come in the order of their items', async () => {
		const { key } = bench.credentials({ credits: 1_000_000 });
		const ids = await started(key, 'A cat [sandbox: seconds=2]', 60);
		const before = polls(bench, key).all.length;
		const run = await bench.run(
			'task',
			'wait',
			{ taskId: FROM_ITEM, options: { output: 'link' } },
			{ key, items: itemsOf(ids) },
		);
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => json.taskId)).toEqual(ids);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		const { all, single } = polls(bench, key);
		expect(single).toEqual([]);
		// Two batches a round, and a few rounds: far fewer than one request for each task.
		expect(all.length - before).toBeLessThan(20);
	});

	test('the same task in several items is asked for once and given to each', async () => {
		const { key } = bench.credentials();
		const [id] = await started(key, 'A cat [sandbox: seconds=1]');
		const items = itemsOf([id!, id!, id!]);
		const run = await bench.run('task', 'wait', { taskId: FROM_ITEM }, { key, items });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json, pairedItem }) => [json.taskId, pairedItem])).toEqual([
			[id, { item: 0 }],
			[id, { item: 1 }],
			[id, { item: 2 }],
		]);
		const looks = polls(bench, key);
		expect(looks.all.length).toBeLessThan(6);
		expect(looks.batch).toEqual([]);
		expect(await run.binary(2)).toEqual(await run.binary(0));
	});

	test('an unknown, a failed and a cancelled task fail alone, each with its reason', async () => {
		const { key } = bench.credentials();
		const [good] = await started(key);
		const [failed] = await started(key, 'A cat [sandbox: fail=generation_timeout]');
		const [refused] = await started(key, 'A cat [sandbox: fail=content_policy_violation]');
		const [cancelled] = await started(key, 'A cat [sandbox: cancel]');
		const ids = [UNKNOWN, failed!, good!, refused!, cancelled!, ''];
		const run = await bench.run(
			'task',
			'wait',
			{ taskId: FROM_ITEM },
			{ key, items: itemsOf(ids), onError: 'continueRegularOutput' },
		);
		expect(run.status).toBe('success');
		expect(run.items.map(({ json }) => [json.kind ?? json.status, json.taskId])).toEqual([
			['notFound', UNKNOWN],
			['taskFailed', failed],
			['succeeded', good],
			['moderation', refused],
			['taskFailed', cancelled],
			['badInput', ''],
		]);
		expect(run.items[1]!.json.error).toBe('EvoLink: The model took too long.');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		expect((await run.binary(2)).length).toBe(run.items[2]!.json.fileSize);
	});

	test('the error output keeps the reasons and the tasks beside the input', async () => {
		const { key } = bench.credentials();
		const [good] = await started(key);
		const [failed] = await started(key, 'A cat [sandbox: fail=generation_timeout]');
		const run = await bench.run(
			'task',
			'wait',
			{ taskId: FROM_ITEM },
			{ key, items: itemsOf([failed!, good!]), onError: 'continueErrorOutput' },
		);
		expect(run.outputs[0]).toMatchObject([{ json: { taskId: good, status: 'succeeded' } }]);
		expect(run.outputs[1]).toMatchObject([
			{
				json: {
					taskId: failed,
					message: 'EvoLink: The model took too long.',
					error: { kind: 'taskFailed', code: 'generation_timeout', taskId: failed },
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('without Continue On Fail the first failure ends the run and names its task', async () => {
		const { key } = bench.credentials();
		const [failed] = await started(key, 'A cat [sandbox: fail=generation_timeout]');
		const [endless] = await started(key, 'A cat [sandbox: never]');
		const items = itemsOf([endless!, failed!]);
		const run = await bench.run('task', 'wait', { taskId: FROM_ITEM }, { key, items });
		expect(run.error?.message).toBe('EvoLink: The model took too long.');
		expect(run.error?.description).toContain(`Task ID: ${failed}`);
	});

	test('a time limit ends the wait, not the task', async () => {
		const { key } = bench.credentials();
		const [id] = await started(key, 'A cat [sandbox: never]');
		const run = await bench.run(
			'task',
			'wait',
			{ taskId: id, options: { timeLimitSeconds: 1 } },
			{ key },
		);
		expect(run.error?.message).toBe('The images were not ready within 1 second.');
		expect(run.error?.description).toContain('nothing is lost');
		expect(run.error?.description).toContain(`Task ID: ${id}`);
		bench.sandbox.evolink.finishTask(id!);
		const later = await bench.run('task', 'wait', { taskId: id }, { key });
		expect(later.items).toMatchObject([{ json: { taskId: id, status: 'succeeded' } }]);
	});

	test('stopping the execution stops the wait', async () => {
		const { key } = bench.credentials();
		const [id] = await started(key, 'A cat [sandbox: never]');
		const controller = new AbortController();
		const running = bench.run('task', 'wait', { taskId: id }, { key, signal: controller.signal });
		await until(() => polls(bench, key).all.length > 0);
		controller.abort();
		const run = await running;
		expect(run.status).toBe('canceled');
		expect(run.error?.description).toContain(`Task ID: ${id}`);
	});
});
