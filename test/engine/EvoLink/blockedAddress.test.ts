// n8n's guard against requests into its own network: nothing leaves, and the message says why and that nothing was paid.
import './guard';
import { startBench, type Bench } from './setup';
import { SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('a blocked address is told as one, and every try may go on', async () => {
	const run = await bench.image('generate', SMALL, { retryOnFail: { maxTries: 2 } });
	expect(run.error).toMatchObject({
		message:
			"n8n doesn't allow requests to EvoLink's address: The request was blocked because it resolves to a restricted IP address.",
		description:
			'Check the Base URL in the credential. If it is right, ask whoever runs this n8n to allow this address. Nothing was sent and nothing was charged.',
	});
	expect(bench.sandbox.requests).toEqual([]);
});
