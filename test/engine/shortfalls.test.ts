// Fewer images than were asked for, or of another size: every node tells it after it has been paid for, with one hint.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startCoreToday, type Bench as CoreTodayBench } from './CoreToday/setup';
import { picture } from './EvoLink/pictures';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { startBench as startImageChat, type Bench as ImageChatBench } from './ImageChat/setup';
import { onBatch, startBatch } from './OpenAiImages/ordering';
import {
	model,
	startBench as startOpenAi,
	until,
	type Bench as OpenAiBench,
} from './OpenAiImages/setup';
import type { EngineRun } from './support';

const custom = (customSize: string) => ({ size: 'custom', customSize });
const WAIT = { completion: 'wait' };
const prompt = (directives: string) => ({ prompt: `A red bicycle [sandbox: ${directives}]` });
const items = (count: number) => Array.from({ length: count }, (_, id) => ({ json: { id } }));

function messagesOf({ error, hints }: EngineRun): string[] {
	expect(error).toBeUndefined();
	return hints.map(({ message }) => message);
}

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	const generate = async (parameters: IDataObject, options = {}) =>
		await bench.image('generate', { ...WAIT, ...custom('128x128'), ...parameters }, options);

	test('nothing is told of what came as it was asked for', async () => {
		expect(messagesOf(await generate({ numberOfImages: 2 }))).toEqual([]);
	});

	test('fewer images', async () => {
		const run = await generate({ ...prompt('fewer-images=1'), numberOfImages: 3 });
		expect(run.items).toHaveLength(2);
		expect(messagesOf(run)).toEqual(['Only 2 of 3 images of item 0 arrived.']);
	});

	test('another ratio, and nothing where only links are wanted', async () => {
		const asked = { ...prompt('drawn-size=128x128'), ...custom('16:9') };
		expect(messagesOf(await generate(asked))).toEqual([
			'The image of item 0 has 128 × 128 pixels, not the size 16:9 that was asked for.',
		]);
		expect(messagesOf(await generate({ ...asked, options: { output: 'link' } }))).toEqual([]);
	});

	test('an execution that was suspended knows what it had asked for', async () => {
		const run = await bench.image(
			'generate',
			{
				completion: 'suspend',
				...custom('16:9'),
				...prompt('fewer-images=1 drawn-size=64x64 seconds=4'),
				numberOfImages: 2,
			},
			{ suspendable: true },
		);
		expect(run.status).toBe('waiting');
		expect(messagesOf(await run.resumed())).toEqual([
			'Only 1 of 2 images of item 0 arrived. The image of item 0 has 64 × 64 pixels, not the size 16:9 that was asked for.',
		]);
	});

	test.each([
		['fewer-images=1', ['Only 1 of 2 images of item 0 arrived.']],
		[
			'poll=200 odd=null-result',
			[
				expect.stringMatching(
					/^1 of 3 images of item 0 could not be read: EvoLink wrote them in a form/,
				) as string,
			],
		],
	])(
		'a try that follows takes up what was finished with its hints: %s',
		async (directive, told) => {
			const prompts = [`A [sandbox: ${directive}]`, 'B [sandbox: create=400 times=1]'];
			const run = await generate(
				{ prompt: '={{ $json.prompt }}', numberOfImages: 2, options: { concurrency: 1 } },
				{
					items: prompts.map((each) => ({ json: { prompt: each } })),
					retryOnFail: { maxTries: 2 },
				},
			);
			expect(messagesOf(run)).toEqual(told);
			expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(2);
		},
	);

	test('many items make one hint', async () => {
		const run = await generate(prompt('drawn-size=64x64'), { items: items(7) });
		expect(run.items).toHaveLength(7);
		const [message, ...more] = messagesOf(run);
		expect(more).toEqual([]);
		expect(message).toMatch(/^The image of item 0 has 64 × 64 pixels, .* The image of item 1 has/);
		expect(message).toMatch(
			/item 4 has .* There are 2 more with fewer images, or images of another/,
		);
	});
});

describe('Core.Today', () => {
	let bench: CoreTodayBench;
	beforeAll(async () => {
		bench = await startCoreToday();
	});
	afterAll(async () => await bench.close());

	test('another ratio in every one of several tasks', async () => {
		const run = await bench.run('image/generate', {
			...WAIT,
			...prompt('drawn-size=96x64'),
			size: '1:1',
			numberOfImages: 2,
		});
		expect(messagesOf(run)).toEqual([
			'2 of 2 images of item 0 have 96 × 64 pixels, not the size 1:1 that was asked for.',
		]);
	});

	test('another ratio of a task that is fetched later, whose answer repeats what was asked for', async () => {
		const asked = { ...prompt('drawn-size=96x64 seconds=0'), size: '1:1', completion: 'return' };
		const started = await bench.run('image/generate', asked, { account: { dialect: 'A' } });
		const { taskId } = started.items[0]!.json;
		for (const operation of ['wait', 'get']) {
			const run = await bench.run(`task/${operation}`, { taskId }, { key: started.key });
			expect(messagesOf(run)).toEqual([
				'The image of item 0 has 96 × 64 pixels, not the size 1:1 that was asked for.',
			]);
		}
	});

	test('another ratio after a suspension', async () => {
		const run = await bench.run(
			'image/generate',
			{ completion: 'suspend', size: '1:1', ...prompt('drawn-size=96x64 seconds=1') },
			{ suspendable: true },
		);
		expect(run.status).toBe('waiting');
		expect(messagesOf(await run.resumed())).toEqual([
			'The image of item 0 has 96 × 64 pixels, not the size 1:1 that was asked for.',
		]);
	});
});

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	const generate = async (parameters: IDataObject, options = {}) =>
		await bench.run('image/generate', { ...WAIT, size: 'auto', ...parameters }, options);

	test('fewer images', async () => {
		const run = await generate({ ...prompt('fewer-images=2 drawn-size=64x64'), numberOfImages: 3 });
		expect(run.items).toHaveLength(1);
		expect(messagesOf(run)).toEqual(['Only 1 of 3 images of item 0 arrived.']);
	});

	test('another size than the one in pixels', async () => {
		const run = await generate({ ...prompt('drawn-size=64x64'), size: '1536x1024' });
		expect(messagesOf(run)).toEqual([
			'The image of item 0 has 64 × 64 pixels, not the size 1536x1024 that was asked for.',
		]);
	});

	test.each(['edit', 'vary'])('fewer images of %s', async (operation) => {
		const items = [{ binary: { data: await picture('png', { width: 256, height: 256 }) } }];
		const account = { faults: { fewerImages: 1, drawnSize: '64x64', alive: ['dall-e-2'] } };
		const parameters = { ...WAIT, numberOfImages: 2, size: '1024x1024' };
		const run = await bench.run(`image/${operation}`, parameters, { account, items });
		expect(messagesOf(run)).toEqual([
			'Only 1 of 2 images of item 0 arrived. The image of item 0 has 64 × 64 pixels, not the size 1024x1024 that was asked for.',
		]);
	});

	test('another size in streams', async () => {
		const run = await generate({
			...prompt('drawn-size=64x64'),
			size: '1024x1024',
			numberOfImages: 2,
			options: { stream: true },
		});
		expect(messagesOf(run)).toEqual([
			'2 of 2 images of item 0 have 64 × 64 pixels, not the size 1024x1024 that was asked for.',
		]);
	});

	test('a trigger tells it on the first item', async () => {
		const key = bench.addKey();
		const trigger = await bench.trigger(key, { events: ['response.completed'] });
		await trigger.activate();
		const asked = { ...prompt('drawn-size=64x64 seconds=0'), size: '1024x1536' };
		await generate({ ...asked, completion: 'return' }, { key });
		const told = await until(() => trigger.started[0]);
		expect(told).toMatchObject([
			{
				json: {
					hint: 'The image of item 0 has 64 × 64 pixels, not the size 1024x1536 that was asked for.',
				},
			},
		]);
	});

	test('a refused image beside a good one, in the words of the server', async () => {
		const run = await generate({
			...prompt('create=200 odd=refused-in-place drawn-size=64x64'),
			numberOfImages: 2,
		});
		expect(run.items).toHaveLength(1);
		expect(messagesOf(run)).toEqual([
			'Only 1 of 2 images of item 0 arrived. This one shows a trademark.',
		]);
	});

	test('a background task, whose answer repeats the size: by Task: Get, too', async () => {
		const asked = { ...prompt('drawn-size=64x64 seconds=0'), size: '1024x1536' };
		const started = await generate({ ...asked, completion: 'return' });
		const told = [
			'The image of item 0 has 64 × 64 pixels, not the size 1024x1536 that was asked for.',
		];
		const { taskId } = started.items[0]!.json;
		const waited = await bench.run('task/wait', { taskId }, { key: started.key });
		expect(messagesOf(waited)).toEqual(told);
		const got = await bench.run('task/get', { taskId }, { key: started.key });
		expect(messagesOf(got)).toEqual(told);
	});

	test('lines of a batch', async () => {
		const { key, id } = await startBatch(
			bench,
			['One [sandbox: fewer-images=1]', 'Two [sandbox: drawn-size=64x64]', 'Three'],
			{ numberOfImages: 2, quality: 'low' },
		);
		bench.sandbox.openai.finishBatch(id);
		const run = await onBatch(bench, 'getResults', key, id);
		expect(run.items).toHaveLength(5);
		expect(messagesOf(run)).toEqual([
			'Only 1 of 2 images of the result "item-0" arrived. 2 of 2 images of the result "item-1" have 64 × 64 pixels, not the size 1024x640 that was asked for.',
		]);
	});

	test('a model of another server', async () => {
		const run = await generate(
			{ ...model('any-model'), ...prompt('drawn-size=64x64'), ...custom('1024x1024') },
			{ account: { faults: { alive: ['any-model'] } } },
		);
		expect(messagesOf(run)).toEqual([
			'The image of item 0 has 64 × 64 pixels, not the size 1024x1024 that was asked for.',
		]);
	});
});

describe('Image Chat', () => {
	let bench: ImageChatBench;
	beforeAll(async () => {
		bench = await startImageChat();
	});
	afterAll(async () => await bench.close());

	test.each(['a', 'd', 'e', 'f', 'g'] as const)(
		'a refused image beside a good one (shape %s), in the words of the gateway',
		async (shape) => {
			const faults = { shape, create: { status: 200, odd: 'refused-in-place' } };
			const run = await bench.run('generate', { numberOfImages: 2 }, { account: { faults } });
			expect(run.items).toHaveLength(1);
			expect(messagesOf(run)).toEqual([
				'Only 1 of 2 images of item 0 arrived. The gateway said: "This one shows a trademark."',
			]);
		},
	);

	test('an error beside no image at all is the reason', async () => {
		const faults = { shape: 'g', create: { status: 200, odd: 'no-images-error' } } as const;
		const run = await bench.run('generate', {}, { account: { faults } });
		expect(run.error?.message).toContain('The upstream gave up.');
	});

	test('another size than the one that was wished for', async () => {
		const faults = { drawnSize: '64x32' };
		const wish = { sizeWish: '1024 × 1024' };
		expect(messagesOf(await bench.run('generate', wish, { account: { faults } }))).toEqual([
			'The image of item 0 has 64 × 32 pixels, not the size 1024x1024 that was asked for.',
		]);
		const words = { sizeWish: 'as wide as a panorama' };
		expect(messagesOf(await bench.run('generate', words, { account: { faults } }))).toEqual([]);
	});
});
