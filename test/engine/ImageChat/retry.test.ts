// n8n's Retry On Fail at a gateway, which can't tell a repeated request from a new one.
import { startBench, type Bench } from './setup';

type RunWith = NonNullable<Parameters<Bench['run']>[2]>;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const retryOnFail = { maxTries: 3 };

test('a request that got no answer is not sent again, as it may have been paid', async () => {
	const prompt = 'A red bicycle [sandbox: create=502 body=html after-effect]';
	const run = await bench.run('generate', { prompt }, { retryOnFail });
	expect(run.error).toMatchObject({
		message: 'An earlier try got no usable answer from the gateway, so this try sent nothing.',
		description: expect.stringContaining('If nothing was done, run the workflow again.'),
	});
	expect(run.calls).toHaveLength(1);
});

test('a request that was surely not taken is sent again', async () => {
	const prompt = 'A red bicycle [sandbox: create=400 times=1]';
	const run = await bench.run('generate', { prompt }, { retryOnFail });
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(1);
});

describe('an answer with links that could not be fetched', () => {
	const generate = async (prompt: string, more: RunWith = {}) =>
		await bench.run('generate', { prompt }, { retryOnFail, ...more });

	test('is taken up by the next try, and not paid again', async () => {
		const run = await generate('A red bicycle', {
			account: { faults: { download: { kind: 'denied', times: 1 } } },
		});
		expect(run.error).toBeUndefined();
		expect(run.items).toMatchObject([
			{ json: { model: 'gpt-4o-image', status: 'succeeded', usage: expect.any(Object) } },
		]);
		expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
		expect(run.calls).toHaveLength(1);
	});

	test('is not asked for again either when its links stay dead', async () => {
		const run = await generate('A red bicycle', {
			account: { faults: { download: { kind: 'dead' } } },
		});
		expect(run.error?.message).toBe("The link to the picture doesn't work any more (HTTP 404).");
		expect(run.error?.description).toMatch(/as long as their links work: http/);
		expect(run.calls).toHaveLength(1);
	});

	test('keeps its tries apart, item by item', async () => {
		const items = ['A [sandbox: download=denied times=1]', 'B'].map((wish) => ({ json: { wish } }));
		const run = await generate('={{ $json.wish }}', { items });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(run.calls).toHaveLength(2);
	});
});

test.each(['a', 'e', 'f', 'g'] as const)(
	'a picture that arrived damaged in the answer is not paid again (shape %s)',
	async (shape) => {
		const account = { faults: { cutUri: true, shape } };
		const run = await bench.run('generate', {}, { account, retryOnFail });
		expect(run.error?.message).toMatch(/^An earlier try got no usable answer from the gateway/);
		expect(run.calls).toHaveLength(1);
	},
);

test.each(['e', 'f'] as const)(
	'one damaged picture takes none of the others with it (shape %s)',
	async (shape) => {
		const account = { faults: { cutUri: true, shape, images: 2, as: 'data' as const } };
		const run = await bench.run('generate', {}, { account, retryOnFail });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([[0, 2]]);
		expect((await run.binary(0)).length).toBe(run.items[0]!.json.fileSize);
		expect(run.hints).toMatchObject([
			{
				message:
					"Image 2 of 2 of item 0 is missing. The picture arrived incomplete. It stood inside the answer, so it can't be fetched a second time.",
			},
		]);
		expect(run.calls).toHaveLength(1);
	},
);
