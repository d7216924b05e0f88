// The provider that CONTRIBUTING shows, through the whole pipeline in n8n's real engine.
import sharp from 'sharp';

import { until } from '../support';
import { MadeUp } from './MadeUp';
import { MadeUpApi } from './MadeUpApi';
import { KEY } from './server';
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
beforeEach(() => {
	Object.assign(bench.server.mood, { holds: false, lost: 0, isBroke: false });
});
afterAll(async () => await bench.close());

const drawn = async () => {
	const canvas = { width: 32, height: 32, channels: 3 as const, background: '#c04020' };
	return await sharp({ create: canvas }).png().toBuffer();
};
const tasksFor = (prompt: string) =>
	bench.server.tasks().filter(({ wanted }) => wanted.prompt === prompt);

test('generates, waits, and shares the cost between the images', async () => {
	const run = await bench.run('image/generate', { size: '3:2', numberOfImages: 2 });
	expect(run.error).toBeUndefined();
	const [task] = tasksFor('A red bicycle');
	expect(task!.wanted).toEqual({
		model: 'sketch-1',
		prompt: 'A red bicycle',
		size: '3:2',
		count: 2,
	});
	expect(run.items.map(({ json }) => json)).toMatchObject(
		[0, 1].map((index) => ({
			taskId: task!.id,
			provider: 'madeup',
			model: 'sketch-1',
			status: 'succeeded',
			index,
			count: 2,
			width: 96,
			height: 64,
			mimeType: 'image/png',
			url: `${bench.server.baseUrl}/pictures/${task!.id}-${index}.png`,
			cost: { amount: 0.02, currency: 'USD', estimated: false },
		})),
	);
	expect((await sharp(await run.binary(1)).metadata()).width).toBe(96);
});

test('asks for several tasks with one request', async () => {
	const prompts = ['A boat', 'A kite', 'A tower'].map((prompt) => ({ json: { prompt } }));
	const run = await bench.run(
		'image/generate',
		{ prompt: '={{ $json.prompt }}', completion: 'return' },
		{ items: prompts },
	);
	const ids = run.items.map(({ json }) => String(json.taskId));
	const waited = await bench.run(
		'task/wait',
		{ taskId: '={{ $json.id }}' },
		{ items: ids.map((id) => ({ json: { id } })) },
	);
	expect(waited.items.map(({ json }) => [json.taskId, json.status])).toEqual(
		ids.map((id) => [id, 'succeeded']),
	);
	const polls = bench.server.requests.filter((each) => ids.some((id) => each.includes(id)));
	expect(polls.filter((each) => each.startsWith('GET /tasks'))).toEqual([
		`GET /tasks?ids=${ids.join('%2C')}`,
	]);
});

test('uploads an input image, and makes another of it', async () => {
	const content = await drawn();
	const data = { content, fileName: 'bicycle.png', mimeType: 'image/png' };
	const run = await bench.run(
		'image/edit',
		{ prompt: 'In the rain' },
		{ items: [{ binary: { data } }] },
	);
	expect(run.error).toBeUndefined();
	expect(bench.server.files.at(-1)!.equals(content)).toBe(true);
	expect(tasksFor('In the rain')[0]!.wanted.images).toEqual([
		`${bench.server.baseUrl}/files/${bench.server.files.length}`,
	]);

	const uploaded = await bench.run('file/upload', {}, { items: [{ binary: { data } }] });
	expect(uploaded.items[0]!.json).toEqual({
		url: `${bench.server.baseUrl}/files/${bench.server.files.length}`,
		name: 'bicycle.png',
		bytes: content.length,
	});
});

test('is suspended until the callback, and goes on with the image', async () => {
	bench.server.mood.holds = true;
	const run = await bench.run(
		'image/generate',
		{ prompt: 'A lighthouse', completion: 'suspend' },
		{ suspendable: true },
	);
	expect(run.status).toBe('waiting');
	const [task] = tasksFor('A lighthouse');
	await bench.server.finish(task!.id);
	const ended = await run.resumed();
	expect(ended.status).toBe('success');
	expect(ended.passedOn).toMatchObject([{ json: { taskId: task!.id, status: 'succeeded' } }]);
	expect((await ended.binary(0)).length).toBe(ended.items[0]!.json.fileSize);
	expect(tasksFor('A lighthouse')).toHaveLength(1);
});

test('starts a workflow by the trigger', async () => {
	bench.server.mood.holds = true;
	const listening = await bench.trigger();
	await listening.activate();
	await bench.run('image/generate', {
		prompt: 'A sailor',
		completion: 'return',
		callbackUrl: listening.url,
	});
	const [task] = tasksFor('A sailor');
	await bench.server.finish(task!.id);
	const [item] = await until(() => listening.started[0]);
	expect(item!.json).toMatchObject({
		taskId: task!.id,
		status: 'succeeded',
		cost: { amount: 0.02 },
	});
	expect((await listening.binary(item!)).length).toBe(item!.json.fileSize);
});

test.each([
	['gpt-9', 'A cat', 'Made Up: Model gpt-9 not found.', 'Choose another Model.'],
	[
		'sketch-1',
		'A forbidden cat',
		'Made Up: "A forbidden cat" was refused.',
		'Change the Prompt or the input images: sent again unchanged, they will be refused again.',
	],
])('says what failed, and what to do: %s, %s', async (model, prompt, message, advice) => {
	const run = await bench.run('image/generate', {
		model: { __rl: true, mode: 'id', value: model },
		prompt,
	});
	expect(run.error).toMatchObject({ message, description: expect.stringContaining(advice) });
});

test('says that the money is gone, or that the key is wrong', async () => {
	bench.server.mood.isBroke = true;
	const broke = await bench.run('image/generate', { prompt: 'A palace' });
	expect(broke.error).toMatchObject({
		message: 'Made Up: Your balance is 0 dollars.',
		description: expect.stringContaining('Add money in your Made Up account.'),
		httpCode: '402',
	});
	const credentials = bench.credentials('wrong');
	const wrong = await bench.run('image/generate', {}, { credentials });
	expect(wrong.error).toMatchObject({
		description: expect.stringContaining('Open the Made Up credential and check the API Key.'),
		httpCode: '401',
	});
});

test('a lost answer is asked for again, and paid once', async () => {
	bench.server.mood.lost = 10;
	const run = await bench.run(
		'image/generate',
		{ prompt: 'A whale' },
		{ retryOnFail: { maxTries: 5 } },
	);
	expect(run.status).toBe('success');
	expect(bench.server.mood.lost).toBe(0);
	expect(tasksFor('A whale')).toHaveLength(1);
	expect(run.items[0]!.json.taskId).toBe(tasksFor('A whale')[0]!.id);
});

test('lists the models by name, as far as they fit what is typed', async () => {
	const search = async (filter?: string) =>
		await bench.engine.listSearch({
			node: new MadeUp(),
			credentials: bench.credentials(),
			method: 'searchModels',
			filter,
		});
	expect((await search()).results.map(({ value }) => value)).toEqual(['sketch-1', 'sketch-2']);
	expect((await search('h-2')).results).toEqual([{ name: 'sketch-2', value: 'sketch-2' }]);
});

test.each([
	[KEY, true],
	['wrong', false],
])('the credential with the key %s is right: %s', async (apiKey, ok) => {
	const data = { apiKey, baseUrl: bench.server.baseUrl };
	const tested = await bench.engine.testCredential({ credentialType: new MadeUpApi(), data });
	expect(tested.ok).toBe(ok);
});
