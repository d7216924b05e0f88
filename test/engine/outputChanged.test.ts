// A person may change what comes out, and then retry: that is no other order, so nothing is ordered anew.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink } from './EvoLink/setup';
import { creates, SMALL as SMALL_EVOLINK } from './EvoLink/traffic';
import { startBench as startImageChat } from './ImageChat/setup';
import { startBench as startOpenAi } from './OpenAiImages/setup';
import { SMALL as SMALL_OPENAI, spentBy } from './OpenAiImages/traffic';
import type { EngineRun, RunOptions } from './support';

const prompt = '={{ $json.prompt }}';
const items = ['One', 'Two [sandbox: create=400 times=1]'].map((each, number) => ({
	json: { prompt: each, number },
}));
/** The first item is finished when the second one fails. */
const BEFORE: IDataObject = { concurrency: 1, output: 'link' };

const CHANGES: Array<[string, IDataObject]> = [
	['the input fields', { ...BEFORE, includeInputFields: false }],
	['the file name', { concurrency: 1, output: 'file', fileName: '=own {{ $json.number }}' }],
	['the groups', { ...BEFORE, groupImages: true }],
	['nothing', BEFORE],
];

type Run = (
	options: IDataObject,
	more: Partial<RunOptions> & { key?: string },
) => Promise<EngineRun & { key: string }>;

async function runTwice(run: Run, options: IDataObject) {
	const first = await run(BEFORE, { items, saves: true });
	expect(first.status).toBe('error');
	const again = await run(options, { key: first.key, retryOf: first.saved.at(-1) });
	expect(again.error).toBeUndefined();
	expect(again.items).toHaveLength(2);
	for (const [number, item] of again.items.entries()) {
		expect(item.json.number).toBe(options.includeInputFields === false ? undefined : number);
		expect(item.json.images === undefined).toBe(options.groupImages !== true);
		if (options.fileName) expect(item.json.fileName).toMatch(new RegExp(`^own ${number}\\.\\w+$`));
	}
	return first.key;
}

describe.each(CHANGES)('%s', (_what, options) => {
	test('OpenAI Images', async () => {
		const bench = await startOpenAi();
		const key = await runTwice(
			async (own, more) =>
				await bench.run('image/generate', { ...SMALL_OPENAI, prompt, options: own }, more),
			options,
		);
		expect(spentBy(bench, key).images).toBe(2);
		await bench.close();
	});

	test('EvoLink', async () => {
		const bench = await startEvoLink();
		const key = await runTwice(
			async (own, more) =>
				await bench.image('generate', { ...SMALL_EVOLINK, prompt, options: own }, more),
			options,
		);
		expect(bench.sandbox.evolink.tasks(key)).toHaveLength(2);
		expect(creates(bench, key)).toHaveLength(3);
		await bench.close();
	});

	test('Core.Today', async () => {
		const bench = await startCoreToday();
		const key = await runTwice(
			async (own, more) => await bench.run('image/generate', { prompt, options: own }, more),
			options,
		);
		expect(bench.sandbox.coreToday.predictions(key)).toHaveLength(2);
		await bench.close();
	});

	test('Image Chat', async () => {
		const bench = await startImageChat();
		const key = await runTwice(
			async (own, more) => await bench.run('generate', { prompt, options: own }, more),
			options,
		);
		expect(bench.sandbox.chat.calls(key)).toHaveLength(2);
		await bench.close();
	});
});

test('an item whose input has changed meanwhile is another order', async () => {
	const bench = await startOpenAi();
	const parameters = { ...SMALL_OPENAI, prompt, options: BEFORE };
	const first = await bench.run('image/generate', parameters, { items, saves: true });
	const changed = first.saved.at(-1)!.replaceAll('"One"', '"Another"');
	const again = await bench.run('image/generate', parameters, {
		key: first.key,
		retryOf: changed,
	});
	expect(again.items.map(({ json }) => json.prompt)).toEqual(['Another', items[1]!.json.prompt]);
	expect(spentBy(bench, first.key).images).toBe(3);
	await bench.close();
});
