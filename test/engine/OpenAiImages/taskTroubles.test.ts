// Background tasks when something goes wrong on the way: nothing is lost, and nothing is started twice.
import { onTask, startTask } from './ordering';
import { model, startBench, type Bench } from './setup';
import { requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('a time limit is no failure of the task: the message tells how to fetch it', async () => {
	const { key, id } = await startTask(bench, 'A boat [sandbox: never]');
	const run = await onTask(bench, 'wait', key, id, { options: { timeLimitSeconds: 1 } });
	expect(run.error?.message).toBe('The images were not ready within 1 second.');
	expect(run.error?.description).toContain(`Task ID: ${id}`);
	bench.sandbox.openai.finishResponse(id);
	expect((await onTask(bench, 'get', key, id)).items[0]!.json.status).toBe('succeeded');
});

test.each([
	['a web page', 'poll=502 body=html times=2'],
	['half an answer', 'poll=200 body=cut times=2'],
	['no answer', 'poll=500 body=reset times=2'],
	['429', 'poll=429 retry-after-ms=20 times=2'],
])('Wait gets over %s', async (_, directive) => {
	const { key, id } = await startTask(bench, `A boat [sandbox: ${directive}]`);
	const run = await onTask(bench, 'wait', key, id);
	expect(run.error).toBeUndefined();
	expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
});

test('a start whose answer got lost is not sent twice, and the message says where to look', async () => {
	const { run, key } = await startTask(bench, 'A boat [sandbox: create=200 body=cut]');
	expect(run.error?.description).toContain(
		'platform.openai.com > Logs lists your background tasks (called responses there) with their IDs.',
	);
	expect(requestsOf(bench, key)).toHaveLength(1);
	expect(bench.sandbox.openai.responses(key)).toHaveLength(1);
});

test('a drawing model that is gone is told', async () => {
	const { run } = await startTask(bench, 'A boat', { ...model('gpt-image-1'), size: '1024x1024' });
	expect(run.error?.message).toContain('OpenAI: The model `gpt-image-1` has been shut down.');
	expect(run.error?.description).toContain('Open the Model field');
});
