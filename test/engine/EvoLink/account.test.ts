// Account: Get Balance in n8n's real engine, and what a wrong key is told.
import { startBench, type Bench } from './setup';
import { requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('the balance, before and after images', async () => {
	const { key } = bench.credentials({ credits: 680 });
	const before = await bench.run('account', 'getBalance', {}, { key });
	expect(before.error).toBeUndefined();
	expect(before.items).toHaveLength(1);
	expect(before.items[0]).toMatchObject({
		json: {
			remainingCredits: 680,
			usedCredits: 0,
			keyRemainingCredits: 680,
			keyHasNoLimit: false,
			balance: 10,
			currency: 'USD',
		},
		pairedItem: { item: 0 },
	});
	await bench.image('generate', {}, { key });
	const after = await bench.run('account', 'getBalance', {}, { key });
	const { credits, charged } = bench.sandbox.evolink.ledger(key);
	expect(charged).toBeGreaterThan(0);
	expect(after.items[0]!.json).toMatchObject({ remainingCredits: credits, usedCredits: charged });
});

test('a wrong key is named as such, and what to do', async () => {
	const run = await bench.run('account', 'getBalance', {}, { credential: { apiKey: 'wrong' } });
	expect(run.error?.message).toMatch(/^EvoLink: /);
	expect(run.error?.description).toContain('Open the EvoLink credential and check the API Key.');
	expect(run.error?.description).toContain('HTTP status: 401');
	expect(requestsOf(bench, 'wrong')).toHaveLength(1);
});

test('an address that is none is told before anything is sent', async () => {
	const run = await bench.run(
		'account',
		'getBalance',
		{},
		{ credential: { baseUrl: 'evolink', filesBaseUrl: 'evolink' } },
	);
	expect(run.error?.message).toBe(
		'The Base URL "evolink" isn\'t a web address: https:// is missing.',
	);
	expect(run.error?.description).toContain('Open the credential');
});
