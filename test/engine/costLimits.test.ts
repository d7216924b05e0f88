// The Maximum Cost in every way of waiting, in batches and in later tries; and prices of a person's own.
import type { IDataObject } from 'n8n-workflow';

import { creates, SMALL, uploads } from './EvoLink/traffic';
import { picture } from './EvoLink/pictures';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { onBatch, startBatch } from './OpenAiImages/ordering';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';

const SQUARE = { size: '1024x1024', quality: 'high' };
const items = (prompts: string[]) => prompts.map((prompt) => ({ json: { prompt } }));
const EACH = { prompt: '={{ $json.prompt }}' };

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	test.each(['wait', 'suspend', 'return'])(
		'%s: nothing is uploaded or ordered',
		async (completion) => {
			const photo = await picture('png');
			const run = await bench.image(
				'edit',
				{
					...SQUARE,
					completion,
					inputImages: { images: [{ source: 'binary', binaryPropertyName: 'photo' }] },
					options: { maximumCost: 0.3 },
				},
				{
					items: [{ binary: { photo } }, { binary: { photo } }],
					suspendable: completion === 'suspend',
				},
			);
			expect(run.error?.message).toMatch(/^2 items would cost up to \$0\.\d\d, .*\$0\.30/);
			expect(creates(bench, run.key)).toEqual([]);
			expect(uploads(bench, run.key)).toEqual([]);
		},
	);

	test('a suspended execution that goes on orders nothing, and is held against nothing', async () => {
		const run = await bench.image(
			'generate',
			{ ...SMALL, quality: 'low', completion: 'suspend', options: { maximumCost: 0.01 } },
			{ suspendable: true },
		);
		expect(run.status).toBe('waiting');
		expect((await run.resumed()).items[0]!.json).toMatchObject({ status: 'succeeded' });
	});

	test('a task that an earlier try has started is taken up, whatever the limit is now', async () => {
		const options = { concurrency: 1 };
		const failed = await bench.image(
			'generate',
			{
				...SMALL,
				...EACH,
				quality: 'low',
				options: { ...options, timeLimitSeconds: 5, maximumCost: 1 },
			},
			{ items: items(['A [sandbox: never]']), saves: true },
		);
		expect(failed.error?.message).toBe('The images were not ready within 5 seconds.');
		expect(creates(bench, failed.key)).toHaveLength(1);
		const [task] = bench.sandbox.evolink.tasks(failed.key);
		bench.sandbox.evolink.finishTask(task!.id);
		const retried = await bench.image(
			'generate',
			{ ...SMALL, ...EACH, quality: 'low', options: { ...options, maximumCost: 0 } },
			{
				key: failed.key,
				retryOf: failed.saved.at(-1),
			},
		);
		expect(retried.error).toBeUndefined();
		expect(retried.items[0]!.json).toMatchObject({ taskId: task!.id });
		expect(creates(bench, failed.key)).toHaveLength(1);
	});

	test('of an expression, the first item sets the limit for all', async () => {
		const parameters = { ...SQUARE, options: { maximumCost: '={{ $json.limit }}' } };
		const given = [{ json: { limit: '0.25' } }, { json: { limit: 100 } }];
		const run = await bench.image('generate', parameters, { items: given });
		expect(run.error?.message).toMatch(/your limit is \$0\.25/);
	});

	test('several formats count one by one', async () => {
		const formats = ['square', 'story'].map((name) => ({ name, width: 1024, height: 1024 }));
		const run = await bench.run('image', 'estimateCost', {
			model: { __rl: true, mode: 'id', value: 'gpt-image-2' },
			prompt: 'A',
			size: 'formats',
			formats,
			quality: 'high',
			numberOfImages: 2,
		});
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json).toMatchObject({ count: 4, size: 'square, story' });
		expect(Number(run.items[0]!.json.min)).toBeGreaterThan(0.7);
	});

	test.each(['={{ $json.nothing }}', ''])(
		'a quality that is empty counts with all: %s',
		async (quality) => {
			const run = await bench.run('image', 'estimateCost', {
				model: { __rl: true, mode: 'id', value: 'gpt-image-2' },
				prompt: 'A',
				size: '1024x1024',
				quality,
				numberOfImages: 1,
			});
			const { min, max, quality: told } = run.items[0]!.json;
			expect(told).toBe('auto');
			expect(Number(min)).toBeCloseTo(0.005292, 6);
			expect(Number(max)).toBeGreaterThan(0.189);
			expect(run.notes).toEqual([
				expect.stringMatching(
					/^1 image: about \$0\.0053 to \$0\.19\. Quality is Automatic: choose one to narrow it\.$/,
				),
			]);
		},
	);

	test('own prices are in the estimate, the limit, the cost and the hint; a bad line is told', async () => {
		const own = { credential: { ownPrices: 'gpt-image-2 = 0.5' } };
		const asked = { ...SMALL, numberOfImages: 2 };
		const estimated = await bench.image('estimateCost' as 'generate', asked, own);
		expect(estimated.items[0]!.json).toMatchObject({ min: 1, max: 1 });
		const refused = await bench.image('generate', { ...asked, options: { maximumCost: 0.9 } }, own);
		expect(refused.error?.message).toMatch(/up to \$1\.00/);
		const bad = await bench.image('generate', asked, { credential: { ownPrices: 'gpt-image-2' } });
		expect(bad.error?.message).toMatch(/The line "gpt-image-2" of Own Prices in the credential/);
		expect(creates(bench, bad.key)).toEqual([]);
	});

	test('a bad line of own prices is told on every item, where the workflow goes on', async () => {
		const run = await bench.image(
			'generate',
			{ ...SMALL, ...EACH },
			{
				credential: { ownPrices: 'gpt-image-2' },
				items: items(['A kite', 'A boat']),
				onError: 'continueRegularOutput',
			},
		);
		const error = expect.stringContaining('of Own Prices in the credential') as string;
		const failed = { error, status: 'failed', kind: 'badInput', mayBeCharged: false };
		expect(run.items.map(({ json }) => json)).toMatchObject([
			{ prompt: 'A kite', ...failed },
			{ prompt: 'A boat', ...failed },
		]);
		expect(creates(bench, run.key)).toEqual([]);
	});
});

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	const sent = (key: string) =>
		bench.sandbox.requests.filter(
			(request) => request.key === key && !request.path.endsWith('/models'),
		);

	test('background tasks', async () => {
		const run = await bench.run('image/generate', {
			...SQUARE,
			completion: 'return',
			numberOfImages: 3,
			options: { maximumCost: 0.5 },
		});
		expect(run.error?.message).toMatch(/^This would cost up to \$0\.6/);
		// Not even the list of models, by which Automatic finds the Calling Model.
		expect(bench.sandbox.requests.filter(({ key }) => key === run.key)).toEqual([]);
	});

	test('a batch costs half, and is refused as a whole', async () => {
		const more = (maximumCost: number) => ({ ...SQUARE, options: { maximumCost } });
		const refused = await startBatch(bench, ['A', 'B', 'C'], more(0.3));
		expect(refused.run.error?.message).toMatch(/^3 items would cost up to \$0\.3\d, /);
		expect(sent(refused.key)).toEqual([]);
		const created = await startBatch(bench, ['A', 'B', 'C'], more(0.4));
		expect(created.run.error).toBeUndefined();
		expect(created.id).toMatch(/^batch_/);
	});

	test('the formats of an item in a batch count as one item, and no smaller Size is advised', async () => {
		const { run, key } = await startBatch(bench, ['A'], {
			size: 'formats',
			formats: ['square', 'story'],
			quality: 'high',
			options: { maximumCost: 0.1 },
		});
		expect(run.error?.message).toMatch(
			/^This would cost up to \$0\.\d\d, and your limit is \$0\.10/,
		);
		expect(run.error?.description).toMatch(
			/^It is for 2 images with gpt-image-2, 2 formats, high quality\. To spend less, choose a lower Quality, choose fewer Formats or choose a cheaper Model\. /,
		);
		expect(sent(key)).toEqual([]);
	});

	test('the estimate of a background task asks for no list of models', async () => {
		const parameters: IDataObject = {
			model: { __rl: true, mode: 'id', value: 'gpt-image-2' },
			prompt: 'A',
			...SQUARE,
			completion: 'return',
			numberOfImages: 1,
		};
		const run = await bench.run('image/estimateCost', parameters);
		expect(run.items[0]!.json).toMatchObject({ estimated: true, count: 1 });
		expect(Number(run.items[0]!.json.max)).toBeGreaterThan(0.22);
		expect(bench.sandbox.requests.filter(({ key }) => key === run.key)).toEqual([]);
	});

	test('own prices: the images of a request, and half of it in a batch', async () => {
		const own = { credential: { ownPrices: 'gpt-image-2 = 0.5' } };
		const asked = { size: '1024x1024', quality: 'low' };
		const run = await bench.run('image/generate', { ...asked, numberOfImages: 2 }, own);
		expect(run.items.map(({ json }) => json.cost)).toEqual([
			{ amount: 0.5, currency: 'USD', estimated: true },
			{ amount: 0.5, currency: 'USD', estimated: true },
		]);
		expect(run.notes).toEqual(['2 images, about $1.00.']);
		const { key, id } = await startBatch(bench, ['A'], asked, own);
		bench.sandbox.openai.finishBatch(id);
		const results = await onBatch(bench, 'getResults', key, id, {}, own);
		expect(results.items[0]!.json.cost).toMatchObject({ amount: 0.25 });
	});
});
