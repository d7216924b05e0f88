// An AI agent that has a node as its tool: how much it may order in one execution, over all its calls.
import type { IDataObject } from 'n8n-workflow';

import { creates, SMALL } from './EvoLink/traffic';
import { startBench, type Bench } from './EvoLink/setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

type AsTool = NonNullable<NonNullable<Parameters<Bench['image']>[2]>['asTool']>;

/** Each of the prompts is one call of the tool within one execution. */
async function callAs(asTool: AsTool, prompts: string[], more: IDataObject = {}) {
	const run = await bench.image(
		'generate',
		{
			...SMALL,
			quality: 'low',
			prompt: "={{ $fromAI('prompt', '', 'string') }}",
			...more,
		},
		{
			asTool,
			items: prompts.map((prompt) => ({ json: { prompt } })),
			onError: 'continueRegularOutput',
		},
	);
	return { ...run, answers: run.items.map(({ json }) => json) };
}

const refused = (error: RegExp) => ({ error: expect.stringMatching(error) as string });

describe('several calls in the same moment', () => {
	test('are held against the limit of images together', async () => {
		const prompts = Array.from({ length: 5 }, (_, n) => `A cat ${n}`);
		const { answers, key } = await callAs('at once', prompts, { numberOfImages: 4 });
		expect(answers.filter(({ error }) => error === undefined)).toHaveLength(8);
		expect(answers.filter(({ error }) => error !== undefined)).toMatchObject([
			refused(/^The limit of 10 images .* 8 images were ordered before/),
			refused(/^The limit of 10 images/),
			refused(/^The limit of 10 images/),
		]);
		expect(creates(bench, key)).toHaveLength(2);
	});

	test('and against the Maximum Cost', async () => {
		const more = { size: '1024x1024', quality: 'high', options: { maximumCost: 0.5 } };
		const { answers, key } = await callAs('at once', ['A', 'B', 'C', 'D'], more);
		expect(answers.filter(({ error }) => error === undefined)).toHaveLength(2);
		expect(creates(bench, key)).toHaveLength(2);
	});

	test('for the same wish are one order each', async () => {
		const { answers, key } = await callAs('at once', ['A', 'A', 'A'], {
			options: { maximumImages: 2 },
		});
		expect(answers.filter(({ error }) => error === undefined)).toHaveLength(2);
		expect(creates(bench, key)).toHaveLength(2);
	});
});

describe.each([true, 'agent'] as const)('called as a tool (asTool: %s)', (asTool) => {
	const call = async (prompts: string[], more: IDataObject = {}) =>
		await callAs(asTool, prompts, more);

	test('a loop ends after ten images, and the agent reads why and what to do', async () => {
		const prompts = Array.from({ length: 4 }, (_, n) => `A cat ${n}`);
		const { answers, key } = await call(prompts, { numberOfImages: 4 });
		expect(answers.filter(({ error }) => error === undefined)).toHaveLength(8);
		expect(answers.slice(8)).toMatchObject([
			refused(
				/^The limit of 10 images for one run of this workflow is reached: 8 images were ordered before, and this call asks for 4 more\. Nothing was sent\. Do not call this tool again in this run: tell the person .* Maximum Images per Execution in the Options/,
			),
			refused(/limit of 10 images/),
		]);
		expect(creates(bench, key)).toHaveLength(2);
	});

	test('a person sets the limit', async () => {
		const { answers, key } = await call(['A', 'B', 'C'], { options: { maximumImages: 2 } });
		expect(answers).toMatchObject([
			{ status: 'succeeded' },
			{ status: 'succeeded' },
			refused(/limit of 2 images .* 2 images were ordered before, and this call asks for 1 more/),
		]);
		expect(creates(bench, key)).toHaveLength(2);
	});

	test('the Maximum Cost holds for all calls together', async () => {
		const options = { maximumCost: 0.5 };
		const more = { size: '1024x1024', quality: 'high', options };
		const { answers, key } = await call(['A', 'B', 'C'], more);
		expect(answers).toMatchObject([
			{ status: 'succeeded' },
			{ status: 'succeeded' },
			refused(
				/^The Maximum Cost of \$0\.50 for one run of this workflow is reached: up to \$0\.38 were ordered before, and this call may cost up to \$0\.19 more\. Nothing was sent\./,
			),
		]);
		expect(creates(bench, key)).toHaveLength(2);
	});

	test('an unknown price is refused, unless it is allowed', async () => {
		const model = { model: { __rl: true, mode: 'id', value: 'gpt-image-2.6-flare' } };
		const { answers, key } = await call(['A'], { ...model, options: { maximumCost: 5 } });
		expect(answers).toMatchObject([refused(/^The price of this call isn't known/)]);
		expect(creates(bench, key)).toEqual([]);
	});

	test('what failed and cost nothing is free for another call', async () => {
		const prompts = ['A [sandbox: create=400]', 'B [sandbox: create=400]', 'C'];
		const { answers } = await call(prompts, { options: { maximumImages: 1 } });
		expect(answers[2]).toMatchObject({ status: 'succeeded' });
	});
});
