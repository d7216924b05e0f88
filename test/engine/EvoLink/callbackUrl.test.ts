// The Callback URL of Generate and Edit: what EvoLink could never reach is told before anything is sent.
import { startBench, type Bench } from './setup';
import { requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** As with EvoLink itself: its address is not on this machine. The run must end before anything goes there. */
const PUBLIC = {
	baseUrl: 'https://api.evolink.ai',
	filesBaseUrl: 'https://files-api.evolink.ai',
};
const HOW =
	/whoever runs this n8n sets N8N_WEBHOOK_URL \(WEBHOOK_URL on an older n8n\) to its public https address/;

async function order(callbackUrl: string, credential = PUBLIC) {
	return await bench.image('generate', { completion: 'return', callbackUrl }, { credential });
}

test('http is refused, and how n8n gets https is told', async () => {
	const run = await order('http://n8n.example.com/webhook/1/evolink');
	expect(run.error?.name).toBe('NodeOperationError');
	expect(run.error?.message).toBe('The Callback URL must begin with https://.');
	expect(run.error?.description).toMatch(HOW);
});

test.each([
	'https://localhost:5678/webhook/1/evolink',
	'http://localhost:5678/webhook/1/evolink',
	'https://n8n:5678/webhook/1/evolink',
	'https://n8n.local/webhook/1/evolink',
	'https://n8n.internal/webhook/1/evolink',
	'https://127.0.0.1/webhook/1/evolink',
	'https://2130706433/webhook/1/evolink',
	'https://0.0.0.0/webhook/1/evolink',
	'https://10.1.2.3/webhook/1/evolink',
	'https://172.20.0.3/webhook/1/evolink',
	'https://192.168.0.7/webhook/1/evolink',
	'https://169.254.169.254/webhook/1/evolink',
	'https://100.64.0.1/webhook/1/evolink',
	'https://[::1]/webhook/1/evolink',
	'https://[fd00::1]/webhook/1/evolink',
	'https://[fe80::1]/webhook/1/evolink',
	'https://[::ffff:10.0.0.1]/webhook/1/evolink',
	'https://localhost./webhook/1/evolink',
	'https://LOCALHOST/webhook/1/evolink',
])('%s is refused as internal', async (url) => {
	const run = await order(url);
	expect(run.error?.message).toMatch(/can't be reached from the internet\.$/);
	expect(run.error?.message).toContain(new URL(url).hostname);
	expect(run.error?.description).toMatch(HOW);
});

test('an address that is too long', async () => {
	const run = await order(`https://n8n.example.com/webhook/${'x'.repeat(2048)}`);
	expect(run.error?.message).toMatch(/^The Callback URL has 21\d\d characters with its token, /);
	expect(run.error?.message).toMatch(/at most 2048 are taken\.$/);
});

test('an address that the token makes too long', async () => {
	const almost = `https://n8n.example.com/webhook/`.padEnd(2040, 'x');
	const run = await order(almost);
	expect(run.error?.message).toMatch(/^The Callback URL has 20\d\d characters with its token, /);
});

test.each(['n8n.example.com/webhook', 'ftp://n8n.example.com/webhook', 'webhook'])(
	'"%s" isn\'t a web address',
	async (url) => {
		const run = await order(url);
		expect(run.error?.message).toBe(`The Callback URL "${url}" isn't a web address.`);
		expect(run.error?.description).toContain('copy its Production URL');
	},
);

test('with a provider on this machine, an address on this machine will do', async () => {
	const { baseUrl, filesBaseUrl } = bench.sandbox.evolink;
	const url = 'http://127.0.0.1:1/webhook/1/evolink?b=%2f&a=x+y&b=1&token=mine';
	const run = await order(url, { baseUrl, filesBaseUrl });
	expect(run.error).toBeUndefined();
	const [task] = bench.sandbox.evolink.tasks(run.key);
	// What the person wrote stands as it was: order, repeats, encoding.
	const [written, token] = task!.callbackUrl!.split('&token=mine&token=');
	expect(`${written}&token=mine`).toBe(url);
	expect(token).toMatch(/^[\w-]{43}$/);
	expect(task!.callbackUrl).not.toContain(run.key);
});

test('without one, and while waiting, EvoLink is told none', async () => {
	const { baseUrl, filesBaseUrl } = bench.sandbox.evolink;
	const empty = await order('  ', { baseUrl, filesBaseUrl });
	const waiting = await bench.image('generate', {
		completion: 'wait',
		callbackUrl: 'http://127.0.0.1:1/webhook',
	});
	for (const { key, error } of [empty, waiting]) {
		expect(error).toBeUndefined();
		expect(bench.sandbox.evolink.tasks(key)[0]!.callbackUrl).toBeUndefined();
		expect(requestsOf(bench, key).length).toBeGreaterThan(0);
	}
});

describe('a Test URL', () => {
	const TEST_URL = 'https://n8n.example.com/webhook-test/1/evolink';

	test('is refused where nobody tries the workflow out, and nothing is sent', async () => {
		const run = await order(TEST_URL);
		expect(run.error).toMatchObject({
			name: 'NodeOperationError',
			message:
				'The Callback URL is a Test URL, which takes one call only while its trigger listens in the editor.',
			description:
				"Publish the trigger's workflow, open Webhook URLs in the trigger, copy its Production URL and paste it here.",
		});
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('is taken for a try in the editor, with a hint', async () => {
		const parameters = { completion: 'return', callbackUrl: TEST_URL };
		const run = await bench.image('generate', parameters, { mode: 'manual' });
		expect(run.error).toBeUndefined();
		expect(run.hints.map(({ message }) => message)).toEqual([
			expect.stringContaining("publish the trigger's workflow and paste its Production URL"),
		]);
	});
});
