// Your Reference in the Image Chat node: a chat has no tasks and no callbacks, so it stands in the output and in errors.
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('it stands on every image, and the gateway is told nothing of it', async () => {
	const options = { reference: '주문 {{ 4711 }}' };
	const run = await bench.run('generate', { numberOfImages: 2, options });
	expect(run.items.map(({ json }) => json.reference)).toEqual([
		'주문 {{ 4711 }}',
		'주문 {{ 4711 }}',
	]);
	expect(JSON.stringify(run.calls)).not.toContain('4711');
});

test('two items may have the same', async () => {
	const options = { reference: 12 };
	const run = await bench.run('generate', { options }, { items: [{}, {}] });
	expect(run.items.map(({ json }) => json.reference)).toEqual(['12', '12']);
});

test('it stands in the error, and in the item that goes on', async () => {
	const parameters = { prompt: 'A boat [sandbox: create=400]', options: { reference: 'row 12' } };
	const stopped = await bench.run('generate', parameters);
	expect(stopped.error?.description).toContain('Your reference: row 12');
	const wentOn = await bench.run('generate', parameters, { onError: 'continueRegularOutput' });
	expect(wentOn.items[0]!.json).toMatchObject({ reference: 'row 12' });
});

test('one that can not be taken is refused', async () => {
	const options = { reference: '={{ "a\\nb" }}' };
	const run = await bench.run('generate', { options });
	expect(run.error?.message).toBe('Your Reference has a line break in it, behind "a".');
	expect(run.calls).toEqual([]);
});

test('another one orders nothing anew when a failed execution is run again', async () => {
	const items = [{ json: { wish: 'A boat' } }, { json: { wish: 'A cat [sandbox: create=400]' } }];
	const prompt = '={{ $json.wish }}';
	const first = await bench.run('generate', { prompt, options: { reference: 'row 1' } }, { items });
	expect(first.error).toBeDefined();
	const again = await bench.run(
		'generate',
		{ prompt, options: { reference: '=row {{ $itemIndex }}' } },
		{ key: first.key, retryOf: first, onError: 'continueRegularOutput' },
	);
	expect(again.items.map(({ json }) => json.reference)).toEqual(['row 0', 'row 1']);
	expect(again.calls.filter(({ status }) => status === 200)).toHaveLength(1);
});
