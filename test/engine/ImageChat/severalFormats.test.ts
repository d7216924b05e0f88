// Several Formats in a chat: the size is a wish in words, and the first picture is shown to the model for the others.
import type { IDataObject } from 'n8n-workflow';

import { HELD_BACK, until } from '../support';
import { startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const TWO = { size: 'formats', formats: ['Post 128x160', 'Story 90x160'], sizeWish: '64x64' };
const formatsOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => (json.format as IDataObject | undefined)?.name);

test.each([
	['inside the answer', 'data'],
	['at a link', 'link'],
] as const)(
	'each has its own wish, and the first, %s, is the motif of the others',
	async (_, as) => {
		const run = await bench.run('generate', TWO, { account: { faults: { as } } });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => [json.format, json.width, json.height])).toEqual([
			[{ name: 'Post', width: 128, height: 160 }, 128, 160],
			[{ name: 'Story', width: 90, height: 160 }, 90, 160],
		]);
		const [first, second] = run.calls;
		expect(first!.messages.at(-1)!.text).toBe(
			'A red bicycle\n\nImage size: 128x160 pixels, aspect ratio 4:5',
		);
		expect(first!.imagesIn).toHaveLength(0);
		expect(second!.messages.at(-1)!.text).toContain(
			'A red bicycle\n\nImage size: 90x160 pixels, aspect ratio 9:16\n\nThe input image shows this picture in another shape. Keep its motif',
		);
		expect(second!.imagesIn).toMatchObject([{ width: 128, height: 160 }]);
		expect(run.calls).toHaveLength(2);
		expect(run.hints).toEqual([]);
	},
);

test('the second is refused in words: the first comes out, and a hint tells', async () => {
	const key = bench.sandbox.chat.addKey({ faults: HELD_BACK });
	const running = bench.run('generate', TWO, { key });
	await until(() => bench.sandbox.requests.some((request) => request.key === key));
	bench.sandbox.chat.setFaults(key, { refuse: true });
	const run = await running;
	expect(run.error).toBeUndefined();
	expect(formatsOf(run.items)).toEqual(['Post']);
	expect(run.hints.map(({ message }) => message).join()).toContain(
		'These formats of item 0 are missing: Story. ',
	);
	expect(run.calls).toHaveLength(2);
});

test('with the motif not kept, each is drawn from the prompt', async () => {
	const run = await bench.run('generate', { ...TWO, keepMotif: false });
	expect(formatsOf(run.items)).toEqual(['Post', 'Story']);
	expect(run.calls.map(({ imagesIn }) => imagesIn.length)).toEqual([0, 0]);
});
