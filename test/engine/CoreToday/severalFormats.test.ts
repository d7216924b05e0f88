// Several Formats at Core.Today, by each way that files go: nearest ratios, the first as the input image of the others.
import type { IDataObject } from 'n8n-workflow';

import { startBench, until, type Bench } from './setup';
import { creates, OTHER_MODEL, uploads } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const THREE = { size: 'formats', formats: ['story', 'square', 'wide'], quality: 'low' };
const QUICK = { faults: { drawnSize: '64x64' } };
type Options = Parameters<Bench['run']>[2];

const generate = async (parameters: IDataObject = {}, options: Options = {}) =>
	await bench.run('image/generate', { ...THREE, ...parameters }, { account: QUICK, ...options });
const predictionsOf = (key: string) => bench.sandbox.coreToday.predictions(key);
const formatsOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => (json.format as IDataObject | undefined)?.name);

describe.each(['A', 'B'] as const)('in dialect %s', (dialect) => {
	test('the others are made from the first, by its link', async () => {
		const run = await generate({}, { account: { ...QUICK, dialect } });
		expect(run.error).toBeUndefined();
		expect(formatsOf(run.items)).toEqual(['Story and Reel', 'Square', 'X and LinkedIn']);
		const [first, ...others] = predictionsOf(run.key);
		expect(first!.input).toMatchObject({ aspect_ratio: '2:3', prompt: 'A red bicycle' });
		expect(others.map(({ input }) => input.aspect_ratio).sort()).toEqual(['1:1', '3:2']);
		for (const { input } of others) {
			expect(input.input_images).toEqual([run.items[0]!.json.url]);
			expect(input.prompt).toContain('Keep its motif');
		}
		expect(uploads(bench, run.key)).toEqual([]);
		expect(run.hints.map(({ message }) => message).join()).toContain(
			'openai/gpt-image-2 draws Story and Reel (1080 × 1920) as 2:3',
		);
	});
});

test("Don't Wait starts a task for each, and Get behind it knows no format by itself", async () => {
	const run = await generate({ completion: 'return' });
	expect(formatsOf(run.items)).toEqual(['Story and Reel', 'Square', 'X and LinkedIn']);
	expect(predictionsOf(run.key).every(({ input }) => !input.input_images)).toBe(true);
});

test('another model gets the usual ratio that is nearest', async () => {
	const run = await generate({
		...OTHER_MODEL,
		formats: ['story', 'instagramPost', 'link'],
		completion: 'return',
	});
	expect(predictionsOf(run.key).map(({ input }) => input.aspect_ratio)).toEqual([
		'9:16',
		'4:5',
		'16:9',
	]);
});

test('one of the later ones fails: what was made comes out', async () => {
	const key = bench.sandbox.coreToday.addKey({ faults: { ...QUICK.faults, never: true } });
	const running = generate({}, { key });
	await until(() => predictionsOf(key).length === 1);
	bench.sandbox.coreToday.finishPrediction(predictionsOf(key)[0]!.id);
	await until(() => predictionsOf(key).length === 3);
	const [, second, third] = predictionsOf(key);
	bench.sandbox.coreToday.finishPrediction(second!.id);
	bench.sandbox.coreToday.setFaults(key, { fail: 'generation_failed' });
	bench.sandbox.coreToday.finishPrediction(third!.id);
	const run = await running;
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(2);
	expect(formatsOf(run.items)[0]).toBe('Story and Reel');
	const told = run.hints.map(({ message }) => message).join();
	expect(told).toContain('These formats of item 0 are missing: ');
	expect(told).toContain(`Task ID: ${third!.id}`);
	expect(creates(bench, key)).toHaveLength(3);
});
