// Retry On Fail after an answer that can't be used, or not all of it: what may have been paid is created once.
import { startBench, type Bench } from './setup';
import { routesOf, SMALL, spentBy } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const retryOnFail = { maxTries: 3 };
const STILL_UNKNOWN =
	/^An earlier try got (no usable answer from OpenAI|an answer without an image), so this try sent nothing/;

test.each(['no-images', 'empty-base64', 'empty-entry', 'no-images-error'])(
	'images: %s',
	async (odd) => {
		const prompt = `A boat [sandbox: create=200 odd=${odd}]`;
		const run = await bench.run('image/generate', { ...SMALL, prompt }, { retryOnFail });
		expect(run.error?.message).toMatch(STILL_UNKNOWN);
		expect(routesOf(bench, run.key)).toEqual(['POST /images/generations']);
		expect(spentBy(bench, run.key).images).toBe(1);
	},
);

test('images: a picture beside a dead link comes out, and nothing is created again', async () => {
	const faults = { answer: 'url' as const, download: { kind: 'dead' as const, times: 8 } };
	const run = await bench.run(
		'image/generate',
		{ ...SMALL, numberOfImages: 2, options: { timeLimitSeconds: 20 } },
		{ account: { faults }, retryOnFail },
	);
	expect(routesOf(bench, run.key)).toEqual(['POST /images/generations']);
	expect(spentBy(bench, run.key).images).toBe(2);
});

test.each(['no-choices', 'choice-error'])('an answer in words: %s', async (odd) => {
	const text = `Hello [sandbox: create=200 odd=${odd}]`;
	const run = await bench.run('image/analyze', { text }, { retryOnFail });
	expect(run.error?.message).toMatch(STILL_UNKNOWN);
	expect(routesOf(bench, run.key)).toEqual(['POST /chat/completions']);
});

test.each(['408', '499', '500', '502', '503', '520'])(
	'images: %s with a web page after the work',
	async (status) => {
		const prompt = `A boat [sandbox: create=${status} body=html after-effect]`;
		const run = await bench.run('image/generate', { ...SMALL, prompt }, { retryOnFail });
		expect(run.error?.message).toMatch(STILL_UNKNOWN);
		expect(routesOf(bench, run.key)).toEqual(['POST /images/generations']);
		expect(spentBy(bench, run.key).images).toBe(1);
	},
);

test('images: OpenAI says that it is too busy, and is asked again', async () => {
	const prompt = 'A boat [sandbox: create=503 times=2]';
	const run = await bench.run('image/generate', { ...SMALL, prompt });
	expect(run.error).toBeUndefined();
	expect(routesOf(bench, run.key)).toHaveLength(3);
	expect(spentBy(bench, run.key).images).toBe(1);
});

test('a background task whose answer ends behind its ID is waited for, not made again', async () => {
	const prompt = 'A boat [sandbox: create=200 odd=cut-behind-id, poll=404 times=1]';
	const run = await bench.run(
		'image/generate',
		{ ...SMALL, prompt, completion: 'return' },
		{ retryOnFail },
	);
	expect(run.error).toBeUndefined();
	expect(bench.sandbox.openai.responses(run.key)).toHaveLength(1);
});
