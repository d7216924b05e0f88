// The Test button of the EvoLink credential.
import { EvoLinkApi } from '../../../credentials/EvoLinkApi.credentials';
import { startBench, type Bench } from './setup';
import { requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

async function check(data: { apiKey: string; baseUrl?: string }) {
	const { baseUrl } = bench.sandbox.evolink;
	return await bench.engine.testCredential({
		credentialType: new EvoLinkApi(),
		data: { baseUrl, ...data },
	});
}

test.each([
	['as it is', (url: string) => url],
	['with a slash at its end', (url: string) => `${url}/`],
	['with slashes at its end', (url: string) => `${url}//`],
	['with /v1', (url: string) => `${url}/v1`],
	['with /v1/', (url: string) => `${url}/v1/`],
	['with spaces around it', (url: string) => ` ${url} `],
])('a right key passes with the Base URL %s, and the node works with it too', async (_, write) => {
	const { key } = bench.credentials();
	const baseUrl = write(bench.sandbox.evolink.baseUrl);
	expect(await check({ apiKey: key, baseUrl })).toMatchObject({ ok: true });
	const balance = await bench.run('account', 'getBalance', {}, { key, credential: { baseUrl } });
	expect(balance.items[0]?.json.remainingCredits).toBe(1000);
	expect(requestsOf(bench, key).map(({ path }) => path)).toEqual([
		'/evolink/v1/credits',
		'/evolink/v1/credits',
	]);
});

test('a wrong key does not pass', async () => {
	expect(await check({ apiKey: 'wrong' })).toEqual({
		ok: false,
		status: 'Error',
		message: expect.stringMatching(/^The key is wrong: /),
	});
});

test('an address where nothing listens does not pass', async () => {
	const { key } = bench.credentials();
	const result = await check({ apiKey: key, baseUrl: 'http://127.0.0.1:1' });
	expect(result).toMatchObject({ ok: false, message: 'ECONNREFUSED' });
});
