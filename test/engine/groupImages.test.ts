// Group Images: all images of an input item in one item, with their files, their facts in a list, and what they cost once.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { startBench as startCoreToday } from './CoreToday/setup';
import { order } from './EvoLink/ordering';
import { startBench as startEvoLink, until, type Bench as EvoLinkBench } from './EvoLink/setup';
import { SMALL as SMALL_EVOLINK } from './EvoLink/traffic';
import { startBench as startImageChat } from './ImageChat/setup';
import { onBatch, onTask, startBatch, startTask } from './OpenAiImages/ordering';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { SMALL as SMALL_OPENAI, spentBy } from './OpenAiImages/traffic';
import type { EngineRun } from './support';

const GROUPED = { groupImages: true };

const imagesOf = ({ json }: INodeExecutionData) => json.images as IDataObject[];
const fieldsOf = ({ binary = {} }: INodeExecutionData) => Object.keys(binary);

/** Each picture lies in the field of its number, under the name that its facts tell. */
async function expectFiles(
	run: EngineRun,
	item: INodeExecutionData,
	field = 'data',
): Promise<void> {
	const images = imagesOf(item);
	expect(fieldsOf(item)).toEqual(images.map((_, index) => `${field}_${index + 1}`));
	for (const [index, image] of images.entries()) {
		const file = item.binary![`${field}_${index + 1}`]!;
		expect(image.fileName).toBe(file.fileName);
		expect((await run.binary(item, `${field}_${index + 1}`)).length).toBe(image.fileSize);
	}
	expect(new Set(images.map(({ fileName }) => fileName)).size).toBe(images.length);
}

const amountOf = ({ json }: INodeExecutionData) => Number((json.cost as IDataObject).amount);

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	test('one item for each input item, in order, with everything that came in', async () => {
		const items = [{ json: { sku: 'K-1' } }, { json: { sku: 'K-2' } }];
		const parameters = {
			...SMALL_OPENAI,
			prompt: '=A kite {{ $json.sku }}',
			numberOfImages: 3,
			options: { ...GROUPED, binaryPropertyOutput: 'photo' },
		};
		const run = await bench.run('image/generate', parameters, { items });
		expect(run.items.map(({ json, pairedItem }) => [json.sku, json.count, pairedItem])).toEqual([
			['K-1', 3, { item: 0 }],
			['K-2', 3, { item: 1 }],
		]);
		for (const item of run.items) await expectFiles(run, item, 'photo');
		const { json } = run.items[0]!;
		expect(Object.keys(json)).toEqual([
			...['sku', 'provider', 'model', 'prompt', 'status', 'count', 'images', 'usage', 'cost'],
		]);
		expect(Object.keys(imagesOf(run.items[0]!)[1]!)).toEqual([
			...['index', 'width', 'height', 'mimeType', 'fileName', 'fileSize'],
		]);
		expect(amountOf(run.items[0]!) + amountOf(run.items[1]!)).toBeCloseTo(
			spentBy(bench, run.key).spent,
			8,
		);
	});

	test('one image is a group of one', async () => {
		const parameters = { ...SMALL_OPENAI, options: GROUPED };
		const run = await bench.run('image/generate', parameters);
		expect(run.items).toHaveLength(1);
		await expectFiles(run, run.items[0]!);
	});

	test('drafts lie beside their picture, and several answers are added up', async () => {
		const options = { ...GROUPED, partialImages: 1 };
		const parameters = { ...SMALL_OPENAI, numberOfImages: 2, options };
		const run = await bench.run('image/generate', parameters);
		expect(run.items).toHaveLength(1);
		expect(fieldsOf(run.items[0]!).sort()).toEqual([
			...['data_1', 'data_1_partial_1', 'data_2', 'data_2_partial_1'],
		]);
		const names = Object.values(run.items[0]!.binary!).map(({ fileName }) => fileName);
		expect(new Set(names).size).toBe(4);
		expect(amountOf(run.items[0]!)).toBeCloseTo(spentBy(bench, run.key).spent, 8);
		const { output_tokens: tokens } = run.items[0]!.json.usage as IDataObject;
		expect(tokens).toBe(run.tokenUsage!.outputTokens);
	});

	test('tasks that are fetched together are a group, whichever of them are done', async () => {
		const { key, id } = await startTask(bench, 'A kite');
		const { id: other } = await startTask(bench, 'A boat', {}, { key });
		const options = { options: GROUPED };
		const both = `${id}, ${other}`;
		const waited = await onTask(bench, 'wait', key, both, options);
		expect(waited.items).toHaveLength(1);
		expect(waited.items[0]!.json).toMatchObject({ taskId: id, taskIds: [id, other], count: 2 });
		expect(imagesOf(waited.items[0]!).map(({ taskId }) => taskId)).toEqual([id, other]);
		await expectFiles(waited, waited.items[0]!);
		const { id: open } = await startTask(bench, 'A hut [sandbox: never]', {}, { key });
		const got = await onTask(bench, 'get', key, `${id}, ${open}, ${other}`, options);
		expect(got.items.map(({ json }) => [json.taskId, json.count])).toEqual([
			[id, 2],
			[open, undefined],
		]);
	});

	test('a batch has a group for each of its lines, and items for those that failed', async () => {
		const prompts = ['One', 'Two [sandbox: moderation=input]', 'Three'];
		const { key, id } = await startBatch(bench, prompts, { numberOfImages: 2 });
		bench.sandbox.openai.finishBatch(id);
		const run = await onBatch(bench, 'getResults', key, id, { options: GROUPED });
		const rows = run.items.map(({ json }) => [json.customId, json.status, json.count]);
		expect(rows.sort()).toEqual([
			['item-0', 'succeeded', 2],
			['item-1', 'failed', undefined],
			['item-2', 'succeeded', 2],
		]);
		for (const item of run.items.filter(({ json }) => json.images)) await expectFiles(run, item);
		const costs = run.items.filter(({ json }) => json.cost).map(amountOf);
		expect(costs.reduce((sum, each) => sum + each, 0)).toBeCloseTo(spentBy(bench, key).spent, 8);
	});
});

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	test('links only', async () => {
		const options = { ...GROUPED, output: 'link' };
		const run = await bench.image('generate', { ...SMALL_EVOLINK, numberOfImages: 2, options });
		expect(run.items).toHaveLength(1);
		expect(run.items[0]!.binary).toBeUndefined();
		expect(imagesOf(run.items[0]!)).toEqual([
			{ index: 0, url: expect.stringMatching(/^http/), expiresAt: expect.any(String) },
			{ index: 1, url: expect.stringMatching(/^http/), expiresAt: expect.any(String) },
		]);
		const { amount, credits } = run.items[0]!.json.cost as Record<string, number>;
		const { items } = await bench.image('generate', {
			...SMALL_EVOLINK,
			numberOfImages: 2,
			options: { output: 'link' },
		});
		const each = items.map(({ json }) => json.cost as Record<string, number>);
		expect(amount).toBeCloseTo(each[0]!.amount! + each[1]!.amount!, 8);
		expect(credits).toBeCloseTo(each[0]!.credits! + each[1]!.credits!, 8);
	});

	test('an image that can’t be had says so in its place, and takes no other with it', async () => {
		const faults = { download: { kind: 'denied' as const, times: 1 } };
		const parameters = { ...SMALL_EVOLINK, numberOfImages: 3, options: GROUPED };
		const run = await bench.image('generate', parameters, { faults });
		expect(run.items).toHaveLength(1);
		const [item] = run.items;
		const images = imagesOf(item!);
		expect(images.map(({ index }) => index)).toEqual([0, 1, 2]);
		expect(images.map(({ status }) => status).sort()).toEqual(['failed', 'succeeded', 'succeeded']);
		const missing = images.find(({ status }) => status === 'failed')!;
		expect(missing).toMatchObject({
			error: "The link to the picture doesn't work any more (HTTP 403).",
			url: expect.stringMatching(/^http/),
		});
		expect(item!.json).toMatchObject({ status: 'succeeded', count: 3 });
		expect(item!.json.error).toBeUndefined();
		expect(fieldsOf(item!)).toEqual(
			[0, 1, 2].filter((index) => index !== missing.index).map((index) => `data_${index + 1}`),
		);
		expect(run.hints).toHaveLength(1);
	});

	test('without a single one there is no group, but a failure', async () => {
		const prompt = 'A kite [sandbox: download=dead]';
		const parameters = { ...SMALL_EVOLINK, prompt, numberOfImages: 2, options: GROUPED };
		const run = await bench.image('generate', parameters, { onError: 'continueRegularOutput' });
		expect(run.items.map(({ json }) => [json.status, json.kind])).toEqual([['failed', 'download']]);
	});

	test('after a suspension', async () => {
		const parameters = {
			...SMALL_EVOLINK,
			prompt: 'A kite [sandbox: seconds=4]',
			numberOfImages: 2,
			completion: 'suspend',
			options: { ...GROUPED, fileName: '=kite {{ $json.sku }}' },
		};
		const items = [{ json: { sku: 'K-1' } }];
		const run = await bench.image('generate', parameters, { items, suspendable: true });
		const ended = await run.resumed();
		expect(ended.items).toHaveLength(1);
		await expectFiles(ended, ended.items[0]!);
		expect(ended.items[0]!.json.sku).toBe('K-1');
		expect(imagesOf(ended.items[0]!).map(({ fileName }) => fileName)).toEqual([
			'kite K-1-1.png',
			'kite K-1-2.png',
		]);
	});

	test('a trigger starts its workflow with one item', async () => {
		const { key } = bench.credentials();
		const listening = await bench.trigger(key, { options: { ...GROUPED, fileName: 'kite' } });
		const { id } = await order(bench, listening, key, 'Two kites', { numberOfImages: 2 });
		const items = await until(() => listening.started[0]);
		expect(items).toHaveLength(1);
		expect(items[0]!.json).toMatchObject({ taskId: id, count: 2 });
		expect(Object.values(items[0]!.binary!).map(({ fileName }) => fileName)).toEqual([
			'kite-1.png',
			'kite-2.png',
		]);
	});
});

test('Core.Today, where every image is a task of its own: also when they are only started', async () => {
	const bench = await startCoreToday();
	const parameters = { prompt: 'A kite', numberOfImages: 3, options: GROUPED };
	const items = [{ json: { sku: 'K-1' } }];
	const run = await bench.run('image/generate', parameters, { items });
	expect(run.items).toHaveLength(1);
	await expectFiles(run, run.items[0]!);
	const { sku, taskIds } = run.items[0]!.json;
	expect(sku).toBe('K-1');
	expect(imagesOf(run.items[0]!).map(({ taskId }) => taskId)).toEqual(taskIds);

	const started = await bench.run(
		'image/generate',
		{ ...parameters, completion: 'return' },
		{ items },
	);
	expect(started.items).toHaveLength(1);
	const { json } = started.items[0]!;
	expect(json).toMatchObject({
		sku: 'K-1',
		prompt: 'A kite',
		taskId: (json.taskIds as string[])[0],
	});
	expect(json.taskIds).toHaveLength(3);
	const fetched = await bench.run(
		'task/wait',
		{ taskId: '={{ $json.taskIds }}', options: GROUPED },
		{ key: started.key, items: [{ json }] },
	);
	expect(fetched.items).toHaveLength(1);
	expect(fetched.items[0]!.json).toMatchObject({ sku: 'K-1', prompt: 'A kite', count: 3 });
	await expectFiles(fetched, fetched.items[0]!);
	await bench.close();
});

test('Image Chat, where the answer has the pictures', async () => {
	const bench = await startImageChat();
	const account = { faults: { shape: 'g' } } as const;
	const parameters = { numberOfImages: 3, options: GROUPED };
	const run = await bench.run('generate', parameters, { account });
	expect(run.items).toHaveLength(1);
	await expectFiles(run, run.items[0]!);
	expect(imagesOf(run.items[0]!)).toHaveLength(3);
	await bench.close();
});
