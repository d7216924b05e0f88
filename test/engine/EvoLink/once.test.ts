// One task, one charge: creates are repeated under their key in the very same words, and a known task is never created anew.
import type { IDataObject } from 'n8n-workflow';

import type { Faults } from '../../../sandbox';
import { keptCreates } from '../support';
import { picture } from './pictures';
import { startBench, until, type Bench } from './setup';
import { creates, requestsOf, SMALL, uploads } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const LINKS = { output: 'link' };
const tasksOf = (key: string) => bench.sandbox.evolink.tasks(key);
const generate = async (
	prompt: string,
	options: Parameters<Bench['image']>[2] = {},
	more: IDataObject = {},
) => await bench.image('generate', { ...SMALL, prompt, options: LINKS, ...more }, options);

/** A prompt with a time in it, and a file: sent anew, both would be others. */
async function edit(options: Parameters<Bench['image']>[2] = {}) {
	const items = [{ binary: { data: await picture('png') } }];
	const prompt = '=A red bicycle at {{ $now.toMillis() }}';
	return await bench.image('edit', { ...SMALL, prompt, options: LINKS }, { items, ...options });
}

/** So often that one try of the node gives up, and the next one has to go on. */
const lost = (times: number): Faults => ({
	create: { status: 502, body: 'html', afterEffect: true, retryAfterMs: 10, times },
});

test.each([503, 408, 499, 524])(
	'%i after the work: the repeated create finds its task',
	async (status) => {
		const faults = { create: { status, body: 'html' as const, afterEffect: true, times: 1 } };
		const run = await generate('A boat', { faults });
		expect(run.error).toBeUndefined();
		expect(creates(bench, run.key)).toHaveLength(2);
		expect(tasksOf(run.key)).toHaveLength(1);
	},
);

describe('a replay that our own repeated request has caused is our own task', () => {
	test('its ID is in the log', async () => {
		const run = await generate('A boat', { faults: lost(1) });
		const [task] = tasksOf(run.key);
		await until(async () => (await bench.engine.log()).includes(`started the task ${task!.id} (`));
	});

	test('a lone suspended item suspends', async () => {
		const prompt = 'A boat [sandbox: never]';
		const run = await generate(
			prompt,
			{ faults: lost(1), suspendable: true },
			{ completion: 'suspend' },
		);
		expect(run.status).toBe('waiting');
		expect(tasksOf(run.key)).toHaveLength(1);
	});

	test('one that was refused for its content is not ordered again', async () => {
		const faults = { ...lost(1), fail: 'content_policy_violation' };
		const run = await generate('A boat', { faults, retryOnFail: { maxTries: 3 } });
		expect(run.error?.message).toBe('EvoLink: The request was refused by the content policy.');
		expect(tasksOf(run.key)).toHaveLength(1);
	});

	test('one that has failed is not made again by the same try', async () => {
		const faults = { ...lost(1), fail: 'generation_timeout' };
		const run = await generate('A boat', { faults });
		expect(run.error?.message).toBe('EvoLink: The model took too long.');
		expect(tasksOf(run.key)).toHaveLength(1);
	});
});

test('a create without an answer goes out again in the same words, with the files of the first try', async () => {
	const run = await edit({ faults: lost(6), retryOnFail: { maxTries: 2 } });
	expect(run.error).toBeUndefined();
	const all = creates(bench, run.key);
	expect(all).toHaveLength(7);
	expect(new Set(all.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
	expect(new Set(all.map(({ bodyBytes }) => bodyBytes)).size).toBe(1);
	expect(uploads(bench, run.key)).toHaveLength(1);
	expect(tasksOf(run.key)).toHaveLength(1);
});

test('so it does after a refusal, with the files that are there already', async () => {
	const run = await edit({
		faults: { create: { status: 402, times: 1 } },
		retryOnFail: { maxTries: 2 },
	});
	expect(run.error).toBeUndefined();
	expect(creates(bench, run.key)).toHaveLength(2);
	expect(uploads(bench, run.key)).toHaveLength(1);
});

test('a conflict of keys all the same is not repeated, and says what to do', async () => {
	const text = '{"error":{"code":"idempotency_conflict","message":"Same key, other body."}}';
	const run = await generate('A boat', { faults: { create: { status: 409, text } } });
	expect(run.error?.message).toBe('EvoLink: Same key, other body.');
	expect(run.error?.description).toContain('Look for its task with Task: Get Many');
	expect(creates(bench, run.key)).toHaveLength(1);
	expect(keptCreates(run)).toMatchObject([{ state: 'sent' }]);
});

test('a task whose ID is known is not created again, whether the provider remembers the key or not', async () => {
	const stop = { timeLimitSeconds: 5, ...LINKS };
	const key = bench.sandbox.evolink.addKey({ faults: { never: true } });
	const items = [{ binary: { data: await picture('png') } }];
	const parameters = { ...SMALL, prompt: '=At {{ $now.toMillis() }}', options: stop };
	const first = await bench.image('edit', parameters, { key, items, saves: true });
	const [task] = tasksOf(key);
	expect(first.error?.description).toContain(`Task ID: ${task!.id}`);
	expect(keptCreates(first)).toEqual([
		{
			state: 'started',
			taskId: task!.id,
			run: 0,
			itemIndex: 0,
			ordered: expect.any(String),
		},
	]);
	bench.sandbox.evolink.finishTask(task!.id);
	const again = await bench.image('edit', parameters, { key, retryOf: first.saved.at(-1) });
	expect(again.error).toBeUndefined();
	expect(again.items.map(({ json }) => json.taskId)).toEqual([task!.id]);
	expect(creates(bench, key)).toHaveLength(1);
	expect(uploads(bench, key)).toHaveLength(1);
});

test('a known task that can not be looked up just now is waited for', async () => {
	const key = bench.sandbox.evolink.addKey({ faults: { never: true } });
	const parameters = { ...SMALL, options: { timeLimitSeconds: 5, ...LINKS } };
	const first = await bench.image('generate', parameters, { key });
	bench.sandbox.evolink.finishTask(tasksOf(key)[0]!.id);
	bench.sandbox.evolink.setFaults(key, { poll: { status: 404, times: 1 } });
	const patient = { ...parameters, options: LINKS };
	const again = await bench.image('generate', patient, { key, retryOf: first });
	expect(again.error).toBeUndefined();
	expect(tasksOf(key)).toHaveLength(1);
});

test('the memory holds no key and no token', async () => {
	const url = 'https://hooks.example.com/webhook/1';
	const run = await generate(
		'A boat',
		{ faults: { create: { status: 502, retryAfterMs: 10 } } },
		{ completion: 'return', callbackUrl: url },
	);
	expect(run.status).toBe('error');
	const kept = JSON.stringify(keptCreates(run));
	expect(kept).toContain('A boat');
	expect(kept).not.toContain(run.key);
	expect(kept).not.toContain('token=');
	expect(requestsOf(bench, run.key).length).toBeGreaterThan(1);
});

test('a node that has ended well leaves nothing behind', async () => {
	const run = await generate('A boat');
	expect(keptCreates(run)).toEqual([]);
});
