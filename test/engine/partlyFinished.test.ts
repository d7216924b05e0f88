// An item that has come out with some of its images missing is finished: no later try of the node orders for it in secret,
// and what may have been made of it is neither forgotten nor ordered a second time.
import { startBench as startCoreToday, type Bench as CoreTodayBench } from './CoreToday/setup';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { startBench as startOpenAi } from './OpenAiImages/setup';
import { SMALL, spentBy } from './OpenAiImages/traffic';

const itemsOf = (...wishes: string[]) => wishes.map((wish) => ({ json: { wish } }));
const prompt = '={{ $json.wish }}';
const QUICK = { drawnSize: '64x64' };

describe('in an execution that was suspended', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	const formats = {
		size: 'formats',
		formats: ['instagramPost', 'story'],
		keepMotif: false,
		completion: 'suspend',
		options: { concurrency: 1, output: 'link' },
		prompt,
	};
	const faults = { ...QUICK, never: true };
	const start = async (items: ReturnType<typeof itemsOf>, options: object = {}) =>
		await bench.image('generate', formats, { items, faults, suspendable: true, ...options });
	const tasksOf = (key: string) => bench.sandbox.evolink.tasks(key);
	/** The tasks of these numbers end, the first ones with an image and the others without. */
	function end(key: string, made: number[], failed: number[]): void {
		const { evolink } = bench.sandbox;
		for (const each of made) evolink.finishTask(tasksOf(key)[each]!.id);
		evolink.setFaults(key, { ...faults, fail: 'generation_failed' });
		for (const each of failed) evolink.finishTask(tasksOf(key)[each]!.id);
		evolink.setFaults(key, faults);
	}

	test('where n8n tries again since the first item is an error, nothing more is ordered', async () => {
		const run = await start(itemsOf('', 'B hat'), {
			onError: 'continueRegularOutput',
			retryOnFail: { maxTries: 3 },
		});
		end(run.key, [0], [1]);
		const ended = await run.resumed();
		expect(ended.status).toBe('success');
		expect(ended.items.map(({ json }) => [json.status, json.format])).toEqual([
			['failed', undefined],
			['succeeded', expect.objectContaining({ name: 'Instagram Post' })],
		]);
		expect(tasksOf(run.key)).toHaveLength(2);
	});

	test('where a person retries it, only for the item that failed', async () => {
		const run = await start(itemsOf('A boat', 'B hat'));
		end(run.key, [0], [1, 2, 3]);
		const failed = await run.resumed();
		expect(failed.status).toBe('error');
		const again = await bench.image('generate', formats, {
			key: run.key,
			retryOf: failed,
			suspendable: true,
		});
		expect(again.status).toBe('waiting');
		expect(tasksOf(run.key).map((task) => task.prompt)).toEqual([
			...Array(2).fill('A boat'),
			...Array(4).fill('B hat'),
		]);
		end(run.key, [4, 5], []);
		const ended = await again.resumed();
		expect(ended.items.map(({ json }) => json.taskId)).toEqual(
			[0, 4, 5].map((each) => tasksOf(run.key)[each]!.id),
		);
	});
});

const LOST = 'A boat [sandbox: create=500 after-effect times=1]';
const REFUSED = 'B hat [sandbox: create=400 times=2]';
const OTHER_REQUEST = 'One other request was sent, and no usable answer came.';
const items = itemsOf(LOST, REFUSED);

describe.each([
	['whose files are named otherwise', { prompt, options: { fileName: 'boat' } }],
	['with a mended expression', { prompt: "={{ $json.wish ?? 'x' }}", options: {} }],
])('an answer that was lost, and then a retry %s', (_how, { prompt: later, options }) => {
	test('is told by the error, and nothing is ordered again at OpenAI', async () => {
		const bench = await startOpenAi();
		const all = { ...SMALL, numberOfImages: 2 };
		const own = { concurrency: 1, stream: true };
		const first = await bench.run('image/generate', { ...all, prompt, options: own }, { items });
		expect(first.error?.description).toContain(OTHER_REQUEST);
		const { key } = first;
		const retried = await bench.run(
			'image/generate',
			{ ...all, prompt: later, options: { ...own, ...options } },
			{ items, key, retryOf: first },
		);
		expect(retried.items).toHaveLength(3);
		expect(retried.hints.map(({ message }) => message).join()).toContain(
			'One image of item 0 is missing. An earlier try got no usable answer from OpenAI',
		);
		expect(spentBy(bench, key).images).toBe(4);
		await bench.close();
	});

	test('nor at Core.Today', async () => {
		const bench: CoreTodayBench = await startCoreToday();
		const all = { quality: 'low', numberOfImages: 2 };
		const own = { concurrency: 1 };
		const first = await bench.run('image/generate', { ...all, prompt, options: own }, { items });
		expect(first.error?.description).toContain(OTHER_REQUEST);
		const { key } = first;
		await bench.run(
			'image/generate',
			{ ...all, prompt: later, options: { ...own, ...options } },
			{ items, key, retryOf: first },
		);
		expect(bench.sandbox.coreToday.predictions(key)).toHaveLength(4);
		await bench.close();
	});
});

test.each([2, 3])(
	'Retry On Fail with %d tries lets nothing of several items that are made in part be lost',
	async (maxTries) => {
		const bench = await startCoreToday();
		const wishes = ['A', 'B', 'C'].map((each) => `${each} [sandbox: create=400 times=1]`);
		const run = await bench.run(
			'image/generate',
			{ quality: 'low', prompt, numberOfImages: 2, options: { concurrency: 1 } },
			{ items: itemsOf(...wishes), retryOnFail: { maxTries }, account: { faults: QUICK } },
		);
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(bench.sandbox.coreToday.predictions(run.key).length);
		expect(new Set(run.items.map(({ json }) => json.prompt))).toEqual(new Set(wishes));
		await bench.close();
	},
);
