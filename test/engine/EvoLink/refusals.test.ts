// What EvoLink refuses or never answers for good: one clear message, the right advice, and nothing tried in vain.
import { startBench, until, type Bench } from './setup';
import { creates, model, polls, requestsOf, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const MAY_HAVE_BEEN_MADE =
	/^Nobody can tell whether EvoLink did the work\. It may have been charged\./;
const LOOK_FOR_IT = /Task: Get Many/;

function costOf(key: string): number {
	const { charged, reserved } = bench.sandbox.evolink.ledger(key);
	return charged + reserved;
}

async function ask(directive: string, parameters = {}) {
	return await bench.image('generate', {
		...SMALL,
		prompt: `A kite [sandbox: ${directive}]`,
		...parameters,
	});
}

test.concurrent('a wrong key', async () => {
	const run = await bench.image('generate', SMALL, { credential: { apiKey: 'sk-wrong' } });
	expect(run.error).toMatchObject({
		message: 'EvoLink: The API key is not valid.',
		description: expect.stringMatching(/^Open the EvoLink credential and check the API Key\./),
		httpCode: '401',
	});
	expect(bench.sandbox.evolink.tasks(run.key)).toEqual([]);
});

test.concurrent('a key that is out of balance', async () => {
	const run = await bench.image('generate', SMALL, { credits: 0 });
	expect(run.error).toMatchObject({
		message: 'EvoLink: The balance does not cover this request.',
		description: expect.stringMatching(
			/^Add credits in your EvoLink account, then run this again\. Nothing was charged for this request\./,
		),
		httpCode: '402',
	});
	expect(creates(bench, run.key)).toHaveLength(1);
	expect(bench.sandbox.evolink.tasks(run.key)).toEqual([]);
});

test.concurrent('a model that EvoLink does not have', async () => {
	const run = await bench.image('generate', { ...model('gpt-image-99'), size: '' });
	expect(run.error).toMatchObject({
		message: 'EvoLink: The model "gpt-image-99" does not exist.',
		description: expect.stringMatching(
			/^Open the Model field and choose one from the list: it shows what your account can use today\./,
		),
	});
	expect(creates(bench, run.key)).toHaveLength(1);
	expect(costOf(run.key)).toBe(0);
});

test.concurrent(
	'a prompt that moderation refuses, told with the task, and free of charge',
	async () => {
		const run = await ask('fail=content_policy_violation');
		const [task] = bench.sandbox.evolink.tasks(run.key);
		expect(run.error).toMatchObject({
			message: 'EvoLink: The request was refused by the content policy.',
			description: `Change the Prompt or the input images: sent again unchanged, they will be refused again. EvoLink suggests: Leave out names of real people.\nTask ID: ${task!.id} · Code: content_policy_violation`,
		});
		expect(creates(bench, run.key)).toHaveLength(1);
		expect(costOf(run.key)).toBe(0);
	},
);

test.concurrent('the same, where only the type of its error says so', async () => {
	const run = await ask('fail=content_policy_violation poll=200 odd=typed-error');
	expect(run.error).toMatchObject({
		message: 'EvoLink: The request was refused by the content policy.',
		description: expect.stringMatching(
			/^Change the Prompt or the input images: .*Code: content_policy_violation$/s,
		),
	});
});

test.concurrent('a task that fails, and one that is cancelled', async () => {
	const [failed, cancelled] = await Promise.all([ask('fail=generation_timeout'), ask('cancel')]);
	expect(failed.error).toMatchObject({
		message: 'EvoLink: The model took too long.',
		description: expect.stringMatching(
			/^EvoLink charges nothing for a failed task\. Run this again/,
		),
	});
	expect(cancelled.error).toMatchObject({
		message: 'EvoLink: the task was cancelled before any image was made.',
		description: expect.stringMatching(/^Run this again to start a new one\./),
	});
	expect(costOf(failed.key) + costOf(cancelled.key)).toBe(0);
});

test.concurrent(
	'a task that never ends: the wait ends, the task goes on and can be found',
	async () => {
		const run = await ask('never', { options: { timeLimitSeconds: 15 } });
		const [task] = bench.sandbox.evolink.tasks(run.key);
		expect(run.error).toMatchObject({
			message: 'The images were not ready within 15 seconds.',
			description: `The task goes on at EvoLink and nothing is lost. Fetch its images later with Task: Get or Task: Wait and this task ID, or set a longer Time Limit in the Options.\nTask ID: ${task!.id}`,
		});
		expect(task!.status).toBe('processing');
		expect(creates(bench, run.key)).toHaveLength(1);
	},
);

test.concurrent(
	'a time limit shorter than the estimate: one last look before the wait ends',
	async () => {
		const key = bench.sandbox.evolink.addKey();
		const prompt = 'A kite [sandbox: seconds=60]';
		const options = { timeLimitSeconds: 15 };
		const running = bench.image('generate', { ...SMALL, prompt, options }, { key });
		const task = await until(() => bench.sandbox.evolink.tasks(key)[0]);
		bench.sandbox.evolink.finishTask(task.id);
		const run = await running;
		expect(run.error).toBeUndefined();
		expect(run.items).toMatchObject([{ json: { taskId: task.id, status: 'succeeded' } }]);
	},
);

test.concurrent('a key that is withdrawn while its task is being made', async () => {
	const run = await ask('poll=401');
	const [task] = bench.sandbox.evolink.tasks(run.key);
	expect(run.error).toMatchObject({
		message: 'EvoLink: The API key is not valid.',
		description: expect.stringContaining(`Task ID: ${task!.id}`),
	});
});

test.concurrent.each([
	['in seconds', 'retry-after=600'],
	['as a date', 'retry-after="Fri, 01 Jan 2100 00:00:00 GMT"'],
	['in milliseconds', 'retry-after-ms=600000'],
])(
	'a rate limit that asks for a long pause, %s, is told and not sat out',
	async (_what, header) => {
		const run = await ask(`create=429 ${header}`);
		expect(run.error).toMatchObject({
			message: 'EvoLink: Too many requests, slow down.',
			description: expect.stringMatching(/^Too many requests in a short time\. Lower Concurrency/),
			httpCode: '429',
		});
		expect(creates(bench, run.key)).toHaveLength(1);
		expect(costOf(run.key)).toBe(0);
	},
);

test.concurrent('an outcome that EvoLink does not know is never asked for twice', async () => {
	const run = await ask('paid-outcome-unknown');
	expect(run.error).toMatchObject({
		message:
			'EvoLink: The outcome of this paid request is unknown. Look the task up before sending it again.',
		description: expect.stringMatching(
			/^EvoLink can't tell whether it made the images, and they may have been charged\. Before you run this again, look for the task with Task: Get Many\./,
		),
	});
	expect(creates(bench, run.key)).toHaveLength(1);
	expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(1);
});

interface Lasting {
	directive: string;
	message: string;
	advice: RegExp;
	tasks: number;
}

/** Five tries each, with pauses between them: run together. */
const lasting: Lasting[] = [
	{
		directive: 'create=502 body=html',
		message: 'EvoLink answered with a web page instead of data (HTTP 502).',
		advice: MAY_HAVE_BEEN_MADE,
		tasks: 0,
	},
	{
		directive: 'create=500 after-effect',
		message: 'EvoLink: An internal error occurred.',
		advice: MAY_HAVE_BEEN_MADE,
		tasks: 1,
	},
	{
		directive: 'create=500 body=reset after-effect',
		message: 'EvoLink broke off the connection.',
		advice: MAY_HAVE_BEEN_MADE,
		tasks: 1,
	},
	{
		directive: 'create=503',
		message: 'EvoLink: The service is overloaded.',
		advice: MAY_HAVE_BEEN_MADE,
		tasks: 0,
	},
];

test.concurrent(
	'troubles that last while a task is asked for: five tries, and word of what may have been made',
	async () => {
		const runs = await Promise.all(
			lasting.map(async (trouble) => ({ ...trouble, run: await ask(trouble.directive) })),
		);
		for (const { run, message, advice, tasks } of runs) {
			expect(run.error).toMatchObject({ message, description: expect.stringMatching(advice) });
			if (advice === MAY_HAVE_BEEN_MADE) expect(run.error!.description).toMatch(LOOK_FOR_IT);
			expect(creates(bench, run.key)).toHaveLength(5);
			expect(bench.sandbox.evolink.tasks(run.key)).toHaveLength(tasks);
		}
	},
);

test.concurrent(
	'troubles that last while the task is waited for, and an address where nobody listens',
	async () => {
		const [blind, alone] = await Promise.all([
			ask('poll=502 body=html', { options: { timeLimitSeconds: 15 } }),
			bench.image('generate', SMALL, { credential: { baseUrl: 'http://127.0.0.1:9' } }),
		]);
		const [task] = bench.sandbox.evolink.tasks(blind.key);
		expect(blind.error).toMatchObject({
			message: 'The images were not ready within 15 seconds.',
			description: expect.stringContaining(`Task ID: ${task!.id}`),
		});
		expect(polls(bench, blind.key).all.every(({ status }) => status === 502)).toBe(true);
		expect(alone.error).toMatchObject({
			message: 'EvoLink refused the connection.',
			description:
				"Check the Base URL in the credential and this server's internet connection. Nothing was sent and nothing was charged.\nCode: ECONNREFUSED",
		});
	},
);

test.concurrent.each([
	['api.evolink.ai', '"api.evolink.ai" isn\'t a web address: https:// is missing.'],
	['ftp://files', '"ftp://files" isn\'t a web address: it must begin with https://.'],
	['https://', '"https://" isn\'t a web address.'],
	[' ', 'is empty: enter it in the credential.'],
])('the Base URL "%s" is no address', async (baseUrl, wrong) => {
	const run = await bench.image('generate', SMALL, { credential: { baseUrl } });
	expect(run.error).toMatchObject({
		message: `The Base URL ${wrong}`,
		description: 'Open the credential and enter an address that begins with https://',
	});
	expect(requestsOf(bench, run.key)).toEqual([]);
});
