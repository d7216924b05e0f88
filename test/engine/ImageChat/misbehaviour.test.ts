// Gateways that stumble: what a person reads, and that nothing is asked for twice in doubt.
import { model, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

type Account = NonNullable<NonNullable<Parameters<Bench['run']>[2]>['account']>;

const asked = (key: string) =>
	bench.sandbox.requests.filter((request) => request.key === key && request.method === 'POST');

const generate = async (faults: Account['faults'], parameters = {}) =>
	await bench.run('generate', parameters, { account: { faults } });

describe('an answer that can not be read may have been made and charged', () => {
	const cases: Array<
		[what: string, create: NonNullable<Account['faults']>['create'], message: string]
	> = [
		[
			'a web page with 502',
			{ status: 502, body: 'html' },
			'The gateway answered with a web page instead of data (HTTP 502).',
		],
		[
			'a web page with 200',
			{ status: 200, body: 'html' },
			'The gateway answered with a web page instead of data (HTTP 200).',
		],
		[
			'half an answer',
			{ status: 200, body: 'cut' },
			"The gateway answered with text that isn't complete JSON (HTTP 200).",
		],
		[
			'a connection that breaks after the work',
			{ status: 500, body: 'reset', afterEffect: true },
			'The gateway broke off the connection.',
		],
		['an error of the server', { status: 500 }, 'The gateway: '],
	];
	test.each(cases)('%s', async (_what, create, message) => {
		const run = await generate({ create });
		expect(run.error?.message).toContain(message);
		expect(run.error?.description).toContain('It may have been charged.');
		expect(run.error?.description).toContain('Your account at the gateway shows what was charged.');
		expect(asked(run.key)).toHaveLength(1);
	});
});

test('429 is waited for, 503 with a time to come back too', async () => {
	for (const status of [429, 503]) {
		const run = await generate({ create: { status, retryAfterMs: 20, times: 2 } });
		expect(run.error).toBeUndefined();
		expect(asked(run.key)).toHaveLength(3);
		expect(run.calls).toHaveLength(1);
	}
});

test.each([
	[401, 'Open the credential and check the API Key.'],
	[402, 'Add credit in your account at the gateway, then run this again.'],
	[403, 'Check at the gateway what this API Key may use.'],
	[413, 'Use fewer or smaller input images.'],
])('HTTP %d is told and not tried again', async (status, advice) => {
	const run = await generate({ create: { status } });
	expect(run.error).toMatchObject({ httpCode: String(status) });
	expect(run.error?.message).toMatch(/^The gateway: /);
	expect(run.error?.description?.split('\n')[0]).toBe(advice);
	expect(asked(run.key)).toHaveLength(1);
});

test('a wrong key', async () => {
	const run = await bench.run('generate', {}, { key: 'wrong', account: {} });
	expect(run.error?.message).toBe('The gateway: Invalid token.');
	expect(run.error?.description).toContain('Open the credential and check the API Key.');
});

test('a model that the gateway does not have', async () => {
	const run = await bench.run('generate', { model: model('nothing') });
	expect(run.error?.message).toContain('The gateway: ');
	expect(run.error?.description).toContain('Choose a Model that your gateway offers today.');
	expect(run.error?.description).toContain('HTTP status: 404');
});

test('content that is refused with an error', async () => {
	const run = await generate({ fail: 'content_policy_violation' });
	expect(run.error?.description).toMatch(/^Change the Prompt or the input images/);
	expect(asked(run.key)).toHaveLength(1);
});

test.each(['a', 'e', 'f'] as const)('a data URI cut short (shape %s)', async (shape) => {
	for (const stream of [false, true]) {
		const run = await generate({ cutUri: true, shape, stream });
		expect(run.error?.message).toBe('The picture arrived incomplete.');
		expect(run.error?.description).toBe(
			"The picture stood inside the answer, so it can't be fetched a second time. It may have been charged. Your account at the gateway shows what was charged.",
		);
		expect(asked(run.key)).toHaveLength(1);
	}
});

test.each(['a', 'e', 'f', 'g'] as const)('an answer of 40 MB (shape %s)', async (shape) => {
	const run = await generate({ big: 40, shape });
	expect(run.error).toBeUndefined();
	const { bytes } = run.calls[0]!.imagesOut[0]!;
	expect(bytes).toBeGreaterThan(29 * 1024 * 1024);
	expect(run.items[0]!.json).toMatchObject({ fileSize: bytes, width: 64, mimeType: 'image/png' });
	expect((await run.binary(0)).length).toBe(bytes);
});

test('an answer of 40 MB as an event stream, and one that is cut', async () => {
	const streamed = await generate({ big: 40, shape: 'f', stream: true });
	expect(streamed.error).toBeUndefined();
	expect(streamed.items[0]!.json.fileSize).toBe(streamed.calls[0]!.imagesOut[0]!.bytes);
	const cut = await generate({ big: 40, shape: 'a', cutUri: true });
	expect(cut.error?.message).toBe('The picture arrived incomplete.');
});

test('links that do not work: the error has them, as nothing else is left', async () => {
	const run = await generate({ download: { kind: 'dead' }, images: 2 });
	expect(run.error?.message).toBe("The link to the picture doesn't work any more (HTTP 404).");
	expect(run.error?.description).toMatch(
		/^The images were made, and may have been charged\. Once their links are dead, only a new run of the workflow makes them again\. Fetch them as long as their links work: http\S+ http\S+/,
	);
	expect(asked(run.key)).toHaveLength(1);
});

test('a picture that arrives short is fetched again, and not made again', async () => {
	const run = await generate({ download: { kind: 'short', times: 1 } });
	expect(run.error).toBeUndefined();
	expect(asked(run.key)).toHaveLength(1);
});

test('the time limit ends the wait and says that it may have been charged', async () => {
	const run = await generate({ never: true }, { options: { timeLimitSeconds: 5 } });
	expect(run.error?.message).toBe('The gateway took too long to answer.');
	expect(run.error?.description).toContain('It may have been charged.');
	expect(asked(run.key)).toHaveLength(1);
});

test('Retry On Fail keeps the items that are finished', async () => {
	const prompts = ['A', 'B', 'C [sandbox: create=400 times=1]'];
	const run = await bench.run(
		'generate',
		{ prompt: '={{ $json.prompt }}', options: { concurrency: 1 } },
		{ items: prompts.map((prompt) => ({ json: { prompt } })), retryOnFail: { maxTries: 2 } },
	);
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(3);
	expect(asked(run.key)).toHaveLength(4);
	expect(run.calls).toHaveLength(3);
});
