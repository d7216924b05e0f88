// Task: Get for a long list: bounded by requests and not by items, in order, and an ID that is wrong fails alone.
import { openFront } from '../support/front-server';
import { startTasks } from './ordering';
import { startBench, type Bench } from './setup';
import { polls } from './traffic';

const UNKNOWN = 'task-unified-0-none';
const FROM_ITEM = '={{ $json.taskId }}';

let bench: Bench;
let ids: string[];
let key: string;
beforeAll(async () => {
	bench = await startBench();
	({ key } = bench.credentials({ credits: 10_000_000 }));
	ids = await startTasks(bench, key, Array<string>(1000).fill('A kite [sandbox: never]'));
});
afterAll(async () => await bench.close());

async function get(items: Array<{ json: { taskId: string } }>, options = {}) {
	const { origin, pathname } = new URL(bench.sandbox.evolink.baseUrl);
	const front = await openFront(origin);
	const before = polls(bench, key).all.length;
	const run = await bench.run(
		'task',
		'get',
		{ taskId: FROM_ITEM },
		{ key, items, credential: { baseUrl: front.baseUrl + pathname }, ...options },
	);
	await front.close();
	const { all, batch } = polls(bench, key);
	const made = all.slice(before);
	return {
		run,
		batches: made.filter((request) => batch.includes(request)).length,
		singles: made.filter((request) => !batch.includes(request)).length,
		maxAtOnce: front.maxAtOnce(),
	};
}

test('a thousand items with an ID each take twenty requests, a few at a time', async () => {
	const { run, batches, singles, maxAtOnce } = await get(
		ids.map((taskId) => ({ json: { taskId } })),
	);
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => json.taskId)).toEqual(ids);
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	expect([batches, singles]).toEqual([20, 0]);
	expect(maxAtOnce).toBeLessThanOrEqual(5);
});

test('one item with a thousand IDs does, too', async () => {
	const { run, batches, singles, maxAtOnce } = await get([{ json: { taskId: ids.join(', ') } }]);
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => json.taskId)).toEqual(ids);
	expect([batches, singles]).toEqual([20, 0]);
	expect(maxAtOnce).toBeLessThanOrEqual(5);
});

test('an ID that EvoLink does not know fails alone', async () => {
	const wanted = [...ids.slice(0, 60), UNKNOWN, ...ids.slice(60, 99), UNKNOWN];
	const { run, singles } = await get(
		wanted.map((taskId) => ({ json: { taskId } })),
		{ onError: 'continueRegularOutput' },
	);
	expect(run.items.map(({ json }) => json.taskId)).toEqual(wanted);
	expect(run.items.map(({ json }) => json.kind ?? json.provider)).toEqual(
		wanted.map((id) => (id === UNKNOWN ? 'notFound' : 'evolink')),
	);
	expect(singles).toBe(1);
});

test('where the first requests are refused for now, they are made again and no others', async () => {
	bench.sandbox.evolink.setFaults(key, { poll: { status: 429, retryAfter: 1, times: 3 } });
	const { run, batches, singles } = await get(ids.map((taskId) => ({ json: { taskId } })));
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1000);
	expect([batches, singles]).toEqual([23, 0]);
});
