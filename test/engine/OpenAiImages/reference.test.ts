// Your Reference in the OpenAI Images nodes: it stands in the output and in errors, and OpenAI gives it back with tasks and batches.
import type { IDataObject } from 'n8n-workflow';

import { picture } from '../EvoLink/pictures';
import { until } from '../support';
import { onBatch, onTask, startBatch, startTask } from './ordering';
import { startBench, type Bench, type RunWith } from './setup';
import { callOf, requestsOf, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const REFERENCE = 'order 4711 & {{ x }} =#?%+ 주문 👩‍🚀 "q" \'q\' <b>';
const referencesOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => json.reference);

describe('with Wait for the Images', () => {
	test('it stands on every image, and goes nowhere', async () => {
		const options = { reference: REFERENCE };
		const run = await bench.run('image/generate', { ...SMALL, numberOfImages: 2, options });
		expect(referencesOf(run.items)).toEqual([REFERENCE, REFERENCE]);
		expect(JSON.stringify(callOf(bench, run.key).parameters)).not.toContain('4711');
	});

	test('it stands on an edit', async () => {
		const items = [{ binary: { data: await picture('png') } }];
		const run = await bench.run('image/edit', { ...SMALL, options: { reference: 12 } }, { items });
		expect(referencesOf(run.items)).toEqual(['12']);
	});

	test('two items may have the same: OpenAI knows no order again', async () => {
		const options = { reference: 'order 12' };
		const run = await bench.run('image/generate', { ...SMALL, options }, { items: [{}, {}] });
		expect(referencesOf(run.items)).toEqual(['order 12', 'order 12']);
	});

	test('it stands in the error, and in the item that goes on', async () => {
		const account = { faults: { create: { status: 400, times: 9 } } };
		const parameters = { ...SMALL, options: { reference: 'row 12' } };
		const stopped = await bench.run('image/generate', parameters, { account });
		expect(stopped.error?.description).toContain('Your reference: row 12');
		const onError = 'continueRegularOutput';
		const wentOn = await bench.run('image/generate', parameters, { account, onError });
		expect(wentOn.items[0]!.json).toMatchObject({ reference: 'row 12', kind: 'badRequest' });
	});

	test('one that can not be taken is refused', async () => {
		const options = { reference: '={{ "x".repeat(201) }}' };
		const run = await bench.run('image/generate', { ...SMALL, options });
		expect(run.error?.message).toContain('Your Reference has 201 characters, at most 200');
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('another one orders nothing anew when a failed execution is run again', async () => {
		const items = [{ json: { prompt: 'A boat' } }, { json: { prompt: '' } }];
		const prompt = '={{ $json.prompt }}';
		const first = await bench.run(
			'image/generate',
			{ ...SMALL, prompt, options: { reference: 'row 1', concurrency: 1 } },
			{ items },
		);
		expect(first.error).toBeDefined();
		const again = await bench.run(
			'image/generate',
			{ ...SMALL, prompt, options: { reference: '=row {{ $itemIndex }}' } },
			{ key: first.key, retryOf: first, onError: 'continueRegularOutput' },
		);
		expect(referencesOf(again.items)).toEqual(['row 0', 'row 1']);
		const sent = requestsOf(bench, first.key).filter(({ path }) => path.endsWith('/generations'));
		expect(sent).toHaveLength(1);
	});
});

describe('of a background task', () => {
	test('OpenAI gives it back to Get, Wait and Cancel, in whatever execution', async () => {
		const options = { reference: REFERENCE };
		const { key, id, run } = await startTask(bench, 'A boat [sandbox: seconds=60]', { options });
		expect(referencesOf(run.items)).toEqual([REFERENCE]);
		expect(callOf(bench, key).parameters).toMatchObject({ metadata: options });
		expect(referencesOf((await onTask(bench, 'get', key, id)).items)).toEqual([REFERENCE]);
		bench.sandbox.openai.finishResponse(id);
		for (const operation of ['get', 'wait'] as const) {
			const { items } = await onTask(bench, operation, key, id);
			expect(items[0]!.json).toMatchObject({ reference: REFERENCE, status: 'succeeded' });
			const named = await onTask(bench, operation, key, id, { options: { reference: 'mine' } });
			expect(referencesOf(named.items)).toEqual(['mine']);
		}
		const other = await startTask(bench, 'A cat [sandbox: never]', { options }, { key });
		const { items } = await onTask(bench, 'cancel', key, other.id);
		expect(referencesOf(items)).toEqual([REFERENCE]);
	});

	test('without one, nothing is told', async () => {
		const { key, run } = await startTask(bench, 'A boat');
		expect(callOf(bench, key).parameters).not.toHaveProperty('metadata');
		expect(run.items[0]!.json).not.toHaveProperty('reference');
	});

	test('it stands in the log, and in the error of one that failed', async () => {
		const options = { reference: 'row 12' };
		const { key, id } = await startTask(bench, 'A boat [sandbox: fail=server_error]', { options });
		await until(async () =>
			(await bench.engine.log()).includes(`started the task ${id} (item 0 of OpenAI Images`),
		);
		expect(await bench.engine.log()).toContain('reference \\"row 12\\").');
		const failed = await onTask(bench, 'wait', key, id);
		expect(failed.error?.description).toContain('Your reference: row 12');
	});

	test('it comes to the trigger, however the task ends', async () => {
		const key = bench.addKey();
		const events = ['response.completed', 'response.failed'];
		const trigger = await bench.trigger(key, { events });
		await trigger.activate();
		await startTask(bench, 'A boat', { options: { reference: REFERENCE } }, { key });
		const [made] = await until(() => trigger.started[0]);
		expect(made!.json).toMatchObject({ reference: REFERENCE, status: 'succeeded' });
		const options = { reference: 'row 13' };
		await startTask(bench, 'A cat [sandbox: fail=server_error]', { options }, { key });
		const [failed] = await until(() => trigger.started[1]);
		expect(failed!.json).toMatchObject({ reference: 'row 13', status: 'failed' });
		await trigger.deactivate();
	});
});

describe('of a batch', () => {
	const perLine = { reference: '=row {{ $itemIndex + 12 }}' };
	const results = async (key: string, id: string) => {
		bench.sandbox.openai.finishBatch(id);
		return await onBatch(bench, 'getResults', key, id);
	};

	test('each line has its own, also one that failed', async () => {
		const prompts = ['One', 'Two [sandbox: fail]', 'Three'];
		const { run, key, id } = await startBatch(bench, prompts, { options: perLine });
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json).not.toHaveProperty('reference');
		const { items } = await results(key, id);
		expect(bench.sandbox.openai.batches(key)).toMatchObject([
			{ customIds: ['item-0#ref=row 12', 'item-1#ref=row 13', 'item-2#ref=row 14'] },
		]);
		const lines = items.map(({ json }) => [json.customId, json.reference]);
		expect(lines.toSorted()).toEqual([
			['item-0', 'row 12'],
			['item-1', 'row 13'],
			['item-2', 'row 14'],
		]);
	});

	test('some lines may have none', async () => {
		const options = { reference: '={{ $itemIndex === 0 ? "row 12" : "" }}' };
		const { key, id } = await startBatch(bench, ['One', 'Two'], { options });
		const { items } = await results(key, id);
		const lines = items.map(({ json }) => [json.customId, json.reference]);
		expect(lines.toSorted()).toEqual([
			['item-0', 'row 12'],
			['item-1', undefined],
		]);
	});

	test('one that is the same for all belongs to the batch itself, and to its lines', async () => {
		const options = { reference: REFERENCE };
		const { run, key, id } = await startBatch(bench, ['One', 'Two'], { options });
		expect(referencesOf(run.items)).toEqual([REFERENCE]);
		const { items } = await results(key, id);
		expect(bench.sandbox.openai.batches(key)).toMatchObject([{ customIds: ['item-0', 'item-1'] }]);
		expect(referencesOf(items)).toEqual([REFERENCE, REFERENCE]);
		expect(referencesOf((await onBatch(bench, 'get', key, id)).items)).toEqual([REFERENCE]);
	});

	test('it comes to the trigger', async () => {
		const key = bench.addKey();
		const trigger = await bench.trigger(key);
		await trigger.activate();
		const { id } = await startBatch(bench, ['One', 'Two'], { options: perLine }, { key });
		bench.sandbox.openai.finishBatch(id);
		const items = await until(() => trigger.started[0]);
		expect(referencesOf(items).toSorted()).toEqual(['row 12', 'row 13']);
		await trigger.deactivate();
	});

	test.each<[string, IDataObject, string]>([
		[
			'together with the Custom ID it is too long',
			{ options: { reference: '={{ "x".repeat(60) }}{{ $itemIndex }}' } },
			'The Custom ID "item-0" and Your Reference have 72 characters together, with the 5 between them. A batch takes at most 64.',
		],
		[
			'the Custom ID could not be told from it',
			{ customId: '=a#ref={{ $itemIndex }}', options: perLine },
			'The Custom ID "a#ref=0" has #ref= in it.',
		],
	])('nothing is ordered where %s', async (_rule, more, message) => {
		const { run, key } = await startBatch(bench, ['One', 'Two'], more);
		expect(run.error?.message).toBe(message);
		expect(requestsOf(bench, key)).toEqual([]);
	});

	test('with On Error: Continue each item has its own error, with its own reference', async () => {
		const account = { faults: { create: { status: 400, times: 9 } } };
		const onError = 'continueRegularOutput' as const;
		const options: RunWith = { account, onError };
		const { run } = await startBatch(bench, ['One', 'Two'], { options: perLine }, options);
		expect(referencesOf(run.items)).toEqual(['row 12', 'row 13']);
	});
});
