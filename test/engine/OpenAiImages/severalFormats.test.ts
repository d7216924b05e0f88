// Several Formats at OpenAI, whose answers hold the pictures: the first one is sent along with the requests for the others.
import type { IDataObject } from 'n8n-workflow';

import { HELD_BACK, until } from '../support';
import { picture } from '../EvoLink/pictures';
import { model, startBench, type Bench, type RunWith } from './setup';
import { callsOf, requestsOf, spentBy } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const THREE = { size: 'formats', formats: ['instagramPost', 'story', 'link'], quality: 'low' };
const QUICK = { faults: { drawnSize: '64x64' } };

const generate = async (parameters: IDataObject = {}, options: RunWith = {}) =>
	await bench.run('image/generate', { ...THREE, ...parameters }, { account: QUICK, ...options });
const formatsOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => (json.format as IDataObject | undefined)?.name);
const saidOf = (key: string) =>
	callsOf(bench, key).map(({ route, parameters, imagesIn }) => [
		route,
		parameters.size,
		imagesIn.length,
	]);

test('the first is drawn, and the others are edits of it, at their nearest sizes', async () => {
	const run = await generate({ options: { moderation: 'low' } });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.index, json.count, json.format])).toEqual([
		[0, 3, { name: 'Instagram Post', width: 1080, height: 1350 }],
		[1, 3, { name: 'Story and Reel', width: 1080, height: 1920 }],
		[2, 3, { name: 'Link Preview or Ad', width: 1200, height: 628 }],
	]);
	const [first, ...others] = saidOf(run.key);
	expect(first).toEqual(['images/generations', '1088x1360', 0]);
	expect(others.sort()).toEqual([
		['images/edits', '1152x2048', 1],
		['images/edits', '1376x720', 1],
	]);
	const calls = callsOf(bench, run.key);
	expect(calls[0]!.parameters.moderation).toBe('low');
	expect(calls.slice(1).map(({ parameters }) => parameters.moderation)).toEqual([
		undefined,
		undefined,
	]);
	expect(calls[1]!.parameters.prompt).toContain('Keep its motif');
	expect(calls[1]!.imagesIn[0]!.bytes).toBe(run.items[0]!.json.fileSize);
	const costs = run.items.map(({ json }) => (json.cost as { amount: number }).amount);
	expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(spentBy(bench, run.key).spent, 6);
});

test('with the motif not kept, each is drawn from the prompt', async () => {
	const run = await generate({ keepMotif: false });
	expect(saidOf(run.key).sort()).toEqual([
		['images/generations', '1088x1360', 0],
		['images/generations', '1152x2048', 0],
		['images/generations', '1376x720', 0],
	]);
	expect(formatsOf(run.items)).toEqual(['Instagram Post', 'Story and Reel', 'Link Preview or Ad']);
});

test('on a model with few sizes: the nearest, and how much is cut off is told', async () => {
	const run = await generate({ ...model('gpt-image-1.5'), formats: ['wide'] });
	expect(saidOf(run.key)).toEqual([['images/generations', '1536x1024', 0]]);
	expect(run.hints.map(({ message }) => message).join()).toContain(
		'gpt-image-1.5 draws X and LinkedIn (1600 × 900) as 1536x1024, the nearest that it has: about 16% are cut off when it is brought to its pixels.',
	);
});

test('exact pixels, where the model draws them', async () => {
	const run = await generate({ formats: ['youtube'] }, { account: {} });
	expect(run.items[0]!.json).toMatchObject({
		width: 1280,
		height: 720,
		format: { name: 'YouTube', width: 1280, height: 720 },
	});
});

test('the first is refused: nothing else is asked for', async () => {
	const run = await generate({}, { account: { faults: { moderation: 'output' } } });
	expect(run.error).toBeDefined();
	expect(callsOf(bench, run.key)).toHaveLength(1);
});

/** Runs three formats of which the first is made, and the two others as these faults say. */
async function firstThen(
	others: Parameters<Bench['sandbox']['openai']['setFaults']>[1],
	options: RunWith = {},
) {
	const key = bench.addKey({ faults: { ...QUICK.faults, ...HELD_BACK } });
	const running = generate({}, { key, ...options });
	await until(() => requestsOf(bench, key).length === 1);
	bench.sandbox.openai.setFaults(key, { ...QUICK.faults, ...others });
	return { key, run: await running };
}

test('the others are refused: the first comes out, is paid once, and a hint tells', async () => {
	const { key, run } = await firstThen({ quota: true });
	expect(run.error).toBeUndefined();
	expect(formatsOf(run.items)).toEqual(['Instagram Post']);
	expect(run.hints.map(({ message }) => message).join()).toContain(
		'These formats of item 0 are missing: Story and Reel, Link Preview or Ad. ',
	);
	expect(spentBy(bench, key).images).toBe(1);
});

test('with Retry On Fail, the next try makes only what is missing, from the picture that is kept', async () => {
	const { key, run } = await firstThen(
		{ create: { status: 403, times: 2 } },
		{ retryOnFail: { maxTries: 3 } },
	);
	expect(run.error).toBeUndefined();
	expect(formatsOf(run.items)).toEqual(['Instagram Post', 'Story and Reel', 'Link Preview or Ad']);
	expect(spentBy(bench, key).images).toBe(3);
});

describe('another item is refused while these formats are made', () => {
	const itemsWith = (refused: string) =>
		[`A secret [sandbox: ${refused}]`, 'A boat', 'A hat'].map((wish) => ({ json: { wish } }));
	const several = async (parameters: IDataObject, options: RunWith = {}) => {
		const items = itemsWith('create=400');
		return await generate({ prompt: '={{ $json.wish }}', ...parameters }, { items, ...options });
	};
	const RETRY = 'To have that work without paying again, retry this execution';

	test.each([
		['the motif kept', {}, 3, '2 images were made for items that are not finished.'],
		[
			'each from the prompt',
			{ keepMotif: false },
			2,
			'2 images were made for items that are not finished.',
		],
		['one image made', {}, 2, 'One image was made for an item that is not finished.'],
	])('%s: what is made and paid is told', async (_, parameters, concurrency, made) => {
		const run = await several({ ...parameters, options: { concurrency } });
		expect(run.error?.description).toContain(`${made} ${RETRY}`);
		expect(spentBy(bench, run.key).images).toBe(made.startsWith('One') ? 1 : 2);
	});

	test('beside an item that is finished', async () => {
		const size = "={{ $itemIndex === 1 ? '1:1' : 'formats' }}";
		const run = await several({ size, options: { concurrency: 3 } });
		expect(run.error?.description).toContain(
			`One other item was finished before. One image was made for an item that is not finished. ${RETRY}`,
		);
	});

	test('and the next try takes it up', async () => {
		const options = { items: itemsWith('create=400 times=1'), retryOnFail: { maxTries: 2 } };
		const run = await several({ keepMotif: false, options: { concurrency: 2 } }, options);
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(9);
		expect(spentBy(bench, run.key).images).toBe(9);
	});
});

test.each([['continueRegularOutput'], ['continueErrorOutput']] as const)(
	'with Retry On Fail and On Error: %s, n8n may not try again: what was made comes out',
	async (onError) => {
		const wishes = ['A boat', 'A hat [sandbox: create=403 times=2]'];
		const run = await generate(
			{ prompt: '={{ $json.wish }}', keepMotif: false, options: { concurrency: 1 } },
			{ items: wishes.map((wish) => ({ json: { wish } })), onError, retryOnFail: { maxTries: 3 } },
		);
		expect(run.items.map(({ pairedItem, json }) => [pairedItem, json.status])).toEqual([
			...Array.from({ length: 3 }, () => [{ item: 0 }, 'succeeded']),
			[{ item: 1 }, 'succeeded'],
		]);
		expect(spentBy(bench, run.key).images).toBe(4);
		expect(run.hints.map(({ message }) => message).join()).toContain(
			'These formats of item 1 are missing: Instagram Post, Story and Reel. ',
		);
	},
);

test("Don't Wait starts a task for each, from the prompt", async () => {
	const run = await generate({ completion: 'return' }, { account: {} });
	expect(run.error).toBeUndefined();
	expect(formatsOf(run.items)).toEqual(['Instagram Post', 'Story and Reel', 'Link Preview or Ad']);
	expect(callsOf(bench, run.key).map(({ imagesIn }) => imagesIn.length)).toEqual([0, 0, 0]);
});

test.each([
	['GIF', { outputFormat: 'gif' }, 'gpt-image-2.5 takes no GIF as an input image.'],
	['SVG', { outputFormat: 'svg' }, 'gpt-image-2.5 takes no SVG as an input image.'],
])('a motif that is a %s is refused before anything is sent', async (_what, options, message) => {
	const run = await generate({ ...model('gpt-image-2.5'), options });
	expect(run.error?.message).toBe(
		`Same Picture in All Formats makes the other formats from the first image, and ${message}`,
	);
	expect(requestsOf(bench, run.key)).toEqual([]);
});

test('a batch orders each format by itself, named behind the Custom ID, from input images that are uploaded once', async () => {
	const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
	const data = await picture('png');
	const run = await bench.run(
		'batch/create',
		{ ...THREE, keepMotif: true, customId: 'item-0', inputImages },
		{ account: QUICK, items: [{ binary: { data } }] },
	);
	expect(run.error).toBeUndefined();
	const { batchId } = run.items[0]!.json;
	expect(requestsOf(bench, run.key).filter(({ path }) => path.endsWith('/files'))).toHaveLength(2);
	bench.sandbox.openai.finishBatch(String(batchId));
	const results = await bench.run('batch/getResults', { batchId }, { key: run.key });
	expect(results.items.map(({ json }) => json.customId)).toEqual([
		'item-0 / Instagram Post',
		'item-0 / Story and Reel',
		'item-0 / Link Preview or Ad',
	]);
	expect(results.items.map(({ json }) => json.fileName)).toEqual([
		expect.stringMatching(/^A-red-bicycle-\d{5}-instagram-post\.png$/),
		expect.stringMatching(/^A-red-bicycle-\d{5}-story-and-reel\.png$/),
		expect.stringMatching(/^A-red-bicycle-\d{5}-link-preview-or-ad\.png$/),
	]);
});
