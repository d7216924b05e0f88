// The sandbox as a whole: edits over HTTP, the control surface, the record of requests, the end, the command line.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { fetch, request as send } from 'undici';
import { type Sandbox, startSandbox } from '../../../sandbox';
import { Client, type TaskJson } from './evolink/support';
import { download, halfMask, json, photo, startReceiver } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

describe('an edit over HTTP', () => {
	it.each([
		['gpt-4o-image', {}, { width: 64, height: 48 }],
		['gpt-image-2', { size: 'auto' }, { width: 64, height: 48 }],
		['gpt-image-2', { size: '2:3' }, { width: 1024, height: 1536 }],
		['gpt-4o-image', { size: '3:2' }, { width: 1536, height: 1024 }],
	])('on %s with %j has the right size', async (model, extra, size) => {
		const client = new Client(sandbox);
		const reference = await client.upload(await (await photo(64, 48)).png().toBuffer());
		const mask = await client.upload(await halfMask(64, 48));
		const body = { model, image_urls: [reference], mask_url: mask, ...extra };
		const { results } = await client.finished(body);
		expect(await sharp(await download(results?.[0])).metadata()).toMatchObject(size);
	});
});

describe('the control surface', () => {
	const post = async (path: string, body?: object) =>
		await fetch(sandbox.url + path, {
			method: 'POST',
			headers: body && { 'content-type': 'application/json' },
			body: body && JSON.stringify(body),
		});

	it('says what is served', async () => {
		const page = await (await fetch(sandbox.url)).text();
		for (const words of [sandbox.evolink.baseUrl, 'sandbox-evolink-key', 'download=KIND']) {
			expect(page).toContain(words);
		}
	});

	it('shows keys with their faults, prices and tasks', async () => {
		const faults = { fail: '<b>generation_failed' };
		const client = new Client(sandbox, sandbox.evolink.addKey({ credits: 12.5, faults }));
		const { id } = await client.created({ prompt: 'A <harbour> & boats' });
		const page = await (await fetch(sandbox.url)).text();
		for (const shown of [client.key, id, 'A &#60;harbour&#62; &#38; boats', '$0.0208']) {
			expect(page).toContain(shown);
		}
		expect(page).toContain('{&#34;fail&#34;:&#34;&#60;b&#62;generation_failed&#34;}');
		expect(page).not.toContain('<b>generation_failed');
	});

	it('is for this machine only, and for no page of another host', async () => {
		const { port } = new URL(sandbox.url);
		const named = await send(sandbox.url, { headers: { host: `elsewhere:${port}` } });
		expect(named.statusCode).toBe(403);
		const origin = 'http://elsewhere.example';
		expect((await fetch(sandbox.url, { headers: { origin } })).status).toBe(403);
	});

	it('makes keys, ends tasks and shows the state', async () => {
		const faults = { never: true };
		const made = await post('/_sandbox/evolink/keys', { credits: 10, faults });
		const { key } = await json<{ key: string }>(made, 200);
		const client = new Client(sandbox, key);
		const { id } = await client.created();
		const ended = await post(`/_sandbox/evolink/tasks/${id}/finish`);
		expect((await json<TaskJson>(ended, 200)).status).toBe('completed');
		interface State {
			evolink: { keys: Array<{ key: string }>; tasks: TaskJson[]; deliveries: unknown[] };
			requests: Record<string, number>;
		}
		const state = await json<State>(await fetch(`${sandbox.url}/_sandbox/state`), 200);
		expect(state.evolink.keys).toContainEqual(
			expect.objectContaining({ key, faults, credits: 8.5856, charged: 1.4144, reserved: 0 }),
		);
		expect(state.evolink.tasks.map((task) => task.id)).toContain(id);
		expect(state.requests['POST /evolink/v1/images/generations']).toBeGreaterThan(0);
	});

	it('refuses what it does not know', async () => {
		expect((await post('/_sandbox/evolink/keys', { faults: { sing: 1 } })).status).toBe(400);
		expect((await post('/_sandbox/evolink/tasks/none/finish')).status).toBe(404);
	});

	it('has a key that always exists', async () => {
		const client = new Client(sandbox, 'sandbox-evolink-key');
		expect((await client.get('/v1/credits')).status).toBe(200);
	});
});

it('records every request', async () => {
	const client = new Client(sandbox);
	await client.created({}, { 'idempotency-key': 'recorded-request' });
	expect(sandbox.requests.at(-1)).toMatchObject({
		method: 'POST',
		path: '/evolink/v1/images/generations',
		status: 200,
		key: client.key,
		idempotencyKey: 'recorded-request',
		bodyBytes: JSON.stringify({ model: 'gpt-4o-image', prompt: 'A quiet harbour' }).length,
	});
});

it('ends at once, whatever is under way', async () => {
	const busy = await startSandbox();
	const receiver = await startReceiver(Array<number>(8).fill(500));
	const client = new Client(busy);
	const { id } = await client.created({ callback_url: receiver.url });
	busy.evolink.finishTask(id);
	await client.created({ prompt: 'x [sandbox: seconds=3600]' });
	busy.evolink.setFaults(client.key, { answerDelayMs: 3_600_000 });
	const waiting = expect(client.get('/v1/credits')).rejects.toThrow();
	while (busy.requests.at(-1)?.path !== '/evolink/v1/credits') {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	await busy.close();
	await waiting;
	receiver.close();
});

it('runs from the command line until it is told to end', async () => {
	const child = spawn(process.execPath, [
		require.resolve('tsx/cli'),
		require.resolve('../../../sandbox/main.ts'),
		'--port',
		'0',
	]);
	const lines: string[] = [];
	for await (const line of createInterface({ input: child.stdout })) {
		lines.push(line);
		if (line.startsWith('Ctrl-C')) break;
	}
	const baseUrl = /http:\S+\/evolink$/m.exec(lines.join('\n'))?.[0];
	const headers = { authorization: 'Bearer sandbox-evolink-key' };
	expect((await fetch(`${baseUrl}/v1/models`, { headers })).status).toBe(200);
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGINT');
	expect(await ended).toBe(0);
});
