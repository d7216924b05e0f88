// n8n's Retry On Fail where the provider knows no idempotency keys: a started task is taken up, not paid for again.
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('after the time limit the next try waits on for the same prediction', async () => {
	const parameters = {
		prompt: 'A lamp [sandbox: seconds=7]',
		quality: 'low',
		options: { timeLimitSeconds: 5 },
	};
	const run = await bench.run('image/generate', parameters, { retryOnFail: { maxTries: 5 } });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1);
	expect(bench.sandbox.coreToday.predictions(run.key)).toHaveLength(1);
	expect(bench.sandbox.coreToday.ledger(run.key).charged).toBe(45);
});

test('a prediction that failed may have been charged: the next try makes no other one, and tells of it again', async () => {
	const parameters = { prompt: 'A lamp [sandbox: fail=busy]', quality: 'low' };
	const run = await bench.run('image/generate', parameters, { retryOnFail: { maxTries: 2 } });
	const predictions = bench.sandbox.coreToday.predictions(run.key);
	expect(predictions).toHaveLength(1);
	expect(run.error?.description).toContain(
		'Whether a failed task was charged is shown in your Core.Today account.',
	);
	expect(run.error?.description).toContain(predictions[0]!.id);
});
