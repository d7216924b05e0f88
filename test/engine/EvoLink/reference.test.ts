// Your Reference in the EvoLink node: it comes along everywhere, and nothing is ordered twice under it.
import type { IDataObject } from 'n8n-workflow';

import type { EngineRun } from '../support';
import { order, orderSilently, deliver } from './ordering';
import { picture } from './pictures';
import { startBench, until, type Bench } from './setup';
import { creates, expectRefusedUnsent, requestsOf, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

type Options = Parameters<Bench['image']>[2];

const REFERENCE = 'order 4711 & {{ x }} =#?%+ 주문 👩‍🚀 "q" \'q\' <b>';
const LINKS = { output: 'link' };
const tasksOf = (key: string) => bench.sandbox.evolink.tasks(key);
const repeatsTold = ({ hints }: Pick<EngineRun, 'hints'>) =>
	hints.map(({ message }) => message).filter((message) => message.includes('had an order'));
const reserved = (key: string) =>
	bench.sandbox.evolink.ledger(key).entries.filter(({ kind }) => kind === 'reserve').length;

async function generate(reference: unknown, more: IDataObject = {}, options: Options = {}) {
	const { options: others, ...parameters } = { options: {}, ...more };
	return await bench.image(
		'generate',
		{ ...SMALL, ...parameters, options: { ...LINKS, ...(others as IDataObject), reference } },
		options,
	);
}

describe('it stands', () => {
	test('in the output, behind the model', async () => {
		const { items } = await generate(REFERENCE, { numberOfImages: 2 });
		expect(items.map(({ json }) => json.reference)).toEqual([REFERENCE, REFERENCE]);
	});

	test.each([
		['a number, as text', '={{ 4711 }}', '4711'],
		['spaces around it, left out', '=  {{ "4711\\n" }} ', '4711'],
	])('as %s', async (_rule, given, shown) => {
		const { items } = await generate(given);
		expect(items[0]!.json.reference).toBe(shown);
	});

	test.each(['', '={{ $json.missing }}', '={{ null }}', '={{ "  " }}'])(
		'nowhere where it is empty: %s',
		async (given) => {
			const { items, error } = await generate(given, {}, { items: [{}, {}] });
			expect(error).toBeUndefined();
			expect(items).toHaveLength(2);
			expect(items.some(({ json }) => 'reference' in json)).toBe(false);
			expect(items.some(({ json }) => 'orderedBefore' in json)).toBe(false);
		},
	);

	test('in the line of the log that names the task', async () => {
		const { key, executionId } = await generate('row 12');
		const [task] = tasksOf(key);
		await until(async () =>
			(await bench.engine.log()).includes(
				`EvoLink has started the task ${task!.id} (item 0 of EvoLink, execution ${executionId}, reference \\"row 12\\").`,
			),
		);
	});

	test('in the error of its item, and in the item that goes on in its place', async () => {
		const faults = { fail: 'generation_timeout' };
		const stopped = await generate('row 12', {}, { faults });
		expect(stopped.error?.description).toContain('Your reference: row 12');
		const wentOn = await generate('row 13', {}, { faults, onError: 'continueRegularOutput' });
		expect(wentOn.items[0]!.json).toMatchObject({ reference: 'row 13', kind: 'taskFailed' });
		const apart = await generate('row 14', {}, { faults, onError: 'continueErrorOutput' });
		const [failed] = apart.outputs[1]!;
		expect(failed!.json.error).toMatchObject({ reference: 'row 14', kind: 'taskFailed' });
	});

	test('once for all images of an item that are grouped', async () => {
		const options = { groupImages: true };
		const { items } = await generate('row 12', { numberOfImages: 2, options });
		expect(items).toHaveLength(1);
		expect(items[0]!.json).toMatchObject({ reference: 'row 12', orderedBefore: false, count: 2 });
		expect(JSON.stringify(items[0]!.json.images)).not.toMatch(/reference|orderedBefore/);
	});

	test('at a Get or Wait of the item that has been returned at once, without being named again', async () => {
		const started = await generate('row 12', { completion: 'return' });
		const items = [{ json: started.items[0]!.json }];
		for (const operation of ['wait', 'get']) {
			const parameters = { taskId: '={{ $json.taskId }}', options: LINKS };
			const fetched = await bench.run('task', operation, parameters, { key: started.key, items });
			expect(fetched.items[0]!.json).toMatchObject({ reference: 'row 12', status: 'succeeded' });
			// That of the order isn't true of what is fetched, and nobody can tell it there.
			expect(fetched.items[0]!.json).not.toHaveProperty('orderedBefore');
		}
	});

	test('and wins over a field of that name that came in, which stays where there is none', async () => {
		const items = [{ json: { reference: 'of the CRM' } }];
		const named = await generate('row 12', {}, { items });
		expect(named.items[0]!.json.reference).toBe('row 12');
		expect(named.items[0]!.json.orderedBefore).toBe(false);
		const unnamed = await generate('', {}, { items });
		expect(unnamed.items[0]!.json.reference).toBe('of the CRM');
	});

	test('at a task that is returned at once, and at a Get or Wait that names it', async () => {
		const started = await generate('row 12', { completion: 'return' });
		expect(started.items[0]!.json).toMatchObject({ reference: 'row 12' });
		const { taskId } = started.items[0]!.json;
		const options = { ...LINKS, reference: 'row 12' };
		for (const operation of ['wait', 'get']) {
			const fetched = await bench.run('task', operation, { taskId, options }, { key: started.key });
			expect(fetched.items[0]!.json).toMatchObject({ reference: 'row 12', status: 'succeeded' });
		}
	});
});

describe('one that can not be taken is refused, and nothing is sent', () => {
	test.each<[string, string, string]>([
		[
			'10,000 characters',
			`={{ 'x'.repeat(10000) }}`,
			`Your Reference has 10,000 characters, at most 200 are taken. It begins with "${'x'.repeat(40)}".`,
		],
		[
			'a line break, which would forge a line of the log',
			'={{ "1\\nEvoLink has started the task x" }}',
			'Your Reference has a line break in it, behind "1".',
		],
		['a list', '={{ ["a", "b"] }}', 'Your Reference must be text, but it is a list.'],
	])('%s', async (_rule, given, message) => {
		const run = await generate(given);
		expect(run.error?.message).toBe(message);
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('the key itself', async () => {
		const { key } = bench.credentials();
		const run = await generate(`order ${key}`, {}, { key });
		expectRefusedUnsent(
			bench,
			run,
			'Your Reference holds a secret of the credential.',
			'Use an order or row number. If it is an expression, check that it leads to the right field.\nYour reference: order •••',
		);
		expect(JSON.stringify(run.error)).not.toContain(key);
	});

	test('one with which the Callback URL gets too long', async () => {
		const callbackUrl = `https://n8n.example.com/webhook/${'x'.repeat(1300)}`;
		const run = await generate('주'.repeat(200), { completion: 'return', callbackUrl });
		expect(run.error?.message).toMatch(
			/^The Callback URL has \d+ characters with its token and Your Reference, at most 2048 are taken\.$/,
		);
		expect(requestsOf(bench, run.key)).toEqual([]);
	});
});

describe('through the callback URL', () => {
	test('it comes to the trigger as it was, with pictures and without', async () => {
		const { key } = bench.credentials();
		const events = ['succeeded', 'failed', 'cancelled'];
		const listening = await bench.trigger(key, { events });
		const options = { reference: REFERENCE };
		await order(bench, listening, key, 'A boat', { options });
		const [made] = await until(() => listening.started[0]);
		expect(made!.json).toMatchObject({ reference: REFERENCE, status: 'succeeded' });
		await order(bench, listening, key, 'A cat [sandbox: fail=content_policy_violation]', {
			options: { reference: 'row 13' },
		});
		const [failed] = await until(() => listening.started[1]);
		expect(failed!.json).toMatchObject({ reference: 'row 13', status: 'failed' });
	});

	test('it stands beside a parameter of the same name that the address had before', async () => {
		const { key } = bench.credentials();
		const listening = await bench.trigger(key);
		const callbackUrl = `${listening.url}?reference=mine&token=mine`;
		await order(bench, listening, key, 'A boat', { callbackUrl, options: { reference: 'row 12' } });
		const [made] = await until(() => listening.started[0]);
		expect(made!.json.reference).toBe('row 12');
		await order(bench, listening, key, 'A dog', { callbackUrl });
		const [other] = await until(() => listening.started[1]);
		expect(other!.json).not.toHaveProperty('reference');
	});

	test('nobody who knows the address can put another one on it, or take it off', async () => {
		const { key } = bench.credentials();
		const listening = await bench.trigger(key);
		const { id, address } = await orderSilently(bench, listening, key);
		const named = await bench.image(
			'generate',
			{
				prompt: 'A cat [sandbox: callback=lose, seconds=60]',
				completion: 'return',
				callbackUrl: listening.url,
				options: { reference: 'row 12' },
			},
			{ key },
		);
		const task = tasksOf(key).find((each) => each.id === named.items[0]!.json.taskId)!;
		bench.sandbox.evolink.finishTask(task.id);
		const body = { id: task.id, status: 'completed' };
		const other = new URL(task.callbackUrl!);
		other.searchParams.set('reference', Buffer.from('row 13').toString('base64url'));
		expect(await deliver(other.href, body)).toMatchObject({ status: 401 });
		const none = new URL(task.callbackUrl!);
		none.searchParams.delete('reference');
		expect(await deliver(none.href, body)).toMatchObject({ status: 401 });
		const added = new URL(address);
		added.searchParams.set('reference', Buffer.from('row 13').toString('base64url'));
		expect(await deliver(added.href, { id, status: 'completed' })).toMatchObject({ status: 200 });
		const [first] = await until(() => listening.started[0]);
		expect(first!.json).not.toHaveProperty('reference');
		expect(await deliver(task.callbackUrl!, body)).toMatchObject({ status: 200 });
		expect(await deliver(task.callbackUrl!, body)).toMatchObject({ message: 'Already received.' });
		await until(() => listening.started.length === 2);
		expect(listening.started.map(([item]) => item!.json.reference)).toEqual([undefined, 'row 12']);
	});

	test('its token is hidden where EvoLink quotes the address', async () => {
		const text =
			'{"error":{"code":"invalid_parameter","message":"callback_url: {{callback}}","param":"callback_url"}}';
		const { key } = bench.credentials();
		const listening = await bench.trigger(key);
		const probe = await order(bench, listening, key, 'A boat', {
			options: { reference: 'row 12' },
		});
		bench.sandbox.evolink.setFaults(key, {
			create: { status: 400, text: text.replace('{{callback}}', probe.address) },
		});
		const run = await generate(
			'row 12',
			{ prompt: 'A boat', completion: 'return', callbackUrl: listening.url },
			{ key },
		);
		const [mark] = new URL(probe.address).searchParams.get('token')!.split('.');
		expect(run.error?.message).toContain('token=•••.');
		expect(JSON.stringify(run.error)).not.toContain(mark);
	});
});

describe('suspended', () => {
	test('it comes along, and to the error of one that fails', async () => {
		const run = await generate(
			'={{ $json.row }}',
			{ prompt: '={{ $json.prompt }}', completion: 'suspend' },
			{
				items: [
					{ json: { row: 'row 12', prompt: 'A boat [sandbox: seconds=1]' } },
					{ json: { row: 13, prompt: 'A cat [sandbox: fail=generation_timeout, seconds=1]' } },
				],
				onError: 'continueRegularOutput',
				suspendable: true,
			},
		);
		expect(run.status).toBe('waiting');
		expect(run.items.map(({ json }) => json.reference)).toEqual(['row 12', '13']);
		const ended = await run.resumed();
		expect(ended.items.map(({ json }) => [json.reference, json.kind])).toEqual([
			['row 12', undefined],
			['13', 'taskFailed'],
		]);
		// A second execution that pauses is refused, so this one is the first.
		expect(ended.items[0]!.json.orderedBefore).toBe(false);
	});

	test('at the time limit it goes on with the IDs, and the input gets its own back', async () => {
		const run = await generate(
			'row 12',
			{ prompt: 'A boat [sandbox: never]', completion: 'suspend' },
			{ items: [{ json: { reference: 'of the CRM' } }], suspendable: true },
		);
		const ended = await run.passTimeLimit();
		expect(ended.passedOn[0]!.json).toMatchObject({ reference: 'row 12', status: 'queued' });
	});
});

describe('the same reference is ordered once', () => {
	test('by another execution: the task is taken up, and a hint says so', async () => {
		const first = await generate('row 12', { prompt: 'A boat' });
		const { key } = first;
		expect(repeatsTold(first)).toEqual([]);
		const again = await generate('row 12', { prompt: 'A boat' }, { key });
		expect(again.items.map(({ json }) => json.taskId)).toEqual([first.items[0]!.json.taskId]);
		expect(again.items[0]!.json.reference).toBe('row 12');
		expect([first, again].map(({ items }) => items[0]!.json.orderedBefore)).toEqual([false, true]);
		expect(tasksOf(key)).toHaveLength(1);
		expect(reserved(key)).toBe(1);
		expect(again.notes).toEqual([expect.stringMatching(/^1 image had been paid for before/)]);
		expect(repeatsTold(again)).toEqual([
			'EvoLink had an order under "row 12" (item 0) already. It gave that order\'s task again: nothing was ordered or charged a second time. To order anew, enter a reference that has not been used.',
		]);
	});

	test('by an execution that is suspended: the items, a hint and the note say so when it goes on', async () => {
		const { key } = await generate('row 0', { prompt: 'Boat 0' });
		// Of six items, the first calls nobody back: so it is the same order as one without a callback.
		const items = Array.from({ length: 6 }, (_, row) => ({
			json: {
				row: `row ${row}`,
				prompt: row === 0 ? 'Boat 0' : `Boat ${row} [sandbox: seconds=1]`,
			},
		}));
		const run = await generate(
			'={{ $json.row }}',
			{ prompt: '={{ $json.prompt }}', completion: 'suspend' },
			{ key, items, suspendable: true },
		);
		expect(run.status).toBe('waiting');
		const ended = await run.resumed();
		const before = ended.items.map(({ json }) => json.orderedBefore);
		expect(before).toEqual([true, ...Array<boolean>(5).fill(false)]);
		expect(repeatsTold(ended)).toEqual(repeatsTold(run));
		expect(repeatsTold(ended)).toHaveLength(1);
		expect(ended.notes).toEqual([expect.stringMatching(/1 more image had been paid for before/)]);
		expect(tasksOf(key)).toHaveLength(6);
	});

	test('by a try that fails for another item: the next one tells of it all the same', async () => {
		const first = await generate('row 0', { prompt: 'A boat' });
		const prompts = ['A boat', 'A cat [sandbox: create=400 times=1]'];
		const run = await generate(
			'=row {{ $itemIndex }}',
			{ prompt: '={{ $json.prompt }}', options: { concurrency: 1 } },
			{
				key: first.key,
				items: prompts.map((prompt) => ({ json: { prompt } })),
				retryOnFail: { maxTries: 2 },
			},
		);
		expect(run.items.map(({ json }) => json.orderedBefore)).toEqual([true, false]);
		expect(repeatsTold(run)).toEqual([expect.stringContaining('"row 0" (item 0) already.')]);
	});

	test('by two executions at the same moment', async () => {
		const { key } = bench.credentials();
		const runs = await Promise.all(
			[1, 2, 3].map(async () => await generate('row 12', { prompt: 'A boat' }, { key })),
		);
		expect(runs.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
		const before = runs.map(({ items }) => items[0]!.json.orderedBefore);
		expect(before.sort()).toEqual([false, true, true]);
		expect(tasksOf(key)).toHaveLength(1);
		expect(reserved(key)).toBe(1);
	});

	test('with a callback: it comes once', async () => {
		const { key } = bench.credentials();
		const listening = await bench.trigger(key);
		const parameters = {
			prompt: 'A boat',
			completion: 'return',
			callbackUrl: listening.url,
		};
		const first = await generate('row 12', parameters, { key });
		const again = await generate('row 12', parameters, { key });
		expect(again.items[0]!.json.taskId).toBe(first.items[0]!.json.taskId);
		expect([first, again].map(({ items }) => items[0]!.json.orderedBefore)).toEqual([false, true]);
		await until(() => listening.started.length > 0);
		expect(tasksOf(key)).toHaveLength(1);
		expect(listening.started).toHaveLength(1);
	});

	test.each<[string, IDataObject]>([
		['another prompt', { prompt: 'A boat at night' }],
		['another model', { model: { __rl: true, mode: 'id', value: 'gpt-image-2.5' } }],
		['another size', { size: '3:2' }],
		['more images', { numberOfImages: 2 }],
	])('with %s, the node ends with words and orders nothing', async (_rule, changed) => {
		const parameters = { prompt: 'A boat', size: '1:1' };
		const first = await bench.image('generate', {
			...parameters,
			options: { ...LINKS, reference: 'row 12' },
		});
		const { key } = first;
		const again = await bench.image(
			'generate',
			{ ...parameters, options: { ...LINKS, reference: 'row 12' }, ...changed },
			{ key, retryOnFail: { maxTries: 2 } },
		);
		expect(again.error?.message).toBe(
			'The reference "row 12" belongs to another order at EvoLink. Nothing was ordered or charged.',
		);
		expect(again.error?.description).toMatch(
			/^To order this one too, enter a new reference, such as row 12-2\. To have the images of the other order, use Task: Get /,
		);
		expect(again.error?.description).toContain('Your reference: row 12');
		expect(tasksOf(key)).toHaveLength(1);
		const wentOn = await bench.image(
			'generate',
			{ ...parameters, options: { ...LINKS, reference: 'row 12' }, ...changed },
			{ key, onError: 'continueRegularOutput' },
		);
		expect(wentOn.items[0]!.json).toMatchObject({
			kind: 'conflict',
			code: 'idempotency_conflict',
			reference: 'row 12',
		});
	});

	test('with a file, which each execution uploads anew, it ends with words', async () => {
		const items = [{ binary: { data: await picture('png') } }];
		const parameters = { ...SMALL, options: { ...LINKS, reference: 'row 12' } };
		const first = await bench.image('edit', parameters, { items });
		const again = await bench.image('edit', parameters, { items, key: first.key });
		expect(again.error?.message).toContain('The reference "row 12" belongs to another order');
		expect(again.error?.description).toContain('a file counts as another one with each upload');
		expect(tasksOf(first.key)).toHaveLength(1);
	});

	test('with an input image from the web, the task is taken up', async () => {
		const made = await generate('row 11');
		const inputImages = { images: [{ source: 'url', url: made.items[0]!.json.url }] };
		const parameters = { ...SMALL, inputImages, options: { ...LINKS, reference: 'row 12' } };
		const first = await bench.image('edit', parameters, { key: made.key });
		const again = await bench.image('edit', parameters, { key: made.key });
		expect(first.error).toBeUndefined();
		expect(again.items[0]!.json.taskId).toBe(first.items[0]!.json.taskId);
	});

	test('suspended in another execution, it ends with words: the address is another', async () => {
		const parameters = { prompt: 'A boat [sandbox: seconds=600]', completion: 'suspend' };
		const first = await generate('row 12', parameters, { suspendable: true });
		const again = await generate('row 12', parameters, { suspendable: true, key: first.key });
		expect(again.error?.message).toContain('The reference "row 12" belongs to another order');
		expect(again.error?.description).toContain('another execution waits for the other order');
		bench.sandbox.evolink.finishTask(tasksOf(first.key)[0]!.id);
		const ended = await first.resumed();
		expect(ended.items[0]!.json.reference).toBe('row 12');
		expect(tasksOf(first.key)).toHaveLength(1);
	});

	test('a task that has failed cost nothing: the next execution orders anew, whether it waits or not', async () => {
		const key = bench.sandbox.evolink.addKey({ faults: { fail: 'generation_timeout' } });
		await generate('row 12', {}, { key });
		bench.sandbox.evolink.setFaults(key, {});
		const next = await generate('row 12', { completion: 'return' }, { key });
		const [failed, made] = tasksOf(key);
		expect(failed!.status).toBe('failed');
		expect(next.items[0]!.json.taskId).toBe(made!.id);
		expect(repeatsTold(next)).toEqual([]);
		expect(next.items[0]!.json.orderedBefore).toBe(false);
		const third = await generate('row 12', {}, { key });
		expect(third.items[0]!.json).toMatchObject({
			taskId: made!.id,
			status: 'succeeded',
			orderedBefore: true,
		});
		expect(tasksOf(key)).toHaveLength(2);
	});

	test('with several formats: each once, the later ones from the first image', async () => {
		const formats = { size: 'formats', formats: ['instagramPost', 'story', 'link'] };
		const parameters = { ...formats, options: { ...LINKS, reference: 'row 12' } };
		const faults = { drawnSize: '64x64' };
		const first = await bench.image('generate', parameters, { faults });
		expect(first.items.map(({ json }) => json.reference)).toEqual(Array(3).fill('row 12'));
		const again = await bench.image('generate', parameters, { key: first.key });
		const ids = first.items.map(({ json }) => json.taskId);
		expect(again.items.map(({ json }) => json.taskId)).toEqual(ids);
		expect(tasksOf(first.key)).toHaveLength(3);
	});

	test('other references are other orders', async () => {
		const { key } = await generate('row 12');
		await generate('row 13', {}, { key });
		await generate('', {}, { key });
		await generate('', {}, { key });
		expect(tasksOf(key)).toHaveLength(4);
	});

	test('a lost answer in one execution: the next one finds the task', async () => {
		const faults = {
			create: { status: 502, body: 'html' as const, afterEffect: true, retryAfterMs: 10, times: 6 },
		};
		const lost = await generate('row 12', {}, { faults });
		expect(lost.error?.description).toContain('Your reference: row 12');
		const next = await generate('row 12', {}, { key: lost.key });
		expect(next.items[0]!.json.taskId).toBe(tasksOf(lost.key)[0]!.id);
		expect(tasksOf(lost.key)).toHaveLength(1);
	});
});

describe('the same reference at several items of one run', () => {
	const items = [{ json: { row: 1 } }, { json: { row: 2 } }, { json: { row: 1 } }];
	const MESSAGE = 'Your Reference is "1" at the items 0, 2.';

	test('is taken for a mistake, and nothing is ordered', async () => {
		const run = await generate('={{ $json.row }}', {}, { items });
		expect(run.error?.message).toBe(MESSAGE);
		expect(run.error?.description).toContain('every item needs its own');
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('with On Error: Continue the first one is ordered', async () => {
		const run = await generate('={{ $json.row }}', {}, { items, onError: 'continueRegularOutput' });
		expect(run.items.map(({ json }) => json.error)).toEqual([undefined, undefined, MESSAGE]);
		expect(tasksOf(run.key)).toHaveLength(2);
	});

	test('a fixed one is told with how many there are', async () => {
		const run = await generate('row 12', {}, { items });
		expect(run.error?.message).toBe('Your Reference is "row 12" at the items 0, 1 and 1 more.');
	});
});

describe('in later tries of an execution', () => {
	/** Another one in every try, as one with a time or the execution's number in it. */
	const CHANGING = '={{ $json.row }} {{ $now.toMillis() }}';
	const lost = {
		create: { status: 502, body: 'html' as const, afterEffect: true, retryAfterMs: 10, times: 6 },
	};

	test('Retry On Fail repeats the request under the key of the first try', async () => {
		const run = await generate(CHANGING, {}, { faults: lost, retryOnFail: { maxTries: 2 } });
		expect(run.error).toBeUndefined();
		const keys = creates(bench, run.key).map(({ idempotencyKey }) => idempotencyKey);
		expect(new Set(keys).size).toBe(1);
		expect(tasksOf(run.key)).toHaveLength(1);
	});

	test('Retry takes up a task that was started under another reference', async () => {
		const key = bench.sandbox.evolink.addKey({ faults: { never: true } });
		const first = await generate(CHANGING, { options: { timeLimitSeconds: 5 } }, { key });
		bench.sandbox.evolink.finishTask(tasksOf(key)[0]!.id);
		const again = await generate('row 99', {}, { key, retryOf: first });
		expect(again.error).toBeUndefined();
		expect(again.items[0]!.json.reference).toBe('row 99');
		expect(tasksOf(key)).toHaveLength(1);
	});

	test('finished items stay finished with another reference, and bear it', async () => {
		const items = [
			{ json: { row: 1, prompt: 'A boat' } },
			{ json: { row: 2, prompt: 'A cat [sandbox: fail=generation_timeout]' } },
		];
		const parameters = { prompt: '={{ $json.prompt }}', options: { concurrency: 1 } };
		const first = await generate('={{ $json.row }}', parameters, { items });
		expect(first.error).toBeDefined();
		const { key } = first;
		const prompt = '={{ $json.prompt }}';
		const again = await generate('=row {{ $json.row }}', { prompt }, { key, retryOf: first });
		expect(tasksOf(key).filter((task) => task.prompt === 'A boat')).toHaveLength(1);
		expect(again.error?.description).toContain('Your reference: row 2');
		const last = await generate(
			'=row {{ $json.row }}',
			{ prompt },
			{ key, retryOf: first, onError: 'continueRegularOutput' },
		);
		expect(last.items.map(({ json }) => json.reference)).toEqual(['row 1', 'row 2']);
		expect(tasksOf(key).filter((task) => task.prompt === 'A boat')).toHaveLength(1);
	});

	test('after a conflict, a reference that has not been used orders', async () => {
		const { key } = await generate('row 12', { prompt: 'A boat' });
		const refused = await generate('row 12', { prompt: 'A cat' }, { key });
		const next = await generate('row 12-2', { prompt: 'A cat' }, { key, retryOf: refused });
		expect(next.error).toBeUndefined();
		expect(tasksOf(key).map(({ prompt }) => prompt)).toEqual(['A boat', 'A cat']);
	});
});

test("an agent's tool orders each wish once under it", async () => {
	const { key } = bench.credentials();
	const call = async (prompts: string[]) =>
		await generate(
			'row 12',
			{ prompt: "={{ $fromAI('prompt', '', 'string') }}" },
			{ key, asTool: 'agent', items: prompts.map((prompt) => ({ json: { prompt } })) },
		);
	const first = await call(['A cat', 'A dog']);
	expect(first.error).toBeUndefined();
	expect(tasksOf(key)).toHaveLength(2);
	await call(['A cat']);
	expect(tasksOf(key)).toHaveLength(2);
});
