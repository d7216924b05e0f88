// The Test button of the Core.Today credential, and base URLs as people type them.
import { CoreTodayApi } from '../../../credentials/CoreTodayApi.credentials';
import { startBench, type Bench } from './setup';
import { requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

async function check(data: { apiKey: string; baseUrl?: string }) {
	const { baseUrl } = bench.sandbox.coreToday;
	return await bench.engine.testCredential({
		credentialType: new CoreTodayApi(),
		data: { baseUrl, ...data },
	});
}

test.each([
	['with /v1', (url: string) => url],
	['with a slash at its end', (url: string) => `${url}/`],
	['with slashes and spaces', (url: string) => `  ${url}//  `],
	['without /v1', (url: string) => url.replace(/\/v1$/, '')],
	['without /v1, with a slash', (url: string) => url.replace(/v1$/, '')],
])('a right key passes with the Base URL %s, and the node works with it too', async (_, write) => {
	const key = bench.sandbox.coreToday.addKey();
	const baseUrl = write(bench.sandbox.coreToday.baseUrl);
	expect(await check({ apiKey: key, baseUrl })).toEqual({
		ok: true,
		status: 'OK',
		message: 'Connection successful!',
	});
	const run = await bench.run('image/generate', { completion: 'return' }, { key, baseUrl });
	expect(run.error).toBeUndefined();
	expect(bench.sandbox.coreToday.predictions(key)).toHaveLength(1);
	expect(requestsOf(bench, key).map(({ method, path }) => `${method} ${path}`)).toEqual([
		'POST /coretoday/v1/files/upload-url',
		'POST /coretoday/v1/predictions',
	]);
});

test('a wrong key does not pass', async () => {
	expect(await check({ apiKey: 'cdt_wrong' })).toEqual({
		ok: false,
		status: 'Error',
		message: expect.stringMatching(/^The key is wrong: /),
	});
});

test.each([
	[403, 'The key is known, but it may not do this: check what it may use.'],
	[405, 'Nothing at this address answers as Core.Today does: check the Base URL.'],
	[429, 'There were too many requests with this key. Try again in a minute.'],
	[500, 'Core.Today has a problem right now. Try again in a few minutes.'],
	[502, 'Core.Today has a problem right now. Try again in a few minutes.'],
	[418, 'This address answers with an error: check the API Key and the Base URL.'],
	[507, 'Core.Today has a problem right now. Try again in a few minutes.'],
])('HTTP %d does not pass', async (status, message) => {
	const key = bench.sandbox.coreToday.addKey({ faults: { upload: { status } } });
	expect(await check({ apiKey: key })).toEqual({ ok: false, status: 'Error', message });
});

test('an address where nothing listens does not pass', async () => {
	const key = bench.sandbox.coreToday.addKey();
	const result = await check({ apiKey: key, baseUrl: 'http://127.0.0.1:1/v1' });
	expect(result).toMatchObject({ ok: false, message: 'ECONNREFUSED' });
});

test('a Base URL that is none is told by name', async () => {
	const run = await bench.run('image/generate', {}, { baseUrl: 'core today' });
	expect(run.error).toMatchObject({
		message: 'The Base URL "core today" isn\'t a web address: it must begin with https://.',
		description: 'Open the credential and enter an address that begins with https://',
	});
});

test('the key goes in its header and nowhere else', async () => {
	const run = await bench.run('image/generate', { completion: 'return' });
	const [create] = requestsOf(bench, run.key);
	expect(create!.headers['x-api-key']).toBe(run.key);
	expect(create!.headers.authorization).toBeUndefined();
	expect(create!.path).not.toContain(run.key);
});
