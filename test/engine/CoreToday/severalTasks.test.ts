// Several paid tasks: when one of them can't be looked up, the others are still named.
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

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
