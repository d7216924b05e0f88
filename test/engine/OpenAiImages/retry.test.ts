// n8n's Retry On Fail with an API that has no idempotency keys: what was made is kept and not paid for again.
import { startBench, type Bench } from './setup';

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
		message: 'An earlier try got no answer from OpenAI, so this try sent nothing.',
		description: expect.stringContaining('Usage'),
	});
	expect(bench.sandbox.openai.ledger(run.key).images).toBe(1);
});
