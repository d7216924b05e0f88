// An execution that is cancelled while a create is on its way: its answer is awaited and kept, and no retry pays again.
import { keptCreates } from '../support';
import { picture } from './pictures';
import { startBench, until, type Bench } from './setup';
import { creates, SMALL, uploads } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const edit = {
	...SMALL,
	prompt: 'A red bicycle at {{ $now.toMillis() }}',
	options: { output: 'link' },
};
const parameters = { ...edit, prompt: `=${edit.prompt}` };

/** Stops the execution as soon as its create has arrived. */
async function cancelled() {
	const key = bench.sandbox.evolink.addKey();
	const stop = new AbortController();
	const items = [{ binary: { data: await picture('png') } }];
	const options = { key, items, signal: stop.signal, saves: true };
	const running = bench.image('edit', parameters, options);
	await until(() => uploads(bench, key).some(({ status }) => status === 200));
	bench.sandbox.evolink.setFaults(key, { answerDelayMs: 1000 });
	await until(() => creates(bench, key).length === 1);
	stop.abort();
	const run = await running;
	expect(run.status).toBe('canceled');
	bench.sandbox.evolink.setFaults(key, {});
	return run;
}

const tasksOf = (key: string) => bench.sandbox.evolink.tasks(key);

test('its task is in the log and in the memory, and a retry takes it up', async () => {
	const run = await cancelled();
	const [task] = tasksOf(run.key);
	await until(async () =>
		(await bench.engine.log()).includes(`EvoLink has started the task ${task!.id} (item`),
	);
	expect(keptCreates(run)).toMatchObject([{ state: 'started', taskId: task!.id }]);

	const again = await bench.image('edit', parameters, { key: run.key, retryOf: run });
	expect(again.error).toBeUndefined();
	expect(again.items.map(({ json }) => json.taskId)).toEqual([task!.id]);
	expect(creates(bench, run.key)).toHaveLength(1);
	expect(uploads(bench, run.key)).toHaveLength(1);
});

test('what n8n saves in the moment of the cancel sends the same request again, which finds the task', async () => {
	const run = await cancelled();
	const again = await bench.image('edit', parameters, { key: run.key, retryOf: run.saved[0] });
	expect(again.error).toBeUndefined();
	expect(again.items.map(({ json }) => json.taskId)).toEqual(tasksOf(run.key).map(({ id }) => id));
	expect(tasksOf(run.key)).toHaveLength(1);
	const [first, second] = creates(bench, run.key);
	expect(second!.idempotencyKey).toBe(first!.idempotencyKey);
	expect(uploads(bench, run.key)).toHaveLength(1);
});
