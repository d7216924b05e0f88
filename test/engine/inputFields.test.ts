// Include Input Fields: what came in stays on every item that goes out, in every node and operation, whatever became of it.
import type { IDataObject } from 'n8n-workflow';

import { picture } from './EvoLink/pictures';
import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { startBench as startImageChat } from './ImageChat/setup';
import { onBatch, startBatch } from './OpenAiImages/ordering';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { SMALL as SMALL_OPENAI } from './OpenAiImages/traffic';
import type { EngineRun, InputItem } from './support';

const OFF = { options: { includeInputFields: false } };
const ROW = { sku: 'K-7', status: 'to do', url: 'https://shop.test/k-7', tags: ['a', 'b'] };
/** What an image says of itself, in this order; only some of it where the provider hasn't all. */
const FACTS = [
	...['taskId', 'provider', 'model', 'prompt', 'status', 'index', 'count', 'revisedPrompt'],
	...['width', 'height', 'mimeType', 'fileName', 'fileSize', 'url', 'expiresAt', 'usage', 'cost'],
];

function expectRow({ items, error }: EngineRun, count: number): void {
	expect(error).toBeUndefined();
	expect(items).toHaveLength(count);
	for (const { json } of items) {
		expect(json).toMatchObject({ sku: 'K-7', tags: ['a', 'b'], status: 'succeeded' });
		const names = Object.keys(json).filter((name) => !['sku', 'tags'].includes(name));
		const url = names[0] === 'url' ? names.shift() : undefined;
		expect(names).toEqual(FACTS.filter((name) => names.includes(name)));
		// Where the image has a link, that stands in the place of the row's.
		if (url) expect(json.url).toBe(ROW.url);
		else expect(json.url).not.toBe(ROW.url);
	}
}

function expectNoRow({ items, error }: EngineRun, prompt: string): void {
	expect(error).toBeUndefined();
	for (const { json } of items) {
		expect(json).toMatchObject({ prompt, status: 'succeeded' });
		expect(Object.keys(json)).toEqual(FACTS.filter((name) => name in json));
	}
}

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	const withPicture = async (json: IDataObject): Promise<InputItem[]> => [
		{ json, binary: { data: await picture('png') } },
	];

	test.each(['generate', 'edit'])('%s', async (operation) => {
		const items = await withPicture(ROW);
		const parameters = { ...SMALL_OPENAI, prompt: 'A kite', numberOfImages: 2 };
		const run = await bench.run(`image/${operation}`, parameters, { items });
		expectRow(run, 2);
		expect(run.items[0]!.json.prompt).toBe('A kite');
		expectNoRow(
			await bench.run(`image/${operation}`, { ...parameters, ...OFF }, { items }),
			'A kite',
		);
	});

	test('vary, which has no prompt of its own', async () => {
		const items = await withPicture({ ...ROW, prompt: 'The row’s' });
		const account = { faults: { alive: ['dall-e-2'] } };
		const run = await bench.run(
			'image/vary',
			{ model: 'dall-e-2', size: '256x256' },
			{ items, account },
		);
		expect(run.items[0]!.json).toMatchObject({
			sku: 'K-7',
			prompt: 'The row’s',
			status: 'succeeded',
		});
	});

	test('a task that is returned at once, and what Get and Wait make of it', async () => {
		const parameters = { ...SMALL_OPENAI, prompt: 'A kite', completion: 'return' };
		const started = await bench.run('image/generate', parameters, { items: [{ json: ROW }] });
		expect(started.items[0]!.json).toMatchObject({
			sku: 'K-7',
			url: ROW.url,
			prompt: 'A kite',
			status: 'queued',
		});
		const { json } = started.items[0]!;
		for (const operation of ['wait', 'get']) {
			const on = { key: started.key, items: [{ json }] };
			const ended = await bench.run(`task/${operation}`, { taskId: '={{ $json.taskId }}' }, on);
			expectRow(ended, 1);
			expect(ended.items[0]!.json.prompt).toBe('A kite');
		}
	});

	test('the results of a batch have what came in with it, and the prompts of their own lines', async () => {
		const { key, id } = await startBatch(bench, ['One', 'Two'], {});
		bench.sandbox.openai.finishBatch(id);
		const batch = await onBatch(bench, 'get', key, id);
		const row = { ...batch.items[0]!.json, campaign: 'Spring' };
		const run = await onBatch(bench, 'getResults', key, id, {}, { items: [{ json: row }] });
		expect(
			run.items.map(({ json }) => [json.campaign, json.done, json.prompt, json.status]),
		).toEqual([
			['Spring', undefined, 'One', 'succeeded'],
			['Spring', undefined, 'Two', 'succeeded'],
		]);
	});

	test('analyze keeps the picture’s own facts, but not what it cost', async () => {
		const made = await bench.run('image/generate', { ...SMALL_OPENAI, prompt: 'A kite' });
		const { json } = made.items[0]!;
		expect(json.cost).toBeDefined();
		const items = await withPicture({ ...json, sku: 'K-7' });
		const run = await bench.run('image/analyze', { text: 'What is it?' }, { items });
		const { cost, usage, fileName, width, prompt, sku } = run.items[0]!.json;
		expect({ fileName, width, prompt, sku }).toEqual({
			fileName: json.fileName,
			width: json.width,
			prompt: 'A kite',
			sku: 'K-7',
		});
		expect(cost).not.toEqual(json.cost);
		expect(usage).not.toEqual(json.usage);
	});
});

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	const generate = async (
		parameters: IDataObject,
		options: Parameters<EvoLinkBench['image']>[2] = {},
	) =>
		await bench.image(
			'generate',
			{ prompt: 'A kite', options: { output: 'link' }, ...parameters },
			{ items: [{ json: ROW }], ...options },
		);

	test.each(['generate', 'edit'] as const)('%s', async (operation) => {
		const items = [{ json: ROW, binary: { data: await picture('png') } }];
		const parameters = { prompt: 'A kite', numberOfImages: 2 };
		const run = await bench.image(operation, parameters, { items });
		expectRow(run, 2);
		// Only the row is passed on, not its files.
		expect(Object.keys(run.items[0]!.binary ?? {})).toEqual(['data']);
		expectNoRow(await bench.image(operation, { ...parameters, ...OFF }, { items }), 'A kite');
	});

	const FAILING = '={{ $json.prompt }}';
	const failing = [
		{ json: { ...ROW, prompt: 'A kite [sandbox: fail=content_policy_violation]' } },
		{ json: { ...ROW, prompt: '' } },
		{ json: { ...ROW, prompt: 'A kite' } },
	];

	test('a failed item keeps its row, and says that it has failed', async () => {
		const run = await generate(
			{ prompt: FAILING },
			{ items: failing, onError: 'continueRegularOutput' },
		);
		expect(run.items.map(({ json }) => [json.sku, json.status, json.kind, json.url])).toEqual([
			['K-7', 'failed', 'moderation', ROW.url],
			['K-7', 'failed', 'badInput', ROW.url],
			['K-7', 'succeeded', undefined, expect.stringMatching(/^http/)],
		]);
		expect(run.items[0]!.json.prompt).toBe(failing[0]!.json.prompt);
		expect(Object.keys(run.items[0]!.json).slice(0, 5)).toEqual([
			'sku',
			'url',
			'tags',
			'error',
			'prompt',
		]);
	});

	test('so it does in the error output, where n8n itself adds the row', async () => {
		const run = await generate(
			{ prompt: FAILING },
			{ items: failing, onError: 'continueErrorOutput' },
		);
		const [images, failed] = run.outputs;
		expect(images).toHaveLength(1);
		expect(failed!.map(({ json }) => [json.sku, (json.error as IDataObject).status])).toEqual([
			['K-7', 'failed'],
			['K-7', 'failed'],
		]);
	});

	test.each([undefined, 'continueRegularOutput'] as const)(
		'after a suspension, and on the items that wait (%s)',
		async (onError) => {
			const items = [
				{ json: { ...ROW, prompt: 'A kite [sandbox: seconds=4]', error: 'of yesterday' } },
				...(onError ? [{ json: { ...ROW, prompt: '' } }] : []),
			];
			const options = { items, onError, suspendable: true };
			const run = await generate({ prompt: FAILING, completion: 'suspend' }, options);
			expect(run.status).toBe('waiting');
			expect(run.items[0]!.json).toMatchObject({ sku: 'K-7', status: 'queued', url: ROW.url });
			expect(run.items[0]!.json.error).toBeUndefined();
			if (onError) expect(run.items[1]!.json).toMatchObject({ sku: 'K-7', status: 'failed' });
			const ended = await run.resumed();
			expect(ended.items[0]!.json).toMatchObject({ sku: 'K-7', status: 'succeeded' });
			expect(ended.items[0]!.json.prompt).toBe(items[0]!.json.prompt);
			expect(ended.items[0]!.json.taskIds).toBeUndefined();
			if (onError) {
				expect(ended.items[1]!.json).toMatchObject({ sku: 'K-7', status: 'failed', url: ROW.url });
			}
		},
	);

	test('when the time limit comes first, what waits goes on with its row, and an error beside it empties nothing', async () => {
		const items = [{ json: ROW, binary: { photo: await picture('png') } }];
		const parameters = { prompt: 'A kite [sandbox: never]', completion: 'suspend' };
		const run = await generate(parameters, { items, suspendable: true });
		const ended = await run.passTimeLimit();
		expect(ended.passedOn).toMatchObject([
			{
				json: {
					...ROW,
					status: 'queued',
					taskIds: [expect.any(String)],
					prompt: parameters.prompt,
				},
			},
		]);
		expect(ended.passedOn[0]!.binary).toHaveProperty('photo');
	});

	test('switched off, only the tasks wait', async () => {
		const parameters = {
			prompt: 'A kite [sandbox: seconds=4]',
			completion: 'suspend',
			options: { output: 'link', includeInputFields: false },
		};
		const run = await generate(parameters, { suspendable: true });
		expect(run.items[0]!.json.sku).toBeUndefined();
		const ended = await run.resumed();
		expectNoRow(ended, parameters.prompt);
	});

	test('of another image of ours nothing is passed on but its words', async () => {
		const before = await generate({ numberOfImages: 2 });
		const [first, second] = before.items.map(({ json }) => json);
		const items = [{ json: { ...first } }, { json: { ...second } }];
		const { items: after } = await generate({ prompt: 'A boat' }, { items });
		expect(after.map(({ json }) => [json.sku, json.prompt, json.index, json.count])).toEqual([
			['K-7', 'A boat', 0, 1],
			['K-7', 'A boat', 0, 1],
		]);
		expect(after[0]!.json.taskId).not.toBe(first!.taskId);
		expect(after[0]!.json).not.toHaveProperty('fileName');
	});

	test('a row of any shape neither breaks anything nor is mistaken for something of n8n’s', async () => {
		const row = JSON.parse(
			'{"__proto__":{"admin":true},"constructor":1,"binary":{"data":1},"pairedItem":7,"json":{},"error":"old","message":"m","0":"zero","images":[1]}',
		) as IDataObject;
		const run = await generate({}, { items: [{ json: row }, { json: 'missing' }, {}] });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(3);
		const { json, binary, pairedItem } = run.items[0]!;
		expect(Object.keys(json).slice(0, 7)).toEqual([
			'0',
			'__proto__',
			'constructor',
			'binary',
			'pairedItem',
			'json',
			'message',
		]);
		expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
		expect(json.error).toBeUndefined();
		expect(binary).toBeUndefined();
		expect(pairedItem).toEqual({ item: 0 });
	});

	test('an error in the row is no reason for n8n to run the node again', async () => {
		const items = [{ json: { sku: 'K-7', error: 'of yesterday' } }];
		const run = await generate({}, { items, retryOnFail: { maxTries: 3 } });
		expect(run.items[0]!.json).toMatchObject({ sku: 'K-7', status: 'succeeded' });
		expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(1);
	});

	test('a large row is shared by its images, and not kept in the memory of the node', async () => {
		const row = { sku: 'K-7', page: { text: 'x'.repeat(5_000_000) } };
		const items = [{ json: row }, { json: { sku: 'K-8', fails: true } }];
		const prompt = '=A kite{{ $json.fails ? " [sandbox: fail=content_policy_violation]" : "" }}';
		const run = await generate({ prompt, numberOfImages: 4 }, { items: [items[0]!], saves: true });
		const pages = new Set(run.items.map(({ json }) => json.page));
		expect(run.items).toHaveLength(4);
		expect(pages.size).toBe(1);
		const failed = await generate({ prompt, numberOfImages: 4 }, { items, saves: true });
		expect(failed.status).toBe('error');
		// It is there once: as the output of the node before.
		expect(failed.saved.at(-1)!.length).toBeLessThan(6_000_000);
	});

	test('an AI agent’s own call is none of it', async () => {
		const run = await bench.image(
			'generate',
			{ prompt: '={{ $json.wish }}', options: { output: 'link' } },
			{ items: [{ json: { wish: 'A kite' } }], asTool: true },
		);
		expect(run.items[0]!.json).toMatchObject({ prompt: 'A kite', status: 'succeeded' });
		expect(run.items[0]!.json.wish).toBeUndefined();
	});

	test('what is neither on nor off is told before anything is ordered', async () => {
		const run = await generate({ options: { includeInputFields: '={{ [1] }}' } });
		expect(run.error?.message).toBe('Include Input Fields must be on or off: true or false.');
		expect(bench.sandbox.evolink.tasks(run.key)).toEqual([]);
		expectNoRow(
			await generate({ options: { output: 'link', includeInputFields: '={{ "false" }}' } }),
			'A kite',
		);
	});
});

test('Core.Today', async () => {
	const bench = await startCoreToday();
	const parameters = { prompt: 'A kite', numberOfImages: 2 };
	const items = [{ json: ROW }];
	const account = { dialect: 'A' } as const;
	const run = await bench.run('image/generate', parameters, { items, account });
	expectRow(run, 2);
	expectNoRow(await bench.run('image/generate', { ...parameters, ...OFF }, { items }), 'A kite');
	// Where it repeats the request, the prompt is known of any task.
	const { taskId } = run.items[0]!.json;
	const got = await bench.run('task/get', { taskId, ...OFF }, { key: run.key });
	expect(got.items[0]!.json.prompt).toBe('A kite');
	await bench.close();
});

test('Image Chat says the prompt as the person wrote it', async () => {
	const bench = await startImageChat();
	const items = [{ json: ROW }];
	const parameters = { prompt: 'A kite', sizeWish: '64x64' };
	const run = await bench.run('generate', parameters, { items });
	expectRow(run, 1);
	expect(run.items[0]!.json.prompt).toBe('A kite');
	expectNoRow(await bench.run('generate', { ...parameters, ...OFF }, { items }), 'A kite');
	await bench.close();
});
