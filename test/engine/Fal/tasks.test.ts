// Tasks at fal: started and fetched later by one text, waited for, cancelled; and the account.
import { modelById, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const MODEL = 'fal-ai/flux/dev';
const tasksOf = (key: string) => bench.sandbox.fal.tasks(key);
const start = async (prompt: string, parameters: object = {}) => {
	const run = await bench.run('image/generate', {
		model: modelById(MODEL),
		prompt,
		completion: 'return',
		...parameters,
	});
	expect(run.error).toBeUndefined();
	return { key: run.key, taskId: String(run.items[0]!.json.taskId) };
};

test('Get tells how a task stands, and later has its image with its model and cost', async () => {
	const { key, taskId } = await start('A kite [sandbox: seconds=600]');
	const open = await bench.run('task/get', { taskId }, { key });
	expect(open.items[0]!.json).toMatchObject({ taskId, model: MODEL });
	expect(open.items[0]!.json.status).toMatch(/^(queued|running)$/);
	await bench.sandbox.fal.finishTask(tasksOf(key)[0]!.id);
	const done = await bench.run('task/get', { taskId }, { key });
	expect(done.items[0]!.json).toMatchObject({
		taskId,
		model: MODEL,
		status: 'succeeded',
		cost: { amount: 0.025, estimated: false },
	});
	expect((await done.binary(0)).length).toBe(done.items[0]!.json.fileSize);
});

test('Wait takes the ID as fal writes it in its addresses, too', async () => {
	const { key } = await start('A boat');
	const { id } = tasksOf(key)[0]!;
	const taskId = `${bench.sandbox.fal.baseUrl}/fal-ai/flux/requests/${id}/status`;
	const run = await bench.run('task/wait', { taskId: `fal-ai/flux/requests/${id}` }, { key });
	expect(run.items[0]!.json).toMatchObject({ status: 'succeeded' });
	expect(taskId).toContain(id);
	expect(bench.requestsOf(key).filter((each) => each.includes('flux/dev/requests'))).toEqual([]);
});

test('Wait fetches many, in their order', async () => {
	const started = await start('A tower', { numberOfImages: 8 });
	const ids = tasksOf(started.key).map(({ id }) => `${MODEL}/requests/${id}`);
	const run = await bench.run(
		'task/wait',
		{ taskId: ids, options: { output: 'link' } },
		{ key: started.key },
	);
	expect(ids).toHaveLength(2);
	expect(new Set(run.items.map(({ json }) => json.taskId))).toEqual(new Set(ids));
	expect(run.items).toHaveLength(8);
});

test.each([
	['019a', /requests\/019a/],
	[
		'fal-ai/flux/requests/00000000-0000-4000-8000-000000000000',
		/^fal: this request is not known, or no longer kept\.$/,
	],
])('an ID that fal does not know is told as that: %s', async (taskId, message) => {
	const run = await bench.run('task/get', { taskId });
	expect(run.error?.message).toMatch(message);
	expect(run.error?.description).toContain('Check the Task ID: it is the whole text');
});

describe('Cancel', () => {
	test('takes a task out of the queue', async () => {
		const { key, taskId } = await start('A kite [sandbox: stuck]');
		const run = await bench.run('task/cancel', { taskId }, { key });
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json).toMatchObject({
			taskId,
			provider: 'fal',
			model: MODEL,
			status: 'cancelled',
		});
		const waited = await bench.run('task/wait', { taskId }, { key });
		expect(waited.error?.message).toBe('fal: the task was cancelled before any image was made.');
		expect(bench.sandbox.fal.ledger(key).charged).toBe(0);
	});

	test('asks a task to stop that is at work', async () => {
		const { key, taskId } = await start('A kite [sandbox: seconds=600]');
		const run = await bench.run('task/cancel', { taskId }, { key });
		expect(run.error).toBeUndefined();
		const waited = await bench.run('task/wait', { taskId }, { key });
		expect(waited.error?.message).toBe('fal: the task was cancelled before any image was made.');
	});

	test('says that one had ended, and leaves it as it is', async () => {
		const { key, taskId } = await start('A kite');
		await bench.run('task/wait', { taskId }, { key });
		const run = await bench.run('task/cancel', { taskId }, { key });
		expect(run.items[0]!.json).toMatchObject({ taskId, status: 'succeeded' });
		expect(run.hints.map(({ message }) => message).join()).toContain('had ended already');
	});

	test('tells that there is no such task', async () => {
		const taskId = 'fal-ai/flux/requests/none';
		const run = await bench.run('task/cancel', { taskId });
		expect(run.error?.message).toMatch(/^fal: this request is not known, or no longer kept\.$/);
		expect(run.error?.description).toContain(taskId);
	});
});

test('a place in the queue that never moves ends with the time limit, and the task ID', async () => {
	const run = await bench.run('image/generate', {
		model: modelById(MODEL),
		prompt: 'A whale [sandbox: stuck]',
		options: { timeLimitSeconds: 2 },
	});
	expect(run.error?.message).toBe('The images were not ready within 2 seconds.');
	expect(run.error?.description).toContain(`${MODEL}/requests/${tasksOf(run.key)[0]!.id}`);
	expect(tasksOf(run.key)).toHaveLength(1);
});

test('a result after its lifetime is told as gone, and not as no image', async () => {
	const { key, taskId } = await start('A kite [sandbox: result-lifetime=0]');
	const run = await bench.run('task/wait', { taskId }, { key });
	expect(run.error?.message).toMatch(/^fal: this request is not known, or no longer kept\.$/);
});

describe('Get Balance', () => {
	test('tells the dollars that are left', async () => {
		const run = await bench.run(
			'account/getBalance',
			{},
			{ account: { scope: 'ADMIN', credits: 12.5 } },
		);
		expect(run.items[0]!.json).toMatchObject({ balance: 12.5, currency: 'USD' });
	});

	test('at a wrong address says so, and speaks of no model', async () => {
		const credential = { apiBaseUrl: `${bench.sandbox.url}/nowhere` };
		const run = await bench.run('account/getBalance', {}, { credential });
		expect(run.error?.description).toContain('HTTP status: 404');
		expect(run.error?.description).toContain(
			'check the Base URL and the other addresses in the credential.',
		);
		expect(run.error?.description).not.toMatch(/model/i);
	});

	test('says that it needs an ADMIN key', async () => {
		const run = await bench.run('account/getBalance');
		expect(run.error?.description).toContain('fal tells the balance to an ADMIN key only.');
	});
});
