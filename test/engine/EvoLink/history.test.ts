// Task: Get Many in n8n's real engine: the account's history, page by page, with filters.
import type { IDataObject } from 'n8n-workflow';

import { startTasks } from './ordering';
import { startBench, type Bench } from './setup';
import { polls } from './traffic';

let bench: Bench;
let key: string;
let ids: string[];

/** 120 tasks, of which every tenth has failed, and the last one is still open. */
beforeAll(async () => {
	bench = await startBench();
	({ key } = bench.credentials({ credits: 1_000_000 }));
	const prompts = Array.from({ length: 120 }, (_, index) =>
		index % 10 === 0 ? 'A cat [sandbox: fail=generation_timeout, seconds=1000]' : ENDLESS,
	);
	ids = await startTasks(bench, key, prompts.slice(0, 60));
	ids.push(...(await startTasks(bench, key, prompts.slice(60), 'gpt-4o-image')));
	// The list shows the latest first: its order is the sandbox's, as they all start together.
	ids = bench.sandbox.evolink.tasks(key).map(({ id }) => id);
	for (const id of ids.slice(0, -1)) bench.sandbox.evolink.finishTask(id);
});
afterAll(async () => await bench.close());

const ENDLESS = 'A cat [sandbox: seconds=1000]';

async function getMany(parameters: IDataObject) {
	const before = polls(bench, key).all.length;
	const run = await bench.run('task', 'getAll', parameters, { key });
	expect(run.error).toBeUndefined();
	const paths = polls(bench, key)
		.all.slice(before)
		.map(({ path }) => path);
	return { ...run, paths, ids: run.items.map(({ json }) => json.taskId) };
}

const latestFirst = () => [...ids].reverse();

test('fifty of the latest tasks, unless told otherwise', async () => {
	const run = await getMany({});
	expect(run.ids).toEqual(latestFirst().slice(0, 50));
	expect(run.paths).toHaveLength(1);
	expect(run.items[0]!.pairedItem).toEqual({ item: 0 });
	expect(run.items[0]!.json).toMatchObject({
		provider: 'evolink',
		model: 'gpt-4o-image',
		status: 'queued',
		progress: 0,
		createdAt: expect.stringMatching(/^\d{4}-/),
	});
});

test('what a task cost stays as EvoLink tells it where own prices are for images, which the list does not count', async () => {
	const credential = { ownPrices: 'gpt-4o-image = 0.5' };
	const run = await bench.run('task', 'getAll', { limit: 2 }, { key, credential });
	expect(run.items.map(({ json }) => [json.status, json.cost])).toEqual([
		['queued', undefined],
		['succeeded', expect.objectContaining({ credits: expect.any(Number), estimated: true })],
	]);
	const { amount } = run.items[1]!.json.cost as { amount: number };
	expect(amount).toBeGreaterThan(0);
	expect(amount).not.toBe(0.5);
});

test.each([1, 7, 50, 51, 119])('a limit of %s', async (limit) => {
	const run = await getMany({ limit });
	expect(run.ids).toEqual(latestFirst().slice(0, limit));
	expect(run.paths).toHaveLength(Math.ceil(limit / 50));
});

test('all of them, over several pages', async () => {
	const run = await getMany({ returnAll: true });
	expect(run.ids).toEqual(latestFirst());
	expect(run.paths).toEqual([1, 2, 3].map((page) => expect.stringContaining(`page=${page}&`)));
});

test('filters for status, model and type', async () => {
	const failed = await getMany({ returnAll: true, filters: { status: 'failed' } });
	expect(failed.items).toHaveLength(12);
	expect(failed.items[0]!.json).toMatchObject({ status: 'failed' });
	expect(failed.items[0]!.json).not.toHaveProperty('failure');
	const open = await getMany({ returnAll: true, filters: { status: 'processing' } });
	expect(open.ids).toEqual([ids.at(-1)]);
	const both = { status: 'completed', model: ' gpt-4o-image ' };
	const old = await getMany({ returnAll: true, filters: both });
	expect(new Set(old.items.map(({ json }) => json.model))).toEqual(new Set(['gpt-4o-image']));
	expect(old.items).toHaveLength(53);
	expect((await getMany({ returnAll: true, filters: { type: 'video' } })).items).toEqual([]);
	expect((await getMany({ returnAll: true, filters: { type: 'image' } })).ids).toHaveLength(120);
	const cleared = await getMany({ returnAll: true, filters: { type: '', model: '' } });
	expect(cleared.ids).toHaveLength(120);
	expect(cleared.paths.every((path) => !/type|model/.test(path))).toBe(true);
});

test('simplified, or as EvoLink gives it', async () => {
	const filters = { status: 'completed' };
	const simple = await getMany({ limit: 1, filters });
	expect(simple.items[0]!.json).toMatchObject({
		taskId: ids.at(-2),
		status: 'succeeded',
		cost: { currency: 'USD', credits: expect.any(Number), estimated: true },
	});
	const raw = await getMany({ limit: 1, filters, simplify: false });
	expect(raw.items[0]!.json).toMatchObject({
		id: ids.at(-2),
		status: 'completed',
		type: 'image',
		has_results: true,
		has_error: false,
	});
});

test('a limit or a filter that is none is told before anything is sent', async () => {
	for (const limit of [-2, 0, '={{ "many" }}', '={{ $json.nothing }}']) {
		const run = await bench.run('task', 'getAll', { limit });
		expect(run.error?.message).toBe('Limit must be a number of at least 1.');
		expect(polls(bench, run.key).all).toEqual([]);
	}
	const filter = await bench.run('task', 'getAll', { filters: { model: '={{ ["a"] }}' } });
	expect(filter.error?.message).toBe('Model must be text, but it is a list.');
	expect(polls(bench, filter.key).all).toEqual([]);
});
