// Task: Get and Wait, and File: Upload, in both dialects.
import { randomBytes } from 'node:crypto';

import { picture } from '../EvoLink/pictures';
import { startBench, until, type Bench } from './setup';
import { creates, LINKS, polls, requestsOf, uploads } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** Starts a prediction and answers its id. */
async function start(key: string, prompt: string, parameters = {}) {
	const run = await bench.run(
		'image/generate',
		{ prompt, completion: 'return', quality: 'low', ...parameters },
		{ key },
	);
	expect(run.error).toBeUndefined();
	return String(run.items[0]!.json.taskId);
}

describe.each(['A', 'B'] as const)('in dialect %s', (dialect) => {
	const other = dialect === 'A' ? 'B' : 'A';

	test.concurrent('Get tells how an open task stands, and then gives its image', async () => {
		const key = bench.sandbox.coreToday.addKey({ dialect });
		const taskId = await start(key, 'A cat [sandbox: never]');
		expect(taskId).toMatch(dialect === 'A' ? /^pred_/ : /^job_/);
		const open = await bench.run('task/get', { taskId }, { key });
		expect(open.items).toHaveLength(1);
		expect(open.items[0]!.json).toMatchObject({ taskId, provider: 'coretoday', status: 'running' });
		expect(open.items[0]!.binary).toBeUndefined();

		bench.sandbox.coreToday.finishPrediction(taskId);
		const done = await bench.run('task/get', { taskId: ` ${taskId} ` }, { key });
		expect(done.items[0]!.json).toMatchObject({
			taskId,
			status: 'succeeded',
			index: 0,
			count: 1,
			mimeType: 'image/webp',
		});
		expect((await done.binary(0)).length).toBe(done.items[0]!.json.fileSize);
	});

	test.concurrent('a task is read in the other dialect too', async () => {
		const key = bench.sandbox.coreToday.addKey({ dialect });
		const taskId = await start(key, 'A cat [sandbox: never]');
		bench.sandbox.coreToday.setDialect(key, other);
		bench.sandbox.coreToday.finishPrediction(taskId);
		for (const operation of ['task/get', 'task/wait']) {
			const run = await bench.run(operation, { ...LINKS, taskId }, { key });
			expect(run.items[0]!.json).toMatchObject({ taskId, status: 'succeeded' });
		}
	});

	test.concurrent('Wait waits for several tasks, in the order of the items', async () => {
		const key = bench.sandbox.coreToday.addKey({ dialect });
		const ids = [
			await start(key, 'A [sandbox: seconds=1]'),
			await start(key, 'B [sandbox: fail=generation_timeout]'),
			await start(key, 'C'),
		];
		const run = await bench.run(
			'task/wait',
			{ ...LINKS, taskId: '={{ $json.id }}' },
			{ key, items: ids.map((id) => ({ json: { id } })), onError: 'continueRegularOutput' },
		);
		expect(run.items.map(({ json }) => json.taskId)).toEqual(ids);
		expect(run.items.map(({ json }) => json.kind ?? json.status)).toEqual([
			'succeeded',
			'taskFailed',
			'succeeded',
		]);
		expect(creates(bench, key)).toHaveLength(3);
	});

	test.concurrent('Get of a task that failed tells why', async () => {
		const key = bench.sandbox.coreToday.addKey({ dialect });
		const taskId = await start(key, 'A cat [sandbox: fail=generation_timeout]');
		const ended = () => bench.sandbox.coreToday.predictions(key)[0]!.status === 'failed';
		await until(ended);
		const run = await bench.run('task/get', { taskId }, { key });
		expect(run.items[0]!.json).toMatchObject({
			taskId,
			status: 'failed',
			failure: { message: 'generation_timeout: The model took too long.' },
		});
	});
});

test.concurrent('Wait ends at its time limit and loses nothing', async () => {
	const key = bench.sandbox.coreToday.addKey();
	const taskId = await start(key, 'A cat [sandbox: never]');
	const parameters = { taskId, options: { timeLimitSeconds: 1 } };
	const run = await bench.run('task/wait', parameters, { key });
	expect(run.error?.message).toBe('The images were not ready within 1 second.');
	expect(run.error?.description).toContain(`Task ID: ${taskId}`);
});

test.concurrent.each(['task/get', 'task/wait'])(
	'%s of a task that there is not',
	async (operation) => {
		const run = await bench.run(operation, { taskId: 'job_none' });
		expect(run.error?.message).toBe('Core.Today: The prediction "job_none" does not exist.');
		expect(run.error?.description).toContain('Check the ID, and the Base URL in the credential.');
	},
);

test.concurrent('an ID can not lead to another address', async () => {
	const run = await bench.run('task/get', { taskId: '../models/x' });
	expect(run.error).toBeDefined();
	expect(polls(bench, run.key).map(({ path }) => path)).toEqual([
		'/coretoday/v1/predictions/..%2Fmodels%2Fx',
	]);
});

describe('File: Upload', () => {
	test.concurrent.each([
		['a photo', { content: randomBytes(300_000), fileName: 'photo.jpg', mimeType: 'image/jpeg' }],
		['text', { content: Buffer.from('한국어'), fileName: '설명 1.txt', mimeType: 'text/plain' }],
		['a nameless file', { content: randomBytes(10), mimeType: 'application/octet-stream' }],
	])('%s arrives as it was', async (_what, file) => {
		const run = await bench.run('file/upload', {}, { items: [{ binary: { data: file } }] });
		expect(run.error).toBeUndefined();
		const { url, bytes } = run.items[0]!.json;
		expect(bytes).toBe(file.content.length);
		const arrived = Buffer.from(await (await fetch(String(url))).arrayBuffer());
		expect(arrived.equals(file.content)).toBe(true);
		expect(run.items[0]!.pairedItem).toEqual({ item: 0 });
		expect(uploads(bench, run.key)).toHaveLength(1);
	});

	test.concurrent('the storage gets no key', async () => {
		const data = await picture('png');
		const run = await bench.run('file/upload', {}, { items: [{ binary: { data } }] });
		const stored = bench.sandbox.requests.filter(({ path }) =>
			path.startsWith('/coretoday-storage'),
		);
		expect(stored.length).toBeGreaterThan(0);
		for (const { headers } of stored) expect(Object.values(headers)).not.toContain(run.key);
	});

	test.concurrent('what was uploaded serves an edit by its address', async () => {
		const data = await picture('png');
		const uploaded = await bench.run('file/upload', {}, { items: [{ binary: { data } }] });
		const images = [{ source: 'url', url: '={{ $json.url }}' }];
		const run = await bench.run(
			'image/edit',
			{ ...LINKS, inputImages: { images } },
			{ key: uploaded.key, items: [{ json: uploaded.items[0]!.json }] },
		);
		expect(run.error).toBeUndefined();
		expect(uploads(bench, run.key)).toHaveLength(1);
	});

	test.concurrent(
		'an empty file, and a field without one, are told before anything is sent',
		async () => {
			const empty = { content: Buffer.alloc(0), fileName: 'a.png', mimeType: 'image/png' };
			const none = await bench.run('file/upload', {}, { items: [{ binary: { data: empty } }] });
			expect(none.error?.message).toBe('The file in "data" is empty.');
			const missing = await bench.run('file/upload', { binaryPropertyName: 'photo' });
			expect(missing.error?.message).toBe('There is no file in the field "photo" of this item.');
			for (const { key } of [none, missing]) expect(requestsOf(bench, key)).toEqual([]);
		},
	);
});
