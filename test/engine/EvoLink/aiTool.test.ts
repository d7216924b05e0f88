// The EvoLink node as an AI agent's tool, in both ways in which n8n's agents call tools.
import type { IDataObject } from 'n8n-workflow';

import type { RunOptions } from '../support';
import { startBench, until, type Bench } from './setup';
import { SMALL, creates, downloads, model } from './traffic';

const ENDLESS = 'A cat [sandbox: never]';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

describe.each([true, 'agent'] as const)('called as a tool (asTool: %s)', (asTool) => {
	/** Each of the prompts is one call of the tool within one execution. */
	async function call(
		prompts: string[],
		more: IDataObject = {},
		options: Partial<RunOptions> = {},
		{ key } = bench.credentials(),
	) {
		const run = await bench.image(
			'generate',
			{ ...SMALL, prompt: "={{ $fromAI('prompt', '', 'string') }}", ...more },
			{ key, asTool, items: prompts.map((prompt) => ({ json: { prompt } })), ...options },
		);
		const answers = run.items.map(({ json }) => json);
		return { ...run, answers, tasks: bench.sandbox.evolink.tasks(key) };
	}

	const keysOf = (key: string) => creates(bench, key).map(({ idempotencyKey }) => idempotencyKey);

	test('an agent gets links, and no picture is downloaded', async () => {
		const { error, answers, items, tasks } = await call(['A cat']);
		expect(error).toBeUndefined();
		expect(answers).toMatchObject([
			{ taskId: tasks[0]!.id, status: 'succeeded', url: expect.stringMatching(/^http/) },
		]);
		expect(items[0]!.binary).toBeUndefined();
		expect(downloads(bench, tasks[0]!.id)).toEqual([]);
		const picture = await fetch(String(answers[0]!.url));
		expect(picture.headers.get('content-type')).toBe('image/png');
	});

	test('calls with different prompts are different tasks', async () => {
		const { answers, tasks, key } = await call(['A cat', 'A dog']);
		expect(tasks.map(({ prompt }) => prompt)).toEqual(['A cat', 'A dog']);
		expect(answers.map(({ taskId }) => taskId)).toEqual(tasks.map(({ id }) => id));
		expect(new Set(keysOf(key)).size).toBe(2);
	});

	test('the same call again, after one that went well, is another picture', async () => {
		const { answers, tasks, key } = await call(['A cat', 'A cat']);
		expect(tasks).toHaveLength(2);
		expect(answers.map(({ taskId }) => taskId)).toEqual(tasks.map(({ id }) => id));
		expect(new Set(keysOf(key)).size).toBe(2);
	});

	test('the same call again, after one that failed, takes up its task and pays nothing', async () => {
		const account = bench.credentials();
		const tasksNow = () => bench.sandbox.evolink.tasks(account.key);
		const running = call(
			[ENDLESS, 'A dog', ENDLESS],
			{ options: { timeLimitSeconds: 2 } },
			{ onError: 'continueRegularOutput' },
			account,
		);
		await until(() => tasksNow().length === 2);
		bench.sandbox.evolink.finishTask(tasksNow()[0]!.id);
		const { answers, tasks } = await running;
		expect(tasks.map(({ prompt }) => prompt)).toEqual([ENDLESS, 'A dog']);
		expect(answers[0]).toMatchObject({ kind: 'timeLimit', taskId: tasks[0]!.id });
		expect(answers[2]).toMatchObject({ status: 'succeeded', taskId: tasks[0]!.id });
		expect(new Set(keysOf(account.key)).size).toBe(2);
		expect(creates(bench, account.key)).toHaveLength(2);
	});

	test("n8n's Retry On Fail goes on with the task that it has", async () => {
		const account = bench.credentials();
		const running = call(
			[ENDLESS],
			{ options: { timeLimitSeconds: 1 } },
			{ retryOnFail: { maxTries: 4 } },
			account,
		);
		const begunAt = Date.now();
		// The first try has ended by then.
		await until(() => Date.now() - begunAt > 1800);
		bench.sandbox.evolink.finishTask(bench.sandbox.evolink.tasks(account.key)[0]!.id);
		const { answers, tasks, error } = await running;
		expect(error).toBeUndefined();
		expect(tasks).toHaveLength(1);
		expect(answers.at(-1)).toMatchObject({ taskId: tasks[0]!.id, status: 'succeeded' });
	});

	test("n8n's Retry On Fail starts a new task when the one before has failed", async () => {
		const prompt = 'A cat [sandbox: fail=generation_timeout]';
		const { tasks, error, key } = await call([prompt], {}, { retryOnFail: { maxTries: 2 } });
		expect(error?.message).toContain('The model took too long.');
		expect(tasks).toHaveLength(2);
		expect(bench.sandbox.evolink.ledger(key).charged).toBe(0);
	});

	test('a mistake is told to the agent in words', async () => {
		const { answers, key } = await call(['A cat'], { ...model('gpt-4o-image'), size: '4:5' });
		expect(String(answers[0]!.error)).toContain(
			'gpt-4o-image doesn\'t take the Size or Aspect Ratio "4:5".',
		);
		expect(creates(bench, key)).toEqual([]);
	});
});
