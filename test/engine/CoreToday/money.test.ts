// Nothing is sent twice in doubt: Core.Today knows no idempotency keys, so a second create would be a second charge.
import { startBench, until, type Bench } from './setup';
import { creates, downloads, LINKS } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const predictionsOf = (key: string) => bench.sandbox.coreToday.predictions(key);
const prompts = { prompt: '={{ $json.prompt }}' };
const itemsOf = (texts: string[]) => texts.map((prompt) => ({ json: { prompt } }));

const UNKNOWN =
	'Nobody can tell whether Core.Today did the work. It may have been charged. Your Core.Today account shows which images were made.';

test.concurrent.each([
	[
		'breaks',
		{ status: 500, body: 'reset', afterEffect: true },
		'Core.Today broke off the connection.',
	],
	[
		'is an error',
		{ status: 500, body: 'json', afterEffect: true },
		'Core.Today: An internal error occurred.',
	],
	[
		'is a web page',
		{ status: 502, body: 'html', afterEffect: true },
		'Core.Today answered with a web page instead of data (HTTP 502).',
	],
] as const)(
	'an answer that %s after the work is not sent again',
	async (_what, create, message) => {
		const account = { faults: { create } };
		const run = await bench.run('image/generate', LINKS, { account });
		expect(run.error?.message).toBe(message);
		expect(run.error?.description?.split('\n')[0]).toBe(UNKNOWN);
		expect(creates(bench, run.key)).toHaveLength(1);
		expect(predictionsOf(run.key)).toHaveLength(1);

		const continued = await bench.run('image/generate', LINKS, {
			account,
			onError: 'continueRegularOutput',
		});
		expect(continued.items[0]!.json).toMatchObject({ error: message, kind: 'outcomeUnknown' });
		expect(continued.items[0]!.json.advice).toBe(UNKNOWN);
		expect(predictionsOf(continued.key)).toHaveLength(1);
	},
);

test.concurrent(
	'a connection that is refused is tried again, as nothing can have been made',
	async () => {
		const run = await bench.run('image/generate', LINKS, { baseUrl: 'http://127.0.0.1:1/v1' });
		expect(run.error?.message).toBe('Core.Today refused the connection.');
		expect(run.error?.description).toContain('Nothing was sent and nothing was charged.');
	},
);

test.concurrent('503 with a time to come back is tried again, and made once', async () => {
	const create = { status: 503, retryAfterMs: 20, times: 2 };
	const run = await bench.run('image/generate', LINKS, { account: { faults: { create } } });
	expect(run.error).toBeUndefined();
	expect(creates(bench, run.key)).toHaveLength(3);
	expect(predictionsOf(run.key)).toHaveLength(1);
});

test.concurrent('503 that says nothing is told, and nothing was made', async () => {
	const create = { status: 503, times: 1 };
	const run = await bench.run('image/generate', LINKS, { account: { faults: { create } } });
	expect(run.error?.message).toBe('Core.Today: The service is overloaded.');
	expect(creates(bench, run.key)).toHaveLength(1);
	expect(predictionsOf(run.key)).toEqual([]);
});

test.concurrent('no idempotency key is sent, as none is known', async () => {
	const run = await bench.run('image/generate', LINKS);
	expect(creates(bench, run.key)[0]!.idempotencyKey).toBeUndefined();
});

test.concurrent('Retry On Fail keeps the items that are finished', async () => {
	const texts = ['A', 'B', 'C [sandbox: create=400 times=1]'];
	const run = await bench.run(
		'image/generate',
		{ ...prompts, options: { ...LINKS.options, concurrency: 1 } },
		{ items: itemsOf(texts), retryOnFail: { maxTries: 2 } },
	);
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2].map((item) => ({ item })),
	);
	expect(creates(bench, run.key)).toHaveLength(4);
	expect(predictionsOf(run.key).map(({ input }) => input.prompt)).toEqual(texts);
});

test.concurrent('the error of a later try names what an earlier one has finished', async () => {
	const texts = ['A', 'B [sandbox: create=400]'];
	const run = await bench.run(
		'image/generate',
		{ ...prompts, options: { ...LINKS.options, concurrency: 1 } },
		{ items: itemsOf(texts), retryOnFail: { maxTries: 2 } },
	);
	expect(run.error?.description).toContain('One other item was finished before.');
	expect(run.error?.description).toContain(predictionsOf(run.key)[0]!.id);
	expect(creates(bench, run.key)).toHaveLength(3);
});

test.concurrent('the error says what is finished, and which predictions were started', async () => {
	const texts = ['A', 'B [sandbox: never]', 'C [sandbox: create=400]'];
	const run = await bench.run(
		'image/generate',
		{ ...prompts, options: { ...LINKS.options, timeLimitSeconds: 5, concurrency: 1 } },
		{ items: itemsOf(texts) },
	);
	const [first, second] = predictionsOf(run.key);
	expect(run.error?.message).toBe('The images were not ready within 5 seconds.');
	expect(run.error?.description).toContain('One other item was finished before.');
	expect(run.error?.description).toContain(first!.id);
	expect(run.error?.description).toContain(`Task ID: ${second!.id}`);
	expect(creates(bench, run.key)).toHaveLength(2);
});

test.concurrent(
	'a picture that can not be fetched: the prediction is named, and Get gives it',
	async () => {
		const faults = { download: { kind: 'denied' as const } };
		const run = await bench.run(
			'image/generate',
			{ prompt: 'A lamp', quality: 'low' },
			{ account: { faults } },
		);
		bench.sandbox.coreToday.setFaults(run.key, {});
		const { id } = predictionsOf(run.key)[0]!;
		expect(run.error?.message).toBe("The link to the picture doesn't work any more (HTTP 403).");
		expect(run.error?.description).toContain(`Task ID: ${id}`);
		const got = await bench.run('task/get', { taskId: id }, { key: run.key });
		expect(got.items[0]!.json).toMatchObject({ taskId: id, status: 'succeeded' });
		expect((await got.binary(0)).length).toBe(got.items[0]!.json.fileSize);
		expect(downloads(bench, id)).toHaveLength(2);
		expect(bench.sandbox.coreToday.ledger(run.key).charged).toBe(45);
	},
);

test.concurrent(
	'n8n’s log names every prediction, should n8n die before it saves the execution',
	async () => {
		const items = itemsOf(['A', 'B']);
		const { key } = await bench.run('image/generate', { ...LINKS, ...prompts }, { items });
		const ids = predictionsOf(key).map(({ id }) => id);
		expect(ids).toHaveLength(2);
		await until(async () => {
			const log = await bench.engine.log();
			return ids.every((id) => log.includes(`Core.Today has started the task ${id} (item `));
		});
	},
);
