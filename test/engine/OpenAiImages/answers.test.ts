// How the pictures reach the item: as base64 or by a link, into n8n's store, as a link only, or to an AI agent.
import sharp from 'sharp';

import { startBench, type Bench, type RunWith } from './setup';
import { callOf, requestsOf, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** A compatible server that answers links, with whatever else it does. */
const withLinks = (faults: NonNullable<RunWith['account']>['faults'] = {}): RunWith => ({
	account: { faults: { answer: 'url', ...faults } },
});

const downloads = () =>
	bench.sandbox.requests.filter(({ path }) => path.startsWith('/openai-results/'));

test('links of a compatible server are downloaded, without the key', async () => {
	const before = downloads().length;
	const run = await bench.run('image/generate', { ...SMALL, numberOfImages: 2 }, withLinks());
	expect(run.error).toBeUndefined();
	const { json } = run.items[1]!;
	expect(json).toMatchObject({
		index: 1,
		width: 1024,
		height: 640,
		url: expect.stringMatching(/^http.+\.png$/),
		cost: { estimated: true },
	});
	const original = await fetch(String(json.url));
	expect((await run.binary(1)).equals(Buffer.from(await original.arrayBuffer()))).toBe(true);
	const fetched = downloads().slice(before, before + 2);
	for (const { headers } of fetched) expect(headers).not.toHaveProperty('authorization');
});

test('links only: nothing is downloaded', async () => {
	const before = downloads().length;
	const parameters = { ...SMALL, options: { output: 'link' } };
	const run = await bench.run('image/generate', parameters, withLinks());
	expect(run.items[0]!.binary).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({ url: expect.stringMatching(/^http/) });
	expect(run.items[0]!.json).not.toHaveProperty('width');
	expect(downloads()).toHaveLength(before);
});

test('a link that arrives short at first is fetched again, whole', async () => {
	const faults = { download: { kind: 'short' as const, times: 2 } };
	const run = await bench.run('image/generate', SMALL, withLinks(faults));
	expect(run.error).toBeUndefined();
	expect((await sharp(await run.binary(0)).stats()).channels.length).toBeGreaterThan(0);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('a dead link is told with all links, as there is no task to come back to', async () => {
	const faults = { download: { kind: 'dead' as const } };
	const parameters = { ...SMALL, numberOfImages: 2 };
	const run = await bench.run('image/generate', parameters, withLinks(faults));
	expect(run.error?.message).toBe("The link to the picture doesn't work any more (HTTP 404).");
	expect(run.error?.description).toMatch(
		/^The images were made, and may have been charged\. Once their links are dead, only a new run of the workflow makes them again\. Fetch them as long as their links work: http\S+\.png http\S+\.png\n/,
	);
	expect(run.error?.description).not.toContain('Task');
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('one damaged picture in an answer takes none of the others with it', async () => {
	const parameters = {
		...SMALL,
		prompt: 'A boat [sandbox: damaged=2]',
		numberOfImages: 3,
		quality: 'low',
	};
	const run = await bench.run('image/generate', parameters, { retryOnFail: { maxTries: 2 } });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
		[0, 3],
		[2, 3],
	]);
	for (const index of [0, 1]) {
		expect((await sharp(await run.binary(index)).metadata()).width).toBe(1024);
	}
	expect(run.hints).toMatchObject([
		{
			message:
				"Image 2 of 3 of item 0 is missing. The picture arrived incomplete. It stood inside the answer, so it can't be fetched a second time.",
		},
	]);
	const { cost } = run.items[0]!.json as { cost: { amount: number } };
	expect(cost.amount * 2).toBeCloseTo(bench.sandbox.openai.ledger(run.key).spent, 5);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('an answer whose only picture is damaged may have been paid, and is not asked for again', async () => {
	const parameters = { ...SMALL, prompt: 'A boat [sandbox: damaged=1]' };
	const run = await bench.run('image/generate', parameters, { retryOnFail: { maxTries: 2 } });
	expect(run.error?.message).toMatch(/^An earlier try got no usable answer/);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('base64, links only: the picture is kept, and a link into n8n leads to it', async () => {
	const run = await bench.run('image/generate', { ...SMALL, options: { output: 'link' } });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json.url).toMatch(/^http.+token=/);
	expect((await sharp(await run.binary(0)).metadata()).width).toBe(1024);
});

test('another field for the file', async () => {
	const options = { binaryPropertyOutput: 'poster' };
	const run = await bench.run('image/generate', { ...SMALL, options });
	expect(Object.keys(run.items[0]!.binary!)).toEqual(['poster']);
	expect((await run.binary(0, 'poster')).length).toBe(run.items[0]!.json.fileSize);
});

test('in a workflow that keeps files in json', async () => {
	const run = await bench.run('image/generate', SMALL, { binaryMode: 'combined' });
	expect(run.items[0]!.binary).toBeUndefined();
	expect((await sharp(await run.binary(0)).metadata()).width).toBe(1024);
});

describe.each([true, 'agent'] as const)('called by an AI agent (asTool: %s)', (asTool) => {
	const prompt = "={{ $fromAI('prompt', '', 'string') }}";
	const items = [{ json: { prompt: 'A cat' } }];

	test('the agent gets a link into n8n', async () => {
		const run = await bench.run('image/generate', { ...SMALL, prompt }, { asTool, items });
		expect(run.error).toBeUndefined();
		expect(run.items).toHaveLength(1);
		expect(run.items[0]!.json).toMatchObject({
			provider: 'openai',
			status: 'succeeded',
			width: 1024,
			url: expect.stringMatching(/^http.+token=/),
		});
		expect(JSON.stringify(run.items).length).toBeLessThan(5000);
		expect(callOf(bench, run.key).parameters.prompt).toBe('A cat');
	});

	test('or the server’s own link, where it answers one', async () => {
		const run = await bench.run(
			'image/generate',
			{ ...SMALL, prompt },
			{ ...withLinks(), asTool, items },
		);
		expect(run.items[0]!.json.url).toMatch(/openai-results/);
		expect(run.items[0]!.binary).toBeUndefined();
	});

	test('a mistake is told to the agent in words, and nothing is sent', async () => {
		const size = { size: 'custom', customSize: '1000x1000' };
		const run = await bench.run('image/generate', { ...size, prompt }, { asTool, items });
		expect(String(run.items[0]!.json.error)).toContain('both sides must be divisible by 16');
		expect(requestsOf(bench, run.key)).toEqual([]);
	});
});
