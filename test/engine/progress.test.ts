// What a person who runs a workflow by hand can read in the browser's console while its items are in the making.
import type { EngineRun, InputItem } from './support';
import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink } from './EvoLink/setup';
import { startBench as startImageChat } from './ImageChat/setup';
import { startBench as startOpenAi } from './OpenAiImages/setup';
import { SMALL } from './OpenAiImages/traffic';

interface Running {
	items: InputItem[];
	mode: 'manual' | 'trigger';
	onError?: 'continueRegularOutput';
}

interface Stage {
	run(options: Running): Promise<EngineRun>;
	close(): Promise<void>;
}

const STAGES: Array<[string, () => Promise<Stage>]> = [
	[
		'Core.Today',
		async () => {
			const bench = await startCoreToday();
			return { run: async (run) => await bench.run('image/generate', {}, run), close: bench.close };
		},
	],
	[
		'EvoLink',
		async () => {
			const bench = await startEvoLink();
			return { run: async (run) => await bench.image('generate', {}, run), close: bench.close };
		},
	],
	[
		'Image Chat',
		async () => {
			const bench = await startImageChat();
			return { run: async (run) => await bench.run('generate', {}, run), close: bench.close };
		},
	],
	[
		'OpenAI Images',
		async () => {
			const bench = await startOpenAi();
			return {
				run: async (run) => await bench.run('image/generate', SMALL, run),
				close: bench.close,
			};
		},
	],
];

const heardIn = ({ said }: EngineRun) =>
	(said as Array<{ type: string; sent: { source: string; messages: string[] } }>).map(
		({ type, sent }) => [type, ...sent.messages],
	);

describe.each(STAGES)('%s', (_name, open) => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await open();
	});
	afterAll(async () => await stage.close());

	test('tells of each item that is done, where somebody looks', async () => {
		const run = await stage.run({ items: [{}, {}, {}], mode: 'manual' });
		expect(run.error).toBeUndefined();
		expect(heardIn(run)).toEqual([
			['sendConsoleMessage', '1 of 3 items are done.'],
			['sendConsoleMessage', '2 of 3 items are done.'],
			['sendConsoleMessage', '3 of 3 items are done.'],
		]);
	});

	test('says nothing in production, nor of one item', async () => {
		const many = await stage.run({ items: [{}, {}], mode: 'trigger' });
		const one = await stage.run({ items: [{}], mode: 'manual' });
		expect([...heardIn(many), ...heardIn(one)]).toEqual([]);
	});
});

test('failed items are counted', async () => {
	const bench = await startOpenAi();
	const prompt = '={{ $json.prompt }}';
	const items = ['A boat', '', 'A cat'].map((text) => ({ json: { prompt: text } }));
	const run = await bench.run(
		'image/generate',
		{ ...SMALL, prompt },
		{ items, mode: 'manual', onError: 'continueRegularOutput' },
	);
	expect(heardIn(run).at(-1)).toEqual([
		'sendConsoleMessage',
		'3 of 3 items are done, 1 of them failed.',
	]);
	await bench.close();
});
