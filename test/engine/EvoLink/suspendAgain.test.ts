// Suspended executions that are called, or run, more than once: by late callers, and by n8n's own Retry On Fail.
import { picture } from './pictures';
import { startBench, type Bench } from './setup';
import { SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const suspended = { ...SMALL, prompt: '={{ $json.prompt }}', completion: 'suspend' };
const itemsOf = (prompts: string[]) => prompts.map((prompt) => ({ json: { prompt } }));
const tasksOf = (key: string) => bench.sandbox.evolink.tasks(key);

type Options = Parameters<Bench['image']>[2];

async function suspend(prompts: string[], options: Options = {}) {
	const given = { items: itemsOf(prompts), suspendable: true, ...options };
	return await bench.image('generate', suspended, given);
}

async function statusOf(url: string): Promise<number> {
	return (await fetch(url, { method: 'POST' })).status;
}

test('its callbacks reach no other node at which the execution may wait later', async () => {
	const run = await suspend(['A kite [sandbox: seconds=20, callback=lose]']);
	const [task] = tasksOf(run.key);
	const address = new URL(task!.callbackUrl!);
	expect(address.pathname).toMatch(/\/webhook-waiting\/[^/]+\/imagegen$/);
	// Where another node waits, n8n looks there for this path and finds none.
	address.pathname = address.pathname.replace(/\/imagegen$/, '');
	expect(await statusOf(address.toString())).toBe(404);
});

test('a callback that has paused goes on from what n8n loads anew', async () => {
	const run = await suspend(['A kite [sandbox: seconds=10, callback=lose]']);
	expect(await statusOf(tasksOf(run.key)[0]!.callbackUrl!)).toBe(200);
	const ended = await run.resumed();
	expect(ended.passedOn).toMatchObject([{ json: { status: 'succeeded' } }]);
	// The call above, and the one that the node has made itself.
	expect(ended.deliveries.map(({ status }) => status)).toEqual([200, 200]);
});

test('a task that its provider knows only a moment after the start is waited for', async () => {
	const run = await suspend(['A kite [sandbox: seconds=5, poll=404 times=1]']);
	expect(run.status).toBe('waiting');
	const ended = await run.resumed();
	expect(ended.passedOn).toMatchObject([{ json: { status: 'succeeded' } }]);
});

test('with Retry On Fail and Continue, an item that failed at first keeps no images from the others', async () => {
	const run = await suspend(['', 'A kite [sandbox: seconds=5]'], {
		onError: 'continueRegularOutput',
		retryOnFail: { maxTries: 3 },
	});
	expect(run.status).toBe('waiting');
	expect(run.items).toMatchObject([
		{ json: { status: 'failed', reason: 'The Prompt is empty.' } },
		{ json: { status: 'queued' } },
	]);
	const ended = await run.resumed();
	expect(ended.passedOn).toMatchObject([
		{ json: { error: 'The Prompt is empty.' } },
		{ json: { status: 'succeeded' }, binary: { data: expect.anything() } },
	]);
	// n8n has run the node again for the failed one. The other one's key has found its task.
	expect(tasksOf(run.key)).toHaveLength(1);
});

test('at the time limit, what failed goes on as the error that it is', async () => {
	const run = await suspend(['', 'A kite [sandbox: seconds=600, callback=lose]'], {
		onError: 'continueRegularOutput',
	});
	const ended = await run.passTimeLimit();
	expect(ended.passedOn).toMatchObject([
		{ json: { error: 'The Prompt is empty.' } },
		{ json: { status: 'queued' } },
	]);
});

describe('Retry On Fail after a task has failed', () => {
	const FAILS = '[sandbox: seconds=4, fail=generation_timeout]';
	const retryOnFail = { maxTries: 2 };

	test('makes that one anew, and takes up the others', async () => {
		const run = await suspend(['Good', `Bad ${FAILS}`], { retryOnFail });
		const again = await run.resumed();
		expect(again.status).toBe('waiting');
		const prompts = tasksOf(run.key).map(({ prompt }) => prompt.split(' ')[0]);
		expect(prompts.sort()).toEqual(['Bad', 'Bad', 'Good']);
	});

	test('finds the item as it came in: its fields, and its files', async () => {
		const data = await picture('png');
		const json = { model: `A kite ${FAILS}`, status: 'new', taskId: 17 };
		const run = await bench.image(
			'edit',
			{ ...suspended, prompt: '={{ $json.model }}', size: '' },
			{ items: [{ json, binary: { data } }], suspendable: true, retryOnFail },
		);
		expect(run.items[0]!.json).toMatchObject({ model: 'gpt-image-2', status: 'queued' });
		const again = await run.resumed();
		expect(again.status).toBe('waiting');
		const [first, second] = tasksOf(run.key);
		expect(second!.prompt).toBe(first!.prompt);
		expect(second!.imageUrls).toHaveLength(1);
	});
});
