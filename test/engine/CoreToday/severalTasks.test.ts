// Several images for one item are several paid tasks: when one can't be made, the others are still named.
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** Credits for two of three images of low quality. */
const account = { credits: 2 * 45 };
const parameters = { numberOfImages: 3, quality: 'low' };

test('the item that continues lists every task that was started', async () => {
	const run = await bench.run('image/generate', parameters, {
		account,
		onError: 'continueRegularOutput',
	});
	const ids = bench.sandbox.coreToday.predictions(run.key).map(({ id }) => id);
	expect(ids).toHaveLength(2);
	expect(run.items).toHaveLength(1);
	expect(run.items[0]!.json).toMatchObject({ kind: 'balance' });
	expect([...(run.items[0]!.json.taskIds as string[])].sort()).toEqual([...ids].sort());
});

test('the error that stops the workflow names them too', async () => {
	const run = await bench.run('image/generate', parameters, { account });
	const ids = bench.sandbox.coreToday.predictions(run.key).map(({ id }) => id);
	expect(ids).toHaveLength(2);
	const { description } = run.error as unknown as { description: string };
	for (const id of ids) expect(description).toContain(id);
});
