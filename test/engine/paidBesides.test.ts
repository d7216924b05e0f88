// What is paid for, or may be, besides what a message is about: it is told, and nothing of it is paid for twice.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { SMALL } from './EvoLink/traffic';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { requestsOf, SMALL as SMALL_OPENAI, spentBy } from './OpenAiImages/traffic';

const itemsOf = (...wishes: string[]) => wishes.map((wish) => ({ json: { wish } }));
const prompt = '={{ $json.wish }}';
const LOST_ONE =
	"One other request was sent, and no usable answer came. What was sent may have been done and charged. Retry in n8n's list of executions pays nothing twice; starting the workflow anew may. Look into your account first.";

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	const LOST = 'B [sandbox: create=500 after-effect answer-delay=300]';
	const FORMATS = { size: 'formats', formats: ['instagramPost', 'story', 'link'], quality: 'low' };
	const QUICK = { drawnSize: '64x64' };

	test("another item's lost answer is told beside the first failure", async () => {
		const run = await bench.run(
			'image/generate',
			{ ...SMALL_OPENAI, prompt, options: { concurrency: 2 } },
			{ items: itemsOf('A [sandbox: create=400]', LOST) },
		);
		expect(run.error?.message).toBe('OpenAI: The request is not valid.');
		expect(run.error?.description).toContain(LOST_ONE);
		expect(spentBy(bench, run.key).images).toBe(1);
	});

	test('where nothing is paid for, nobody is told how not to pay again', async () => {
		const run = await bench.run(
			'image/estimateCost',
			{ ...SMALL_OPENAI, prompt, options: { concurrency: 1 } },
			{ items: itemsOf('A', '') },
		);
		expect(run.error?.message).toBe('The Prompt is empty.');
		expect(run.error?.description).not.toContain('finished before');
	});

	test('one that is told by itself is not counted once more', async () => {
		const run = await bench.run('image/generate', { ...SMALL_OPENAI, prompt: LOST });
		expect(run.error?.description).toContain('It may have been charged.');
		expect(run.error?.description).not.toContain('other request');
	});

	const formatsInDoubt = async (onError?: 'continueRegularOutput') =>
		await bench.run(
			'image/generate',
			{
				...FORMATS,
				keepMotif: false,
				prompt: 'A boat [sandbox: create=400 times=1]',
				options: { concurrency: 1 },
			},
			{ account: { faults: { ...QUICK, create: { status: 500, afterEffect: true } } }, onError },
		);
	const LOST_TWO = '2 other requests were sent, and no usable answer came.';

	test('the other formats of the very item, too', async () => {
		const run = await formatsInDoubt();
		expect(run.error?.description).toContain(LOST_TWO);
		expect(spentBy(bench, run.key).images).toBe(2);
	});

	test('and on the item, where the workflow goes on', async () => {
		const run = await formatsInDoubt('continueRegularOutput');
		expect(run.items[0]!.json.advice).toContain(LOST_TWO);
		expect(run.items[0]!.json.mayBeCharged).toBe(true);
	});

	test('an item that a later try refuses tells of the image that an earlier one has made', async () => {
		const items = itemsOf('A [sandbox: create=400]', 'A boat', 'A hat');
		const failed = await bench.run(
			'image/generate',
			{ ...FORMATS, prompt, options: { concurrency: 2 } },
			{ items, account: { faults: QUICK } },
		);
		expect(failed.error?.description).toContain('One image was made for an item');
		const retried = await bench.run(
			'image/generate',
			{ ...FORMATS, prompt, options: { concurrency: 2, maximumCost: 0.0001 } },
			{ items, key: failed.key, retryOf: failed, onError: 'continueRegularOutput' },
		);
		expect(retried.items[1]!.json).toMatchObject({
			kind: 'costLimit',
			mayBeCharged: true,
			advice: expect.stringContaining(
				'One image of this item was made before. To have it without paying again, retry the execution that made it.',
			),
		});
	});

	test('after a retry with a mended field, what was made of the same order is not made again', async () => {
		const items = [{ json: { wish: 'A boat' } }, { json: {} }];
		const draw = async (text: string, retryOf?: Awaited<ReturnType<OpenAiBench['run']>>) =>
			await bench.run(
				'image/generate',
				{ ...SMALL_OPENAI, prompt: text, options: { concurrency: 1 } },
				{ items, retryOf, key: retryOf?.key },
			);
		const failed = await draw(prompt);
		expect(failed.error?.description).toContain('One other item was finished before.');
		const retried = await draw("={{ $json.wish ?? 'A hat' }}", failed);
		expect(retried.error).toBeUndefined();
		expect(retried.items.map(({ json }) => json.prompt)).toEqual(['A boat', 'A hat']);
		expect(spentBy(bench, failed.key).images).toBe(2);
	});
});

describe('OpenAI Images, after a retry with a changed node', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	const QUICK = { drawnSize: '64x64' };

	/** How many requests were taken that make something. A background task is charged only when it has ended. */
	const ordersOf = (key: string) =>
		requestsOf(bench, key).filter(({ method, status }) => method === 'POST' && status === 200)
			.length;

	/** Runs two items, of which the second fails, and then retries with these parameters in place of those. */
	async function changed(before: IDataObject, after: IDataObject) {
		const items = itemsOf('A boat', 'B [sandbox: create=400]');
		const all = { ...SMALL_OPENAI, prompt, options: { concurrency: 1 } };
		const first = await bench.run(
			'image/generate',
			{ ...all, ...before },
			{ items, account: { faults: QUICK } },
		);
		const orders = ordersOf(first.key);
		const retried = await bench.run(
			'image/generate',
			{ ...all, ...after },
			{ items, key: first.key, retryOf: first, onError: 'continueRegularOutput' },
		);
		return { retried, more: ordersOf(first.key) - orders };
	}

	test('from Wait to a background task, the order is another one', async () => {
		const { retried } = await changed({ completion: 'wait' }, { completion: 'return' });
		expect(retried.items[0]!.json).toMatchObject({ taskId: expect.stringMatching(/^resp_/) });
	});

	test('from a background task to Wait, too', async () => {
		const { retried, more } = await changed({ completion: 'return' }, { completion: 'wait' });
		expect(retried.items[0]!.json.status).toBe('succeeded');
		expect(more).toBe(1);
	});

	test.each(['wait', 'return'])(
		'Maximum Cost counts no order that is there: %s',
		async (completion) => {
			const parameters = { ...SMALL_OPENAI, completion };
			const items = itemsOf('A boat', 'B [sandbox: create=400 times=1]');
			const failed = await bench.run(
				'image/generate',
				{ ...parameters, prompt, options: { concurrency: 1 } },
				{ items },
			);
			expect(failed.error?.message).toBe('OpenAI: The request is not valid.');
			const retried = await bench.run(
				'image/generate',
				{
					...parameters,
					prompt: "={{ $json.wish ?? 'x' }}",
					// Enough for one of them.
					options: { concurrency: 1, maximumCost: 0.16 },
				},
				{ items, key: failed.key, retryOf: failed },
			);
			expect(retried.error).toBeUndefined();
			expect(retried.items).toHaveLength(2);
		},
	);

	test('formats are made anew with the first one, whose motif they keep', async () => {
		const formats = (width: number) => ({
			size: 'formats',
			formats: [],
			ownFormats: {
				formats: [
					{ name: 'Banner', width, height: 800 },
					{ name: 'Post', width: 1080, height: 1080 },
				],
			},
		});
		const { retried, more } = await changed(formats(1200), formats(1600));
		expect(retried.items.map(({ json }) => json.status)).toEqual([
			'succeeded',
			'succeeded',
			'failed',
		]);
		expect(more).toBe(2);
	});

	test('an option that only says how images come out makes no other order', async () => {
		const { retried, more } = await changed({}, { options: { concurrency: 1, fileName: 'boat' } });
		expect(retried.items[0]!.json.fileName).toMatch(/^boat/);
		expect(more).toBe(0);
	});
});

describe('OpenAI Images, what is no image, after a retry with a mended field', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());
	const oneByOne = { options: { concurrency: 1 } };

	test('an answer in words is not asked for again, and its cost is told as an earlier one', async () => {
		const items = [{ json: { wish: 'Name a boat' } }, { json: {} }];
		const ask = async (text: string, retryOf?: Awaited<ReturnType<OpenAiBench['run']>>) =>
			await bench.run(
				'image/analyze',
				{ text, ...oneByOne },
				{ items, retryOf, key: retryOf?.key },
			);
		const failed = await ask(prompt);
		expect(failed.error?.description).toContain('One other item was finished before.');
		const retried = await ask("={{ $json.wish ?? 'Name a hat' }}", failed);
		expect(retried.items).toHaveLength(2);
		expect(requestsOf(bench, failed.key)).toHaveLength(2);
		expect(retried.notes).toEqual([
			expect.stringMatching(/^1 answer, .* 1 more answer had been paid for before, /),
		]);
	});

	const LOST = { create: { status: 500, afterEffect: true, times: 1 } };
	test.each([
		['image/analyze', { text: prompt }, { text: "={{ $json.wish ?? 'x' }}" }],
		['batch/create', { prompt }, { prompt: "={{ $json.wish ?? 'x' }}" }],
	])('%s, whose answer was lost, is not sent again', async (operation, parameters, mended) => {
		const items = itemsOf('A boat');
		const failed = await bench.run(operation, parameters, { items, account: { faults: LOST } });
		const { key } = failed;
		const sent = requestsOf(bench, key).length;
		const retried = await bench.run(operation, mended, { items, key, retryOf: failed });
		expect(retried.error?.message).toBe(
			'An earlier try got no usable answer from OpenAI, so this try sent nothing.',
		);
		expect(requestsOf(bench, key)).toHaveLength(sent);
	});
});

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());
	const charges = (key: string) =>
		bench.sandbox.evolink.ledger(key).entries.filter(({ kind }) => kind === 'charge').length;
	const LOST_ONCE = 'A [sandbox: create=500 body=reset after-effect times=1]';

	test.each([402, 401, 400])(
		'a lost answer, and then a refusal with %i: nobody says that nothing was charged',
		async (status) => {
			const run = await bench.image(
				'generate',
				{ ...SMALL, prompt: LOST_ONCE },
				{ onError: 'continueRegularOutput', faults: { create: { status } } },
			);
			expect(run.items[0]!.json).toMatchObject({ kind: 'outcomeUnknown', mayBeCharged: true });
			expect(run.items[0]!.json.error).toMatch(/ Asked again: EvoLink: /);
			expect(run.items[0]!.json.advice).not.toContain('Nothing was charged');
		},
	);

	test('a refusal of a later try says nothing of the lost one before it', async () => {
		const lost = 'A [sandbox: create=500 body=reset after-effect times=5]';
		const parameters = { ...SMALL, prompt: lost };
		const first = await bench.image('generate', parameters);
		expect(first.error?.description).toContain('may have been charged');
		bench.sandbox.evolink.setFaults(first.key, { create: { status: 402 } });
		const second = await bench.image('generate', parameters, {
			key: first.key,
			retryOf: first,
			onError: 'continueRegularOutput',
		});
		expect(second.items[0]!.json).toMatchObject({
			kind: 'outcomeUnknown',
			mayBeCharged: true,
			advice: expect.stringContaining(
				"An earlier try of this order may have been done and charged: Retry in n8n's list of executions looks for it, and pays nothing twice.",
			),
		});
		expect(second.items[0]!.json.advice).not.toMatch(/Nothing was charged|other request/);
		bench.sandbox.evolink.setFaults(first.key, {});
		const third = await bench.image('generate', parameters, { key: first.key, retryOf: first });
		expect(third.error).toBeUndefined();
		expect(bench.sandbox.evolink.tasks(first.key)).toHaveLength(1);
		expect(charges(first.key)).toBe(1);
	});

	test('tasks that all have failed and cost nothing leave nothing open', async () => {
		const failing = 'A lamp [sandbox: fail=generation_failed]';
		const options = { onError: 'continueRegularOutput', retryOnFail: { maxTries: 2 } } as const;
		const run = await bench.image('generate', { ...SMALL, prompt: failing }, options);
		expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(2);
		expect(run.items[0]!.json.mayBeCharged).toBe(false);
		expect(run.items[0]!.json.taskIds).toBeUndefined();
		const stopped = await bench.image(
			'generate',
			{ ...SMALL, prompt: failing },
			{ retryOnFail: { maxTries: 2 } },
		);
		expect(stopped.error?.description).not.toContain('had been started');
	});
});

test('Core.Today: a second image of the item whose answer was lost', async () => {
	const bench = await startCoreToday();
	const run = await bench.run(
		'image/generate',
		{
			quality: 'low',
			numberOfImages: 2,
			prompt: 'A boat [sandbox: create=400 times=1]',
			options: { concurrency: 1 },
		},
		{ account: { faults: { create: { status: 500, afterEffect: true } } } },
	);
	expect(run.error?.description).toContain(LOST_ONE);
	await bench.close();
});
