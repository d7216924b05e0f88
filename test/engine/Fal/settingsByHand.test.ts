// What stands under Other Settings wins over the fields: so it is what an order costs, too, and what a limit is held against.
import { modelById, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const byHand = (value: object, options = {}) => ({
	model: modelById('fal-ai/flux-2'),
	input: { mappingMode: 'defineBelow', value: { ...value } },
	options: { output: 'link', ...options },
});
const FOUR = { num_images: 4 };
const LARGE = { image_size: { width: 2048, height: 2048 } };

test.each([
	['a number of images', FOUR],
	['a size', LARGE],
])('Maximum Cost holds for %s that is set there', async (_what, value) => {
	const run = await bench.run('image/generate', byHand(value, { maximumCost: 0.02 }));
	expect(run.error?.message).toContain('$0.02');
	expect(bench.sandbox.fal.tasks(run.key)).toEqual([]);
});

test.each([
	['a number of images', FOUR],
	['a size', LARGE],
])('an estimate counts %s that is set there', async (_what, value) => {
	const estimated = await bench.run('image/estimateCost', byHand(value));
	const made = await bench.run('image/generate', byHand(value));
	const { min, max } = estimated.items[0]!.json as { min: number; max: number };
	const { charged } = bench.sandbox.fal.ledger(made.key);
	expect(min).toBeLessThanOrEqual(charged);
	expect(max).toBeGreaterThanOrEqual(charged);
});

test('the number of images that is set there is how many come, in as many tasks as they take', async () => {
	const run = await bench.run('image/generate', {
		...byHand({ num_images: 6 }),
		numberOfImages: 2,
	});
	expect(run.items.map(({ json }) => json.count)).toEqual([6, 6, 6, 6, 6, 6]);
	expect(bench.sandbox.fal.tasks(run.key).map(({ input }) => input)).toMatchObject([
		{ num_images: 4 },
		{ num_images: 2 },
	]);
});

test('a number that is none is left to fal, which charges nothing', async () => {
	const run = await bench.run('image/generate', byHand({ num_images: 'many' }));
	expect(run.error?.message).toContain('num_images');
	expect(bench.sandbox.fal.ledger(run.key).charged).toBe(0);
});
