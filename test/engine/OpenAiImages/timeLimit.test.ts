// Time Limit is one deadline for all of an item's work: the request, its retries and the waits between them.
import { startBench, type Bench } from './setup';
import { requestsOf, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('waits that OpenAI asks for end with it, in its own words', async () => {
	const prompt = 'A boat [sandbox: create=429 retry-after=4 times=4]';
	const options = { timeLimitSeconds: 5 };
	const run = await bench.run('image/generate', { ...SMALL, prompt, options });
	expect(run.error?.message).toMatch(/^OpenAI: Rate limit reached/);
	expect(run.error?.description).toContain(
		'The Time Limit of 5 seconds left no time to try again.',
	);
	expect(requestsOf(bench, run.key).length).toBeLessThanOrEqual(2);
});

test('it begins with the work on an item, not with the run', async () => {
	const items = ['One', 'Two', 'Three', 'Four'].map((prompt) => ({
		json: { prompt: `${prompt} [sandbox: seconds=4]` },
	}));
	const options = { timeLimitSeconds: 15, concurrency: 1 };
	const parameters = { ...SMALL, prompt: '={{ $json.prompt }}', options };
	const run = await bench.run('image/generate', parameters, { items });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(4);
});
