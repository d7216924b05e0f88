// Your Reference in the Core.Today nodes: Core.Today repeats nothing of an order, so the callback URL carries it, n8n keeps it, or it is named again.
import type { IDataObject } from 'n8n-workflow';

import { startBench, until, type Bench } from './setup';
import { requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const REFERENCE = 'order 4711 & {{ x }} =#?%+ 주문 👩‍🚀 "q" \'q\' <b>';
const referencesOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => json.reference);

type Options = Parameters<Bench['run']>[2];

async function generate(reference: unknown, more: IDataObject = {}, options: Options = {}) {
	const parameters = { quality: 'low', ...more, options: { output: 'link', reference } };
	return await bench.run('image/generate', parameters, options);
}

test('it stands on every image of an item that needs several tasks, and in the log', async () => {
	const { items, key, executionId } = await generate(REFERENCE, { numberOfImages: 2 });
	expect(referencesOf(items)).toEqual([REFERENCE, REFERENCE]);
	expect(new Set(items.map(({ json }) => json.taskId)).size).toBe(2);
	for (const { id } of bench.sandbox.coreToday.predictions(key)) {
		await until(async () =>
			(await bench.engine.log()).includes(
				`Core.Today has started the task ${id} (item 0 of Core.Today, execution ${executionId}, reference ${JSON.stringify(JSON.stringify('order 4711')).slice(1, -3)}`,
			),
		);
	}
});

test('two items may have the same: Core.Today knows no order again', async () => {
	const run = await generate('order 12', {}, { items: [{}, {}] });
	expect(referencesOf(run.items)).toEqual(['order 12', 'order 12']);
	expect(bench.sandbox.coreToday.predictions(run.key)).toHaveLength(2);
});

test('it stands in the error, and in the item that goes on', async () => {
	const prompt = 'A boat [sandbox: fail]';
	const stopped = await generate('row 12', { prompt });
	expect(stopped.error?.description).toContain('Your reference: row 12');
	const wentOn = await generate('row 13', { prompt }, { onError: 'continueRegularOutput' });
	expect(wentOn.items[0]!.json).toMatchObject({ reference: 'row 13', kind: 'taskFailed' });
});

test('one that can not be taken is refused', async () => {
	const run = await generate('={{ "a\\nb" }}');
	expect(run.error?.message).toBe('Your Reference has a line break in it, behind "a".');
	expect(requestsOf(bench, run.key)).toEqual([]);
});

test('through the callback URL it comes to the trigger as it was', async () => {
	const key = bench.sandbox.coreToday.addKey();
	const listening = await bench.trigger(key);
	await generate(REFERENCE, { completion: 'return', callbackUrl: listening.url }, { key });
	const [made] = await until(() => listening.started[0]);
	expect(made!.json).toMatchObject({ reference: REFERENCE, status: 'succeeded' });
});

test('suspended, it comes along', async () => {
	const prompt = 'A boat [sandbox: seconds=1]';
	const more = { prompt, completion: 'suspend', numberOfImages: 2 };
	const run = await generate('={{ $json.row }}', more, {
		items: [{ json: { row: 12 } }, { json: { row: 13 } }],
		suspendable: true,
	});
	const ended = run.status === 'waiting' ? await run.resumed() : run;
	expect(referencesOf(ended.items)).toEqual(['12', '12', '13', '13']);
});

test('Get and Wait name it again', async () => {
	const started = await generate('row 12', { completion: 'return' });
	expect(referencesOf(started.items)).toEqual(['row 12']);
	const { taskId } = started.items[0]!.json;
	for (const operation of ['task/wait', 'task/get']) {
		const options = { output: 'link', reference: 'row 12' };
		const run = await bench.run(operation, { taskId, options }, { key: started.key });
		expect(referencesOf(run.items)).toEqual(['row 12']);
	}
});

test('another one orders nothing anew when a failed execution is run again', async () => {
	const items = [{ json: { prompt: 'A boat' } }, { json: { prompt: 'A cat [sandbox: fail]' } }];
	const prompt = '={{ $json.prompt }}';
	const first = await generate('row 1', { prompt }, { items });
	expect(first.error).toBeDefined();
	const again = await generate(
		'=row {{ $itemIndex }}',
		{ prompt },
		{ key: first.key, retryOf: first, onError: 'continueRegularOutput' },
	);
	expect(referencesOf(again.items)).toEqual(['row 0', 'row 1']);
	const made = bench.sandbox.coreToday.predictions(first.key);
	expect(made.filter((each) => each.input.prompt === 'A boat')).toHaveLength(1);
});
