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

test('when another try can look none of them up, its error names those of all items', async () => {
	const run = await bench.run(
		'image/generate',
		{ quality: 'low' },
		{
			items: [{}, {}],
			account: { faults: { poll: { status: 403 } } },
			retryOnFail: { maxTries: 2 },
		},
	);
	const ids = bench.sandbox.coreToday.predictions(run.key).map(({ id }) => id);
	expect(ids).toHaveLength(2);
	for (const id of ids) expect(run.error?.description).toContain(id);
});

test.each(['get', 'wait'])(
	'Task: %s of several IDs names all of them where one fails',
	async (operation) => {
		const parameters = { taskId: 'pred_1, pred_2' };
		const faults = { poll: { status: 403 } } as const;
		const stopped = await bench.run(`task/${operation}`, parameters, { account: { faults } });
		for (const id of ['pred_1', 'pred_2']) expect(stopped.error?.description).toContain(id);
		const onError = 'continueRegularOutput';
		const { items } = await bench.run(`task/${operation}`, parameters, {
			account: { faults },
			onError,
		});
		expect(items).toMatchObject([{ json: { taskIds: ['pred_1', 'pred_2'] } }]);
	},
);
