// Batch: Create, Get and Cancel: all items become one batch, checked before anything is sent.
import type { IDataObject } from 'n8n-workflow';

import { maskWithHole, picture } from '../EvoLink/pictures';
import { otherServers } from '../support';
import { onBatch, startBatch } from './ordering';
import { model, startBench, type Bench } from './setup';
import { callOf, expectRefusedUnsent, requestsOf, routesOf, SMALL } from './traffic';

const SIZE = { width: 1024, height: 640 };
const HOLE = { left: 160, top: 240, width: 400, height: 320 };
const PROMPT = '={{ $json.prompt }}';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test.each(['get', 'cancel', 'getResults'] as const)(
	'%s keeps the ID that was asked for, whatever the server calls the batch',
	async (operation) => {
		const servers = otherServers();
		const told = JSON.stringify({ id: 'batch_other', object: 'batch', status: 'cancelling' });
		const baseUrl = await servers.listen((request, response) => {
			request.resume();
			response.writeHead(200, { 'content-type': 'application/json' }).end(told);
		});
		const run = await bench.run(
			`batch/${operation}`,
			{ batchId: 'batch_1' },
			{ credential: { baseUrl } },
		);
		servers.close();
		const { batchId } = run.items[0]?.json ?? {};
		expect(batchId ?? run.error?.message).toMatch(/\bbatch_1\b/);
	},
);

test('many items become one batch of generations', async () => {
	const prompts = ['One', 'Two', 'Three'];
	const { run, key, id } = await startBatch(bench, prompts, { quality: 'low' });
	expect(run.error).toBeUndefined();
	expect(run.items).toEqual([
		{
			json: {
				batchId: expect.stringMatching(/^batch_[0-9a-f]+$/),
				provider: 'openai',
				status: 'validating',
				endpoint: '/v1/images/generations',
				requests: expect.any(Number),
				done: 0,
				failed: 0,
				createdAt: expect.stringMatching(/^\d{4}-.+Z$/),
				expiresAt: expect.stringMatching(/^\d{4}-.+Z$/),
				estimate: { min: expect.any(Number), max: expect.any(Number), currency: 'USD' },
			},
			pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
		},
	]);
	expect(routesOf(bench, key)).toEqual(['POST /files', 'POST /batches']);
	expect(callOf(bench, key).parameters).toMatchObject({
		endpoint: '/v1/images/generations',
		completion_window: '24h',
	});
	bench.sandbox.openai.finishBatch(id);
	const ended = await onBatch(bench, 'get', key, id);
	expect(ended.items[0]).toMatchObject({
		json: {
			batchId: id,
			model: 'gpt-image-2',
			status: 'completed',
			requests: 3,
			done: 3,
			failed: 0,
		},
		pairedItem: { item: 0 },
	});
	expect(bench.sandbox.openai.batches(key)).toMatchObject([
		{ customIds: ['item-0', 'item-1', 'item-2'] },
	]);
});

test('tells what the batch may cost, unless nobody knows', async () => {
	const settings = { size: '1024x1024', quality: 'medium' };
	const { run } = await startBatch(bench, ['One', 'Two'], settings);
	// Half of two times 1,756 tokens of picture at $30 a million, and of what the words may come to.
	expect(run.items[0]!.json.estimate).toEqual({ min: 0.0527, max: 0.0532, currency: 'USD' });
	const unknown = await startBatch(bench, ['One'], { ...model('gpt-image-2.6-flare') });
	expect(unknown.run.items[0]!.json).not.toHaveProperty('estimate');
});

test('edits: the files of all items are uploaded, each line names its own', async () => {
	const mask = await maskWithHole(SIZE, HOLE);
	const items = await Promise.all(
		['#ff0000', '#0000ff'].map(async (background, index) => ({
			json: { prompt: `Edit ${index}` },
			binary: { data: await picture('png', { ...SIZE, background }), mask },
		})),
	);
	const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
	const parameters = { ...SMALL, prompt: PROMPT, inputImages, maskSource: 'binary' };
	const run = await bench.run('batch/create', parameters, { items });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json.endpoint).toBe('/v1/images/edits');
	expect(routesOf(bench, run.key)).toEqual([
		...Array<string>(5).fill('POST /files'),
		'POST /batches',
	]);
});

test('how a batch stands, while it is at work', async () => {
	const key = bench.addKey({ faults: { seconds: 60 } });
	const { id } = await startBatch(bench, ['One'], {}, { key });
	const run = await onBatch(bench, 'get', key, ` ${id} `);
	expect(run.items[0]!.json).toMatchObject({ batchId: id, status: 'validating', done: 0 });
});

test('Cancel stops it', async () => {
	const key = bench.addKey({ faults: { seconds: 60 } });
	const { id } = await startBatch(bench, ['One'], {}, { key });
	const run = await onBatch(bench, 'cancel', key, id);
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({
		batchId: id,
		status: expect.stringMatching(/^cancel/),
	});
});

test('a batch that has ended cannot be cancelled: one request, and a clear message', async () => {
	const { key, id } = await startBatch(bench, ['One']);
	bench.sandbox.openai.finishBatch(id);
	await onBatch(bench, 'get', key, id);
	const before = requestsOf(bench, key).length;
	const run = await onBatch(bench, 'cancel', key, id);
	expect(run.error?.message).toBe("OpenAI: Cannot cancel a batch with status 'completed'.");
	expect(run.error?.description).toMatch(/^It had already ended\. .+HTTP status: 409/s);
	expect(requestsOf(bench, key)).toHaveLength(before + 1);
});

test('an ID that is unknown, or empty', async () => {
	for (const operation of ['get', 'getResults', 'cancel'] as const) {
		const key = bench.addKey();
		const run = await onBatch(bench, operation, key, 'batch_0000');
		expect(run.error?.message).toContain("OpenAI: No batch found with id 'batch_0000'.");
		expect(run.error?.description).toContain('Check the ID');
		const empty = await onBatch(bench, operation, key, ' ');
		expect(empty.error).toMatchObject({
			message: 'The Batch ID is empty.',
			description: 'Enter the ID from the output of Batch: Create.',
		});
	}
});

const REFUSED: Array<[string, IDataObject, string, string]> = [
	[
		'a custom ID at two items',
		{ customId: 'same' },
		'The Custom ID "same" stands at two items.',
		'Each item needs its own Custom ID, such as the number of its product.',
	],
	[
		'an item without a custom ID',
		{ customId: '={{ $itemIndex === 1 ? "" : "one" }}' },
		'Item 1 has no Custom ID.',
		'Each item needs its own Custom ID, such as the number of its product.',
	],
	[
		'one item with a size that the model lacks',
		{ customSize: '={{ $itemIndex === 1 ? "1000x1000" : "1024x640" }}' },
		'Item 1 of the batch: gpt-image-2 doesn\'t take the Size "1000x1000": both sides must be divisible by 16.',
		'Change the size, for instance to 1008x1008 or 1024x1024.',
	],
	[
		'one item with an empty prompt',
		{ prompt: '={{ $itemIndex === 1 ? "" : "One" }}' },
		'Item 1 of the batch: The Prompt is empty.',
		'Describe the image you want in the Prompt field. If it is an expression, check that the item has that field.',
	],
	[
		'items with different models',
		model('={{ $itemIndex === 1 ? "gpt-image-2" : "gpt-image-2.5" }}') as IDataObject,
		'A batch takes one model, these items have "gpt-image-2.5" and "gpt-image-2".',
		'Make a batch for each model, for instance behind an If node.',
	],
];

test.each(REFUSED)('%s: nothing is uploaded', async (_, parameters, message, advice) => {
	const { run } = await startBatch(bench, ['One', 'Two'], parameters);
	expectRefusedUnsent(bench, run, message, advice);
});

test("a format whose line would be called as another item's is refused, and both are named", async () => {
	const items = [
		{ json: { id: 'chair', formats: ['square', 'story'] } },
		{ json: { id: 'chair / Square', formats: [] } },
	];
	const run = await bench.run(
		'batch/create',
		{
			customId: '={{ $json.id }}',
			size: '={{ $json.formats.length > 0 ? "formats" : "1024x1024" }}',
			formats: '={{ $json.formats }}',
		},
		{ items },
	);
	expectRefusedUnsent(
		bench,
		run,
		'Items 0 and 1 would both have a line "chair / Square" in the batch.',
		'Where an item has several formats, the name of each stands behind its Custom ID. Give one of the items another Custom ID.',
	);
});

test('edits and generations mixed are refused before anything is uploaded', async () => {
	const items = [
		{ json: { prompt: 'One' }, binary: { data: await picture('png') } },
		{ json: { prompt: 'Two' } },
	];
	const images = [
		{ source: '={{ $itemIndex === 0 ? "binary" : "url" }}', binaryPropertyName: 'data', url: '' },
	];
	const parameters = { ...SMALL, prompt: PROMPT, inputImages: { images } };
	expectRefusedUnsent(
		bench,
		await bench.run('batch/create', parameters, { items }),
		'Some items of this batch have input images and some have none.',
		'Make two batches, for instance behind an If node: one with input images, one without.',
	);
});

test('one bad file among many is found before the first is uploaded', async () => {
	const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
	const items = [
		{ json: { prompt: 'One' }, binary: { data: await picture('png') } },
		{ json: { prompt: 'Two' }, binary: { data: { content: gif, fileName: 'a.png' } } },
	];
	const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
	const run = await bench.run('batch/create', { ...SMALL, prompt: PROMPT, inputImages }, { items });
	expectRefusedUnsent(
		bench,
		run,
		'Item 1 of the batch: The input image "data" is a GIF file. gpt-image-2 takes PNG, WebP, JPEG.',
		'Convert it to PNG, WebP, JPEG, for instance with the Edit Image node.',
	);
});

test('with Continue On Fail the mistake is told on every item', async () => {
	const options = { onError: 'continueRegularOutput' as const };
	const { run } = await startBatch(bench, ['One', 'Two'], { customId: 'same' }, options);
	expect(run.items.map(({ json, pairedItem }) => [json.kind, pairedItem])).toEqual([
		['badInput', { item: 0 }],
		['badInput', { item: 1 }],
	]);
});

test('a create whose answer got lost is not sent twice', async () => {
	const key = bench.addKey({
		faults: { create: { status: 500, body: 'reset', afterEffect: true } },
	});
	const { run } = await startBatch(bench, ['One'], {}, { key });
	expect(run.error?.message).toBe('OpenAI broke off the connection.');
	expect(run.error?.description).toContain('Nobody can tell whether OpenAI did the work');
	expect(run.error?.description).toContain('platform.openai.com > Batches');
	expect(bench.sandbox.openai.batches(key)).toHaveLength(1);
});

test.each(['get', 'getResults', 'cancel'] as const)(
	'an error of %s names the batch, so that it is found again',
	async (operation) => {
		const key = bench.addKey();
		const stopped = await onBatch(bench, operation, key, 'batch_1');
		expect(stopped.error?.description).toContain('Task ID: batch_1');
		const onError = 'continueRegularOutput';
		const { items } = await onBatch(bench, operation, key, 'batch_1', {}, { onError });
		expect(items).toMatchObject([{ json: { status: 'failed', taskId: 'batch_1' } }]);
	},
);

describe('of several items, one that is wrong is named, and nothing is ordered', () => {
	const sizes = ['1024x640', '1024x640', '1000x1000'].map((size) => ({ json: { size } }));
	const wrong = { size: 'custom', customSize: '={{ $json.size }}' };
	const MESSAGE =
		'Item 2 of the batch: gpt-image-2 doesn\'t take the Size "1000x1000": both sides must be divisible by 16.';

	test('by the error, which n8n counts for no other item', async () => {
		const run = await bench.run('batch/create', wrong, { items: sizes });
		const advice = 'Change the size, for instance to 1008x1008 or 1024x1024.';
		expectRefusedUnsent(bench, run, MESSAGE, advice);
		expect(run.error?.context.itemIndex).toBeUndefined();
	});

	test('by every item that goes on', async () => {
		const options = { items: sizes, onError: 'continueRegularOutput' } as const;
		const run = await bench.run('batch/create', wrong, options);
		expect(run.items.map(({ json }) => json.error)).toEqual([MESSAGE, MESSAGE, MESSAGE]);
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('where its input image can not be had', async () => {
		const { content, ...file } = await picture('png');
		const items = [{ binary: { data: { ...file, content } } }, {}];
		const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
		const run = await bench.run('batch/create', { ...SMALL, inputImages }, { items });
		expect(run.error?.message).toBe(
			'Item 1 of the batch: There is no file in the field "data" of this item.',
		);
	});
});
