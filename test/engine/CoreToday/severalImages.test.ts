// Several images of one item: a prediction each, joined in order, and none of them unnamed when one fails.
import { startBench, until, type Bench } from './setup';
import { creates, downloads, LINKS, polls } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const three = { numberOfImages: 3, quality: 'low' };

const predictionsOf = (key: string) => bench.sandbox.coreToday.predictions(key);

describe.each(['A', 'B'] as const)('in dialect %s', (dialect) => {
	test.concurrent('the pictures come in the order of their predictions', async () => {
		const run = await bench.run('image/generate', three, { account: { dialect } });
		expect(run.error).toBeUndefined();
		const ids = predictionsOf(run.key).map(({ id }) => id);
		expect(run.items.map(({ json }) => json.taskId)).toEqual(ids);
		expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
			[0, 3],
			[1, 3],
			[2, 3],
		]);
		for (const item of [0, 1, 2]) {
			const original = await fetch(String(run.items[item]!.json.url));
			expect((await run.binary(item)).equals(Buffer.from(await original.arrayBuffer()))).toBe(true);
			expect(run.items[item]!.json.fileName).toMatch(/^A-red-bicycle-\d{5}\.webp$/);
			expect(run.items[item]!.pairedItem).toEqual({ item: 0 });
		}
	});

	test.concurrent("Don't Wait gives all of them", async () => {
		const parameters = { ...three, completion: 'return' };
		const run = await bench.run('image/generate', parameters, { account: { dialect } });
		expect(run.items.map(({ json }) => json.taskId)).toEqual(
			predictionsOf(run.key).map(({ id }) => id),
		);
		expect(run.items.map(({ json }) => json.status)).toEqual(Array(3).fill('running'));
		expect(polls(bench, run.key)).toEqual([]);
	});
});

test.concurrent('number_of_images is never sent, as the model takes no more than one', async () => {
	const run = await bench.run('image/generate', { ...LINKS, numberOfImages: 2 });
	expect(run.items).toHaveLength(2);
	const inputs = predictionsOf(run.key).map(({ input }) => input);
	expect(inputs).toEqual(Array(2).fill({ prompt: 'A red bicycle', quality: 'medium' }));
});

/** Runs three images of which the first that ends fails, the others when it has. */
async function failingOne(onError?: 'continueRegularOutput') {
	const key = bench.sandbox.coreToday.addKey({ faults: { never: true } });
	const running = bench.run('image/generate', { ...LINKS, ...three }, { key, onError });
	await until(() => predictionsOf(key).length === 3);
	const ids = predictionsOf(key).map(({ id }) => id);
	bench.sandbox.coreToday.finishPrediction(ids[0]!);
	bench.sandbox.coreToday.setFaults(key, { fail: 'content_policy_violation' });
	bench.sandbox.coreToday.finishPrediction(ids[1]!);
	bench.sandbox.coreToday.setFaults(key, {});
	bench.sandbox.coreToday.finishPrediction(ids[2]!);
	return { run: await running, ids, key };
}

test.concurrent.each([undefined, 'continueRegularOutput'] as const)(
	'one of three fails: the others come out, and it is told (On Error: %s)',
	async (onError) => {
		const { run, ids, key } = await failingOne(onError);
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => json.taskId)).toEqual([ids[0], ids[2]]);
		expect(run.hints.map(({ message }) => message)).toEqual([
			`One image of item 0 is missing. Core.Today: content_policy_violation: The request was refused by the content policy. Change the Prompt or the input images: sent again unchanged, they will be refused again. Task ID: ${ids[1]}`,
		]);
		expect(creates(bench, key)).toHaveLength(3);
		expect(bench.sandbox.coreToday.ledger(key)).toMatchObject({ charged: 90, reserved: 0 });
	},
);

test.concurrent.each(['wait', 'return'])(
	'credits for two of three: both come out, and what is missing is told (Waiting: %s)',
	async (completion) => {
		const account = { credits: 100 };
		const parameters = { ...LINKS, ...three, completion };
		const run = await bench.run('image/generate', parameters, { account });
		expect(run.error).toBeUndefined();
		const made = predictionsOf(run.key).map(({ id }) => id);
		expect(made).toHaveLength(2);
		expect(run.items.map(({ json }) => json.taskId)).toEqual(made);
		expect(run.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^One image of item 0 is missing\. Core\.Today: Not enough credits: this prediction takes 45, 10 are left\./,
			),
		]);
		expect(creates(bench, run.key)).toHaveLength(3);
	},
);

test.concurrent('with the output Link Only nothing is downloaded', async () => {
	const run = await bench.run('image/generate', { ...LINKS, ...three });
	expect(run.items.map(({ binary }) => binary)).toEqual([undefined, undefined, undefined]);
	for (const { json } of run.items) {
		expect(downloads(bench, String(json.taskId))).toEqual([]);
		expect(json.url).toMatch(/^http/);
	}
});
