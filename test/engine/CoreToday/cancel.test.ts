// An execution that is cancelled while a create is on its way: its answer is awaited and kept, and no retry orders again.
import { HELD_BACK, keptCreates, until } from '../support';
import { startBench, type Bench } from './setup';
import { creates, LINKS } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const predictionsOf = (key: string) => bench.sandbox.coreToday.predictions(key);

/** Stops the execution as soon as its create has arrived. It is answered when n8n has saved the cancel. */
async function cancelled(create: object, delay: object = HELD_BACK) {
	const key = bench.sandbox.coreToday.addKey({ faults: { ...create, ...delay } });
	const stop = new AbortController();
	const whenSaved = () => bench.sandbox.coreToday.setFaults(key, {});
	const options = { key, signal: stop.signal, whenSaved };
	const running = bench.run('image/generate', LINKS, options);
	await until(() => creates(bench, key).length === 1);
	if (delay !== HELD_BACK) await until(() => creates(bench, key)[0]!.status !== 0);
	stop.abort();
	const run = await running;
	expect(run.status).toBe('canceled');
	return run;
}

test('its prediction is in the log and in the memory, and a retry takes it up', async () => {
	const run = await cancelled({});
	const [prediction] = predictionsOf(run.key);
	await until(async () =>
		(await bench.engine.log()).includes(`Core.Today has started the task ${prediction!.id} (item`),
	);
	expect(keptCreates(run)).toMatchObject([{ state: 'started', taskId: prediction!.id }]);

	const again = await bench.run('image/generate', LINKS, { key: run.key, retryOf: run });
	expect(again.error).toBeUndefined();
	expect(again.items.map(({ json }) => json.taskId)).toEqual([prediction!.id]);
	expect(predictionsOf(run.key)).toHaveLength(1);
});

test('what n8n saves in the moment of the cancel keeps a retry from ordering again', async () => {
	const run = await cancelled({});
	const retryOf = run.saved[0]!;
	const again = await bench.run('image/generate', LINKS, { key: run.key, retryOf });
	expect(again.error?.message).toBe(
		'An earlier try got no usable answer from Core.Today, so this try sent nothing.',
	);
	expect(predictionsOf(run.key)).toHaveLength(1);
});

test('a create that was surely not taken is sent by the retry', async () => {
	const run = await cancelled({ create: { status: 429, retryAfter: 30 } }, {});
	expect(keptCreates(run)).toEqual([]);
	expect(predictionsOf(run.key)).toEqual([]);
	const again = await bench.run('image/generate', LINKS, { key: run.key, retryOf: run });
	expect(again.error).toBeUndefined();
	expect(predictionsOf(run.key)).toHaveLength(1);
});

test('an answer that breaks off after the cancel counts as unknown', async () => {
	const run = await cancelled({ create: { status: 500, body: 'reset', afterEffect: true } });
	expect(keptCreates(run)).toMatchObject([{ state: 'unknown' }]);
	const again = await bench.run('image/generate', LINKS, { key: run.key, retryOf: run });
	expect(again.error?.description).toContain('Core.Today broke off the connection.');
	expect(predictionsOf(run.key)).toHaveLength(1);
});
