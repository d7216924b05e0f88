// One image of a task can't be had: the others come out, and a person learns which is missing, where it lies and what to do.
import { order } from './ordering';
import { startBench, until, type Bench } from './setup';
import { creates, SMALL } from './traffic';

/** Whichever link is asked for first is refused for good, the others are fine. */
const ONE_REFUSED = { download: { kind: 'denied' as const, times: 1 } };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('two of three come out, and a hint names the third one’s link and task', async () => {
	const key = bench.sandbox.evolink.addKey({ faults: ONE_REFUSED });
	const parameters = { ...SMALL, numberOfImages: 3 };
	const run = await bench.image('generate', parameters, { key, retryOnFail: { maxTries: 3 } });
	expect(run.error).toBeUndefined();
	const [task] = bench.sandbox.evolink.tasks(key);
	const indexes = run.items.map(({ json }) => json.index);
	const missing = [0, 1, 2].find((index) => !indexes.includes(index))!;
	expect(indexes).toEqual([0, 1, 2].filter((index) => index !== missing));
	expect(run.items.map(({ json }) => json.count)).toEqual([3, 3]);
	for (const item of run.items) expect((await run.binary(item)).length).toBe(item.json.fileSize);

	const got = await bench.run('task', 'get', { taskId: task!.id }, { key });
	const link = String(got.items[missing]!.json.url);
	expect(run.hints).toMatchObject([
		{
			message: `Image ${missing + 1} of 3 of item 0 is missing. The link to the picture doesn't work any more (HTTP 403). Links work for 24 hours. Task: Get with this task ID may give a new one. Link: ${link} · Task ID: ${task!.id}`,
		},
	]);
	const costs = run.items.map(({ json }) => (json.cost as { credits: number }).credits);
	const spent = (got.items[0]!.json.cost as { credits: number }).credits * 3;
	expect(costs.reduce((sum, each) => sum + each, 0)).toBeCloseTo(spent, 4);
	expect(creates(bench, key)).toHaveLength(1);
});

test('links only: nothing is fetched, and nothing is missing', async () => {
	const key = bench.sandbox.evolink.addKey({ faults: ONE_REFUSED });
	const parameters = { ...SMALL, numberOfImages: 2, options: { output: 'link' } };
	const run = await bench.image('generate', parameters, { key });
	expect(run.items).toHaveLength(2);
	expect(run.hints).toEqual([]);
});

test('a trigger starts its workflow with what came, and with an item that says what is missing', async () => {
	const key = bench.sandbox.evolink.addKey({ faults: ONE_REFUSED });
	const listening = await bench.trigger(key);
	const parameters = { ...SMALL, numberOfImages: 3 };
	const { id } = await order(bench, listening, key, 'Three kites', parameters);
	const items = await until(() => listening.started[0]);
	expect(items.map(({ json }) => [json.index, json.count])).toEqual([
		[0, 3],
		[1, 3],
		[2, 3],
	]);
	const failed = items.filter(({ json }) => json.status === 'failed');
	expect(failed).toHaveLength(1);
	expect(failed[0]!.binary).toBeUndefined();
	expect(failed[0]!.json).toMatchObject({
		taskId: id,
		provider: 'evolink',
		error: "The link to the picture doesn't work any more (HTTP 403).",
		advice: 'Links work for 24 hours. Task: Get with this task ID may give a new one.',
		url: expect.stringMatching(/^http.+\.png$/),
		expiresAt: expect.any(String),
	});
	for (const item of items.filter(({ json }) => json.status === 'succeeded')) {
		expect((await listening.binary(item)).length).toBe(item.json.fileSize);
	}
});

test('a picture that was not fetched by the Time Limit is named with its task, which has it', async () => {
	const prompt = 'A kite [sandbox: download=crawling]';
	const parameters = { ...SMALL, prompt, options: { timeLimitSeconds: 5 } };
	const run = await bench.image('generate', parameters, { retryOnFail: { maxTries: 2 } });
	const [task] = bench.sandbox.evolink.tasks(run.key);
	expect(run.error).toMatchObject({
		message: 'The picture was made, but could not be fetched within the Time Limit of 5 seconds.',
		description: `Fetch it with Task: Get and this task ID, or set a longer Time Limit in the Options.\nTask ID: ${task!.id}`,
	});
	expect(creates(bench, run.key).length).toBeLessThanOrEqual(2);
	expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(1);
});
