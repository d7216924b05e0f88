// Answers of EvoLink in odd forms: what was made and charged comes out once, whatever the rest of the answer is.
import { startBench, type Bench } from './setup';
import { creates, polls, SMALL } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** What comes out, and that it was ordered and charged once. */
async function seen(run: Awaited<ReturnType<Bench['image']>>) {
	const files = await Promise.all(run.items.map(async (item) => await run.binary(item)));
	return {
		error: run.error?.message,
		pictures: files.filter((file) => file.subarray(1, 4).toString() === 'PNG').length,
		creates: creates(bench, run.key).length,
		tasks: bench.sandbox.evolink.tasks(run.key).length,
		charges: bench.sandbox.evolink.ledger(run.key).entries.filter(({ kind }) => kind === 'charge')
			.length,
	};
}

const ONCE = { error: undefined, creates: 1, tasks: 1, charges: 1 };

test.each([
	'no-link',
	'null-result',
	'url-objects',
	'image-url-objects',
	'result-data',
	'result-data-image-url',
	'both-results',
	'data-uri',
	'microseconds',
	'no-status',
])('two images, told as %s', async (odd) => {
	const prompt = `A kite [sandbox: poll=200 odd=${odd}]`;
	const run = await bench.image('generate', { ...SMALL, prompt, numberOfImages: 2 });
	const pictures = odd === 'data-uri' ? 1 : 2;
	expect(await seen(run)).toEqual({ ...ONCE, pictures });
});

test.each(['bare-text', 'relative-urls'])('an image, told as %s', async (odd) => {
	const prompt = `A kite [sandbox: poll=200 odd=${odd}]`;
	const run = await bench.image('generate', { ...SMALL, prompt });
	expect(await seen(run)).toEqual({ ...ONCE, pictures: 1 });
	expect(run.items[0]!.json.url).toMatch(/^http:.*\.png$/);
});

test('a picture that came as a data URI stands in the binary only', async () => {
	const prompt = 'A kite [sandbox: poll=200 odd=data-uri]';
	const run = await bench.image('generate', { ...SMALL, prompt });
	expect(run.items).toHaveLength(1);
	expect(JSON.stringify(run.items[0]!.json)).not.toMatch(/data:|base64|iVBOR/);
});

test.each(['no-status', 'odd-status', 'microseconds', 'cut-after-id'])(
	'a create that is answered with %s is waited for',
	async (odd) => {
		const prompt = `A kite [sandbox: create=200 odd=${odd}]`;
		const run = await bench.image('generate', { ...SMALL, prompt });
		expect(await seen(run)).toEqual({ ...ONCE, pictures: 1 });
		const [task] = bench.sandbox.evolink.tasks(run.key);
		expect(run.items[0]!.json.taskId).toBe(task!.id);
		expect(await bench.engine.log()).toContain(task!.id);
	},
);

test.each(['numeric-id', 'surrogate-id'])('tasks with a %s', async (odd) => {
	const create = { status: 200, odd } as const;
	const run = await bench.image('generate', SMALL, { faults: { create, poll: create } });
	expect(await seen(run)).toEqual({ ...ONCE, pictures: 1 });
});

test('a create whose answer broke off before its ID is asked for again under its key', async () => {
	const prompt = 'A kite [sandbox: create=200 odd=cut-before-id times=1]';
	const run = await bench.image('generate', { ...SMALL, prompt });
	expect(await seen(run)).toEqual({ ...ONCE, creates: 2, pictures: 1 });
});

test.each([
	'batch-500',
	'batch-page',
	'batch-nothing',
	'batch-no-tasks',
	'batch-tasks',
	'batch-list',
])('a batch that answers %s takes no task with it', async (odd) => {
	const faults = { poll: { status: 200, odd } } as const;
	const run = await bench.image('generate', SMALL, { items: [{}, {}, {}], faults });
	expect(await seen(run)).toEqual({
		error: undefined,
		pictures: 3,
		creates: 3,
		tasks: 3,
		charges: 3,
	});
	expect(polls(bench, run.key).batch.length).toBeGreaterThan(0);
});

test('a file that the files host refuses under HTTP 200 is told in its words', async () => {
	const faults = { upload: { status: 200, odd: 'refused-200' } } as const;
	const items = [{ binary: { data: { content: Buffer.from('GIF89a'), fileName: 'a.gif' } } }];
	const run = await bench.run('file', 'upload', {}, { items, faults });
	expect(run.error).toMatchObject({ message: 'EvoLink: The file is not an image.' });
});

test('a refusal without a word under HTTP 200 is told as one, and that it may have been charged', async () => {
	const create = { status: 200, text: '{"success":false}' };
	const run = await bench.image('generate', SMALL, { faults: { create } });
	expect(run.error?.message).toBe('EvoLink answered with an error without a message (HTTP 200).');
	expect(run.error?.description).toContain('It may have been charged. Before you run this again');
	expect(run.error?.description).toContain('Answer: {"success":false}');
});
