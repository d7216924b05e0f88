// After a run a hint says how many images it has made and what they cost: once, and what an earlier try paid apart from it.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startCoreToday, type Bench as CoreTodayBench } from './CoreToday/setup';
import { SMALL as SMALL_SIZE } from './EvoLink/traffic';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { startBench as startImageChat, type Bench as ImageChatBench } from './ImageChat/setup';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';

const items = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	const generate = async (parameters: IDataObject = {}, options = {}) =>
		await bench.image('generate', { ...SMALL_SIZE, quality: 'low', ...parameters }, options);

	test('one hint for all items, about, with credits', async () => {
		const run = await generate({ numberOfImages: 2 }, { items: items(3) });
		expect(run.error).toBeUndefined();
		const sum = run.items.reduce(
			(all, { json }) => all + (json.cost as { amount: number }).amount,
			0,
		);
		expect(run.notes).toHaveLength(1);
		const [, dollars] = /^6 images, (?:about )?\$([\d.]+) \([\d.]+ credits\)\.$/.exec(
			run.notes[0]!,
		)!;
		expect(Number(dollars)).toBeCloseTo(sum, 3);
	});

	test('the images of a suspended execution are told of when they are there', async () => {
		const prompt = 'A lamp [sandbox: seconds=600]';
		const run = await generate({ completion: 'suspend', prompt }, { suspendable: true });
		expect(run.notes).toEqual([]);
		for (const { id } of bench.sandbox.evolink.tasks(run.key)) bench.sandbox.evolink.finishTask(id);
		expect((await run.resumed()).notes).toEqual([expect.stringMatching(/^1 image, .*\$0\.0/)]);
	});

	test('nothing is told of tasks that nobody waits for; it is when they are fetched', async () => {
		const started = await generate({ completion: 'return' });
		expect(started.notes).toEqual([]);
		const { taskId } = started.items[0]!.json;
		const fetched = await bench.run('task', 'wait', { taskId }, { key: started.key });
		expect(fetched.notes).toEqual([expect.stringMatching(/^1 image, .*\$0\.0/)]);
	});

	test('a retry tells apart what an earlier try has paid for', async () => {
		const prompts = ['A', 'B [sandbox: create=400 times=1]'];
		const parameters = { prompt: '={{ $json.prompt }}', options: { concurrency: 1 } };
		const given = { items: prompts.map((prompt) => ({ json: { prompt } })) };
		const run = await generate(parameters, { ...given, retryOnFail: { maxTries: 2 } });
		expect(run.items).toHaveLength(2);
		expect(run.notes).toEqual([
			expect.stringMatching(
				/^1 image, .*\$0\.\d+ .*\. 1 more image had been paid for before, .*\$0\.\d+ /,
			),
		]);
	});

	test("an agent's tool has no hints", async () => {
		const run = await generate({}, { asTool: true });
		expect(run.items[0]!.json).toMatchObject({ status: 'succeeded' });
		expect(run.notes).toEqual([]);
	});

	test('where no image came, nothing is told', async () => {
		const run = await generate(
			{ prompt: 'A [sandbox: create=400]' },
			{ onError: 'continueRegularOutput' },
		);
		expect(run.notes).toEqual([]);
	});
});

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	test('what is reckoned by tokens is about so much', async () => {
		const run = await bench.run('image/generate', { size: '1024x1024', quality: 'low' });
		expect(run.notes).toEqual(['1 image, about $0.0059.']);
	});

	test('answers of Analyze', async () => {
		const run = await bench.run(
			'image/analyze',
			{ text: 'Write a haiku' },
			{ items: [{ json: {} }, { json: {} }] },
		);
		const sum = run.items.reduce(
			(all, { json }) => all + (json.cost as { amount: number }).amount,
			0,
		);
		expect(run.notes).toEqual([expect.stringMatching(/^2 answers, about \$0\.\d+\.$/)]);
		expect(Number(/\$([\d.]+)\.$/.exec(run.notes[0]!)![1])).toBeCloseTo(sum, 5);
	});

	test('several images in a request, a retired model whose prices nobody knows', async () => {
		const run = await bench.run('image/generate', {
			model: { __rl: true, mode: 'id', value: 'gpt-image-2.6-flare' },
			numberOfImages: 2,
			size: '1024x1024',
			quality: 'low',
		});
		expect(run.error).toBeUndefined();
		expect(run.notes).toEqual(['2 images. What they cost is not known.']);
	});
});

describe('Core.Today', () => {
	let bench: CoreTodayBench;
	beforeAll(async () => {
		bench = await startCoreToday();
	});
	afterAll(async () => await bench.close());

	test('credits and dollars', async () => {
		const run = await bench.run('image/generate', {
			completion: 'wait',
			quality: 'medium',
			numberOfImages: 2,
		});
		expect(run.notes).toEqual(['2 images, about $0.35 (352 credits).']);
	});
});

describe('Image Chat', () => {
	let bench: ImageChatBench;
	beforeAll(async () => {
		bench = await startImageChat();
	});
	afterAll(async () => await bench.close());

	test('a gateway that names no dollars', async () => {
		const run = await bench.run('generate', {});
		expect(run.notes).toEqual(['1 image. What it cost is not known.']);
	});
});
