// n8n's Retry On Fail at a gateway, which can't tell a repeated request from a new one.
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const retryOnFail = { maxTries: 3 };

test('a request that got no answer is not sent again, as it may have been paid', async () => {
	const prompt = 'A red bicycle [sandbox: create=502 body=html after-effect]';
	const run = await bench.run('generate', { prompt }, { retryOnFail });
	expect(run.error).toMatchObject({
		message: 'An earlier try got no answer from the gateway, so this try sent nothing.',
		description: expect.stringContaining('If nothing was made, run the workflow again.'),
	});
	expect(run.calls).toHaveLength(1);
});

test('a request that was surely not taken is sent again', async () => {
	const prompt = 'A red bicycle [sandbox: create=400 times=1]';
	const run = await bench.run('generate', { prompt }, { retryOnFail });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1);
});
