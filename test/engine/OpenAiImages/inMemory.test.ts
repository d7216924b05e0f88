// The same work where n8n keeps files in memory, inside the items, as it does by default on small installations.
import { differences, maskWithHole, noise, picture, type InputFile } from '../EvoLink/pictures';
import { onBatch, onTask, startTask } from './ordering';
import { startBench, until, type Bench } from './setup';
import { callOf, expectRefusedUnsent, SMALL } from './traffic';

const SIZE = { width: 1024, height: 640 };
const HOLE = { left: 160, top: 240, width: 400, height: 320 };

let bench: Bench;
let data: InputFile;
let mask: InputFile;
beforeAll(async () => {
	bench = await startBench('default');
	data = await picture('png', SIZE);
	mask = await maskWithHole(SIZE, HOLE);
});
afterAll(async () => await bench.close());

test('the images come out inside the items', async () => {
	const run = await bench.run('image/generate', { ...SMALL, numberOfImages: 2 });
	expect(run.error).toBeUndefined();
	for (const item of run.items) {
		expect(run.binaryInfo(item).id).toBeUndefined();
		expect((await run.binary(item)).length).toBe(item.json.fileSize);
	}
});

test('so do those of a stream, with their partial images', async () => {
	const run = await bench.run('image/generate', { ...SMALL, options: { partialImages: 1 } });
	expect(run.error).toBeUndefined();
	expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
	expect((await run.binary(0, 'data_partial_1')).length).toBeGreaterThan(1000);
	expect(run.binaryInfo(0, 'data_partial_1').id).toBeUndefined();
});

test('there is no link into n8n, so the file stays when only links are wanted', async () => {
	const run = await bench.run('image/generate', { ...SMALL, options: { output: 'link' } });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).not.toHaveProperty('url');
	expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
});

test('a reference and a mask go along as they are', async () => {
	const parameters = { ...SMALL, maskSource: 'binary' };
	const run = await bench.run('image/edit', parameters, { items: [{ binary: { data, mask } }] });
	expect(run.error).toBeUndefined();
	const { imagesIn, maskIn } = callOf(bench, run.key);
	expect([imagesIn[0]!.bytes, maskIn!.bytes]).toEqual([data.content.length, mask.content.length]);
	const found = await differences(data.content, await run.binary(0), HOLE);
	expect(found).toEqual({ inside: expect.any(Number), outside: 0 });
});

test('so do they to a background task', async () => {
	const parameters = { ...SMALL, maskSource: 'binary', completion: 'return' };
	const run = await bench.run('image/edit', parameters, { items: [{ binary: { data, mask } }] });
	const done = await onTask(bench, 'wait', run.key, String(run.items[0]!.json.taskId));
	expect(done.error).toBeUndefined();
	expect((await differences(data.content, await done.binary(0), HOLE)).outside).toBe(0);
});

test('and to a batch', async () => {
	const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
	const parameters = { ...SMALL, inputImages, maskSource: 'binary' };
	const run = await bench.run('batch/create', parameters, { items: [{ binary: { data, mask } }] });
	const id = String(run.items[0]!.json.batchId);
	bench.sandbox.openai.finishBatch(id);
	const done = await onBatch(bench, 'getResults', run.key, id);
	expect(done.error).toBeUndefined();
	expect((await differences(data.content, await done.binary(0), HOLE)).outside).toBe(0);
});

test('an image from the web is fetched and sent along', async () => {
	const account = { faults: { answer: 'url' as const } };
	const drawn = await bench.run('image/generate', SMALL, { account });
	const images = [{ source: 'url', url: String(drawn.items[0]!.json.url) }];
	const run = await bench.run('image/edit', { ...SMALL, inputImages: { images } });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).imagesIn).toMatchObject([SIZE]);
});

test('a picture is analyzed', async () => {
	const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
	const parameters = { text: 'What is it?', inputImages };
	const run = await bench.run('image/analyze', parameters, { items: [{ binary: { data } }] });
	expect(run.items[0]!.json.text).toContain('1024 × 640 pixels');
});

test('a trigger puts the picture into the item', async () => {
	const key = bench.addKey();
	const trigger = await bench.trigger(key);
	await trigger.activate();
	await startTask(bench, 'A boat', {}, { key });
	const [item] = await until(() => trigger.started[0]);
	expect((await trigger.binary(item!)).length).toBe(item!.json.fileSize);
});

test('a reference of 51 MB is refused unsent', async () => {
	const binary = { data: await noise(51) };
	expectRefusedUnsent(
		bench,
		await bench.run('image/edit', SMALL, { items: [{ binary }] }),
		'The input image "data" has 51.1 MB. gpt-image-2 takes less than 50 MB.',
		'Make the picture smaller, for instance with the Edit Image node.',
	);
});
