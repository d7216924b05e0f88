// An execution that is cancelled while a request is on its way: its answer is awaited and kept, and no retry pays again.
import { HELD_BACK, keptCreates, until } from '../support';
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** Stops the execution as soon as its request has arrived. It is answered when n8n has saved the cancel. */
async function cancelled(faults: object = {}) {
	const key = bench.sandbox.chat.addKey({ faults: { ...faults, ...HELD_BACK } });
	const stop = new AbortController();
	const whenSaved = () => bench.sandbox.chat.setFaults(key, {});
	const running = bench.run('generate', {}, { key, signal: stop.signal, whenSaved });
	await until(() => bench.sandbox.requests.some((request) => request.key === key));
	stop.abort();
	const run = await running;
	expect(run.status).toBe('canceled');
	return run;
}

test.each(['a', 'e'] as const)(
	'a retry puts out what it was answered (shape %s)',
	async (shape) => {
		const run = await cancelled({ shape, as: shape === 'e' ? 'data' : 'link' });
		expect(keptCreates(run)).toMatchObject([{ state: 'finished' }]);
		const again = await bench.run('generate', {}, { key: run.key, retryOf: run });
		expect(again.error).toBeUndefined();
		expect((await again.binary(0)).length).toBe(again.items[0]!.json.fileSize);
		expect(again.calls).toHaveLength(1);
	},
);

test('what n8n saves in the moment of the cancel keeps a retry from asking again', async () => {
	const run = await cancelled();
	const again = await bench.run('generate', {}, { key: run.key, retryOf: run.saved[0] });
	expect(again.error?.message).toBe(
		'An earlier try got no usable answer from the gateway, so this try sent nothing.',
	);
	expect(again.calls).toHaveLength(1);
});
