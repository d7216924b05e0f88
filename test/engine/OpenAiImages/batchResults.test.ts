// Batch: Get Results. One item for each image, matched to its custom ID, and one for each line that failed.
import sharp from 'sharp';

import { differences, maskWithHole, picture } from '../EvoLink/pictures';
import { onBatch, startBatch } from './ordering';
import { startBench, type Bench, type RunWith } from './setup';
import { requestsOf, routesOf, SMALL, spentBy } from './traffic';

const SIZE = { width: 1024, height: 640 };
const HOLE = { left: 160, top: 240, width: 400, height: 320 };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** A batch that has ended, and its results. */
async function results(prompts: string[], more = {}, options: RunWith = {}, output = {}) {
	const started = await startBatch(bench, prompts, more, options);
	bench.sandbox.openai.finishBatch(started.id);
	const run = await onBatch(bench, 'getResults', started.key, started.id, { options: output });
	return { ...started, run };
}

test('every image with its custom ID, its tokens and half the price', async () => {
	const { run, key, id } = await results(
		['One', 'Two'],
		{ customId: '={{ "product-" + $json.prompt }}', numberOfImages: 2, quality: 'low' },
		{},
		{ binaryPropertyOutput: 'photo' },
	);
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.customId, json.index, json.count])).toEqual([
		['product-One', 0, 2],
		['product-One', 1, 2],
		['product-Two', 0, 2],
		['product-Two', 1, 2],
	]);
	const { spent, images } = spentBy(bench, key);
	expect(images).toBe(4);
	expect(run.items[0]).toMatchObject({
		json: {
			batchId: id,
			provider: 'openai',
			model: 'gpt-image-2',
			status: 'succeeded',
			...SIZE,
			mimeType: 'image/png',
			usage: { input_tokens_details: { image_tokens: 0, text_tokens: 1 } },
			cost: { currency: 'USD', estimated: true },
		},
		pairedItem: { item: 0 },
	});
	const amounts = run.items.map(({ json }) => (json.cost as { amount: number }).amount);
	expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(spent, 5);
	const at = await bench.run('image/generate', { ...SMALL, prompt: 'One', quality: 'low' });
	expect(amounts[0]! * 2).toBeCloseTo((at.items[0]!.json.cost as { amount: number }).amount, 4);

	const pictures = await Promise.all(
		run.items.map(async (item) => await run.binary(item, 'photo')),
	);
	for (const [index, content] of pictures.entries()) {
		expect(content.length).toBe(run.items[index]!.json.fileSize);
		expect(await sharp(content).metadata()).toMatchObject(SIZE);
	}
	expect(new Set(pictures.map((content) => content.toString('base64'))).size).toBe(4);
	expect(run.tokenUsage?.outputTokens).toBeGreaterThan(0);
});

test('a line that failed comes as an item with its error, among those that did not', async () => {
	const prompts = [
		'One',
		'Two [sandbox: moderation=input]',
		'Three',
		'Four [sandbox: fail=generation_failed]',
	];
	const { run, key } = await results(prompts);
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.customId, json.status])).toEqual([
		['item-0', 'succeeded'],
		['item-2', 'succeeded'],
		['item-1', 'failed'],
		['item-3', 'failed'],
	]);
	expect(run.items[2]).toMatchObject({
		json: {
			batchId: expect.stringMatching(/^batch_/),
			customId: 'item-1',
			status: 'failed',
			kind: 'moderation',
			code: 'moderation_blocked',
			httpStatus: 400,
			error: expect.stringMatching(/^OpenAI's safety check refused the request \(violence\): /),
			advice: expect.stringContaining('sent again unchanged'),
		},
		pairedItem: { item: 0 },
	});
	expect(run.items[3]!.json.error).toBe(
		'OpenAI: The image could not be generated: generation_failed.',
	);
	expect(spentBy(bench, key).images).toBe(2);
});

test('a damaged picture is told on its line, and the others come out', async () => {
	const prompts = ['One', 'Two [sandbox: damaged=1]', 'Three [sandbox: damaged=2]'];
	const { run, key } = await results(prompts, { numberOfImages: 2, quality: 'low' });
	expect(run.error).toBeUndefined();
	expect(
		run.items.map(({ json, binary }) => [json.customId, json.status, binary !== undefined]),
	).toEqual([
		['item-0', 'succeeded', true],
		['item-0', 'succeeded', true],
		['item-1', 'succeeded', true],
		['item-1', 'failed', false],
		['item-2', 'succeeded', true],
		['item-2', 'failed', false],
	]);
	expect(run.items[3]).toEqual({
		json: {
			batchId: expect.stringMatching(/^batch_/),
			customId: 'item-1',
			mayBeCharged: true,
			status: 'failed',
			kind: 'download',
			error: 'The picture arrived incomplete.',
			advice: expect.stringContaining('Batch: Get Results'),
		},
		pairedItem: { item: 0 },
	});
	// The results, and what they were to be.
	expect(routesOf(bench, key).filter((route) => route.endsWith('/content'))).toHaveLength(2);
});

test('a line whose only picture is damaged fails alone', async () => {
	const { run } = await results(['One [sandbox: damaged=1]', 'Two'], { quality: 'low' });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.customId, json.status, json.kind])).toEqual([
		['item-0', 'failed', 'download'],
		['item-1', 'succeeded', undefined],
	]);
});

test('a batch in which every line failed is only errors', async () => {
	const { run } = await results(['One [sandbox: moderation=output]']);
	expect(run.error).toBeUndefined();
	expect(run.items).toMatchObject([
		{ json: { customId: 'item-0', status: 'failed', kind: 'moderation' } },
	]);
});

test('edits keep what the mask protects, each on its own picture', async () => {
	const mask = await maskWithHole(SIZE, HOLE);
	const files = await Promise.all(
		['#ff0000', '#0000ff'].map(async (background) => await picture('png', { ...SIZE, background })),
	);
	const items = files.map((data, index) => ({
		json: { prompt: `Edit ${index}` },
		binary: { data, mask },
	}));
	const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
	const { run } = await results([], { inputImages, maskSource: 'binary' }, { items });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(2);
	for (const [index, file] of files.entries()) {
		const found = await differences(file.content, await run.binary(index), HOLE);
		expect(found.outside).toBe(0);
		expect(found.inside).toBeGreaterThan(0);
	}
});

test('images by their addresses work in a batch too', async () => {
	const account = { faults: { answer: 'url' as const } };
	const drawn = await bench.run('image/generate', SMALL, { account });
	const images = [{ source: 'url', url: String(drawn.items[0]!.json.url) }];
	const { run, key } = await results(['Edit'], { inputImages: { images } });
	expect(run.items).toMatchObject([{ json: { customId: 'item-0', status: 'succeeded' } }]);
	expect(requestsOf(bench, key).filter(({ path }) => path.endsWith('/files'))).toHaveLength(1);
});

test('links only: of a server that answers links nothing is downloaded', async () => {
	const account = { faults: { answer: 'url' as const } };
	const { run } = await results(['One'], {}, { account }, { output: 'link' });
	expect(run.items[0]!.json.url).toMatch(/^http/);
	expect(run.items[0]!.binary).toBeUndefined();
});

test('a batch that is not finished says how far it is and what to do', async () => {
	const account = { faults: { seconds: 60 } };
	const { key, id } = await startBatch(bench, ['One'], {}, { account });
	const run = await onBatch(bench, 'getResults', key, id);
	expect(run.error?.message).toMatch(
		/^The batch batch_[0-9a-f]+ has no results: it is "validating", 0 of \d done\.$/,
	);
	expect(run.error?.description).toMatch(
		/^Fetch them when its status is "completed"\. An OpenAI Images Trigger can start a workflow at that moment\.\nTask ID: batch_[0-9a-f]+$/,
	);
});

test('a batch that failed as a whole says why', async () => {
	const account = { faults: { fail: 'token_limit_exceeded' } };
	const { key, id } = await startBatch(bench, ['One [sandbox: moderation=input]'], {}, { account });
	bench.sandbox.openai.finishBatch(id);
	const got = await onBatch(bench, 'get', key, id);
	expect(got.items[0]!.json).toMatchObject({
		status: 'failed',
		errors: [{ code: 'token_limit_exceeded', message: 'The batch failed.' }],
	});
});

test('a batch that was refused before its first line tells the reasons in Get Results too', async () => {
	const key = bench.addKey();
	const { baseUrl } = bench.sandbox.openai;
	const headers = { authorization: `Bearer ${key}` };
	const form = new FormData();
	form.set('purpose', 'batch');
	form.set('file', new Blob(['{"custom_id":"one","method":"GET"}']), 'lines.jsonl');
	const sent = { method: 'POST', headers, body: form };
	const file = (await (await fetch(`${baseUrl}/files`, sent)).json()) as { id: string };
	const wanted = {
		input_file_id: file.id,
		endpoint: '/v1/images/generations',
		completion_window: '24h',
	};
	const made = await fetch(`${baseUrl}/batches`, {
		method: 'POST',
		headers: { ...headers, 'content-type': 'application/json' },
		body: JSON.stringify(wanted),
	});
	const { id } = (await made.json()) as { id: string };
	bench.sandbox.openai.finishBatch(id);
	const run = await onBatch(bench, 'getResults', key, id);
	expect(run.error).toMatchObject({
		message: `The batch ${id} has no results: it is "failed", 0 of 0 done. The method must be 'POST'.`,
		description: `It has ended, and nothing more comes of it. Create a new batch.\nTask ID: ${id}`,
	});
});

test('several batches at once, each with the item that named it', async () => {
	const key = bench.addKey();
	const ids: string[] = [];
	for (const prompt of ['One', 'Two']) {
		const { id } = await startBatch(bench, [prompt], { customId: prompt }, { key });
		bench.sandbox.openai.finishBatch(id);
		ids.push(id);
	}
	const items = [...ids, 'batch_unknown'].map((batchId) => ({ json: { batchId } }));
	const options = { items, onError: 'continueRegularOutput' as const };
	const run = await onBatch(bench, 'getResults', key, '={{ $json.batchId }}', {}, options);
	expect(run.items.map(({ json, pairedItem }) => [json.customId ?? json.kind, pairedItem])).toEqual(
		[
			['One', { item: 0 }],
			['Two', { item: 1 }],
			['notFound', { item: 2 }],
		],
	);
});

test.each([
	['cut in half', { status: 200, body: 'cut' as const, times: 1 }],
	['a web page', { status: 502, body: 'html' as const, times: 2 }],
	['broken off', { status: 500, body: 'reset' as const, times: 2 }],
])('a status that arrives %s is asked for again', async (_, poll) => {
	const { key, id } = await startBatch(bench, ['One']);
	bench.sandbox.openai.finishBatch(id);
	bench.sandbox.openai.setFaults(key, { poll });
	const run = await onBatch(bench, 'getResults', key, id);
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1);
});
