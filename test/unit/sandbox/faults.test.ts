// Misbehaving as told, by key and by the prompt.
import { fetch } from 'undici';
import { readDirectives } from '../../../sandbox/faults/directives';
import { type Faults, type Sandbox, startSandbox } from '../../../sandbox';
import { Client, type ErrorJson, type TaskJson } from './evolink/support';
import { download, json } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

function clientWith(faults: Faults): Client {
	return new Client(sandbox, sandbox.evolink.addKey({ faults }));
}

describe('directives in a prompt', () => {
	it.each<[string, Faults]>([
		['seconds=2.5, answer-delay=100', { seconds: 2.5, answerDelayMs: 100 }],
		['fail=content_policy_violation', { fail: 'content_policy_violation' }],
		['cancel', { cancel: true }],
		['never', { never: true }],
		[
			'create=429 retry-after=1 times=1',
			{ create: { status: 429, retryAfter: 1, times: 1, body: 'json' } },
		],
		[
			'poll=503 retry-after="Wed, 21 Oct 2026 07:28:00 GMT"',
			{ poll: { status: 503, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT', body: 'json' } },
		],
		['any=502 body=html retry-after-ms=5', { any: { status: 502, body: 'html', retryAfterMs: 5 } }],
		['create=200 body=stall', { create: { status: 200, body: 'stall' } }],
		['create=500 after-effect', { create: { status: 500, afterEffect: true, body: 'json' } }],
		['download=short times=2', { download: { kind: 'short', times: 2 } }],
		['link-lifetime=5, fewer-images=1', { linkLifetimeSeconds: 5, fewerImages: 1 }],
		['paid-outcome-unknown', { paidOutcomeUnknown: true }],
		[
			'callback=early callback-repeat=2 callback-delay=9',
			{ callback: { early: true, repeat: 2, delayMs: 9 } },
		],
		['callback=notJson', { callback: { forge: 'notJson' } }],
	])('%s', (words, faults) => {
		expect(readDirectives(`A [sandbox: ${words}] cat`)).toEqual({ prompt: 'A cat', faults });
	});

	it.each(['dance', 'create=99', 'seconds=soon', 'download=odd', 'callback=odd'])(
		'%s is refused',
		(words) => expect(() => readDirectives(`[sandbox: ${words}]`)).toThrow(),
	);
});

describe('a bad answer to create', () => {
	it('comes as often as told, with Retry-After, and nothing is made before', async () => {
		const client = clientWith({
			create: { status: 429, times: 2, retryAfter: 1, retryAfterMs: 20 },
		});
		for (let round = 0; round < 2; round++) {
			const answer = await client.create({});
			expect(answer.headers.get('retry-after')).toBe('1');
			expect(answer.headers.get('retry-after-ms')).toBe('20');
			const { error } = await json<ErrorJson>(answer, 429);
			expect(error.code).toBe('rate_limit_exceeded');
		}
		expect(sandbox.evolink.tasks(client.key)).toEqual([]);
		await client.created();
	});

	it('is counted anew for each idempotency key when the prompt asks for it', async () => {
		const client = clientWith({});
		const body = { prompt: 'x [sandbox: create=503 times=1]' };
		const statuses = [];
		for (const key of ['item-0-of-run-000', 'item-0-of-run-000', 'item-1-of-run-000']) {
			statuses.push((await client.create(body, { 'idempotency-key': key })).status);
		}
		expect(statuses).toEqual([503, 200, 503]);
	});

	it('may stop halfway, and then the connection stays open', async () => {
		const answer = await clientWith({ create: { status: 200, body: 'stall' } }).create({});
		expect(answer.status).toBe(200);
		const reader = answer.body!.getReader();
		const { value } = await reader.read();
		const text = Buffer.from(value as Uint8Array).toString();
		expect(text).toMatch(/^\{"/);
		expect(() => JSON.parse(text) as unknown).toThrow();
		await reader.cancel();
	});

	it('may be HTML', async () => {
		const answer = await clientWith({ create: { status: 502, body: 'html' } }).create({});
		expect(answer.status).toBe(502);
		expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
		expect(await answer.text()).toMatch(/^<!DOCTYPE html>/);
	});

	it.each<[string, Faults, number]>([
		['cut in half', { create: { status: 200, body: 'cut' } }, 200],
		['an error after the effect', { create: { status: 500, afterEffect: true } }, 500],
	])('may be %s, and the task exists', async (_name, faults, status) => {
		const client = clientWith(faults);
		const answer = await client.create({});
		expect(answer.status).toBe(status);
		const text = await answer.text();
		if (status === 200) expect(() => JSON.parse(text) as unknown).toThrow();
		expect(sandbox.evolink.tasks(client.key)).toHaveLength(1);
	});

	it('may be a cut connection', async () => {
		await expect(clientWith({ create: { body: 'reset' } }).create({})).rejects.toThrow();
		const { status } = sandbox.requests.at(-1) ?? {};
		expect(status).toBe(0);
	});

	it('does not hide an honest refusal', async () => {
		const client = clientWith({ create: { status: 500, afterEffect: true } });
		await json<ErrorJson>(await client.create({ n: 3 }), 400);
	});
});

describe('a bad answer to polling', () => {
	it('strikes single and batch look-ups, and not create', async () => {
		const client = clientWith({ poll: { status: 500 } });
		const { id } = await client.created();
		expect((await client.get(`/v1/tasks/${id}`)).status).toBe(500);
		expect((await client.post('/v1/tasks/batch', { task_ids: [id] })).status).toBe(500);
		sandbox.evolink.setFaults(client.key, {});
		expect((await client.task(id)).id).toBe(id);
	});

	it('can be asked for by the prompt', async () => {
		const client = clientWith({});
		const { id } = await client.created({ prompt: 'x [sandbox: poll=200 body=cut times=1]' });
		const text = await (await client.get(`/v1/tasks/${id}`)).text();
		expect(() => JSON.parse(text) as unknown).toThrow();
		const batch = await client.post('/v1/tasks/batch', { task_ids: [id] });
		expect((await json<{ data: TaskJson[] }>(batch, 200)).data).toHaveLength(1);
	});

	it('"any" strikes every call with the key', async () => {
		const client = clientWith({ any: { status: 503, times: 3 } });
		const upload = { base64_data: 'AAAA' };
		const statuses = [
			(await client.get('/v1/credits')).status,
			(await client.create({})).status,
			(await client.uploadJson('base64', upload)).status,
			(await client.get('/v1/credits')).status,
		];
		expect(statuses).toEqual([503, 503, 503, 200]);
	});
});

describe('a bad download', () => {
	const link = async (directive: string) => {
		const client = clientWith({});
		const { results } = await client.finished({ prompt: `x [sandbox: ${directive}]` });
		return String(results?.[0]);
	};

	it('may be dead, so many times', async () => {
		const url = await link('download=dead times=1');
		expect((await fetch(url)).status).toBe(404);
		expect((await download(url)).length).toBeGreaterThan(0);
	});

	it('may be shorter than its Content-Length', async () => {
		const answer = await fetch(await link('download=short'));
		expect(answer.status).toBe(200);
		expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(0);
		await expect(answer.arrayBuffer()).rejects.toThrow();
	});

	it.each([
		['html', 'text/html', (bytes: Buffer) => bytes.includes('<!DOCTYPE')],
		['empty', 'image/png', (bytes: Buffer) => bytes.length === 0],
		['truncated', 'image/png', (bytes: Buffer) => bytes.length > 0 && !bytes.includes('IEND')],
		['slow', 'image/png', (bytes: Buffer) => bytes.includes('IEND')],
	])('may be %s', async (kind, type, check) => {
		const answer = await fetch(await link(`download=${kind}`));
		expect(answer.headers.get('content-type')).toBe(type);
		expect(check(Buffer.from(await answer.arrayBuffer()))).toBe(true);
	});

	it('can be asked for by the key', async () => {
		const client = clientWith({ download: { kind: 'dead', times: 1 } });
		const { results } = await client.finished({ n: 2 });
		const statuses = [];
		for (const url of results ?? []) statuses.push((await fetch(url)).status);
		expect(statuses).toEqual([404, 200]);
	});
});

it('refuses faults that are not of the vocabulary', () => {
	expect(() => clientWith({ sing: true } as Faults)).toThrow(/sing/);
});
