// An execution that is cancelled while a paid request is on its way: its answer is awaited and kept, and no retry pays again.
import type { IDataObject } from 'n8n-workflow';

import { HELD_BACK, keptCreates, until } from '../support';
import { startBench, type Bench } from './setup';
import { requestsOf, routesOf, SMALL, spentBy } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const STILL_UNKNOWN = 'An earlier try got no usable answer from OpenAI, so this try sent nothing.';
const OPERATIONS: Array<[string, string, IDataObject]> = [
	['image/generate', 'POST /images/generations', SMALL],
	['image/generate', 'POST /responses', { ...SMALL, completion: 'return' }],
	['image/analyze', 'POST /chat/completions', { text: 'Hello' }],
	['batch/create', 'POST /batches', {}],
];

/** Stops the execution as soon as its paid request has arrived. It is answered when n8n has saved the cancel. */
async function cancelled(
	operation: string,
	route: string,
	parameters: IDataObject,
	items?: Array<{ json: IDataObject }>,
) {
	const key = bench.addKey({ faults: HELD_BACK });
	const stop = new AbortController();
	const whenSaved = () => bench.sandbox.openai.setFaults(key, {});
	const options = { key, items, signal: stop.signal, whenSaved };
	const running = bench.run(operation, parameters, options);
	await until(() => routesOf(bench, key).includes(route));
	stop.abort();
	const run = await running;
	expect(run.status).toBe('canceled');
	return run;
}

const paidOf = (key: string, route: string) =>
	routesOf(bench, key).filter((each) => each === route);

test.each(OPERATIONS)(
	'%s, %s: what n8n saves in the moment of the cancel keeps a retry from ordering again',
	async (operation, route, parameters) => {
		const { key, saved } = await cancelled(operation, route, parameters);
		const again = await bench.run(operation, parameters, { key, retryOf: saved[0] });
		expect(again.error?.message).toBe(STILL_UNKNOWN);
		expect(paidOf(key, route)).toHaveLength(1);
	},
);

test.each(OPERATIONS)(
	'%s, %s: a retry puts out what came after the cancel',
	async (operation, route, parameters) => {
		const run = await cancelled(operation, route, parameters);
		const again = await bench.run(operation, parameters, { key: run.key, retryOf: run });
		expect(again.error).toBeUndefined();
		expect(again.items).toHaveLength(1);
		expect(paidOf(run.key, route)).toHaveLength(1);
	},
);

test('a picture that came after the cancel is kept with its file', async () => {
	const [[operation, route, parameters]] = OPERATIONS as [(typeof OPERATIONS)[0]];
	const run = await cancelled(operation, route, parameters);
	expect(keptCreates(run)).toMatchObject([{ state: 'finished' }]);
	const again = await bench.run(operation, parameters, { key: run.key, retryOf: run });
	expect((await again.binary(0)).length).toBe(again.items[0]!.json.fileSize);
	expect(spentBy(bench, run.key).images).toBe(1);
});

test.each(OPERATIONS.slice(1).filter(([operation]) => operation !== 'image/analyze'))(
	'%s, %s: its ID is in the log and in the memory',
	async (operation, route, parameters) => {
		const run = await cancelled(operation, route, parameters);
		const { responses, batches } = bench.sandbox.openai;
		const [made] = [...responses(run.key), ...batches(run.key)];
		await until(async () => (await bench.engine.log()).includes(`started the task ${made!.id} (`));
		expect(keptCreates(run)).toMatchObject([{ state: 'started', taskId: made!.id }]);
	},
);

test('batch/create: a retry that is refused before it sends names the batch that is there', async () => {
	const items = [{ json: {} }, { json: {} }];
	const run = await cancelled('batch/create', 'POST /batches', {}, items);
	const [made] = bench.sandbox.openai.batches(run.key);
	const twice = { customId: 'same' };
	const retry = async (onError?: 'continueRegularOutput') =>
		await bench.run('batch/create', twice, { key: run.key, items, retryOf: run, onError });
	const stopped = await retry();
	expect(stopped.error?.message).toContain('stands at two items');
	expect(stopped.error?.description).toContain(
		`Batch: Get Results fetches its images without paying again: ${made!.id}.`,
	);
	const gone = await retry('continueRegularOutput');
	for (const { json } of gone.items) expect(json.taskId).toBe(made!.id);
});

test('batch/create: a retry that is refused before it sends tells of a batch whose answer was lost', async () => {
	const lost = { create: { status: 500, body: 'reset', afterEffect: true } } as const;
	const items = [{ json: {} }, { json: {} }];
	const run = await bench.run('batch/create', {}, { items, account: { faults: lost } });
	expect(run.error?.description).toContain('It may have been charged.');
	const again = await bench.run(
		'batch/create',
		{ customId: 'same' },
		{ key: run.key, items, retryOf: run },
	);
	expect(again.error?.message).toContain('stands at two items');
	expect(again.error?.description).toContain(
		'One other request was sent, and no usable answer came.',
	);
});

test('an answer that never comes is awaited for a short while, and counts as unknown', async () => {
	const stop = new AbortController();
	const key = bench.addKey();
	const parameters = { ...SMALL, prompt: 'A boat [sandbox: never]' };
	const running = bench.run('image/generate', parameters, { key, signal: stop.signal });
	await until(() => requestsOf(bench, key).length > 0);
	stop.abort();
	const run = await running;
	expect(run.status).toBe('canceled');
	expect(keptCreates(run)).toMatchObject([{ state: 'unknown' }]);
});
