// One request, one charge: whatever a gateway answers after the work, however often the node is tried.
import { picture } from '../EvoLink/pictures';
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const retryOnFail = { maxTries: 3 };
const STILL_UNKNOWN =
	'An earlier try got no usable answer from the gateway, so this try sent nothing.';

const sent = (key: string) =>
	bench.sandbox.requests.filter((request) => request.key === key && request.method === 'POST');

describe.each(['generate', 'edit'] as const)('%s', (operation) => {
	test.each([503, 408, 499, 524])('%i after the work is not sent again', async (status) => {
		const items = [{ binary: { data: await picture('png') } }];
		const account = { faults: { create: { status, body: 'html' as const, afterEffect: true } } };
		const run = await bench.run(operation, {}, { items, account, retryOnFail });
		expect(run.error?.message).toBe(STILL_UNKNOWN);
		expect(run.error?.description).toContain(`(HTTP ${status})`);
		expect(run.calls).toHaveLength(1);
	});
});

test.each([
	['503 that names a time', { status: 503, retryAfterMs: 10, times: 2 }],
	['429', { status: 429, retryAfterMs: 10, times: 2 }],
])('%s is sent again, as nothing was done', async (_status, create) => {
	const run = await bench.run('generate', {}, { account: { faults: { create } }, retryOnFail });
	expect(run.error).toBeUndefined();
	expect(sent(run.key)).toHaveLength(3);
});

test('an answer without a picture is not paid for again, and the later try quotes it', async () => {
	const account = { faults: { refuse: true } };
	const run = await bench.run('generate', {}, { account, retryOnFail });
	expect(run.error?.message).toBe(
		'An earlier try got an answer without an image, so this try sent nothing.',
	);
	expect(run.error?.description).toContain('The model answered without an image. It said: "I can');
	expect(run.calls).toHaveLength(1);
});

test.each([
	['no words', '{"choices":[{"message":{"content":""}}]}'],
	['no message', '{"choices":[{}]}'],
	['no choices', '{}'],
	['a list', '[]'],
	['a web page', '<html>Welcome</html>'],
])('nor is one with %s', async (_what, text) => {
	const account = { faults: { create: { status: 200, text } } };
	const run = await bench.run('generate', {}, { account, retryOnFail });
	expect(run.error?.message).toMatch(/^An earlier try got .* so this try sent nothing\.$/);
	expect(sent(run.key)).toHaveLength(1);
});

test('several images of one item are one request', async () => {
	const account = { faults: { create: { status: 200, text: '{"choices":[]}', times: 1 } } };
	const run = await bench.run('generate', { numberOfImages: 3 }, { account, retryOnFail });
	expect(run.status).toBe('error');
	expect(sent(run.key)).toHaveLength(1);
});
