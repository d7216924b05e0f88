// Callbacks: genuine, retried, lost, repeated, early, forged; and which addresses are taken.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallbackSender } from '../../../sandbox/callbacks/callback-sender';
import { callbackUrlProblem } from '../../../sandbox/callbacks/callback-url';
import { withWrongToken } from '../../../sandbox/callbacks/forgeries';
import { Lifetime } from '../../../sandbox/lifetime';
import { type Sandbox, startSandbox } from '../../../sandbox';
import { Client, type TaskJson } from './evolink/support';
import { startReceiver, until } from './support';

let sandbox: Sandbox;
let client: Client;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeEach(async () => {
	sandbox = await startSandbox({ pace: 0.01 });
	client = new Client(sandbox);
	receiver = await startReceiver();
});
afterEach(async () => {
	receiver.close();
	await sandbox.close();
});

async function createWith(directive: string): Promise<TaskJson> {
	const prompt = directive ? `x [sandbox: ${directive}]` : 'x';
	return await client.created({ prompt, callback_url: receiver.url });
}

describe('a callback', () => {
	it.each([
		['completed', ''],
		['failed', 'fail=content_policy_violation'],
		['cancelled', 'cancel'],
	])('tells of a task that is %s, as the task itself does', async (status, directive) => {
		const { id } = await createWith(directive);
		const { body, path } = await until(() => receiver.received[0]);
		expect(path).toBe('/done?token=abcdef');
		expect(JSON.parse(body)).toEqual(await client.task(id));
		expect(JSON.parse(body)).toMatchObject({ id, status });
		const [delivery] = await until(() => {
			const all = sandbox.evolink.deliveries();
			return all.length > 0 && all;
		});
		expect(delivery).toMatchObject({
			taskId: id,
			url: receiver.url,
			attempt: 1,
			status: 200,
			answeredAt: expect.stringMatching(/^\d{4}-.+Z$/) as string,
			body,
		});
		expect(sandbox.evolink.ledger(client.key).reserved).toBe(0);
	});

	it('is tried again when the answer is no 2xx', async () => {
		receiver.close();
		receiver = await startReceiver([500, 302]);
		await createWith('');
		const deliveries = await until(() => {
			const all = sandbox.evolink.deliveries();
			return all.length === 3 && all;
		});
		expect(deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
			[1, 500],
			[2, 302],
			[3, 200],
		]);
		expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
	});

	it('is lost when told so', async () => {
		const lost = await createWith('callback=lose');
		const { id } = await createWith('callback-delay=50');
		await until(() => receiver.received[0]);
		expect((await client.task(lost.id)).status).toBe('completed');
		expect(receiver.received.map(({ body }) => (JSON.parse(body) as TaskJson).id)).toEqual([id]);
	});

	it('is repeated when told so', async () => {
		await createWith('callback-repeat=2');
		await until(() => receiver.received.length === 3);
		expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
	});

	it('comes early when told so, and once more at the end', async () => {
		const { id } = await createWith('callback=early, never');
		const early = JSON.parse((await until(() => receiver.received[0])).body) as TaskJson;
		expect(early).toMatchObject({ id, status: 'completed' });
		expect((await client.task(id)).status).toBe('processing');
		sandbox.evolink.finishTask(id);
		const late = await until(() => receiver.received[1]);
		expect(JSON.parse(late.body)).toEqual(await client.task(id));
	});

	it.each<[string, (body: string, path: string, id: string) => void]>([
		[
			'status',
			(body, _path, id) => expect(JSON.parse(body)).toMatchObject({ id, status: 'failed' }),
		],
		['unknownTask', (body, _path, id) => expect((JSON.parse(body) as TaskJson).id).not.toBe(id)],
		['notJson', (body) => expect(() => JSON.parse(body) as unknown).toThrow()],
		['oversized', (body) => expect(body.length).toBeGreaterThan(16 * 1024 * 1024)],
		['wrongToken', (_body, path) => expect(path).toBe('/done?token=abcde0')],
	])('can be forged: %s', async (kind, check) => {
		const { id } = await createWith(`callback=${kind}`);
		const { body, path } = await until(() => receiver.received[0]);
		check(body, path, id);
		expect((await client.task(id)).status).toBe('completed');
	});
});

describe('delivery', () => {
	it('gives up after three more tries, and records why each failed', async () => {
		const lifetime = new Lifetime();
		const timing = { timeoutMs: 60_000, retryDelaysMs: [1, 1, 1] };
		const sender = new CallbackSender(lifetime, timing);
		sender.send({ taskId: 'task', url: 'http://127.0.0.1:9/', body: '{}' });
		await until(() => sender.deliveries.length === 4);
		expect(sender.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
		for (const { status, error } of sender.deliveries) {
			expect(status).toBeUndefined();
			expect(error).toMatch(/ECONNREFUSED/);
		}
		await lifetime.end();
	});
});

describe('a delivery with rules of its own', () => {
	it('may have more time for its later tries', async () => {
		const slow = createServer((_request, response) => setTimeout(() => response.end(), 500));
		await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
		const lifetime = new Lifetime();
		const timing = { timeoutMs: 20, retryTimeoutMs: 60_000, retryDelaysMs: [1] };
		const sender = new CallbackSender(lifetime, timing);
		sender.send({ taskId: 'task', url, body: '{}' });
		await until(() => sender.deliveries.length === 2);
		expect(sender.deliveries.map(({ status }) => status)).toEqual([undefined, 200]);
		await lifetime.end();
		slow.close();
	});

	it('may end with an answer that is worth no other try', async () => {
		receiver.close();
		receiver = await startReceiver([302]);
		const lifetime = new Lifetime();
		const isFinal = (status: number) => status === 302;
		const sender = new CallbackSender(lifetime, { timeoutMs: 60_000, retryDelaysMs: [1], isFinal });
		sender.send({ taskId: 'first', url: receiver.url, body: '{}' });
		await until(() => sender.deliveries.length === 1);
		sender.send({ taskId: 'second', url: receiver.url, body: '{}', delayMs: 100 });
		await until(() => sender.deliveries.length === 2);
		expect(sender.deliveries.map(({ taskId }) => taskId)).toEqual(['first', 'second']);
		await lifetime.end();
	});
});

describe('a callback address', () => {
	it.each([
		'https://n8n.example.com/webhook/x?token=1',
		'http://127.0.0.1:5678/webhook/x',
		'http://localhost:5678/webhook/x',
		'http://[::1]:5678/x',
	])('%s is taken', (url) => expect(callbackUrlProblem(url)).toBeUndefined());

	it.each([
		['http://n8n.example.com/webhook', /https/],
		['ftp://127.0.0.1/x', /https/],
		['webhook', /valid URL/],
		['https://10.0.0.5/x', /internal/],
		['https://172.20.1.1/x', /internal/],
		['https://192.168.1.2/x', /internal/],
		['https://169.254.169.254/x', /internal/],
		['https://[fd00::1]/x', /internal/],
		['https://n8n.local/x', /internal/],
		[`https://example.com/${'x'.repeat(2048)}`, /2048/],
	])('%s is refused', (url, reason) => expect(callbackUrlProblem(url)).toMatch(reason));

	it.each([
		['http://h/a/token?x=1&t=abc', 'http://h/a/token?x=1&t=ab0'],
		['http://h/a/toke0', 'http://h/a/toke1'],
	])('%s with a wrong token is %s', (url, wrong) => expect(withWrongToken(url)).toBe(wrong));
});
