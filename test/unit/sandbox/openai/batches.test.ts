// Batches of generations, edits and questions, driven by the official client.
import OpenAI, { toFile } from 'openai';
import type { BatchCreateParams } from 'openai/resources/batches';
import sharp from 'sharp';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { startReceiver, until } from '../support';
import { clientOf, dataUri, decode, keyOf, plain, refusal, SMALL } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ pace: 60 })));
afterAll(async () => await sandbox.close());

type Endpoint = BatchCreateParams['endpoint'];

const generation = (custom_id: string, more: object = {}) => ({
	custom_id,
	method: 'POST',
	url: '/v1/images/generations',
	body: {
		model: 'gpt-image-2',
		prompt: `Harbour ${custom_id}`,
		size: SMALL,
		quality: 'low',
		...more,
	},
});

async function start(
	client: OpenAI,
	lines: unknown[],
	endpoint: Endpoint = '/v1/images/generations',
) {
	const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
	const file = await toFile(Buffer.from(`${text.join('\n')}\n`), 'requests.jsonl');
	const input = await client.files.create({ file, purpose: 'batch' });
	return await client.batches.create({
		input_file_id: input.id,
		endpoint,
		completion_window: '24h',
		metadata: { run: '1' },
	});
}

interface OutputLine {
	id: string;
	custom_id: string;
	response: {
		status_code: number;
		request_id: string;
		body: {
			data?: Array<{ b64_json: string }>;
			choices?: Array<{ message: { content: string } }>;
			error?: { code: string; message: string };
		};
	};
	error: null;
}

async function linesOf(client: OpenAI, fileId: string | null | undefined): Promise<OutputLine[]> {
	const text = await (await client.files.content(String(fileId))).text();
	return text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as OutputLine);
}

async function finished(client: OpenAI, id: string) {
	sandbox.openai.finishBatch(id);
	return await client.batches.retrieve(id);
}

describe('a batch', () => {
	it('makes images at half the price, and sorts out the line that failed', async () => {
		const client = clientOf(sandbox);
		const batch = await start(client, [
			generation('a'),
			generation('b', { prompt: 'A fight [sandbox: moderation=input]' }),
			generation('c', { n: 2 }),
			generation('d', { size: '1000x1000' }),
		]);
		expect(batch).toMatchObject({
			object: 'batch',
			status: 'validating',
			endpoint: '/v1/images/generations',
			completion_window: '24h',
			metadata: { run: '1' },
		});
		const done = await finished(client, batch.id);
		expect(done).toMatchObject({
			status: 'completed',
			model: 'gpt-image-2',
			request_counts: { total: 4, completed: 2, failed: 2 },
			usage: { output_tokens: 321 },
			in_progress_at: expect.any(Number),
			finalizing_at: expect.any(Number),
			completed_at: expect.any(Number),
		});
		const output = await linesOf(client, done.output_file_id);
		expect(
			output.map(({ custom_id, error, response }) => [custom_id, error, response.status_code]),
		).toEqual([
			['a', null, 200],
			['c', null, 200],
		]);
		expect(output[1]?.response.body.data).toHaveLength(2);
		const image = decode(output[0]?.response.body.data?.[0]?.b64_json);
		expect(await sharp(image).metadata()).toMatchObject({ width: 1024, height: 640 });
		const errors = await linesOf(client, done.error_file_id);
		expect(errors.map(({ custom_id, response }) => [custom_id, response.body.error?.code])).toEqual(
			[
				['b', 'moderation_blocked'],
				['d', 'invalid_value'],
			],
		);
		// 321 image tokens at 30 dollars a million and 6 text tokens at 5, halved.
		expect(sandbox.openai.ledger(keyOf(client))).toMatchObject({ images: 3, spent: 0.00483 });
		expect(sandbox.openai.batches(keyOf(client))).toMatchObject([
			{ id: batch.id, customIds: ['a', 'b', 'c', 'd'], completed: 2, failed: 2 },
		]);
	});

	it('edits pictures and answers questions', async () => {
		const client = clientOf(sandbox);
		const image_url = dataUri(await plain(40, 30, '#d01818'));
		const edit = await start(
			client,
			[
				{
					...generation('edit', { images: [{ image_url }] }),
					url: '/v1/images/edits',
				},
			],
			'/v1/images/edits',
		);
		const edited = await finished(client, edit.id);
		const [line] = await linesOf(client, edited.output_file_id);
		expect(decode(line?.response.body.data?.[0]?.b64_json).length).toBeGreaterThan(1000);

		const content = [{ type: 'image_url', image_url: { url: image_url } }];
		const question = {
			custom_id: 'q',
			method: 'POST',
			url: '/v1/chat/completions',
			body: { model: 'gpt-4o', messages: [{ role: 'user', content }] },
		};
		const asked = await start(client, [question], '/v1/chat/completions');
		const answered = await finished(client, asked.id);
		const [answer] = await linesOf(client, answered.output_file_id);
		expect(answer?.response.body.choices?.[0]?.message.content).toContain('40 × 30 pixels');
		const ids: string[] = [];
		for await (const { id } of client.batches.list({ limit: 1 })) ids.push(id);
		expect(ids).toEqual([asked.id, edit.id]);
	});

	it('goes through its statuses by itself, and says so', async () => {
		const client = clientOf(sandbox, { faults: { seconds: 0.5 } });
		const receiver = await startReceiver();
		const { signing_secret } = await client.webhooks.create({
			name: 'batches',
			url: receiver.url,
			event_types: ['batch.completed'],
		});
		const { id, status } = await start(client, [generation('a')]);
		const seen = new Set<string>([status]);
		while (!seen.has('completed')) seen.add((await client.batches.retrieve(id)).status);
		// A slow machine doesn't see each of them.
		const all = ['validating', 'in_progress', 'finalizing', 'completed'];
		expect([...seen]).toEqual(all.filter((each) => seen.has(each)));
		const [delivery] = await until(() => {
			const all = sandbox.openai.deliveries().filter(({ taskId }) => taskId === id);
			return all.length > 0 && all;
		});
		const { body = '', headers = {} } = delivery ?? {};
		const event = await client.webhooks.unwrap(body, headers, signing_secret);
		expect(event).toMatchObject({ type: 'batch.completed', data: { id } });
		receiver.close();
	});

	it('is cancelled', async () => {
		const client = clientOf(sandbox);
		const { id } = await start(client, [generation('a')]);
		expect((await client.batches.cancel(id)).status).toBe('cancelling');
		let batch = await client.batches.retrieve(id);
		while (batch.status === 'cancelling') batch = await client.batches.retrieve(id);
		expect(batch).toMatchObject({ status: 'cancelled', request_counts: { completed: 0 } });
		expect(sandbox.openai.ledger(keyOf(client)).spent).toBe(0);
		expect(await refusal(client.batches.cancel(id))).toMatchObject({ status: 409 });
	});

	it.each([
		['expired', { expire: true }],
		['cancelled', { cancel: true }],
		['failed', { fail: 'server_error' }],
	] as const)('ends as %s when told to', async (status, faults) => {
		const client = clientOf(sandbox, { faults });
		const { id } = await start(client, [generation('a')]);
		expect(await finished(client, id)).toMatchObject({ status });
	});

	it('leaves lines that it does not come to, and tells of those that have expired', async () => {
		const lines = [generation('a'), generation('b')];
		const expiring = clientOf(sandbox, { faults: { expire: true, runs: 1 } });
		const expired = await finished(expiring, (await start(expiring, lines)).id);
		expect(expired).toMatchObject({ request_counts: { total: 2, completed: 1, failed: 0 } });
		expect(await linesOf(expiring, expired.error_file_id)).toMatchObject([
			{ custom_id: 'b', response: null, error: { code: 'batch_expired' } },
		]);
		const cancelling = clientOf(sandbox, { faults: { cancel: true, runs: 1 } });
		const cancelled = await finished(cancelling, (await start(cancelling, lines)).id);
		expect(cancelled).toMatchObject({ request_counts: { total: 2, completed: 1, failed: 0 } });
		expect(cancelled.error_file_id).toBeNull();
	});

	it.each([
		['invalid_json_line', ['{"custom_id":']],
		['duplicate_custom_id', [generation('a'), generation('a')]],
		['mismatched_model', [generation('a'), generation('b', { model: 'gpt-image-1.5' })]],
		['mismatched_url', [{ ...generation('a'), url: '/v1/images/edits' }]],
		['invalid_method', [{ ...generation('a'), method: 'GET' }]],
		['missing_required_parameter', [{ ...generation('a'), custom_id: undefined }]],
	])('fails with %s', async (code, lines) => {
		const client = clientOf(sandbox);
		const { id } = await start(client, lines);
		const done = await finished(client, id);
		expect(done.status).toBe('failed');
		expect(done.errors?.data).toMatchObject([{ code, line: lines.length }]);
	});

	it('takes 50,000 lines and not one more', async () => {
		const client = clientOf(sandbox);
		const { id } = await start(client, [Array.from({ length: 50_001 }, () => '{}').join('\n')]);
		const done = await finished(client, id);
		expect(done.errors?.data).toMatchObject([{ code: 'too_many_tasks', line: null }]);
	});

	it.each([
		['another endpoint', { endpoint: '/v1/videos' }, 'endpoint'],
		['another window', { completion_window: '1h' }, 'completion_window'],
		['no such file', { input_file_id: 'file-none' }, 'input_file_id'],
	])('refuses %s', async (_name, change, param) => {
		const body = {
			input_file_id: 'file-none',
			endpoint: '/v1/images/generations',
			completion_window: '24h',
			...change,
		} as BatchCreateParams;
		const error = await refusal(clientOf(sandbox).batches.create(body));
		expect(error).toMatchObject({ status: 400, param });
	});
});
