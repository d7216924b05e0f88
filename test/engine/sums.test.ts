// What was paid, added up over all items: every node's cost and usage give the whole once, in every form that servers tell.
import type { IDataObject } from 'n8n-workflow';

import { picture } from './EvoLink/pictures';
import { startBench as startEvoLink } from './EvoLink/setup';
import { startBench as startImageChat, type Bench as ImageChatBench } from './ImageChat/setup';
import { onBatch, startBatch } from './OpenAiImages/ordering';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { SMALL, spentBy } from './OpenAiImages/traffic';
import type { EngineRun } from './support';

/** What one answer of the sandbox says that it cost, where it says so. */
const ITS_DOLLARS = 0.0421;

const costsOf = ({ items }: EngineRun) => items.map(({ json }) => json.cost as IDataObject);

function sumOf(run: EngineRun): number {
	expect(run.error).toBeUndefined();
	return costsOf(run).reduce((sum, { amount }) => sum + Number(amount), 0);
}

/** In how many items the usage stands. */
function usages({ items }: EngineRun): IDataObject[] {
	return items.flatMap(({ json }) => (json.usage ? [json.usage as IDataObject] : []));
}

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	const make = async (operation: string, odd: string, parameters: IDataObject = {}) => {
		const prompt = odd === '' ? 'A boat' : `A boat [sandbox: create=200 odd=${odd}]`;
		const items = [{ binary: { data: await picture('png') } }];
		const values = { ...SMALL, prompt, numberOfImages: 3, ...parameters };
		return await bench.run(`image/${operation}`, values, { items });
	};

	test.each(['generate', 'edit'])(
		'%s: the tokens at their prices, an estimate',
		async (operation) => {
			const run = await make(operation, '');
			expect(sumOf(run)).toBeCloseTo(spentBy(bench, run.key).spent, 8);
			expect(usages(run)).toHaveLength(1);
			for (const cost of costsOf(run)) expect(cost.estimated).toBe(true);
		},
	);

	test.each(['generate', 'edit'])('%s: cached tokens are cheaper', async (operation) => {
		const run = await make(operation, 'cached-usage');
		const [usage] = usages(run);
		const { text_tokens: text, image_tokens: image } = (usage!.input_tokens_details as IDataObject)
			.cached_tokens_details as Record<string, number>;
		const saved = (text! * (5 - 1.25) + image! * (8 - 2)) / 1_000_000;
		expect(saved).toBeGreaterThan(0);
		expect(sumOf(run)).toBeCloseTo(spentBy(bench, run.key).spent - saved, 8);
	});

	test("a gateway's own dollars are no estimate, and all of its usage is kept", async () => {
		const run = await make('generate', 'usage-cost');
		expect(sumOf(run)).toBeCloseTo(ITS_DOLLARS, 8);
		for (const cost of costsOf(run)) expect(cost.estimated).toBe(false);
		expect(usages(run)).toMatchObject([{ cost: ITS_DOLLARS, output_tokens: expect.any(Number) }]);
	});

	test('zeros are no price: it follows from size and quality', async () => {
		const run = await make('generate', 'zero-usage', { quality: 'low' });
		for (const cost of costsOf(run)) {
			expect(cost).toMatchObject({ estimated: true });
			expect(Number(cost.amount)).toBeGreaterThan(0);
		}
	});

	test('several streams are several answers, each with its own usage', async () => {
		const run = await make('generate', '', { options: { stream: true } });
		expect(sumOf(run)).toBeCloseTo(spentBy(bench, run.key).spent, 8);
		expect(usages(run)).toHaveLength(3);
	});

	test('the lines of a batch, at half the price', async () => {
		const { key, id } = await startBatch(bench, ['One', 'Two'], { numberOfImages: 3 });
		bench.sandbox.openai.finishBatch(id);
		const run = await onBatch(bench, 'getResults', key, id);
		expect(run.items).toHaveLength(6);
		expect(sumOf(run)).toBeCloseTo(spentBy(bench, key).spent, 8);
		expect(usages(run)).toHaveLength(2);
	});
});

test('EvoLink: zeros are no price, and what is known of the model is', async () => {
	const bench = await startEvoLink();
	const run = await bench.image('generate', {
		model: { __rl: true, mode: 'id', value: 'gpt-4o-image' },
		prompt: 'A kite [sandbox: poll=200 odd=zero-usage]',
		numberOfImages: 2,
		options: { output: 'link' },
	});
	expect(sumOf(run)).toBeCloseTo(2 * 0.0208, 8);
	for (const cost of costsOf(run)) expect(cost).toMatchObject({ estimated: true });
	await bench.close();
});

describe('Image Chat', () => {
	let bench: ImageChatBench;
	beforeAll(async () => {
		bench = await startImageChat();
	});
	afterAll(async () => await bench.close());

	const make = async (odd: string) => {
		const faults = { shape: 'g', create: { status: 200, odd } } as const;
		return await bench.run('generate', { numberOfImages: 3 }, { account: { faults } });
	};

	test("the gateway's dollars once, with all of its usage", async () => {
		const run = await make('usage-cost');
		expect(run.items).toHaveLength(3);
		expect(sumOf(run)).toBeCloseTo(ITS_DOLLARS, 8);
		for (const cost of costsOf(run)) expect(cost.estimated).toBe(false);
		expect(usages(run)).toMatchObject([
			{ cost: ITS_DOLLARS, cost_details: { upstream_inference_cost: 0.04 } },
		]);
	});

	test('zeros are no cost of 0', async () => {
		const run = await make('zero-usage');
		expect(run.error).toBeUndefined();
		expect(costsOf(run)).toEqual([undefined, undefined, undefined]);
	});
});
