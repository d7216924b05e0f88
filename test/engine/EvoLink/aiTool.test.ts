// The EvoLink node as an AI agent's tool, in both ways in which n8n's agents call tools.
import type { IDataObject } from 'n8n-workflow';

import type { RunOptions } from '../support';
import { startBench, until, type Bench } from './setup';
import { SMALL, creates, downloads, model } from './traffic';

const PUBLIC: Partial<RunOptions> = { n8nAddress: 'https://n8n.example.com' };
const DAY_MILLISECONDS = 86_400_000;

const ENDLESS = 'A cat [sandbox: never]';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

describe.each([true, 'agent'] as const)('called as a tool (asTool: %s)', (asTool) => {
	/** Each of the prompts is one call of the tool within one execution. */
	async function call(
		prompts: string[],
		more: IDataObject = {},
		options: Partial<RunOptions> = {},
		{ key } = bench.credentials(),
	) {
		const run = await bench.image(
			'generate',
			{ ...SMALL, prompt: "={{ $fromAI('prompt', '', 'string') }}", ...more },
			{ key, asTool, items: prompts.map((prompt) => ({ json: { prompt } })), ...options },
		);
		const answers = run.items.map(({ json }) => json);
		return { ...run, answers, tasks: bench.sandbox.evolink.tasks(key) };
	}

	const keysOf = (key: string) => creates(bench, key).map(({ idempotencyKey }) => idempotencyKey);

	test('an agent gets links, and no picture is downloaded', async () => {
		const { error, answers, items, tasks } = await call(['A cat']);
		expect(error).toBeUndefined();
		expect(answers).toMatchObject([
			{ taskId: tasks[0]!.id, status: 'succeeded', url: expect.stringMatching(/^http/) },
		]);
		expect(items[0]!.binary).toBeUndefined();
		expect(downloads(bench, tasks[0]!.id)).toEqual([]);
		const picture = await fetch(String(answers[0]!.url));
		expect(picture.headers.get('content-type')).toBe('image/png');
	});

	test('a tool that is added and left as it is lets the model write the prompt', async () => {
		const { key } = bench.credentials();
		const items = [{ json: { Prompt: 'A cat' } }];
		const run = await bench.image(
			'generate',
			{ ...SMALL, prompt: undefined },
			{ key, asTool, items },
		);
		expect(run.error).toBeUndefined();
		expect(bench.sandbox.evolink.tasks(key)).toMatchObject([{ prompt: 'A cat' }]);
	});

	test('the model can fill in whatever makes the image, as the editor writes it', async () => {
		const filled = (name: string, type = 'string') =>
			`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', \`\`, '${type}') }}`;
		const drawn = await call(['A cat']);
		const { key } = drawn;
		const url = String(drawn.answers[0]!.url);
		const filledIn = async (quality: string) =>
			await bench.image(
				'edit',
				{
					...model('gpt-image-1'),
					prompt: undefined,
					inputImageUrls: filled('Input_Image_URLs'),
					size: filled('Size_or_Aspect_Ratio'),
					quality: filled('Quality'),
					numberOfImages: filled('Number_of_Images', 'number'),
				},
				{
					key,
					asTool,
					items: [
						{
							json: {
								Prompt: 'In the snow',
								Input_Image_URLs: url,
								Size_or_Aspect_Ratio: '3:2',
								Quality: quality,
								Number_of_Images: 2,
							},
						},
					],
				},
			);
		const run = await filledIn('low');
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(2);
		expect(drawn.tasks).toHaveLength(1);
		expect(bench.sandbox.evolink.tasks(key)[1]).toMatchObject({
			prompt: 'In the snow',
			imageUrls: [url],
			size: '1536x1024',
			n: 2,
		});
		const { error } = await filledIn('splendid');
		expect(error?.message).toContain('splendid');
	});

	test('an agent of a public n8n gets links into it, as these live longer', async () => {
		const begunAt = Date.now();
		const { answers, items, tasks } = await call(['A cat'], {}, PUBLIC);
		const { url, expiresAt } = answers[0]!;
		expect(url).toMatch(/^https:\/\/n8n\.example\.com\/rest\/binary-data\/signed\?token=/);
		const days = (Date.parse(String(expiresAt)) - begunAt) / DAY_MILLISECONDS;
		expect(Math.round(days)).toBe(14);
		// What n8n itself reads of the link: when it ends.
		const [, payload] = new URL(String(url)).searchParams.get('token')!.split('.');
		const { exp } = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { exp: number };
		expect(Math.abs(exp * 1000 - Date.parse(String(expiresAt)))).toBeLessThan(
			DAY_MILLISECONDS / 24,
		);
		expect(answers[0]).toMatchObject({ width: 128, mimeType: 'image/png' });
		expect(items[0]!.binary).toBeUndefined();
		expect(downloads(bench, tasks[0]!.id)).toHaveLength(1);
	});

	test.each([
		['keeps no executions', { saveDataSuccessExecution: 'none' }],
		['is reached without https only', { n8nAddress: 'http://n8n.example.com' }],
		['is reached in its own network only', { n8nAddress: 'https://n8n.lan' }],
	] as const)("where n8n %s, it gets the provider's link", async (_what, options) => {
		const { answers, tasks } = await call(['A cat'], {}, { ...PUBLIC, ...options });
		expect(answers[0]!.url).toContain(new URL(bench.sandbox.evolink.baseUrl).host);
		expect(answers[0]!.expiresAt).toEqual(expect.any(String));
		expect(downloads(bench, tasks[0]!.id)).toEqual([]);
	});

	test('calls with different prompts are different tasks', async () => {
		const { answers, tasks, key } = await call(['A cat', 'A dog']);
		expect(tasks.map(({ prompt }) => prompt)).toEqual(['A cat', 'A dog']);
		expect(answers.map(({ taskId }) => taskId)).toEqual(tasks.map(({ id }) => id));
		expect(new Set(keysOf(key)).size).toBe(2);
	});

	test('the same call again, after one that went well, is another picture', async () => {
		const { answers, tasks, key } = await call(['A cat', 'A cat']);
		expect(tasks).toHaveLength(2);
		expect(answers.map(({ taskId }) => taskId)).toEqual(tasks.map(({ id }) => id));
		expect(new Set(keysOf(key)).size).toBe(2);
	});

	test('the same call again, after one that failed, takes up its task and pays nothing', async () => {
		const account = bench.credentials();
		const tasksNow = () => bench.sandbox.evolink.tasks(account.key);
		const running = call(
			[ENDLESS, 'A dog', ENDLESS],
			{ options: { timeLimitSeconds: 6 } },
			{ onError: 'continueRegularOutput' },
			account,
		);
		await until(() => tasksNow().length === 2);
		bench.sandbox.evolink.finishTask(tasksNow()[0]!.id);
		const { answers, tasks } = await running;
		expect(tasks.map(({ prompt }) => prompt)).toEqual([ENDLESS, 'A dog']);
		expect(answers[0]).toMatchObject({ kind: 'timeLimit', taskId: tasks[0]!.id });
		expect(answers[2]).toMatchObject({ status: 'succeeded', taskId: tasks[0]!.id });
		expect(new Set(keysOf(account.key)).size).toBe(2);
		expect(creates(bench, account.key)).toHaveLength(2);
	});

	test("n8n's Retry On Fail goes on with the task that it has", async () => {
		const account = bench.credentials();
		const running = call(
			[ENDLESS],
			{ options: { timeLimitSeconds: 2 } },
			{ retryOnFail: { maxTries: 5 } },
			account,
		);
		const task = await until(() => bench.sandbox.evolink.tasks(account.key)[0]);
		const madeAt = Date.now();
		// The first try has ended by then.
		await until(() => Date.now() - madeAt > 2800);
		bench.sandbox.evolink.finishTask(task.id);
		const { answers, tasks, error } = await running;
		expect(error).toBeUndefined();
		expect(tasks).toHaveLength(1);
		expect(answers.at(-1)).toMatchObject({ taskId: tasks[0]!.id, status: 'succeeded' });
	});

	test("n8n's Retry On Fail starts a new task when the one before has failed", async () => {
		const prompt = 'A cat [sandbox: fail=generation_timeout]';
		const { tasks, error, key } = await call([prompt], {}, { retryOnFail: { maxTries: 2 } });
		expect(error?.message).toContain('The model took too long.');
		expect(tasks).toHaveLength(2);
		expect(bench.sandbox.evolink.ledger(key).charged).toBe(0);
	});

	test('a mistake is told to the agent in words', async () => {
		const { answers, key } = await call(['A cat'], { ...model('gpt-4o-image'), size: '4:5' });
		expect(String(answers[0]!.error)).toContain('gpt-4o-image doesn\'t take the Size "4:5".');
		expect(creates(bench, key)).toEqual([]);
	});
});
