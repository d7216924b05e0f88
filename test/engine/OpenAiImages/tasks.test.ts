// Background tasks: started with Waiting "Don't Wait", then Task: Get, Wait and Cancel.
import type { IDataObject } from 'n8n-workflow';
import sharp from 'sharp';

import { differences, maskWithHole, picture } from '../EvoLink/pictures';
import { otherServers } from '../support';
import { onTask, startTask } from './ordering';
import { startBench, type Bench, type RunWith } from './setup';
import { callOf, routesOf, SMALL, spentBy } from './traffic';

const SIZE = { width: 1024, height: 640 };
const HOLE = { left: 160, top: 240, width: 400, height: 320 };
const FROM_ITEM = '={{ $json.taskId }}';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const start = async (prompt: string, more: IDataObject = {}, options: RunWith = {}) =>
	await startTask(bench, prompt, more, options);
const get = async (key: string, id: string, more: IDataObject = {}) =>
	await onTask(bench, 'get', key, id, more);
const wait = async (key: string, id: string) => await onTask(bench, 'wait', key, id);

test('a task from its start to its picture', async () => {
	const { run, key, id } = await start('A boat [sandbox: seconds=60]');
	expect(run.error).toBeUndefined();
	expect(run.items).toEqual([
		{
			json: {
				taskId: expect.stringMatching(/^resp_[0-9a-f]+$/),
				provider: 'openai',
				model: 'gpt-image-2',
				prompt: 'A boat [sandbox: seconds=60]',
				status: 'queued',
				createdAt: expect.stringMatching(/^\d{4}-/),
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(routesOf(bench, key)).toEqual(['POST /responses']);
	expect(bench.sandbox.openai.responses(key)).toMatchObject([
		{ id, background: true, imageModel: 'gpt-image-2', model: 'gpt-6-luna' },
	]);
	const open = await get(key, ` ${id} `);
	expect(open.items[0]!.json).toMatchObject({ taskId: id, status: 'queued' });
	expect(open.items[0]!.binary).toBeUndefined();

	bench.sandbox.openai.finishResponse(id);
	const done = await get(key, id, { options: { binaryPropertyOutput: 'boat' } });
	expect(done.error).toBeUndefined();
	expect(done.items[0]!.json).toMatchObject({
		taskId: id,
		status: 'succeeded',
		index: 0,
		count: 1,
		revisedPrompt: 'A boat',
		...SIZE,
		fileName: `openai-${id}-1.png`,
	});
	expect((await sharp(await done.binary(0, 'boat')).metadata()).width).toBe(1024);
});

test('its tokens of text and image, and its cost, are on the item', async () => {
	const { key, id } = await start('A boat');
	const run = await wait(key, id);
	expect(run.error).toBeUndefined();
	const { usage, cost } = run.items[0]!.json as { usage: IDataObject; cost: { amount: number } };
	expect(usage).toMatchObject({
		input_tokens: expect.any(Number),
		image_gen: {
			input_tokens_details: { image_tokens: 0, text_tokens: 2 },
			output_tokens: expect.any(Number),
		},
	});
	// What the text model took is not in it, so that it is called an estimate.
	expect(cost).toMatchObject({ currency: 'USD', estimated: true });
	expect(cost.amount).toBeCloseTo(spentBy(bench, key).spent, 3);
	expect(cost.amount).toBeGreaterThan(0);
});

test('the settings go to the drawing model, and the text model can be chosen', async () => {
	const options = {
		outputFormat: 'webp',
		compression: 50,
		moderation: 'low',
		callingModel: 'gpt-5.5',
	};
	const { key, id } = await start('A boat', { quality: 'low', options });
	const call = callOf(bench, key);
	expect(call.parameters).toMatchObject({
		model: 'gpt-5.5',
		background: true,
		tools: [
			{
				type: 'image_generation',
				model: 'gpt-image-2',
				size: '1024x640',
				quality: 'low',
				output_format: 'webp',
				output_compression: 50,
				moderation: 'low',
				action: 'generate',
			},
		],
	});
	expect((await wait(key, id)).items[0]!.json).toMatchObject({ mimeType: 'image/webp' });
});

test('an edit with a mask: the files go up first, and pixels outside the mask stay', async () => {
	const data = await picture('png', SIZE);
	const mask = await maskWithHole(SIZE, HOLE);
	const parameters = { ...SMALL, completion: 'return', maskSource: 'binary' };
	const run = await bench.run('image/edit', parameters, { items: [{ binary: { data, mask } }] });
	expect(run.error).toBeUndefined();
	expect(routesOf(bench, run.key)).toEqual(['POST /files', 'POST /files', 'POST /responses']);
	const done = await wait(run.key, String(run.items[0]!.json.taskId));
	expect(done.error).toBeUndefined();
	const found = await differences(data.content, await done.binary(0), HOLE);
	expect(found.outside).toBe(0);
	expect(found.inside).toBeGreaterThan(0);
});

const ENDS: Array<[string, string, IDataObject]> = [
	[
		'failed',
		'fail=server_error',
		{ code: 'server_error', message: 'The response failed: server_error.' },
	],
	[
		'incomplete',
		'incomplete',
		{ code: 'max_output_tokens', message: 'the task ended early (max_output_tokens).' },
	],
	[
		'refused for its prompt',
		'moderation=input',
		{
			code: 'moderation_blocked',
			message: expect.stringMatching(/^OpenAI's safety check refused the request \(violence\): /),
		},
	],
	[
		'refused for its picture',
		'moderation=output',
		{
			code: 'moderation_blocked',
			message: expect.stringMatching(
				/^OpenAI drew the image, but its safety check held it back \(violence, graphic_violence\): /,
			),
		},
	],
];

test.each(ENDS)(
	'a task that was %s: Get tells it, Wait fails with it',
	async (_, directive, failure) => {
		const { key, id } = await start(`A boat [sandbox: ${directive}]`);
		bench.sandbox.openai.finishResponse(id);
		const got = await get(key, id);
		expect(got.error).toBeUndefined();
		expect(got.items).toMatchObject([{ json: { taskId: id, status: 'failed', failure } }]);
		const waited = await wait(key, id);
		expect(waited.items).toEqual([]);
		const isRefused = directive.startsWith('moderation');
		expect(waited.error?.message).toMatch(isRefused ? /^OpenAI(?!:)/ : /^OpenAI: /);
		expect(waited.error?.description).toContain(
			isRefused ? 'sent again unchanged, they will be refused again' : 'Run this again',
		);
		expect(waited.error?.description).toContain(`Task ID: ${id}`);
		expect(waited.error?.description).toContain(`Code: ${String(failure.code)}`);
		expect(spentBy(bench, key)).toEqual({ spent: 0, images: 0 });
	},
);

test('Cancel stops a task that is at work, and Wait then says so', async () => {
	const { key, id } = await start('A boat [sandbox: never]');
	const run = await bench.run('task/cancel', { taskId: id }, { key });
	expect(run.error).toBeUndefined();
	expect(run.items).toMatchObject([
		{ json: { taskId: id, status: 'cancelled' }, pairedItem: { item: 0 } },
	]);
	expect(bench.sandbox.openai.responses(key)).toMatchObject([{ id, status: 'cancelled' }]);
	const waited = await wait(key, id);
	expect(waited.error?.message).toBe('OpenAI: the task was cancelled before any image was made.');
	expect(spentBy(bench, key).images).toBe(0);
});

test('Cancel keeps the ID that was asked for, whatever the server calls the task', async () => {
	const servers = otherServers();
	const told = JSON.stringify({ id: 'resp_other', object: 'response', status: 'cancelled' });
	const baseUrl = await servers.listen((request, response) => {
		request.resume();
		response.writeHead(200, { 'content-type': 'application/json' }).end(told);
	});
	const run = await bench.run('task/cancel', { taskId: 'resp_1' }, { credential: { baseUrl } });
	servers.close();
	expect(run.items).toMatchObject([{ json: { taskId: 'resp_1', status: 'cancelled' } }]);
});

test.each(['get', 'wait', 'cancel'])(
	'%s with an ID that is unknown or of another account',
	async (name) => {
		const { id: foreign } = await start('A boat');
		const key = bench.addKey();
		for (const taskId of ['resp_0000', foreign]) {
			const run = await bench.run(`task/${name}`, { taskId }, { key });
			expect(run.error?.message).toBe(`OpenAI: Response with id '${taskId}' not found.`);
			expect(run.error?.description).toContain('Check the ID, and the Base URL in the credential.');
			expect(run.error?.description).toContain('HTTP status: 404');
			expect(run.error?.description).toContain(taskId);
		}
		const empty = await bench.run(`task/${name}`, { taskId: ' ' });
		expect(empty.error?.message).toBe('The Task ID is empty.');
	},
);

test('Wait for many tasks: each with its own end, in the order of the items', async () => {
	const key = bench.addKey();
	const prompts = ['One', 'Two [sandbox: fail=server_error]', 'Three [sandbox: seconds=1]'];
	const ids: string[] = [];
	for (const prompt of prompts) ids.push((await start(prompt, {}, { key })).id);
	const items = ids.map((taskId) => ({ json: { taskId } }));
	const run = await bench.run(
		'task/wait',
		{ taskId: FROM_ITEM },
		{ key, items, onError: 'continueRegularOutput' },
	);
	expect(run.items.map(({ json }) => json.revisedPrompt ?? json.error)).toEqual([
		'One',
		'OpenAI: The response failed: server_error.',
		'Three',
	]);
	expect(run.items[1]!.json).toMatchObject({ kind: 'taskFailed', taskId: ids[1] });
});
