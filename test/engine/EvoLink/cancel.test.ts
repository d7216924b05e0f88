// An execution that is cancelled while a create is on its way: its answer is awaited and kept, and no retry pays again.
import { HELD_BACK, keptCreates, until } from '../support';
import { picture } from './pictures';
import { startBench, type Bench } from './setup';
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

/** Stops the execution as soon as its create has arrived. It is answered when n8n has saved the cancel. */
async function cancelled() {
	const key = bench.sandbox.evolink.addKey({ faults: HELD_BACK });
	const stop = new AbortController();
	const items = [{ binary: { data: await picture('png') } }];
	const whenSaved = () => bench.sandbox.evolink.setFaults(key, {});
	const options = { key, items, signal: stop.signal, whenSaved };
	const running = bench.image('edit', parameters, options);
	await until(() => creates(bench, key).length === 1);
	stop.abort();
	const run = await running;
	expect(run.status).toBe('canceled');
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
