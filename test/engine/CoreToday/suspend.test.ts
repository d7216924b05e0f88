// Waiting: Pause Until the Images Are Ready at Core.Today, whose tasks make one image each, in both dialects.
import type { EngineRun } from '../support';
import { startBench, type Bench } from './setup';
import { creates } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const suspended = { prompt: '={{ $json.prompt }}', completion: 'suspend', quality: 'low' };
const items = ['A kite', 'A boat'].map((wish) => ({
	json: { prompt: `${wish} [sandbox: seconds=600]` },
}));

test('items without json are put aside, and go on', async () => {
	const run = await bench.run(
		'image/generate',
		{ ...suspended, prompt: 'A kite [sandbox: seconds=600]' },
		{ items: [{ json: 'missing' }, {}], suspendable: true },
	);
	expect(run.status).toBe('waiting');
	for (const { id } of bench.sandbox.coreToday.predictions(run.key)) {
		bench.sandbox.coreToday.finishPrediction(id);
	}
	const ended = await run.resumed();
	expect(ended.passedOn.map(({ json }) => json.status)).toEqual(['succeeded', 'succeeded']);
	expect(creates(bench, run.key)).toHaveLength(2);
});

describe.each(['A', 'B'] as const)('dialect %s', (dialect) => {
	test('all images of all items come out together, in order', async () => {
		const run = await bench.run(
			'image/generate',
			{ ...suspended, numberOfImages: 2 },
			{ items, suspendable: true, account: { dialect } },
		);
		expect(run.status).toBe('waiting');
		const ids = run.items.map(({ json }) => json.taskIds as string[]);
		expect(ids.map((each) => each.length)).toEqual([2, 2]);
		for (const id of ids.flat()) bench.sandbox.coreToday.finishPrediction(id);

		const ended = await run.resumed();
		expect(ended.status).toBe('success');
		expect(
			ended.items.map(({ json, pairedItem }) => [json.taskId, json.index, json.count, pairedItem]),
		).toEqual(ids.flatMap((each, item) => each.map((id, index) => [id, index, 2, { item }])));
		for (const item of ended.items) {
			expect((await ended.binary(item)).length).toBe(item.json.fileSize);
			expect(item.json.cost).toMatchObject({ credits: 45 });
		}
		expect(creates(bench, run.key)).toHaveLength(4);
		expect(ended.hints).toEqual([]);
	});
});

test('after the time limit, Task: Wait fetches all tasks of an item at once', async () => {
	const run = await bench.run(
		'image/generate',
		{ ...suspended, prompt: 'A kite [sandbox: seconds=600, callback=lose]', numberOfImages: 3 },
		{ suspendable: true },
	);
	const { passedOn } = await run.passTimeLimit();
	expect(passedOn).toMatchObject([{ json: { status: 'queued' } }]);
	const ids = passedOn[0]!.json.taskIds as string[];
	for (const id of ids) bench.sandbox.coreToday.finishPrediction(id);
	const later = await bench.run(
		'task/wait',
		{ taskId: '={{ $json.taskIds }}' },
		{ key: run.key, items: passedOn.map(({ json }) => ({ json })) },
	);
	expect(later.items.map(({ json }) => [json.taskId, json.index, json.count])).toEqual(
		ids.map((id, index) => [id, index, 3]),
	);
	expect(creates(bench, run.key)).toHaveLength(3);
});

describe('a format whose order got no answer, and may have been charged,', () => {
	const MISSING = 'These formats of item 0 are missing: Story and Reel.';
	const parameters = {
		...suspended,
		size: 'formats',
		formats: ['story', 'square', 'wide'],
		prompt: 'A kite [sandbox: seconds=600, create=500 after-effect times=1]',
		options: { output: 'link' },
	};
	const told = ({ hints }: Pick<EngineRun, 'hints'>) => hints.map(({ message }) => message);

	test.each([[{}], [{ onError: 'continueRegularOutput' }]] as const)(
		'is told when the execution goes on, with what else was told: %j',
		async (more) => {
			const run = await bench.run('image/generate', parameters, { suspendable: true, ...more });
			expect(told(run).some((hint) => hint.startsWith(MISSING))).toBe(true);
			for (const { id } of bench.sandbox.coreToday.predictions(run.key)) {
				bench.sandbox.coreToday.finishPrediction(id);
			}
			const ended = await run.resumed();
			expect(ended.items).toHaveLength(2);
			expect(told(ended)).toEqual(told(run));
		},
	);

	test('is told on the item where the time limit is over', async () => {
		const run = await bench.run('image/generate', parameters, { suspendable: true });
		const { passedOn } = await run.passTimeLimit();
		expect(passedOn).toHaveLength(1);
		expect(passedOn[0]!.json.hint).toContain(MISSING);
		expect(passedOn[0]!.json.hint).toContain('It may have been charged.');
	});
});

describe('where the workflow goes on, Retry On Fail sends a create without an answer no second time', () => {
	const lost = 'A kite [sandbox: create=500 after-effect]';
	const goesOn = {
		suspendable: true,
		onError: 'continueRegularOutput',
		retryOnFail: { maxTries: 3 },
	} as const;

	test('when nothing is left to wait for', async () => {
		const run = await bench.run('image/generate', { ...suspended, prompt: lost }, goesOn);
		expect(run.items).toMatchObject([{ json: { status: 'failed', mayBeCharged: true } }]);
		expect(creates(bench, run.key)).toHaveLength(1);
	});

	test('when the images of other items are there', async () => {
		const waits = 'A boat [sandbox: seconds=600]';
		const both = [lost, waits].map((prompt) => ({ json: { prompt } }));
		const run = await bench.run('image/generate', suspended, { ...goesOn, items: both });
		expect(run.status).toBe('waiting');
		for (const { id } of bench.sandbox.coreToday.predictions(run.key)) {
			bench.sandbox.coreToday.finishPrediction(id);
		}
		const ended = await run.resumed();
		expect(ended.items.map(({ json }) => json.status)).toEqual(['failed', 'succeeded']);
		expect(creates(bench, run.key)).toHaveLength(2);
	});
});

test('a create without an answer ends the execution, and Retry On Fail sends it no second time', async () => {
	const run = await bench.run(
		'image/generate',
		{ ...suspended, prompt: 'A kite [sandbox: create=500 after-effect]' },
		{ suspendable: true, retryOnFail: { maxTries: 3 } },
	);
	expect(run.status).toBe('error');
	expect(run.error!.message).toBe(
		'An earlier try got no usable answer from Core.Today, so this try sent nothing.',
	);
	expect(creates(bench, run.key)).toHaveLength(1);
});
