// The queue by itself: places, status, the second address, cancelling, lifetimes, and what it refuses.
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, json, until } from '../support';
import { Client, type Created, type Json, MODEL } from './support';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => (sandbox = await startSandbox({ pace: 3600 })));
beforeEach(() => (client = new Client(sandbox)));
afterAll(async () => await sandbox.close());

const never = { prompt: 'x [sandbox: never]' };
const isRunning = () => client.lastTask().status === 'running';

describe('the status', () => {
	it('is 202 while it waits and runs, 200 when it has ended, also badly', async () => {
		const { status_url: url, request_id: id } = await client.created({
			prompt: 'x [sandbox: fail=content_policy_violation, start-after=0]',
		});
		await until(isRunning);
		expect(await json(await client.get(url), 202)).toMatchObject({ status: 'IN_PROGRESS' });
		await sandbox.fal.finishTask(id);
		const done = await json<Json>(await client.get(url), 200);
		expect(done).toMatchObject({
			status: 'COMPLETED',
			error: 'Invalid status code: 422',
			error_type: 'content_policy_violation',
		});
	});

	it('has logs only when asked', async () => {
		const { status_url: url, request_id: id } = await client.created();
		await sandbox.fal.finishTask(id);
		expect(await json(await client.get(url), 200)).toMatchObject({ logs: null });
		expect(await json(await client.get(`${url}?logs=1`), 200)).toMatchObject({
			logs: [{ level: 'INFO', source: 'USER' }, {}],
			metrics: { inference_time: expect.any(Number) },
		});
	});

	it('tells the place of those that wait for others', async () => {
		client = new Client(sandbox, { atOnce: 1 });
		const [first, second, third] = [
			await client.created(),
			await client.created(),
			await client.created(),
		];
		expect(third.queue_position).toBe(2);
		expect(await json(await client.get(third.status_url), 202)).toMatchObject({
			status: 'IN_QUEUE',
			queue_position: 1,
		});
		await sandbox.fal.finishTask(first.request_id);
		await sandbox.fal.finishTask(second.request_id);
		expect(await json(await client.get(third.status_url), 202)).toMatchObject({
			queue_position: 0,
		});
	});

	it('stays in its place for ever when told so', async () => {
		const stuck = await client.created({ prompt: 'x [sandbox: stuck]' });
		const other = await client.created({ prompt: 'x [sandbox: start-after=0, seconds=0]' });
		await until(() => client.lastTask().status === 'succeeded');
		expect(other.queue_position).toBe(1);
		expect(await json(await client.get(stuck.status_url), 202)).toMatchObject({
			status: 'IN_QUEUE',
			queue_position: 0,
		});
	});

	it('refuses more than the caller wants to wait for', async () => {
		client = new Client(sandbox, { atOnce: 1 });
		await client.created();
		await client.created({}, MODEL, '?fal_max_queue_length=1');
		expect((await client.create({}, MODEL, '?fal_max_queue_length=1')).status).toBe(429);
	});
});

describe('addresses', () => {
	let created: Created;
	let stranger: Client;

	beforeEach(async () => {
		created = await client.created();
		stranger = new Client(sandbox);
	});
	const at = (path: string) => `${sandbox.fal.baseUrl}/${path}`;
	const request = () => `requests/${created.request_id}`;

	it('hold the path in the app nowhere', () => {
		expect(created.status_url).toBe(at(`fal-ai/flux/${request()}/status`));
	});

	it.each<[string, string, (id: string) => string, number]>([
		['status with a sub-path', 'GET', (id) => `fal-ai/flux/schnell/requests/${id}/status`, 405],
		['result with a sub-path', 'GET', (id) => `fal-ai/flux/schnell/requests/${id}`, 405],
		['cancel with a sub-path', 'PUT', (id) => `fal-ai/flux/schnell/requests/${id}/cancel`, 405],
		['cancel by POST', 'POST', (id) => `fal-ai/flux/requests/${id}/cancel`, 405],
		['cancel by GET', 'GET', (id) => `fal-ai/flux/requests/${id}/cancel`, 405],
		['result by PUT', 'PUT', (id) => `fal-ai/flux/requests/${id}`, 405],
		['another app', 'GET', (id) => `fal-ai/nano-banana/requests/${id}/status`, 404],
		['nothing', 'GET', (id) => `fal-ai/flux/${id}`, 404],
		['the older result', 'GET', (id) => `fal-ai/flux/requests/${id}/response`, 400],
	])('answers %s', async (_case, method, path, status) => {
		const answer = await client.call(method, at(path(created.request_id)));
		expect(answer.status).toBe(status);
	});

	it('know only what the key has made', async () => {
		const nobodys = at('fal-ai/flux/requests/019ac1b2-0000-7000-8000-000000000001');
		for (const [who, url, method] of [
			[client, `${nobodys}/status`, 'GET'],
			[client, nobodys, 'GET'],
			[client, `${nobodys}/cancel`, 'PUT'],
			[stranger, created.status_url, 'GET'],
			[stranger, created.response_url, 'GET'],
			[stranger, created.cancel_url, 'PUT'],
		] as const) {
			expect(await json(await who.call(method, url), 404)).toEqual({ status: 'NOT_FOUND' });
		}
	});

	it('have no results on the direct host', async () => {
		const url = `${sandbox.fal.runUrl}/fal-ai/flux/${request()}`;
		expect((await client.get(url)).status).toBe(404);
		expect((await client.call('POST', url, {})).status).toBe(404);
	});
});

describe('keys', () => {
	it.each([
		['none', {}, 'Authentication is required'],
		['Bearer', { authorization: 'Bearer KEY' }, 'Authentication is required'],
		['a wrong one', { authorization: 'Key a:b' }, 'No user found'],
	])('%s', async (_case, headers, words) => {
		const url = `${sandbox.fal.baseUrl}/${MODEL}`;
		const sent = Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name, value.replace('KEY', client.key)]),
		);
		const answer = await fetch(url, { method: 'POST', headers: sent, body: '{}' });
		expect(await json(answer, 401)).toEqual({ detail: expect.stringContaining(words) });
	});

	it('are locked without dollars, which is 403', async () => {
		client = new Client(sandbox, { credits: 0.002 });
		await client.result();
		expect(sandbox.fal.ledger(client.key)).toEqual({ credits: -0.001, charged: 0.003 });
		const { detail } = await json<{ detail: string }>(await client.create(), 403);
		expect(detail).toContain('User is locked. Reason: Exhausted balance.');
	});
});

describe('the result', () => {
	it('is not there before the end', async () => {
		const { response_url: url } = await client.created();
		const answer = await json(await client.get(url), 400);
		expect(answer).toEqual({ detail: 'Request is still in progress' });
	});

	it('tells its units, and the request', async () => {
		const answer = await client.finished({ num_images: 3, image_size: 'square_hd' });
		expect(answer.headers.get('x-fal-billable-units')).toBe('3');
		expect(answer.headers.get('x-fal-request-id')).toBe(client.lastTask().id);
		expect(client.lastTask()).toMatchObject({ units: 3, cost: 0.009 });
	});

	it('is gone after its time', async () => {
		const answer = await client.finished({ prompt: 'x [sandbox: result-lifetime=0]' });
		expect(await json(answer, 404)).toEqual({ status: 'NOT_FOUND' });
	});

	it('holds the picture itself in sync mode', async () => {
		const { images } = await client.result({ sync_mode: true, image_size: 'square' });
		expect(images).toEqual([
			expect.objectContaining({ url: expect.stringMatching(/^data:image\/jpeg;base64,/) }),
		]);
	});

	it('can misbehave where the status does not', async () => {
		const {
			status_url: status,
			response_url: url,
			request_id: id,
		} = await client.created({
			prompt: 'x [sandbox: result=503]',
		});
		await sandbox.fal.finishTask(id);
		expect((await client.get(status)).status).toBe(200);
		expect((await client.get(url)).status).toBe(503);
		sandbox.fal.setFaults(client.key, { result: { status: 500, times: 1 } });
		const other = await client.created();
		await sandbox.fal.finishTask(other.request_id);
		expect((await client.get(other.status_url)).status).toBe(200);
		expect((await client.get(other.response_url)).status).toBe(500);
		expect((await client.get(other.response_url)).status).toBe(200);
	});
});

describe('cancelling', () => {
	it('takes a waiting one out', async () => {
		const { cancel_url: url } = await client.created();
		expect(await json(await client.put(url), 200)).toEqual({ status: 'OK' });
		expect(client.lastTask()).toMatchObject({ status: 'cancelled', cost: 0 });
	});

	it('asks a running one, and frees its place', async () => {
		client = new Client(sandbox, { atOnce: 1 });
		const { cancel_url: url, status_url: status } = await client.created({
			prompt: 'x [sandbox: start-after=0]',
		});
		await until(isRunning);
		await client.created({ prompt: 'x [sandbox: start-after=0]' });
		expect(await json(await client.put(url), 202)).toEqual({ status: 'CANCELLATION_REQUESTED' });
		expect(await json(await client.get(status), 200)).toMatchObject({
			status: 'COMPLETED',
			error_type: 'client_cancelled',
		});
		await until(isRunning);
	});

	it('can be too late, and then it is paid', async () => {
		const { cancel_url: url, request_id: id } = await client.created({
			prompt: 'x [sandbox: cancel-too-late]',
		});
		expect((await client.put(url)).status).toBe(200);
		await sandbox.fal.finishTask(id);
		expect(client.lastTask()).toMatchObject({ status: 'succeeded', cost: 0.003 });
		expect(await json(await client.put(url), 400)).toEqual({ status: 'ALREADY_COMPLETED' });
	});
});

describe('apps', () => {
	it('that are unknown are refused', async () => {
		expect(await json(await client.create({}, 'fal-ai/nothing'), 404)).toEqual({
			detail: 'Application "fal-ai/nothing" not found',
		});
		expect((await client.create({}, 'nothing')).status).toBe(404);
	});

	it('that have no such path say so when they run', async () => {
		expect(await client.refused({}, 'fal-ai/flux/nothing', 404)).toEqual({
			detail: 'Path /nothing not found',
		});
		expect(client.lastTask()).toMatchObject({ status: 'failed', cost: 0 });
	});
});

describe('a direct call', () => {
	const run = async (input: object) =>
		await client.call('POST', `${sandbox.fal.runUrl}/${MODEL}`, { prompt: 'x', ...input });

	it('fails at once, with units of nothing', async () => {
		const answer = await run({ num_images: 0 });
		expect(answer.status).toBe(422);
		expect(answer.headers.get('x-fal-billable-units')).toBe('0');
	});

	it('is refused when too many run', async () => {
		client = new Client(sandbox, { atOnce: 1 });
		await client.created(never);
		const answer = await run({});
		expect(answer.headers.get('x-fal-needs-retry')).toBe('1');
		expect(await json(answer, 429)).toMatchObject({ error_type: 'concurrent_requests_limit' });
	});
});

describe('made files', () => {
	it('live as long as the caller wants', async () => {
		const name = 'x-fal-object-lifecycle-preference';
		const headers = { [name]: '{"expiration_duration_seconds":0.001}' };
		const { request_id: id, response_url: url } = await client.created({}, MODEL, '', headers);
		await sandbox.fal.finishTask(id);
		const { images } = await json<{ images: Array<{ url: string }> }>(await client.get(url), 200);
		await expect(download(images[0]?.url)).rejects.toThrow('404');
		expect((await client.create({}, MODEL, '', { [name]: 'x' })).status).toBe(400);
	});

	it('can be fetched badly', async () => {
		const { images } = await client.result({ prompt: 'x [sandbox: download=dead times=1]' });
		const [{ url }] = images as [{ url: string }];
		expect((await fetch(url)).status).toBe(404);
		expect((await download(url)).length).toBeGreaterThan(0);
	});
});
