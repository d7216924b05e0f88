// What may have been charged is never paid for twice: the Images API has no tasks and no idempotency keys.
import type { IDataObject } from 'n8n-workflow';

import { picture } from '../EvoLink/pictures';
import { startBench, type Bench, type RunWith } from './setup';
import { requestsOf, SMALL, spentBy } from './traffic';

const CHARGED = 'It may have been charged. platform.openai.com > Usage shows what was charged.';
const UNKNOWN = `Nobody can tell whether OpenAI did the work. ${CHARGED}`;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const generate = async (directive: string, more: IDataObject = {}, options: RunWith = {}) =>
	await bench.run(
		'image/generate',
		{ ...SMALL, prompt: `A boat [sandbox: ${directive}]`, ...more },
		options,
	);

/** What goes wrong, what is said of it, and how many images that has cost. */
const LOST: Array<[string, string, string | RegExp, number]> = [
	['500 before the work', 'create=500', /^OpenAI: The server had an error/, 0],
	['500 after the work', 'create=500 after-effect', /^OpenAI: The server had an error/, 1],
	[
		'a web page with 502',
		'create=502 body=html after-effect',
		'OpenAI answered with a web page instead of data (HTTP 502).',
		1,
	],
	[
		'a web page with 200',
		'create=200 body=html',
		'OpenAI answered with a web page instead of data (HTTP 200).',
		0,
	],
	['a picture cut in half', 'create=200 body=cut', 'The picture arrived incomplete.', 1],
	[
		'an error cut in half',
		'create=500 body=cut',
		'OpenAI answered with an error without a message (HTTP 500).',
		0,
	],
	[
		'a connection that broke after the work',
		'create=500 body=reset after-effect',
		'OpenAI broke off the connection.',
		1,
	],
];

test.each(LOST)('%s is not sent again', async (_, directive, message, images) => {
	const run = await generate(directive, {}, { onError: 'continueRegularOutput' });
	expect(run.items).toHaveLength(1);
	expect(run.items[0]!.json).toMatchObject({
		error: typeof message === 'string' ? message : expect.stringMatching(message),
		kind: 'outcomeUnknown',
		advice: expect.stringContaining(CHARGED),
	});
	expect(requestsOf(bench, run.key)).toHaveLength(1);
	expect(spentBy(bench, run.key).images).toBe(images);
});

test('links that arrive cut in half are not paid for twice either', async () => {
	const account = { faults: { answer: 'url' as const } };
	const run = await generate('create=200 body=cut', {}, { account });
	expect(run.error?.message).toBe("OpenAI answered with text that isn't complete JSON (HTTP 200).");
	expect(run.error?.description).toContain(UNKNOWN);
	// What arrived of the links is shown, as they may still work.
	expect(run.error?.description).toContain('Answer: {"created":');
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('an edit whose answer got lost is not sent again', async () => {
	const items = [{ binary: { data: await picture('png') } }];
	const prompt = 'A boat [sandbox: create=500 body=reset after-effect]';
	const run = await bench.run('image/edit', { prompt }, { items });
	expect(run.error?.description).toContain(UNKNOWN);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
	expect(spentBy(bench, run.key).images).toBe(1);
});

test('an answer that does not come within the time limit is not asked for again', async () => {
	const run = await generate('never', { options: { timeLimitSeconds: 5 } });
	expect(run.error?.message).toBe('OpenAI took too long to answer.');
	expect(run.error?.description).toContain(UNKNOWN);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

// Its files make an edit a stream, for which no redirects are followed: n8n's own time limit then ends with the head.
test('an edit whose answer stops halfway ends with the time limit', async () => {
	const items = [{ binary: { data: await picture('png') } }];
	const prompt = 'A boat [sandbox: create=200 body=stall]';
	const options = { timeLimitSeconds: 5 };
	const run = await bench.run('image/edit', { ...SMALL, prompt, options }, { items });
	expect(run.error?.message).toBe('OpenAI took too long to answer.');
	expect(run.error?.description).toContain(UNKNOWN);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
	expect(spentBy(bench, run.key).images).toBe(1);
});

test('a drawing that takes longer than usual requests do is waited for', async () => {
	const run = await generate('seconds=2', { options: { timeLimitSeconds: 20 } });
	expect(run.error).toBeUndefined();
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test.each([
	['503 that names a time', 'create=503 retry-after-ms=10 times=2', 3],
	['429', 'create=429 retry-after-ms=10 times=1', 2],
])('%s did nothing, so it is sent again', async (_, directive, requests) => {
	const run = await generate(directive);
	expect(run.error).toBeUndefined();
	expect(requestsOf(bench, run.key)).toHaveLength(requests);
	expect(spentBy(bench, run.key).images).toBe(1);
});

test('an edit is sent again with all its files', async () => {
	const items = [{ binary: { data: await picture('png') } }];
	const prompt = 'A boat [sandbox: create=503 retry-after-ms=10 times=1]';
	const run = await bench.run('image/edit', { prompt }, { items });
	expect(run.error).toBeUndefined();
	const [first, second] = requestsOf(bench, run.key);
	expect(second!.bodyBytes).toBe(first!.bodyBytes);
	expect(bench.sandbox.openai.calls(run.key).at(-1)!.imagesIn).toHaveLength(1);
});

test('503 that names no time, from a proxy, is told, not sent again', async () => {
	const run = await generate('create=503 body=html');
	expect(run.error?.message).toMatch(/^OpenAI answered with a web page instead of data/);
	expect(run.error?.description).toContain(UNKNOWN);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
	expect(spentBy(bench, run.key).images).toBe(0);
});

describe('x-should-retry', () => {
	test('true: not after a 500 all the same, as the work may be done', async () => {
		const run = await generate('create=500 should-retry=true after-effect');
		expect(run.error?.description).toContain(UNKNOWN);
		expect(requestsOf(bench, run.key)).toHaveLength(1);
		expect(spentBy(bench, run.key).images).toBe(1);
	});

	test('false: not even after a 429', async () => {
		const run = await generate('create=429 should-retry=false retry-after-ms=10');
		expect(run.error?.message).toMatch(/^OpenAI: Rate limit reached/);
		expect(requestsOf(bench, run.key)).toHaveLength(1);
	});
});

test('where nothing listens, nothing was sent', async () => {
	const credential = { baseUrl: 'http://127.0.0.1:1/v1' };
	const run = await bench.run('image/generate', SMALL, { credential });
	expect(run.error?.message).toBe('OpenAI refused the connection.');
	expect(run.error?.description).toContain('Nothing was sent and nothing was charged.');
});

test('where no secure connection can be made, nothing was sent, and another try may', async () => {
	const credential = { baseUrl: bench.sandbox.openai.baseUrl.replace('http:', 'https:') };
	const retryOnFail = { maxTries: 2 };
	const run = await bench.run('image/generate', SMALL, { credential, retryOnFail });
	expect(run.error?.message).toBe('OpenAI made no secure connection.');
	expect(run.error?.description).toContain('its server must be one for https');
	expect(run.error?.description).toContain('Nothing was sent and nothing was charged.');
});

test('when one of several items fails, those that are done are not lost', async () => {
	const prompts = ['One', 'Two [sandbox: create=500 body=reset after-effect]', 'Three'];
	const run = await bench.run(
		'image/generate',
		{ ...SMALL, prompt: '={{ $json.prompt }}' },
		{ items: prompts.map((prompt) => ({ json: { prompt } })), onError: 'continueRegularOutput' },
	);
	expect(run.items.map(({ json }) => json.kind ?? json.status)).toEqual([
		'succeeded',
		'outcomeUnknown',
		'succeeded',
	]);
	expect(spentBy(bench, run.key).images).toBe(3);
});
