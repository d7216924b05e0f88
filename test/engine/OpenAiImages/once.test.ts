// One request, one charge: whatever is answered after the work, however often the node is tried, in every operation.
import type { IDataObject } from 'n8n-workflow';

import { picture } from '../EvoLink/pictures';
import { startBench, type Bench, type RunWith } from './setup';
import { requestsOf, routesOf, SMALL, spentBy } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const retryOnFail = { maxTries: 3 };
const STILL_UNKNOWN = 'An earlier try got no usable answer from OpenAI, so this try sent nothing.';

const PAID: Array<[string, string, IDataObject]> = [
	['image/generate', 'POST /images/generations', SMALL],
	['image/edit', 'POST /images/edits', SMALL],
	['image/vary', 'POST /images/variations', { model: 'dall-e-2', size: '256x256' }],
	['image/analyze', 'POST /chat/completions', { text: 'Hello' }],
	['image/generate', 'POST /responses', { ...SMALL, completion: 'return' }],
	['batch/create', 'POST /batches', {}],
];

async function run(operation: string, parameters: IDataObject, create: IDataObject) {
	const faults = { create, alive: ['dall-e-2'] };
	const hasPicture = operation === 'image/edit' || operation === 'image/vary';
	const items = [hasPicture ? { binary: { data: await picture('png') } } : {}];
	return await bench.run(operation, parameters, { items, account: { faults }, retryOnFail });
}

const sentTo = (route: string, key: string) =>
	routesOf(bench, key).filter((each) => each === route).length;

function madeFor(key: string): number {
	const { calls, responses, batches } = bench.sandbox.openai;
	const tasks = responses(key).length + batches(key).length;
	return tasks || calls(key).filter(({ status }) => status === 200).length;
}

describe.each(PAID)('%s, %s', (operation, route, parameters) => {
	test.each([503, 408, 499])('%i after the work is not sent again', async (status) => {
		const ended = await run(operation, parameters, { status, body: 'html', afterEffect: true });
		expect(ended.error?.message).toBe(STILL_UNKNOWN);
		expect(ended.error?.description).toContain(`(HTTP ${status})`);
		expect(sentTo(route, ended.key)).toBe(1);
		expect(madeFor(ended.key)).toBe(1);
	});

	test('503 that names a time is sent again, as nothing was done', async () => {
		const ended = await run(operation, parameters, { status: 503, retryAfterMs: 10, times: 2 });
		expect(ended.error).toBeUndefined();
		expect(sentTo(route, ended.key)).toBe(3);
		expect(madeFor(ended.key)).toBe(1);
	});
});

const generate = async (
	faults: NonNullable<RunWith['account']>['faults'],
	more: IDataObject = {},
) => await bench.run('image/generate', { ...SMALL, ...more }, { account: { faults }, retryOnFail });

test.each([
	['an empty list', '{"created":1,"data":[]}'],
	['an empty picture', '{"created":1,"data":[{"b64_json":""}]}'],
	['no list', '{"created":1}'],
	['an entry that is none', '{"created":1,"data":[null]}'],
	['text', '"done"'],
])('an answer without an image is not paid for again: %s', async (_what, text) => {
	const ended = await generate({ create: { status: 200, text } });
	expect(ended.error?.message).toMatch(/^An earlier try got .* so this try sent nothing\.$/);
	expect(ended.error?.description).toMatch(/^That try ended with: OpenAI answered with/);
	expect(requestsOf(bench, ended.key)).toHaveLength(1);
});

test('the later try says what the first one said', async () => {
	const prompt = 'A boat [sandbox: fewer-images=1]';
	const ended = await generate({}, { prompt });
	expect(ended.error?.message).toBe(
		'An earlier try got an answer without an image, so this try sent nothing.',
	);
	expect(ended.error?.description).toContain(
		'That try ended with: OpenAI answered without an image.',
	);
	expect(requestsOf(bench, ended.key)).toHaveLength(1);
});

test('links that are all dead are fetched again by each try, and not paid for again', async () => {
	const text =
		'{"created":1,"data":[{"url":"http://127.0.0.1:1/1.png"},{"url":"http://127.0.0.1:1/2.png"}]}';
	const ended = await generate(
		{ create: { status: 200, text } },
		{ options: { timeLimitSeconds: 3 } },
	);
	expect(ended.status).toBe('error');
	expect(requestsOf(bench, ended.key)).toHaveLength(1);
});

test('a refusal that comes within an answer is told again, and not ordered again', async () => {
	const text = '{"choices":[{"message":{"refusal":"I will not."},"finish_reason":"stop"}]}';
	const ended = await bench.run(
		'image/analyze',
		{ text: 'Hello' },
		{ account: { faults: { create: { status: 200, text } } }, retryOnFail },
	);
	expect(ended.error?.message).toBe('The model refused to answer: I will not.');
	expect(requestsOf(bench, ended.key)).toHaveLength(1);
});

test('of a run that failed, the retry puts out the pictures of the other items, and orders only what is missing', async () => {
	const prompts = ['One', 'Two [sandbox: create=400 times=1]'];
	const parameters = { ...SMALL, prompt: '={{ $json.prompt }}', options: { concurrency: 1 } };
	const items = prompts.map((prompt) => ({ json: { prompt } }));
	const first = await bench.run('image/generate', parameters, { items, saves: true });
	expect(first.status).toBe('error');
	const again = await bench.run('image/generate', parameters, {
		key: first.key,
		retryOf: first.saved.at(-1),
	});
	expect(again.error).toBeUndefined();
	expect(again.items).toHaveLength(2);
	for (const index of [0, 1]) expect((await again.binary(index)).length).toBeGreaterThan(1000);
	expect(spentBy(bench, first.key).images).toBe(2);
});
