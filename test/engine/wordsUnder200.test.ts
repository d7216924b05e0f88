// An error under HTTP 200, a refusal in words and a wrong model: what the nodes say, and that nothing is asked twice for it.
import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink } from './EvoLink/setup';
import { startBench as startImageChat } from './ImageChat/setup';
import { onTask, startTask } from './OpenAiImages/ordering';
import { startBench as startOpenAi, until, type Bench } from './OpenAiImages/setup';
import { requestsOf, routesOf, SMALL } from './OpenAiImages/traffic';

const busy = (times?: number) => ({
	status: 200,
	text: JSON.stringify({ error: { code: 429, message: 'Slow down.' } }),
	times,
});

describe('OpenAI Images', () => {
	let bench: Bench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	test('a create that is refused so is told, and not repeated', async () => {
		const account = { faults: { create: busy() } };
		const run = await bench.run('image/generate', SMALL, { account });
		expect(run.error?.message).toBe('OpenAI: Slow down.');
		expect(run.error?.description).toContain('Lower Concurrency');
		expect(requestsOf(bench, run.key)).toHaveLength(1);
	});

	test('a background task that is refused so, too', async () => {
		const { run, key } = await startTask(
			bench,
			'A boat',
			{},
			{ account: { faults: { create: busy() } } },
		);
		expect(run.error?.message).toBe('OpenAI: Slow down.');
		expect(routesOf(bench, key)).toEqual(['POST /responses']);
	});

	test('a poll that is refused so is passing', async () => {
		const account = { faults: { poll: busy(2) } };
		const { key, id } = await startTask(bench, 'A boat', {}, { account });
		const run = await onTask(bench, 'wait', key, id);
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json.status).toBe('succeeded');
	});

	test("the gateway's words beside an empty list come out", async () => {
		const prompt = 'A boat [sandbox: create=200 odd=no-images-error]';
		const run = await bench.run('image/generate', { ...SMALL, prompt });
		expect(run.error?.message).toBe('OpenAI: The upstream gave up.');
		expect(run.error?.description).toContain('It may have been charged.');
	});

	test.each([
		['prose', "I'm sorry, but I can't help with that."],
		['refusal', "I can't draw that person."],
	])('a refusal in a background task is shown with its words: %s', async (odd, words) => {
		const prompt = `A boat [sandbox: poll=200 odd=${odd}]`;
		const { key, id } = await startTask(bench, prompt);
		for (const operation of ['wait', 'get'] as const) {
			const run = await onTask(bench, operation, key, id);
			const told = run.error?.message ?? JSON.stringify(run.items[0]!.json);
			expect(told).toContain(words.slice(0, 8));
			if (run.error) {
				expect(run.error.message).toBe(`OpenAI: the model refused to draw: "${words}"`);
				expect(run.error.description).toContain('they will be refused again');
			}
		}
	});

	test('the trigger tells it, too', async () => {
		const key = bench.addKey();
		const trigger = await bench.trigger(key, { events: ['response.completed'] });
		await trigger.activate();
		await startTask(bench, 'A boat [sandbox: poll=200 odd=refusal]', {}, { key });
		const items = await until(() => trigger.started[0]);
		expect(items[0]!.json).toMatchObject({ status: 'failed' });
		expect(JSON.stringify(items[0]!.json)).toContain("I can't draw that person.");
	});

	test('a wrong Calling Model is named as that', async () => {
		const { run, key } = await startTask(bench, 'A boat', {
			options: { callingModel: 'gpt-none' },
		});
		expect(run.error?.message).toBe(
			"The Calling Model \"gpt-none\" can't be used. OpenAI: The requested model 'gpt-none' does not exist.",
		);
		expect(run.error?.description).toContain('Choose another Calling Model in the Options');
		expect(requestsOf(bench, key)).toHaveLength(1);
	});

	test('a wrong Model is not', async () => {
		const account = { faults: {} };
		const model = { model: { __rl: true, mode: 'id', value: 'no-such-image' } };
		const { run } = await startTask(bench, 'A boat', model, { account });
		expect(run.error?.message).toBe("OpenAI: The model 'no-such-image' does not exist.");
		expect(run.error?.description).toContain('Open the Model field');
	});
});

test('EvoLink: a poll and a batch of polls that are refused so are passing, a create is not repeated', async () => {
	const bench = await startEvoLink();
	const items = [{ json: {} }, { json: {} }, { json: {} }];
	const polled = await bench.image('generate', {}, { items, faults: { poll: busy(3) } });
	expect(polled.error).toBeUndefined();
	expect(polled.items).toHaveLength(3);
	const created = await bench.image('generate', {}, { faults: { create: busy() } });
	expect(created.error?.message).toBe('EvoLink: Slow down.');
	const creates = bench.sandbox.requests.filter(
		({ key, method }) => key === created.key && method === 'POST',
	);
	expect(creates).toHaveLength(1);
	await bench.close();
});

test.each([200, 400])('EvoLink: the words of the files host under %i', async (status) => {
	const bench = await startEvoLink();
	const text = JSON.stringify({ success: false, code: 400, msg: 'The file is not an image.' });
	const run = await bench.run(
		'file',
		'upload',
		{ source: 'url', url: 'https://a.test/b.png' },
		{ faults: { upload: { status, text } } },
	);
	expect(run.error?.message).toBe('EvoLink: The file is not an image.');
	await bench.close();
});

test('Core.Today: a poll that is refused so is passing, a create is not repeated, detail is read', async () => {
	const bench = await startCoreToday();
	const polled = await bench.run('image/generate', {}, { account: { faults: { poll: busy(2) } } });
	expect(polled.error).toBeUndefined();
	const created = await bench.run(
		'image/generate',
		{},
		{ account: { faults: { create: busy() } } },
	);
	expect(created.error?.message).toBe('Core.Today: Slow down.');
	expect(bench.sandbox.requests.filter(({ key }) => key === created.key)).toHaveLength(1);
	const text = JSON.stringify({ detail: [{ loc: ['body', 'input', 'quality'], msg: 'unknown' }] });
	const account = { faults: { create: { status: 422, text } } };
	const refused = await bench.run('image/generate', {}, { account });
	expect(refused.error?.message).toBe('Core.Today: input.quality: unknown');
	await bench.close();
});

test('Image Chat: an error under 200 is what it says, and a refusal is shown as one', async () => {
	const bench = await startImageChat();
	const created = await bench.run('generate', {}, { account: { faults: { create: busy() } } });
	expect(created.error?.message).toBe('The gateway: Slow down.');
	expect(created.error?.description).toContain('Lower Concurrency');
	const message = { role: 'assistant', content: null, refusal: "I can't draw that." };
	const text = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] });
	const account = { faults: { create: { status: 200, text } } };
	const refused = await bench.run('generate', {}, { account, retryOnFail: { maxTries: 2 } });
	expect(refused.error?.message).toBe('The model refused: "I can\'t draw that."');
	const sent = bench.sandbox.requests.filter(({ key }) => key === refused.key);
	expect(sent).toHaveLength(1);
	await bench.close();
});
