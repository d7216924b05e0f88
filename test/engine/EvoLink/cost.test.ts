// What a task cost, in every form in which EvoLink tells it: its own dollars first, and nothing counts twice.
import type { IDataObject } from 'n8n-workflow';

import { startBench, type Bench } from './setup';
import { model, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** Two images of a model that is charged by the image, at 68 credits for a dollar. */
async function costsOf(directive: string) {
	const prompt = directive === '' ? 'A kite' : `A kite [sandbox: ${directive}]`;
	const parameters = { ...model('gpt-4o-image'), prompt, numberOfImages: 2 };
	const run = await bench.image('generate', { ...parameters, options: { output: 'link' } });
	expect(run.error).toBeUndefined();
	return run.items.map(({ json }) => json.cost as IDataObject);
}

test.each<[string, string, object]>([
	['credits, as it tells them today', '', { amount: 0.0208, credits: 1.4144, estimated: true }],
	[
		'its own dollars',
		'poll=200 odd=usage-cost',
		{ amount: 0.0208, credits: 1.4144, estimated: false },
	],
	[
		'credits at another rate, which the task itself gives',
		'poll=200 odd=thousand-credits',
		{ amount: 0.0208, credits: 20.8, estimated: true },
	],
	[
		'credits without an estimate beside them, at 68 for a dollar',
		'poll=200 odd=no-estimate',
		{ amount: 0.0208, credits: 1.4144, estimated: true },
	],
])('%s', async (_rule, directive, cost) => {
	const shares = await costsOf(directive);
	expect(shares).toHaveLength(2);
	for (const share of shares) {
		expect(share).toEqual({
			currency: 'USD',
			...cost,
			amount: expect.closeTo((cost as { amount: number }).amount, 5),
			credits: expect.closeTo((cost as { credits: number }).credits, 3),
		});
	}
});

test('usage stands once, with the tokens of the whole task, and cost sums up to what was charged', async () => {
	const run = await bench.image('generate', { ...SMALL, numberOfImages: 3 });
	const usages = run.items.map(({ json }) => json.usage);
	expect(usages).toEqual([
		expect.objectContaining({
			image_output_tokens: expect.any(Number),
			text_input_tokens: expect.any(Number),
		}),
		undefined,
		undefined,
	]);
	const { charged } = bench.sandbox.evolink.ledger(run.key);
	const credits = run.items.map(({ json }) => (json.cost as { credits: number }).credits);
	expect(credits.reduce((sum, each) => sum + each, 0)).toBeCloseTo(charged, 8);
});
