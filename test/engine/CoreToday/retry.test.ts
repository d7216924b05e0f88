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

test('after a prediction that failed, the next try makes a new one', async () => {
	const parameters = { prompt: 'A lamp [sandbox: fail=busy]', quality: 'low' };
	const run = await bench.run('image/generate', parameters, { retryOnFail: { maxTries: 2 } });
	expect(run.status).toBe('error');
	expect(bench.sandbox.coreToday.predictions(run.key)).toHaveLength(2);
});
