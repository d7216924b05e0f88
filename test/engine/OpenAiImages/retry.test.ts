// n8n's Retry On Fail with an API that has no idempotency keys: what was made is kept and not paid for again.
import type { IDataObject } from 'n8n-workflow';

import { startBatch } from './ordering';
import { startBench, type Bench } from './setup';
import { routesOf, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const items = ['A red bicycle', 'A blue boat [sandbox: create=400 times=1]', 'A green hat'].map(
	(wish) => ({ json: { wish } }),
);
const parameters = { prompt: '={{ $json.wish }}', options: { concurrency: 1 } };

test('a second try makes only what the first one has not made', async () => {
	const run = await bench.run('image/generate', parameters, {
		items,
		retryOnFail: { maxTries: 2 },
	});
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(bench.sandbox.openai.ledger(run.key).images).toBe(3);
	for (const index of [0, 1, 2]) expect((await run.binary(index)).length).toBeGreaterThan(1000);
});

test('without a second try, the message says that other items were finished', async () => {
	const run = await bench.run('image/generate', parameters, { items });
	expect(run.status).toBe('error');
	expect((run.error as unknown as { description: string }).description).toContain(
		'One other item was finished before.',
	);
});

test('another execution takes nothing from the memory of an earlier one', async () => {
	const first = await bench.run('image/generate', parameters, { items });
	const second = await bench.run('image/generate', parameters, { items, key: first.key });
	expect(second.error).toBeUndefined();
	expect(bench.sandbox.openai.ledger(first.key).images).toBe(1 + 3);
});

test('a request that got no answer is not sent again, as it may have been paid', async () => {
	const prompt = 'A red bicycle [sandbox: create=500 after-effect]';
	const run = await bench.run('image/generate', { prompt }, { retryOnFail: { maxTries: 3 } });
	expect(run.error).toMatchObject({
		message: 'An earlier try got no usable answer from OpenAI, so this try sent nothing.',
		description: expect.stringContaining('Usage'),
	});
	expect(bench.sandbox.openai.ledger(run.key).images).toBe(1);
});

test('links that could not be fetched are taken up by the next try', async () => {
	const faults = { answer: 'url' as const, download: { kind: 'dead' as const, times: 1 } };
	const run = await bench.run(
		'image/generate',
		{ ...SMALL, numberOfImages: 2 },
		{ account: { faults }, retryOnFail: { maxTries: 3 } },
	);
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
		[0, 2],
		[1, 2],
	]);
	expect(bench.sandbox.openai.ledger(run.key).images).toBe(2);
	const { cost, usage } = run.items[0]!.json as { cost: IDataObject; usage: IDataObject };
	expect(cost.amount).toBeCloseTo(bench.sandbox.openai.ledger(run.key).spent / 2, 6);
	expect(run.tokenUsage?.outputTokens).toBe(usage.output_tokens);
});

test('another execution makes its own images, whatever an earlier one has left', async () => {
	const faults = { answer: 'url' as const, download: { kind: 'dead' as const, times: 1 } };
	const key = bench.addKey({ faults });
	const options = { key, retryOnFail: { maxTries: 2 } };
	const first = await bench.run('image/generate', SMALL, options);
	const second = await bench.run('image/generate', SMALL, options);
	expect(first.items[0]!.json.url).not.toBe(second.items[0]!.json.url);
	expect(bench.sandbox.openai.ledger(key).images).toBe(2);
});

describe('what is no image task is not sent again either, as it may have been paid', () => {
	const retryOnFail = { maxTries: 3 };
	const lost = { status: 500, body: 'reset' as const, afterEffect: true };
	const STILL_UNKNOWN = {
		message: 'An earlier try got no usable answer from OpenAI, so this try sent nothing.',
		description: expect.stringContaining('If nothing was done, run the workflow again.'),
	};

	test('a batch: its lines and their pictures are not even uploaded again', async () => {
		const key = bench.addKey({ faults: { create: lost } });
		const { run } = await startBatch(bench, ['One', 'Two'], {}, { key, retryOnFail });
		expect(run.error).toMatchObject(STILL_UNKNOWN);
		expect(run.error?.description).toContain('platform.openai.com > Batches lists all batches');
		expect(bench.sandbox.openai.batches(key)).toHaveLength(1);
		expect(routesOf(bench, key)).toEqual(['POST /files', 'POST /batches']);
	});

	test('a batch that was surely not made is made by the next try', async () => {
		const key = bench.addKey({ faults: { create: { status: 400, times: 1 } } });
		const { run } = await startBatch(bench, ['One'], {}, { key, retryOnFail });
		expect(run.error).toBeUndefined();
		expect(bench.sandbox.openai.batches(key)).toHaveLength(1);
	});

	test('a question about a picture', async () => {
		const parameters = { text: 'Hello [sandbox: create=500 body=reset after-effect]' };
		const run = await bench.run('image/analyze', parameters, { retryOnFail });
		expect(run.error).toMatchObject(STILL_UNKNOWN);
		expect(run.error?.description).toContain('Usage');
		expect(routesOf(bench, run.key)).toEqual(['POST /chat/completions']);
	});

	test('a question that was surely not answered is asked again', async () => {
		const parameters = { text: 'Hello [sandbox: create=400 times=1]' };
		const run = await bench.run('image/analyze', parameters, { retryOnFail });
		expect(run.error).toBeUndefined();
		expect(routesOf(bench, run.key)).toHaveLength(2);
	});

	test('of many questions, only the one that got no answer is left out', async () => {
		const texts = ['One', 'Two [sandbox: create=500 body=reset after-effect]', 'Three'];
		const run = await bench.run(
			'image/analyze',
			{ text: '={{ $json.text }}', options: { concurrency: 1 } },
			{ items: texts.map((text) => ({ json: { text } })), retryOnFail },
		);
		expect(run.error).toMatchObject({ message: STILL_UNKNOWN.message });
		expect(routesOf(bench, run.key)).toHaveLength(2);
	});
});
