// Many items in one run: order kept, a few at a time, few requests, and no task forgotten when one of them fails.
import { picture } from './pictures';
import { startBench, until, type Bench } from './setup';
import { creates, maxOpenAtOnce, polls, SMALL, uploads } from './traffic';

const LINKS = { output: 'link' };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** One item for each prompt. */
function itemsOf(prompts: string[]) {
	return prompts.map((prompt) => ({ json: { prompt } }));
}

const each = { ...SMALL, prompt: '={{ $json.prompt }}' };

test.concurrent(
	'order and pairedItem are kept, and no more are made at once than Concurrency says',
	async () => {
		const seconds = [1.6, 0.5, 1.2, 0.5, 0.9, 0.5, 0.7, 0.5];
		const prompts = seconds.map((time, index) => `Kite ${index} [sandbox: seconds=${time}]`);
		const run = await bench.image(
			'generate',
			{ ...each, numberOfImages: 2, options: { ...LINKS, concurrency: 3 } },
			{ items: itemsOf(prompts) },
		);
		expect(run.error).toBeUndefined();
		const tasks = bench.sandbox.evolink.tasks(run.key);
		const promptOf = new Map(tasks.map(({ id, prompt }) => [id, prompt]));
		expect(
			run.items.map(({ json, pairedItem }) => [
				promptOf.get(String(json.taskId)),
				json.index,
				pairedItem,
			]),
		).toEqual(prompts.flatMap((prompt, item) => [0, 1].map((index) => [prompt, index, { item }])));
		expect(tasks).toHaveLength(8);
		expect(maxOpenAtOnce(bench, run.key)).toBe(3);
	},
);

test.concurrent('with Concurrency 1, one after the other', async () => {
	const options = { ...LINKS, concurrency: 1 };
	const run = await bench.image('generate', { ...each, options }, { items: itemsOf(['A', 'B']) });
	expect(run.items).toHaveLength(2);
	expect(maxOpenAtOnce(bench, run.key)).toBe(1);
});

test.concurrent(
	'sixty waiting tasks are asked for together, at most fifty in one request',
	async () => {
		const prompts = Array.from(
			{ length: 60 },
			(_none, index) => `Kite ${index} [sandbox: seconds=60]`,
		);
		const { key } = bench.credentials();
		const running = bench.image(
			'generate',
			{ ...each, options: { ...LINKS, concurrency: 60 } },
			{ key, items: itemsOf(prompts) },
		);
		const tasks = await until(() => {
			const started = bench.sandbox.evolink.tasks(key);
			return started.length === 60 && started;
		});
		for (const { id } of tasks) bench.sandbox.evolink.finishTask(id);
		const run = await running;
		expect(run.items).toHaveLength(60);
		expect(maxOpenAtOnce(bench, run.key)).toBe(60);
		const { all, batch } = polls(bench, run.key);
		expect(batch.length).toBeGreaterThanOrEqual(2);
		expect(batch.every(({ status }) => status === 200)).toBe(true);
		expect(all.length).toBeLessThan(20);
	},
);

test.concurrent(
	'one that fails stops the workflow, and the message names the tasks of the others',
	async () => {
		const run = await bench.image('generate', each, {
			items: itemsOf([
				'Slow [sandbox: seconds=60]',
				'Refused [sandbox: fail=content_policy_violation]',
				'Slower [sandbox: seconds=90]',
			]),
		});
		const tasks = bench.sandbox.evolink.tasks(run.key);
		const idOf = (name: string) => tasks.find(({ prompt }) => prompt.startsWith(name))!.id;
		expect(run.status).toBe('error');
		expect(run.error).toMatchObject({
			message: 'EvoLink: The request was refused by the content policy.',
			context: { itemIndex: 1 },
		});
		const [, others, facts] = run.error!.description!.split('\n');
		expect(others).toMatch(
			/^These tasks had been started too. Task: Get fetches their images without paying again: /,
		);
		expect(others).toContain(idOf('Slow '));
		expect(others).toContain(idOf('Slower'));
		expect(others).not.toContain(idOf('Refused'));
		expect(facts).toContain(`Task ID: ${idOf('Refused')}`);
	},
);

test.concurrent(
	'a create that is under way when another item fails is not cut off, and its task is named',
	async () => {
		const run = await bench.image('generate', each, {
			items: itemsOf([
				'Refused [sandbox: fail=content_policy_violation]',
				'Late [sandbox: seconds=60, answer-delay=3000]',
			]),
		});
		const tasks = bench.sandbox.evolink.tasks(run.key);
		const late = tasks.find(({ prompt }) => prompt.startsWith('Late'));
		expect(run.error?.message).toBe('EvoLink: The request was refused by the content policy.');
		expect(run.error?.description).toContain(late!.id);
		expect(creates(bench, run.key)).toHaveLength(2);
	},
);

test.concurrent('once an item has failed, nothing more is started and paid for', async () => {
	const data = await picture('png');
	const items = ['', 'B', 'C', 'D'].map((prompt) => ({ json: { prompt }, binary: { data } }));
	const parameters = { prompt: '={{ $json.prompt }}', size: '', options: { concurrency: 2 } };
	const run = await bench.image('edit', parameters, { items });
	expect(run.error).toMatchObject({ message: 'The Prompt is empty.', context: { itemIndex: 0 } });
	expect(uploads(bench, run.key).length).toBeLessThanOrEqual(1);
	expect(creates(bench, run.key)).toEqual([]);
});

test.concurrent(
	'stopping the execution ends the wait at once, and nobody is asked any more',
	async () => {
		const controller = new AbortController();
		const key = bench.sandbox.evolink.addKey();
		const running = bench.image('generate', each, {
			items: itemsOf(['A [sandbox: never]', 'B [sandbox: never]']),
			signal: controller.signal,
			key,
		});
		await until(() => polls(bench, key).all.length > 0);
		controller.abort();
		const run = await running;
		expect(run.status).toBe('canceled');
		const asked = polls(bench, key).all.length;
		await new Promise((resolve) => setTimeout(resolve, 2500));
		expect(polls(bench, key).all).toHaveLength(asked);
		expect(creates(bench, key)).toHaveLength(2);
	},
);
