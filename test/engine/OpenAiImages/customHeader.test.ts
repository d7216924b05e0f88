// The credential's custom header, which a gateway before the server may want: sent with every request, and hidden like a key.
import { deliver, eventBody } from './delivering';
import { startTask } from './ordering';
import { startBench, until, type Bench } from './setup';
import { allRequestsOf, SMALL } from './traffic';

const SECRET = 'Gate pass-for-the-gateway/42';
const credential = { header: true, headerName: 'X-Gateway-Key', headerSecret: SECRET };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** The header's value in each request of a key. */
function sentWith(key: string, name = 'x-gateway-key'): unknown[] {
	return allRequestsOf(bench, key).map(({ headers }) => headers[name]);
}

test.each<[string, object]>([
	['image/generate', SMALL],
	['image/generate', { ...SMALL, completion: 'return' }],
	['image/analyze', { text: 'Hello' }],
	['batch/create', SMALL],
])('%s %j sends it', async (operation, parameters) => {
	const run = await bench.run(operation, { ...parameters }, { credential });
	expect(run.error).toBeUndefined();
	const sent = sentWith(run.key);
	expect(sent.length).toBeGreaterThan(0);
	expect(new Set(sent)).toEqual(new Set([SECRET]));
});

test('a trigger sends it, when it makes its endpoint and when it looks up what has ended', async () => {
	const key = bench.addKey();
	const { id } = await startTask(bench, 'A boat', {}, { key });
	const before = sentWith(key).length;
	const trigger = await bench.trigger(key, { events: ['response.completed'] }, { credential });
	await trigger.activate();
	const { secret } = bench.sandbox.openai.webhookEndpoints(key)[0]!;
	await deliver(trigger.url, eventBody('response.completed', id), { secrets: [secret] });
	await until(() => trigger.started[0]);
	const sent = sentWith(key).slice(before);
	expect(sent.length).toBeGreaterThan(1);
	expect(new Set(sent)).toEqual(new Set([SECRET]));
});

test('it stays out of what leaves the node, whoever quotes it', async () => {
	const text = JSON.stringify({ error: { message: `No ${SECRET} here.`, code: SECRET } });
	const account = { faults: { create: { status: 400, text } } };
	const run = await bench.run('image/generate', SMALL, { credential, account });
	expect(run.error?.message).toBe('OpenAI: No ••• here.');
	expect(JSON.stringify([run.error, run.items, run.hints])).not.toContain(SECRET);
	expect(await bench.engine.log()).not.toContain(SECRET);
});

test('switched off, nothing of it is sent', async () => {
	const off = { ...credential, header: false };
	const run = await bench.run('image/analyze', { text: 'Hello' }, { credential: off });
	expect(run.error).toBeUndefined();
	expect(new Set(sentWith(run.key))).toEqual(new Set([undefined]));
});

test('one called authorization takes the place of the key', async () => {
	const key = bench.addKey();
	const run = await bench.run(
		'image/analyze',
		{ text: 'Hello' },
		{
			key: 'none',
			credential: { header: true, headerName: 'authorization:', headerSecret: `Bearer ${key}` },
		},
	);
	expect(run.error).toBeUndefined();
	expect(new Set(sentWith(key, 'authorization'))).toEqual(new Set([`Bearer ${key}`]));
});

test.each([
	[{ headerName: '' }, 'The Header Name is empty: enter it in the credential.'],
	[
		{ headerName: 'X Gateway' },
		'The Header Name is none that can be sent: write it with letters, digits and hyphens only.',
	],
	[{ headerSecret: ' ' }, 'The Header Value is empty: enter it in the credential.'],
	[
		{ headerSecret: 'abc…' },
		'The Header Value holds the character "…", which can\'t be sent: copy it again and paste it.',
	],
])('%j is told, and nothing is sent', async (wrong, message) => {
	const run = await bench.run('image/generate', SMALL, { credential: { ...credential, ...wrong } });
	expect(run.error?.message).toBe(message);
	expect(allRequestsOf(bench, run.key)).toEqual([]);
});
