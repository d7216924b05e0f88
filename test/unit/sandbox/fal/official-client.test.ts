// fal's official client against the sandbox: queue, storage, direct calls and errors, as its users write them.
import { ApiError, ValidationError } from '@fal-ai/client';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, photo } from '../support';
import { Client, type Json, officialClient } from './support';

let sandbox: Sandbox;
let client: Client;
let fal: ReturnType<typeof officialClient>;

beforeAll(async () => (sandbox = await startSandbox({ pace: 0.05 })));
beforeEach(() => {
	client = new Client(sandbox);
	fal = officialClient(sandbox, client.key);
});
afterAll(async () => await sandbox.close());

const input = { prompt: 'A quiet harbour' };

async function failureOf<Failure extends ApiError<Json>>(call: Promise<unknown>): Promise<Failure> {
	const failure: unknown = await call.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (!(failure instanceof ApiError))
		throw new Error(`It did not fail as wanted: ${String(failure)}`);
	return failure as Failure;
}

function urlOf(data: unknown): string {
	const { images } = data as { images: Array<{ url: string }> };
	return String(images[0]?.url);
}

describe('the queue', () => {
	it('makes a picture while it looks', async () => {
		const seen: string[] = [];
		const { data, requestId } = await fal.subscribe('fal-ai/flux/dev', {
			input,
			logs: true,
			pollInterval: 20,
			onQueueUpdate: ({ status }) => seen.push(status),
		});
		expect(requestId).toBe(client.lastTask().id);
		expect(seen.at(-1)).toBe('COMPLETED');
		expect((await download(urlOf(data))).length).toBeGreaterThan(1000);
	});

	it('makes a picture while it listens', async () => {
		const seen: string[] = [];
		const { data } = await fal.subscribe('fal-ai/nano-banana', {
			input: { ...input, aspect_ratio: '16:9' },
			mode: 'streaming',
			logs: true,
			onQueueUpdate: ({ status }) => seen.push(status),
		});
		expect(seen.at(-1)).toBe('COMPLETED');
		expect(seen).toContain('IN_PROGRESS');
		expect((await download(urlOf(data))).length).toBeGreaterThan(1000);
	});

	it('follows a request step by step, under the app and not the path in it', async () => {
		const { request_id: requestId, ...created } = await fal.queue.submit('fal-ai/flux/dev', {
			input: { prompt: 'x [sandbox: never]' },
			priority: 'low',
			startTimeout: 60,
			storageSettings: { expiresIn: '1h' },
		});
		const url = `${sandbox.fal.baseUrl}/fal-ai/flux/requests/${requestId}`;
		expect(created).toEqual({
			status: 'IN_QUEUE',
			queue_position: 0,
			response_url: url,
			status_url: `${url}/status`,
			cancel_url: `${url}/cancel`,
		});
		const open = await fal.queue.status('fal-ai/flux/dev', { requestId, logs: true });
		expect(open.status).toMatch(/^IN_(QUEUE|PROGRESS)$/);
		await sandbox.fal.finishTask(requestId);
		const done = await fal.queue.status('fal-ai/flux/dev', { requestId });
		expect(done).toMatchObject({ status: 'COMPLETED', logs: null, request_id: requestId });
		const { data } = await fal.queue.result('fal-ai/flux/dev', { requestId });
		expect((data as { images: unknown[] }).images).toHaveLength(1);
	});

	it('runs a workflow, whose app has three parts', async () => {
		const { data } = await fal.subscribe('workflows/sandbox/portrait', { input, pollInterval: 20 });
		expect(data).toMatchObject({ images: [{ width: 768, height: 1024 }] });
	});

	it('cancels', async () => {
		const { request_id: requestId } = await fal.queue.submit('fal-ai/flux/dev', {
			input: { prompt: 'x [sandbox: stuck]' },
		});
		await fal.queue.cancel('fal-ai/flux/dev', { requestId });
		expect(client.lastTask()).toMatchObject({ status: 'cancelled', cost: 0 });
		const again = await failureOf(fal.queue.cancel('fal-ai/flux/dev', { requestId }));
		expect(again).toMatchObject({ status: 400, body: { status: 'ALREADY_COMPLETED' } });
		const result = await failureOf(fal.queue.result('fal-ai/flux/dev', { requestId }));
		expect(result).toMatchObject({ status: 499, body: { error_type: 'client_cancelled' } });
	});

	it('makes a second request when the answer to the first was 503', async () => {
		await fal.queue.submit('fal-ai/flux/dev', {
			input: { prompt: 'x [sandbox: create=503 after-effect times=1]' },
		});
		expect(client.tasks()).toHaveLength(2);
	});
});

describe('direct calls', () => {
	it('answer with the output', async () => {
		const { data, requestId } = await fal.run('fal-ai/recraft/v4/text-to-vector', { input });
		expect(data).toMatchObject({ images: [{ content_type: 'image/svg+xml' }] });
		expect(String(await download(urlOf(data)))).toContain('<svg');
		expect(requestId).toBe(client.lastTask().id);
	});
});

describe('the storage', () => {
	it('takes a file that is part of an input', async () => {
		const bytes = await (await photo(64, 48)).png().toBuffer();
		const file = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
		const { data } = await fal.subscribe('fal-ai/esrgan', {
			input: { image_url: file },
			pollInterval: 20,
		});
		expect(data).toMatchObject({ image: { width: 128, height: 96 } });
		expect(client.lastTask().images).toEqual([
			{
				field: 'image_url',
				way: 'storage',
				type: 'image/png',
				width: 64,
				height: 48,
				bytes: bytes.length,
			},
		]);
	});

	it('keeps a file as long as it is told', async () => {
		const file = new File([new Uint8Array([1, 2, 3])], 'three.bin');
		const url = await fal.storage.upload(file, { lifecycle: { expiresIn: '1d' } });
		expect([...(await download(url))]).toEqual([1, 2, 3]);
		const [upload] = sandbox.fal.uploads(client.key);
		expect(upload).toMatchObject({ name: 'three.bin', contentType: 'application/octet-stream' });
	});

	it('takes a large file in parts', async () => {
		const bytes = Buffer.alloc(91 * 1024 * 1024, 'parts of a file ');
		const url = await fal.storage.upload(new Blob([bytes], { type: 'image/png' }));
		expect((await download(url)).equals(bytes)).toBe(true);
		expect(sandbox.fal.uploads(client.key)).toMatchObject([{ isMultipart: true }]);
	});
});

describe('errors', () => {
	it('name the fields that are wrong', async () => {
		const call = fal.subscribe('fal-ai/flux/dev', {
			input: { prompt: 'x', num_images: 9 },
			pollInterval: 20,
		});
		const failure = await failureOf<ValidationError>(call);
		expect(failure).toBeInstanceOf(ValidationError);
		expect(failure.getFieldErrors('num_images')).toMatchObject([
			{ type: 'less_than_equal', msg: 'Input should be less than or equal to 4' },
		]);
	});

	it.each([
		['a wrong key', 'no:key', 401, 'No user found for Key ID and Secret'],
		['a key without a colon', 'nokey', 401, 'No user found for Key ID and Secret'],
	])('tell of %s', async (_case, key, status, detail) => {
		const stranger = officialClient(sandbox, key);
		const failure = await failureOf(stranger.queue.submit('fal-ai/flux/dev', { input }));
		expect(failure).toMatchObject({ status, body: { detail } });
	});

	it('tell of an exhausted balance', async () => {
		const poor = officialClient(sandbox, sandbox.fal.addKey({ credits: 0 }));
		const failure = await failureOf(poor.queue.submit('fal-ai/flux/dev', { input }));
		expect(failure).toMatchObject({
			status: 403,
			body: { detail: expect.stringContaining('Exhausted balance') },
		});
	});

	it('tell of a start limit that has passed, and are not tried again', async () => {
		const call = fal.subscribe('fal-ai/flux/dev', {
			input: { prompt: 'x [sandbox: stuck]' },
			startTimeout: 1.1,
			pollInterval: 20,
		});
		const failure = await failureOf(call);
		expect(failure.isUserTimeout).toBe(true);
		expect(failure.body).toMatchObject({ error_type: 'request_timeout' });
	});
});
