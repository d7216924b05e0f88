// Odd answers of compatible servers: the pictures that are there come out, and what is missing is told.
import sharp from 'sharp';

import { picture } from '../EvoLink/pictures';
import { onTask, startTask } from './ordering';
import { startBench, type Bench, type BenchRun } from './setup';
import { routesOf, SMALL, spentBy } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** A server that answers links in place of base64. */
const LINKS = { account: { faults: { answer: 'url' as const } } };

async function expectPictures(run: BenchRun, count: number): Promise<void> {
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(count);
	for (const index of run.items.keys()) {
		expect((await sharp(await run.binary(index)).metadata()).width).toBe(1024);
		expect(JSON.stringify(run.items[index]!.json).length).toBeLessThan(2000);
	}
	expect(spentBy(bench, run.key).images).toBeGreaterThanOrEqual(count);
}

test.each<[odd: string, images: number]>([
	['odd-revised-prompt', 2],
	['single-object', 1],
	['images-list', 2],
	['data-uri', 2],
	['spaced-data-uri', 2],
	['upper-data-uri', 2],
	['doubled-data-uri', 2],
	['lined-base64', 2],
	['created-microseconds', 2],
	['created-text', 2],
	['odd-usage', 2],
	['bom', 2],
	['unasked-stream', 2],
	['split-stream', 2],
	['commented-stream', 2],
	['cut-behind-picture', 1],
])('an image answer with %s', async (odd, images) => {
	const prompt = `A boat [sandbox: create=200 odd=${odd}]`;
	const parameters = { ...SMALL, prompt, numberOfImages: 2, quality: 'low' };
	const run = await bench.run('image/generate', parameters);
	await expectPictures(run, images);
	expect(routesOf(bench, run.key)).toEqual(['POST /images/generations']);
	for (const { json } of run.items) {
		expect(String(json.url ?? '')).not.toMatch(/^data:/i);
		expect(json).not.toHaveProperty('revisedPrompt');
	}
});

test.each(['null-entry', 'empty-entry-beside'])(
	'an image answer with %s says that one could not be read',
	async (odd) => {
		const prompt = `A boat [sandbox: create=200 odd=${odd}]`;
		const run = await bench.run('image/generate', { ...SMALL, prompt });
		await expectPictures(run, 1);
		expect(run.hints).toMatchObject([
			{ message: expect.stringContaining('1 of 2 images of item 0 could not be read') },
		]);
	},
);

test.each(['relative-url', 'images-links'])('links in the form of %s are fetched', async (odd) => {
	const prompt = `A boat [sandbox: create=200 odd=${odd}]`;
	const run = await bench.run('image/generate', { ...SMALL, prompt }, LINKS);
	await expectPictures(run, 1);
	expect(run.items[0]!.json.url).toMatch(/^http:\/\/127\.0\.0\.1.*\/openai-results\//);
});

test('an odd stream that was asked for', async () => {
	for (const odd of ['split-stream', 'commented-stream']) {
		const prompt = `A boat [sandbox: create=200 odd=${odd}]`;
		const options = { stream: true };
		await expectPictures(await bench.run('image/generate', { ...SMALL, prompt, options }), 1);
	}
});

test('edits and variations are read alike', async () => {
	const file = await picture('png', { width: 1024, height: 1024 });
	const items = [{ binary: { data: file } }];
	const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
	const prompt = 'A boat [sandbox: create=200 odd=data-uri]';
	const edited = await bench.run('image/edit', { ...SMALL, prompt, inputImages }, { items });
	await expectPictures(edited, 1);

	const faults = { alive: ['dall-e-2'], create: { status: 200, odd: 'null-entry' } };
	const varied = await bench.run('image/vary', { inputImages }, { items, account: { faults } });
	expect(varied.error).toBeUndefined();
	expect(varied.items).toHaveLength(1);
	expect((await varied.binary(0)).length).toBe(varied.items[0]!.json.fileSize);
});

test('the server’s own words are told where there is no image', async () => {
	const prompt = 'A boat [sandbox: create=200 odd=no-images-error]';
	const run = await bench.run('image/generate', { ...SMALL, prompt });
	expect(run.error?.message).toBe('OpenAI: The upstream gave up.');
	expect(run.error?.description).toContain('may have been charged');
});

describe('a background task', () => {
	test.each(['odd-output', 'odd-fields', 'bom'])('with %s', async (odd) => {
		const { key, id } = await startTask(bench, `A boat [sandbox: poll=200 odd=${odd}]`);
		const run = await onTask(bench, 'wait', key, id);
		await expectPictures(run, 1);
		expect(run.items[0]!.json.taskId).toBe(id);
	});

	test.each(['no-status', 'cut-behind-id', 'bom'])('that was created with %s', async (odd) => {
		const { run, key, id } = await startTask(bench, `A boat [sandbox: create=200 odd=${odd}]`);
		expect(run.error).toBeUndefined();
		expect(run.items).toMatchObject([{ json: { status: 'queued' } }]);
		expect(bench.sandbox.openai.responses(key).map((response) => response.id)).toEqual([id]);
		expect(await bench.engine.log()).toContain(`OpenAI has started the task ${id}`);
		await expectPictures(await onTask(bench, 'wait', key, id), 1);
	});

	test('that was created with a number as its ID', async () => {
		const { key, id } = await startTask(bench, 'A boat [sandbox: create=200 odd=numeric-id]');
		expect(id).toMatch(/^\d+$/);
		expect(await bench.engine.log()).toContain(`OpenAI has started the task ${id}`);
		await expectPictures(await onTask(bench, 'wait', key, id), 1);
	});

	test('that OpenAI refused for its content says that it is refused again', async () => {
		const { key, id } = await startTask(
			bench,
			'A boat [sandbox: fail=image_content_policy_violation]',
		);
		const run = await onTask(bench, 'wait', key, id, {});
		expect(run.error?.description).toContain('sent again unchanged, they will be refused again');
	});
});

describe('an answer in words', () => {
	const ask = async (odd: string) =>
		await bench.run('image/analyze', { text: `Hello [sandbox: create=200 odd=${odd}]` });

	test.each(['null-choice', 'bom', 'unasked-stream', 'odd-usage'])('with %s', async (odd) => {
		const run = await ask(odd);
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json.text).toMatch(/\w/);
		expect(run.items[0]!.json.isCut).toBe(false);
	});

	test('with an error in its place tells that', async () => {
		const run = await ask('choice-error');
		expect(run.error?.message).toBe('OpenAI: The upstream gave up.');
		expect(run.error?.description).toContain('may have been charged');
	});
});

test.each(['no-status', 'cut-behind-id'])('a batch that was created with %s', async (odd) => {
	const account = { faults: { create: { status: 200, odd } } };
	const run = await bench.run('batch/create', SMALL, { account });
	expect(run.error).toBeUndefined();
	const [batch] = bench.sandbox.openai.batches(run.key);
	expect(run.items).toMatchObject([{ json: { batchId: batch!.id } }]);
	expect(await bench.engine.log()).toContain(batch!.id);
});
