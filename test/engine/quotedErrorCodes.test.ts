// n8n puts a sentence of its own in place of a message that has the code of a network's error anywhere in it: in a server's
// words about another server, or within a name. What the node says is what a person reads.
import { startBench, type Bench } from './OpenAiImages/setup';
import { SMALL } from './OpenAiImages/traffic';

const WORDS = 'connect ETIMEDOUT 10.0.0.7:443 while drawing';
const MESSAGE = `OpenAI: ${WORDS}`;
const account = {
	faults: { create: { status: 200, text: JSON.stringify({ error: { message: WORDS } }) } },
};

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

test('of a paid order: nobody is told to retry by a sentence of n8n', async () => {
	const run = await bench.run('image/generate', SMALL, { account });
	expect(run.error?.message).toBe(MESSAGE);
	expect(run.error?.description).toContain('may have been charged');
});

test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'on a failed item: %s',
	async (onError) => {
		const run = await bench.run('image/generate', SMALL, { account, onError });
		const [item] = run.outputs.flat();
		expect(item!.json[onError === 'continueErrorOutput' ? 'message' : 'error']).toBe(MESSAGE);
	},
);

test('within the name of a field', async () => {
	const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'keepermark' }] };
	const run = await bench.run('image/edit', { ...SMALL, inputImages });
	expect(run.error?.message).toBe('There is no file in the field "keepermark" of this item.');
});
