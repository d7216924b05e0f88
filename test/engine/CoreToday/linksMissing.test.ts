// Several images are several tasks here: a link of one that doesn't work takes the others' images with it no more than
// within one task.
import { startBench, type Bench } from './setup';
import { creates } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('two of three come out, and a hint names the third one’s link and task', async () => {
	const account = { faults: { download: { kind: 'denied' as const, times: 1 } } };
	const parameters = { numberOfImages: 3 };
	const run = await bench.run('image/generate', parameters, {
		account,
		retryOnFail: { maxTries: 3 },
	});
	expect(run.error).toBeUndefined();
	const ids = bench.sandbox.coreToday.predictions(run.key).map(({ id }) => id);
	expect(ids).toHaveLength(3);
	const came = run.items.map(({ json }) => json.taskId);
	const missing = ids.find((id) => !came.includes(id))!;
	const numbers = run.items.map(({ json }) => json.index);
	const number = [0, 1, 2].find((each) => !numbers.includes(each))!;
	expect(run.items.map(({ json }) => json.count)).toEqual([3, 3]);
	for (const item of run.items) expect((await run.binary(item)).length).toBe(item.json.fileSize);
	expect(run.hints).toHaveLength(1);
	expect(run.hints![0]!.message).toMatch(
		new RegExp(
			`^Image ${number + 1} of 3 of item 0 is missing\\. .+ Link: http.+ · Task ID: ${missing}$`,
		),
	);
	expect(creates(bench, run.key)).toHaveLength(3);
});
