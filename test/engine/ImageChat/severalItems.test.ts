// Several items, of which one fails: what was made for the others is kept, and not paid for again.
import { startBench, type Bench } from './setup';

type RunWith = NonNullable<Parameters<Bench['run']>[2]>;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const REFUSED = 'A secret [sandbox: create=400]';
const prompt = '={{ $json.wish }}';
const itemsOf = (...wishes: string[]) => wishes.map((wish) => ({ json: { wish } }));

test.each([['continueRegularOutput'], ['continueErrorOutput']] as const)(
	'with On Error: %s, Retry On Fail orders only what failed',
	async (onError) => {
		const options: RunWith = {
			items: itemsOf(REFUSED, 'A boat', 'A kite'),
			onError,
			retryOnFail: { maxTries: 3 },
		};
		const run = await bench.run('generate', { prompt }, options);
		const paid = run.calls.filter(({ status }) => status === 200);
		expect(paid).toHaveLength(2);
		const images = run.outputs[0]!.filter(({ json }) => json.status === 'succeeded');
		expect(images.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
	},
);

test('an image that is being drawn when another item fails is fetched, and the next try has it', async () => {
	const items = itemsOf(
		'A secret [sandbox: create=400 times=1]',
		'A boat [sandbox: answer-delay=500]',
	);
	const run = await bench.run('generate', { prompt }, { items, retryOnFail: { maxTries: 2 } });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	expect(run.calls.filter(({ status }) => status === 200)).toHaveLength(2);
});

test("an expression that can't be worked out hides nothing of what was finished before", async () => {
	const run = await bench.run(
		'generate',
		{ prompt: "={{ $json.wish ?? $('Nowhere').first().json.wish }}", options: { concurrency: 1 } },
		{ items: [{ json: { wish: 'A boat' } }, { json: {} }] },
	);
	expect(run.error?.message).toBe("Referenced node doesn't exist");
	expect(run.error?.description).toContain('One other item was finished before. To have that work');
	expect(run.calls).toHaveLength(1);
});
