// Large pictures within a chat's text: they stream into n8n's binary store, and nobody else has to make room for them.
import { model, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test.each([
	['a', 'data'],
	['b', 'data'],
	['d', 'data'],
	['e', 'data'],
	['f', 'data'],
	['f', 'base64'],
	['g', 'data'],
] as const)('a picture of 16 MB comes out whole (shape %s, as %s)', async (shape, as) => {
	const account = { faults: { big: 16, shape, as } };
	const run = await bench.run('generate', {}, { account });
	expect(run.error).toBeUndefined();
	expect(run.calls).toHaveLength(1);
	const { bytes } = run.calls[0]!.imagesOut[0]!;
	expect(bytes).toBeGreaterThan(11 * 1024 * 1024);
	expect(run.items).toHaveLength(1);
	expect(run.items[0]!.json).toMatchObject({ fileSize: bytes, mimeType: 'image/png', width: 64 });
	expect((await run.binary(0)).length).toBe(bytes);
});

test('items with a picture of 16 MB each take their turn', async () => {
	const items = Array.from({ length: 6 }, (_, index) => ({ json: { index } }));
	const parameters = { model: model('gpt-4o-image-f'), options: { concurrency: 6 } };
	const run = await bench.run('generate', parameters, { account: { faults: { big: 16 } }, items });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(6);
	const sizes = run.calls.flatMap(({ imagesOut }) => imagesOut.map(({ bytes }) => bytes));
	for (const { json } of run.items) expect(sizes).toContain(json.fileSize);
});
