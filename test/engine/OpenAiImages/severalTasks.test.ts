// Several images as background tasks: each is a task of its own, and none that was started is lost.
import { picture } from '../EvoLink/pictures';
import { startBench, type Bench, type RunWith } from './setup';
import { requestsOf, routesOf, SMALL, spentBy } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const start = async (prompt: string, options: RunWith = {}) =>
	await bench.run(
		'image/generate',
		{ ...SMALL, quality: 'low', completion: 'return', numberOfImages: 3, prompt },
		options,
	);

test('three images are three tasks, and three items to wait for', async () => {
	const run = await start('A boat');
	expect(run.error).toBeUndefined();
	expect(routesOf(bench, run.key)).toEqual(Array(3).fill('POST /responses'));
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
	const ids = run.items.map(({ json }) => String(json.taskId));
	expect(new Set(ids).size).toBe(3);
	expect(
		bench.sandbox.openai
			.responses(run.key)
			.map(({ id }) => id)
			.sort(),
	).toEqual([...ids].sort());

	const items = run.items.map(({ json }) => ({ json }));
	const waited = await bench.run(
		'task/wait',
		{ taskId: '={{ $json.taskId }}' },
		{ key: run.key, items },
	);
	expect(waited.error).toBeUndefined();
	expect(waited.items.map(({ json }) => json.taskId)).toEqual(ids);
	expect(spentBy(bench, run.key).images).toBe(3);
});

test('the files of an edit go up once for all tasks', async () => {
	const items = [{ binary: { data: await picture('png') } }];
	const parameters = { ...SMALL, completion: 'return', numberOfImages: 2 };
	const run = await bench.run('image/edit', parameters, { items });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(2);
	expect(routesOf(bench, run.key)).toEqual(['POST /files', 'POST /responses', 'POST /responses']);
});

const ONE_FAILS = 'A boat [sandbox: create=400 times=1]';

test('when one task is refused, the item goes on with the others, and says so', async () => {
	const run = await start(ONE_FAILS, { onError: 'continueRegularOutput' });
	const ids = bench.sandbox.openai.responses(run.key).map(({ id }) => id);
	expect(ids).toHaveLength(2);
	expect(run.items.map(({ json }) => json.taskId).sort()).toEqual([...ids].sort());
	expect(run.hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(/^One image of item 0 is missing\. .*not valid/),
	]);
});

test('a second try starts only the task that is missing', async () => {
	const run = await start(ONE_FAILS, { retryOnFail: { maxTries: 2 } });
	expect(run.error).toBeUndefined();
	const ids = bench.sandbox.openai.responses(run.key).map(({ id }) => id);
	expect(ids).toHaveLength(3);
	expect(run.items.map(({ json }) => String(json.taskId)).sort()).toEqual([...ids].sort());
});

test('eleven images are refused before anything is sent', async () => {
	const run = await bench.run('image/generate', { completion: 'return', numberOfImages: 11 });
	expect(run.error).toMatchObject({
		message: 'gpt-image-2 makes 1 to 10 images at a time, not 11.',
		description: 'Set Number of Images to 1 to 10.',
	});
	expect(requestsOf(bench, run.key)).toEqual([]);
});
