// The same work where n8n keeps files in memory, inside the items, as it does by default on small installations.
import { differences, maskWithHole, noise, picture } from './pictures';
import { startBench, type Bench } from './setup';
import { downloads, expectRefusedUnsent, model, SMALL } from './traffic';

const SIZE = { width: 128, height: 96 };
const HOLE = { left: 16, top: 24, width: 40, height: 32 };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench('default');
});
afterAll(async () => await bench.close());

test.concurrent('the images come out inside the items', async () => {
	const run = await bench.image('generate', { ...SMALL, numberOfImages: 2 });
	expect(run.error).toBeUndefined();
	for (const item of run.items) {
		expect(run.binaryInfo(item).id).toBeUndefined();
		expect((await run.binary(item)).length).toBe(item.json.fileSize);
	}
});

test.concurrent('a reference and a mask go up as they are', async () => {
	const data = await picture('png', SIZE);
	const mask = await maskWithHole(SIZE, HOLE);
	const parameters = { size: '', maskSource: 'binary' };
	const run = await bench.image('edit', parameters, { items: [{ binary: { data, mask } }] });
	expect(run.error).toBeUndefined();
	const found = await differences(data.content, await run.binary(0), HOLE);
	expect(found).toEqual({ inside: expect.any(Number), outside: 0 });
	const [url] = bench.sandbox.evolink.tasks(run.key)[0]!.imageUrls;
	const uploaded = await fetch(url!);
	expect(Buffer.from(await uploaded.arrayBuffer()).equals(data.content)).toBe(true);
});

test.concurrent.each(['short', 'truncated', 'html', 'empty'])(
	'a picture that arrives %s at first is fetched again, whole',
	async (kind) => {
		const prompt = `A kite [sandbox: download=${kind} times=2]`;
		const run = await bench.image('generate', { size: '1024x1024', prompt });
		expect(run.error).toBeUndefined();
		expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
		expect(downloads(bench, String(run.items[0]!.json.taskId))).toHaveLength(3);
	},
);

test('a reference of 12 MB on S1 is refused', async () => {
	const binary = { data: await noise(12) };
	const parameters = { ...model('gpt-4o-image'), size: '' };
	expectRefusedUnsent(
		bench,
		await bench.image('edit', parameters, { items: [{ binary }] }),
		'The input image "data" has 12.1 MB. gpt-4o-image takes at most 10 MB.',
		'Make the picture smaller, for instance with the Edit Image node.',
	);
});

test('a text file that is named .png is refused', async () => {
	const content = Buffer.from('Not a picture at all.\n');
	const binary = { data: { content, fileName: 'photo.png', mimeType: 'image/png' } };
	expectRefusedUnsent(
		bench,
		await bench.image('edit', { size: '' }, { items: [{ binary }] }),
		'The input image "data" isn\'t a picture that can be read, whatever its name says. gpt-image-2 takes JPEG, PNG, WebP.',
		'Check the step that makes this file.',
	);
});
