// Before anything is sent: what images would cost, and that no run may cost more than a person allows. In every node.
import type { IDataObject } from 'n8n-workflow';

import type { RecordedRequest } from '../../sandbox';
import { startBench as startCoreToday } from './CoreToday/setup';
import { picture } from './EvoLink/pictures';
import { startBench as startEvoLink } from './EvoLink/setup';
import { startBench as startImageChat } from './ImageChat/setup';
import { startBench as startOpenAi } from './OpenAiImages/setup';
import type { EngineRun, RunOptions } from './support';

const id = (value: string) => ({ model: { __rl: true, mode: 'id', value } });
const SQUARE = { size: '1024x1024', quality: 'high' };
const items = (count: number) => Array.from({ length: count }, (_, n) => ({ json: { n } }));

type Options = Partial<Omit<RunOptions, 'credentials'>> & { key?: string };
type Ran = EngineRun & { key: string };

interface Case {
	name: string;
	open(): Promise<{
		run(operation: string, parameters: IDataObject, options?: Options): Promise<Ran>;
		requests: RecordedRequest[];
		close(): Promise<void>;
	}>;
	/** A request of known price, and what an image then costs; undefined where no price is known. */
	priced: IDataObject;
	price?: number;
	unpriced: IDataObject;
}

const cases: Case[] = [
	{
		name: 'EvoLink',
		open: async () => {
			const bench = await startEvoLink();
			return {
				run: async (operation, parameters, options) =>
					await bench.run(
						'image',
						operation,
						{ ...id('gpt-image-2'), prompt: 'A red bicycle', numberOfImages: 1, ...parameters },
						options,
					),
				requests: bench.sandbox.requests,
				close: bench.close,
			};
		},
		priced: { ...SQUARE },
		price: 0.189648,
		unpriced: { ...id('flux-of-tomorrow') },
	},
	{
		name: 'OpenAI Images',
		open: async () => {
			const bench = await startOpenAi();
			return {
				run: async (operation, parameters, options) =>
					await bench.run(
						`image/${operation}`,
						{ ...id('gpt-image-2'), prompt: 'A red bicycle', ...parameters },
						options,
					),
				requests: bench.sandbox.requests,
				close: bench.close,
			};
		},
		priced: { ...SQUARE },
		price: 0.21072,
		unpriced: { ...id('gpt-image-2.6-flare') },
	},
	{
		name: 'Core.Today',
		open: async () => {
			const bench = await startCoreToday();
			return {
				run: async (operation, parameters, options) =>
					await bench.run(`image/${operation}`, parameters, options),
				requests: bench.sandbox.requests,
				close: bench.close,
			};
		},
		priced: { size: '1:1', quality: 'high' },
		price: 0.48,
		unpriced: { ...id('black-forest-labs/flux') },
	},
	{
		name: 'Image Chat',
		open: async () => {
			const bench = await startImageChat();
			return {
				run: async (operation, parameters, options) =>
					await bench.run(operation as 'generate', parameters, options),
				requests: bench.sandbox.requests,
				close: bench.close,
			};
		},
		priced: {},
		unpriced: {},
	},
];

describe.each(cases)('$name', ({ open, priced, price, unpriced }) => {
	let bench: Awaited<ReturnType<Case['open']>>;
	beforeAll(async () => {
		bench = await open();
	});
	afterAll(async () => await bench.close());

	const sent = ({ key }: Ran) => bench.requests.filter((request) => request.key === key);

	test('an estimate is an item for each, and sends nothing', async () => {
		const run = await bench.run(
			'estimateCost',
			{ ...priced, numberOfImages: 2 },
			{ items: items(2) },
		);
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(2);
		expect(run.items[1]).toMatchObject({ pairedItem: { item: 1 } });
		const { json } = run.items[0]!;
		expect(json).toMatchObject({ count: 2 });
		if (price === undefined) {
			expect(json).toMatchObject({ unknown: true, reason: expect.stringMatching(/own prices/) });
			expect(json.max).toBeUndefined();
			expect(run.notes).toEqual([
				"4 images: what they would cost isn't known. You can enter your own prices in the credential.",
			]);
		} else {
			expect(json).toMatchObject({ currency: 'USD', estimated: true, quality: 'high' });
			expect(json.min).toBeCloseTo(2 * price, 6);
			expect(json.max).toBeGreaterThanOrEqual(2 * price);
			expect(json.max).toBeLessThan(2 * price + 0.01);
			expect(run.notes).toEqual([
				expect.stringMatching(/^4 images: about \$[\d.]+(?: to \$[\d.]+)?\.$/),
			]);
		}
		expect(sent(run)).toEqual([]);
	});

	test('an estimate of an edit counts the input images, and opens none of them', async () => {
		const entries = [
			{ source: 'url', url: 'https://nowhere.invalid/a.png, https://nowhere.invalid/b.png' },
			{ source: 'binary', binaryPropertyName: 'missing' },
		];
		const run = await bench.run('estimateCost', { ...priced, inputImages: { images: entries } });
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json).toMatchObject({ inputImages: 3 });
		expect(sent(run)).toEqual([]);
	});

	test('what would be refused is refused without cost', async () => {
		const run = await bench.run('estimateCost', { ...priced, numberOfImages: 99 });
		expect(run.error?.message).toMatch(/makes 1 to 10 images at a time, not 99/);
	});

	test('nobody knows what an unknown model costs', async () => {
		const run = await bench.run('estimateCost', unpriced);
		expect(run.items[0]!.json).toMatchObject({ unknown: true });
		const limited = await bench.run('generate', { ...unpriced, options: { maximumCost: 100 } });
		expect(limited.error?.message).toMatch(
			/^The price isn't known, so nobody .* your limit of \$100.00 \(Maximum Cost\) .* Nothing was sent\.$/,
		);
		expect(sent(limited)).toEqual([]);
	});

	test.each([-1, 'cheap', '={{ 0 / 0 }}', '={{ $json.nothing }}'])(
		'a limit that is none is told, and nothing is sent: %s',
		async (maximumCost) => {
			const run = await bench.run('generate', { ...priced, options: { maximumCost } });
			expect(run.error?.message).toBe('Maximum Cost (USD) must be a number of at least 0.');
			expect(sent(run)).toEqual([]);
		},
	);

	if (price === undefined) return;

	test('above the limit nothing is sent, and the error names sum, limit and the dearest items', async () => {
		const photo = await picture('png');
		const parameters = {
			...priced,
			prompt: 'A',
			numberOfImages: '={{ $json.n + 1 }}',
			options: { maximumCost: 1 },
		};
		const run = await bench.run('generate', parameters, { items: items(5) });
		const [, sum] = /^5 items would cost up to \$(\d+\.\d\d), /.exec(run.error!.message)!;
		expect(Number(sum)).toBeGreaterThanOrEqual(Math.floor(1500 * price) / 100);
		expect(Number(sum)).toBeLessThan(15 * price + 0.1);
		expect(run.error?.message).toMatch(
			/and your limit is \$1.00 \(Maximum Cost\). Nothing was sent.$/,
		);
		expect(run.error?.description).toMatch(
			/^The dearest are item 4, up to \$\d\.\d\d \(5 images with .*high.*\); item 3, .*; item 2, .* To spend less, choose a lower Quality, set Number of Images lower or send fewer items in\./,
		);
		expect(sent(run)).toEqual([]);

		const edit = await bench.run(
			'edit',
			{
				...priced,
				inputImages: { images: [{ source: 'binary', binaryPropertyName: 'photo' }] },
				options: { maximumCost: 0.01 },
			},
			{ items: [{ json: {}, binary: { photo } }] },
		);
		expect(edit.error?.message).toMatch(/^This would cost up to \$/);
		expect(sent(edit)).toEqual([]);
	});

	test('where the workflow goes on, every item says so', async () => {
		const run = await bench.run(
			'generate',
			{ ...priced, options: { maximumCost: 0 } },
			{ items: items(2), onError: 'continueRegularOutput' },
		);
		expect(run.items.map(({ json }) => json)).toMatchObject([
			{ kind: 'costLimit', error: expect.stringMatching(/^2 items would cost/) },
			{ kind: 'costLimit', error: expect.stringMatching(/^2 items would cost/) },
		]);
		expect(sent(run)).toEqual([]);
	});

	test('below the limit everything is made', async () => {
		const run = await bench.run('generate', { ...priced, options: { maximumCost: 1 } });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
	});

	test('an item that is refused anyway costs nothing, and says why itself', async () => {
		const run = await bench.run(
			'generate',
			{ ...priced, prompt: '={{ $json.prompt }}', options: { maximumCost: 0.6 } },
			{
				items: [{ json: { prompt: 'A' } }, { json: { prompt: '' } }],
				onError: 'continueRegularOutput',
			},
		);
		expect(run.items[0]!.json.error).toBeUndefined();
		expect(run.items[1]!.json).toMatchObject({ error: 'The Prompt is empty.' });
	});

	test('a later try takes up what is finished, even where the limit is 0 now', async () => {
		const prompts = ['A', 'B [sandbox: create=400]'];
		const failed = await bench.run(
			'generate',
			{ ...priced, prompt: '={{ $json.prompt }}', options: { concurrency: 1, maximumCost: 5 } },
			{ items: prompts.map((prompt) => ({ json: { prompt } })), saves: true },
		);
		expect(failed.error).toBeDefined();
		const before = sent(failed).length;
		const retried = await bench.run(
			'generate',
			{ ...priced, prompt: '={{ $json.prompt }}', options: { concurrency: 1, maximumCost: 0 } },
			{
				key: failed.key,
				items: prompts.map((prompt) => ({ json: { prompt } })),
				retryOf: failed.saved.at(-1),
				onError: 'continueRegularOutput',
			},
		);
		expect(retried.items[0]!.json.error).toBeUndefined();
		expect(retried.items[1]!.json).toMatchObject({
			kind: 'costLimit',
			error: expect.stringMatching(/^This would cost/),
		});
		expect(sent(retried)).toHaveLength(before);
	});

	test('what an earlier try has ordered is not counted in a node that was changed since either', async () => {
		const items = ['A', 'B [sandbox: create=400]'].map((prompt) => ({ json: { prompt } }));
		const draw = async (prompt: string, maximumCost: number, options: Options) =>
			await bench.run(
				'generate',
				{ ...priced, prompt, options: { concurrency: 1, maximumCost } },
				{ items, ...options },
			);
		const failed = await draw('={{ $json.prompt }}', 5, { saves: true });
		const retried = await draw("={{ $json.prompt ?? 'A hat' }}", price! * 1.5, {
			key: failed.key,
			retryOf: failed.saved.at(-1),
			onError: 'continueRegularOutput',
		});
		expect(retried.items.map(({ json }) => json.kind)).toEqual([undefined, 'badRequest']);
	});
});
