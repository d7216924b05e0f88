// Nothing is paid twice: idempotency keys over items, executions and n8n's own Retry On Fail.
import { startBench, until, type Bench } from './setup';
import { creates, downloads, model, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const each = { ...SMALL, prompt: '={{ $json.prompt }}' };
const itemsOf = (prompts: string[]) => prompts.map((prompt) => ({ json: { prompt } }));

function keysOf(key: string): Array<string | undefined> {
	return creates(bench, key).map(({ idempotencyKey }) => idempotencyKey);
}

function chargesOf(key: string): number {
	const { entries } = bench.sandbox.evolink.ledger(key);
	return entries.filter(({ kind }) => kind === 'charge').length;
}

test.concurrent(
	'every item and every execution has a key of its own, also for the same prompt',
	async () => {
		const key = bench.sandbox.evolink.addKey();
		const parameters = { ...each, completion: 'return' };
		const options = { items: itemsOf(['Twins', 'Twins']), key };
		await bench.image('generate', parameters, options);
		await bench.image('generate', parameters, options);
		const keys = keysOf(key);
		expect(new Set(keys).size).toBe(4);
		for (const each of keys) expect(each).toMatch(/^[A-Za-z0-9._-]{16,96}$/);
		expect(bench.sandbox.evolink.tasks(key)).toHaveLength(4);
	},
);

test.concurrent('Retry On Fail takes up what was made, with the same keys', async () => {
	const prompts = ['A', 'B', 'C [sandbox: download=dead times=1]'];
	const run = await bench.image('generate', each, {
		items: itemsOf(prompts),
		retryOnFail: { maxTries: 2 },
	});
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2].map((item) => ({ item })),
	);
	const tasks = bench.sandbox.evolink.tasks(run.key);
	expect(tasks).toHaveLength(3);
	expect(chargesOf(run.key)).toBe(3);
	// An item that was finished before the first try failed isn't even asked for again.
	expect(new Set(keysOf(run.key)).size).toBe(3);
	const failedFirst = tasks.find(({ prompt }) => prompt.startsWith('C'))!;
	expect(downloads(bench, failedFirst.id)).toHaveLength(2);
});

test.concurrent('Retry On Fail after an unknown outcome finds the task that was made', async () => {
	const prompt = 'A lamp [sandbox: paid-outcome-unknown]';
	const run = await bench.image('generate', { ...SMALL, prompt }, { retryOnFail: { maxTries: 2 } });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1);
	expect(new Set(keysOf(run.key)).size).toBe(1);
	expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(1);
	expect(chargesOf(run.key)).toBe(1);
});

test.concurrent('Retry On Fail after the time limit waits on for the same task', async () => {
	const prompt = 'A lamp [sandbox: seconds=1.6]';
	const parameters = { ...SMALL, prompt, options: { timeLimitSeconds: 5 } };
	const run = await bench.image('generate', parameters, { retryOnFail: { maxTries: 5 } });
	expect(run.error).toBeUndefined();
	expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(1);
	expect(chargesOf(run.key)).toBe(1);
});

test.concurrent(
	'Retry On Fail after a task that failed, and cost nothing, makes a new one',
	async () => {
		const key = bench.sandbox.evolink.addKey({ faults: { fail: 'generation_failed' } });
		const tasks = () => bench.sandbox.evolink.tasks(key);
		const running = bench.image('generate', SMALL, { key, retryOnFail: { maxTries: 3 } });
		await until(() => tasks().some(({ status }) => status === 'failed'));
		bench.sandbox.evolink.setFaults(key, {});
		const run = await running;
		expect(run.error).toBeUndefined();
		expect(tasks().map(({ status }) => status)).toEqual(['failed', 'completed']);
		expect(run.items[0]!.json.taskId).toBe(tasks()[1]!.id);
		// The second try looks the failed task up by its ID, and then asks for another.
		const keys = keysOf(key);
		expect(keys).toEqual([keys[0], expect.not.stringMatching(keys[0]!)]);
		expect(chargesOf(key)).toBe(1);
	},
);

test.concurrent('each try makes a task anew as long as all before have failed', async () => {
	const prompt = 'A lamp [sandbox: fail=generation_failed]';
	const run = await bench.image('generate', { ...SMALL, prompt }, { retryOnFail: { maxTries: 4 } });
	expect(run.error).toBeDefined();
	expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(4);
	expect(chargesOf(run.key)).toBe(0);
});

test.concurrent("Retry On Fail on Don't Wait starts one task", async () => {
	const run = await bench.image(
		'generate',
		{ ...each, completion: 'return' },
		{ items: itemsOf(['A', '', 'C']), retryOnFail: { maxTries: 3 } },
	);
	expect(run.error?.message).toBe('The Prompt is empty.');
	const prompts = bench.sandbox.evolink.tasks(run.key).map(({ prompt }) => prompt);
	expect(prompts).toHaveLength(new Set(prompts).size);
});

test.concurrent(
	"an expression that can't be worked out hides no task that was started",
	async () => {
		const prompt = "={{ $json.prompt ?? $('Nowhere').first().json.prompt }}";
		const run = await bench.image(
			'generate',
			{ ...SMALL, prompt, completion: 'return', options: { concurrency: 1 } },
			{ items: [{ json: { prompt: 'A' } }, { json: {} }] },
		);
		const [started] = bench.sandbox.evolink.tasks(run.key);
		expect(run.error?.message).toBe("Referenced node doesn't exist");
		expect(run.error?.description).toContain(`These tasks had been started too.`);
		expect(run.error?.description).toContain(started!.id);
	},
);

describe('a later try may cost less than what is left to order: what an earlier one has started is named', () => {
	const items = itemsOf(['A [sandbox: never]', 'B [sandbox: create=400]']);
	const retry = async (onError?: 'continueRegularOutput') => {
		const failed = await bench.image('generate', each, { items });
		const [started] = bench.sandbox.evolink.tasks(failed.key);
		expect(failed.error?.description).toContain(started!.id);
		const retried = await bench.image(
			'generate',
			{ ...each, options: { maximumCost: 0.0001 } },
			{ key: failed.key, items, retryOf: failed, onError },
		);
		expect(bench.sandbox.evolink.tasks(failed.key)).toHaveLength(1);
		return { retried, started: started!.id };
	};

	test.concurrent('in the message', async () => {
		const { retried, started } = await retry();
		expect(retried.error?.message).toMatch(/^This would cost/);
		expect(retried.error?.description).toContain(
			`Task: Get fetches their images without paying again: ${started}.`,
		);
	});

	test.concurrent('in its item, where the workflow goes on', async () => {
		const { retried, started } = await retry('continueRegularOutput');
		expect(retried.items.map(({ json }) => [json.kind, json.taskId])).toEqual([
			['costLimit', started],
			['costLimit', undefined],
		]);
	});
});

test.concurrent('the cost on the items is what EvoLink charged', async () => {
	const parameters = { ...model('gpt-image-1'), size: '1024x1024', numberOfImages: 3 };
	const run = await bench.image('generate', { ...parameters, options: { output: 'link' } });
	const costs = run.items.map(({ json }) => json.cost as { amount: number; credits: number });
	const { charged, reserved } = bench.sandbox.evolink.ledger(run.key);
	expect(costs.reduce((sum, { credits }) => sum + credits, 0)).toBeCloseTo(charged, 3);
	expect(costs.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(charged / 68, 4);
	expect(reserved).toBe(0);
});
