// Several Formats: one image for each, in order, the later ones made from the first; nothing that was made is lost.
import type { IDataObject } from 'n8n-workflow';

import { openFront } from '../support/front-server';
import { picture } from './pictures';
import { startBench, until, type Bench } from './setup';
import { creates, expectRefusedUnsent, model, uploads } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

/** So small that drawing takes no time. */
const QUICK = { drawnSize: '64x64' };
const THREE = { size: 'formats', formats: ['instagramPost', 'story', 'link'] };
const KEPT = 'Keep its motif, style, colours and any words in it.';

type Options = Parameters<Bench['image']>[2];

async function generate(parameters: IDataObject = {}, options: Options = {}) {
	return await bench.image('generate', { ...THREE, ...parameters }, { faults: QUICK, ...options });
}

const tasksOf = (key: string) => bench.sandbox.evolink.tasks(key);
const formatsOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => (json.format as IDataObject | undefined)?.name);

test('each format is drawn at its nearest size, the later ones from the first', async () => {
	const run = await generate({}, { faults: {} });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.index, json.count, json.format])).toEqual([
		[0, 3, { name: 'Instagram Post', width: 1080, height: 1350 }],
		[1, 3, { name: 'Story and Reel', width: 1080, height: 1920 }],
		[2, 3, { name: 'Link Preview or Ad', width: 1200, height: 628 }],
	]);
	expect(run.items.map(({ json }) => [json.width, json.height])).toEqual([
		[1088, 1360],
		[1152, 2048],
		[1376, 720],
	]);
	const names = run.items.map(({ json }) => String(json.fileName));
	const [number] = /^A-red-bicycle-\d{5}(?=-instagram-post\.png$)/.exec(names[0]!)!;
	expect(names.slice(1)).toEqual([
		`${number}-story-and-reel.png`,
		`${number}-link-preview-or-ad.png`,
	]);
	const [first, ...others] = tasksOf(run.key);
	expect(first).toMatchObject({ size: '1088x1360', prompt: 'A red bicycle', imageUrls: [] });
	expect(others.map(({ size }) => size).sort()).toEqual(['1152x2048', '1376x720']);
	for (const { prompt, imageUrls } of others) {
		expect(prompt).toContain(`A red bicycle\n\nThe input image shows this picture`);
		expect(prompt).toContain(KEPT);
		expect(imageUrls).toEqual([run.items[0]!.json.url]);
	}
	expect(uploads(bench, run.key)).toEqual([]);
	const keys = creates(bench, run.key).map(({ headers }) => headers['idempotency-key']);
	expect(new Set(keys).size).toBe(3);
	const costs = run.items.map(({ json }) => (json.cost as { credits: number }).credits);
	const { charged } = bench.sandbox.evolink.ledger(run.key);
	expect(costs.reduce((sum, each) => sum + each, 0)).toBeCloseTo(charged, 6);
});

test('with the motif not kept, each is drawn from the prompt', async () => {
	const run = await generate({ keepMotif: false });
	expect(formatsOf(run.items)).toEqual(['Instagram Post', 'Story and Reel', 'Link Preview or Ad']);
	for (const { prompt, imageUrls } of tasksOf(run.key)) {
		expect([prompt, imageUrls]).toEqual(['A red bicycle', []]);
	}
});

test('two images of each are two motifs in every format', async () => {
	const run = await generate({ formats: ['square', 'wide'], numberOfImages: 2 });
	expect(formatsOf(run.items)).toEqual(['Square', 'Square', 'X and LinkedIn', 'X and LinkedIn']);
	const [first, ...others] = tasksOf(run.key);
	expect(first!.n).toBe(2);
	const motifs = run.items.slice(0, 2).map(({ json }) => json.url);
	expect(others.map(({ imageUrls }) => imageUrls[0]).sort()).toEqual([...motifs].sort());
	const lastIds = run.items.slice(2).map(({ json }) => json.taskId);
	expect(lastIds.map((id) => others.find((task) => task.id === id)!.imageUrls[0])).toEqual(motifs);
});

test('an edit keeps its input images, with the first result behind them', async () => {
	const data = await picture('png');
	const run = await bench.image(
		'edit',
		{ ...THREE, formats: ['square', 'story'] },
		{ faults: QUICK, items: [{ binary: { data } }] },
	);
	expect(run.error).toBeUndefined();
	const [first, second] = tasksOf(run.key);
	expect(first!.imageUrls).toHaveLength(1);
	expect(second!.imageUrls).toEqual([...first!.imageUrls, run.items[0]!.json.url]);
	expect(second!.prompt).toContain('The last input image shows this picture');
	expect(uploads(bench, run.key)).toHaveLength(1);
});

test('own formats by pixels, and each format once', async () => {
	const parameters = {
		formats: ['square', 'square'],
		ownFormats: {
			formats: [
				{ name: 'Newsletter', width: 1200, height: 400 },
				{ name: '', width: 1280, height: 640 },
			],
		},
		completion: 'return',
	};
	const run = await generate(parameters, { faults: { never: true } });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => json.format)).toEqual([
		{ name: 'Square', width: 1080, height: 1080 },
		{ name: 'Newsletter', width: 1200, height: 400 },
		{ name: '1280x640', width: 1280, height: 640 },
	]);
	expect(
		tasksOf(run.key)
			.map(({ size }) => size)
			.sort(),
	).toEqual(['1088x1088', '1280x640', '1440x480']);
});

test.each<[what: string, formats: unknown]>([
	['a list', "={{ ['story', 'Banner 1200x400'] }}"],
	['a text with commas', '={{ "story, Banner 1200 × 400" }}'],
	['names as they are shown', "={{ ['story and reel', 'Banner 1200x400px'] }}"],
	['objects', '={{ ["story", { name: "Banner", width: 1200, height: "400" }] }}'],
])('an expression brings %s', async (_what, formats) => {
	const run = await generate({ formats: formats as string, completion: 'return' });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => json.format)).toEqual([
		{ name: 'Story and Reel', width: 1080, height: 1920 },
		{ name: 'Banner', width: 1200, height: 400 },
	]);
});

const own = (width: unknown, height: unknown) => ({
	formats: [],
	ownFormats: { formats: [{ name: 'Mine', width, height }] } as IDataObject,
});
const PIXELS = 'must be a whole number of pixels from 1 to 10,000.';
const CHANGE = 'Change it under Own Formats, or check the expression.';
const CHOOSE =
	'Choose from the list under Formats: Instagram Post, Link Preview or Ad, Pinterest, Square, Story and Reel, X and LinkedIn, YouTube. Or write a name and pixels, such as Banner 1200x400.';
const TAKE_OUT = 'Take the format out, make it less long, or choose another model.';

test.each<[what: string, parameters: IDataObject, message: string, advice: string]>([
	[
		'no format',
		{ formats: [] },
		'No format is chosen.',
		'Choose at least one under Formats, or add one of your own. For one image, choose another entry under Size.',
	],
	['0 × 0', own(0, 0), `The width of the format "Mine" ${PIXELS}`, CHANGE],
	['99999 × 1', own(99_999, 1), `The width of the format "Mine" ${PIXELS}`, CHANGE],
	['a negative side', own(1200, -4), `The height of the format "Mine" ${PIXELS}`, CHANGE],
	['half a pixel', own(1200, 0.5), `The height of the format "Mine" ${PIXELS}`, CHANGE],
	['text', own('wide', 4), `The width of the format "Mine" ${PIXELS}`, CHANGE],
	['an unknown name', { formats: ['billboard'] }, 'There is no format "billboard".', CHOOSE],
	[
		'a shape that the model is far from',
		own(90, 728),
		"gpt-image-2 can't draw the format Mine (90 × 728). The nearest that it has is 480x1440, of which more than half would be cut off.",
		TAKE_OUT,
	],
	[
		'more images than anybody means',
		{ ...THREE, numberOfImages: 8 },
		'3 formats of 8 images each are 24 images. One item makes at most 20.',
		'Choose fewer formats, or set Number of Images lower.',
	],
	[
		'so many formats',
		{
			formats: Array.from({ length: 21 }, (_, each) => `Banner ${1200 + each}x400`),
		},
		'21 formats are 21 images. One item makes at most 20.',
		'Choose fewer formats, or set Number of Images lower.',
	],
])('refuses %s before anything is sent', async (_what, parameters, message, advice) => {
	const run = await generate(parameters, { faults: {} });
	expectRefusedUnsent(bench, run, message, advice);
});

test('a shape that the model has not is told, and drawn at the nearest', async () => {
	const wanted = { ...model('gpt-image-1'), formats: ['story'], completion: 'return' };
	const run = await generate(wanted, { faults: { never: true } });
	expect(run.error).toBeUndefined();
	expect(tasksOf(run.key)[0]!.size).toBe('1024x1536');
	expect(run.hints.map(({ message }) => message)).toEqual([
		'gpt-image-1 draws Story and Reel (1080 × 1920) as 2:3, the nearest that it has: about 16% are cut off when it is brought to its pixels.',
	]);
});

test('what is cut off is told by the next try, too, where another item fails the first', async () => {
	const items = [
		{ json: { format: 'story', prompt: 'A kite' } },
		{ json: { format: 'square', prompt: 'A boat [sandbox: create=400 times=1]' } },
	];
	const run = await generate(
		{
			...model('gpt-image-1'),
			formats: '={{ [$json.format] }}',
			prompt: '={{ $json.prompt }}',
			completion: 'return',
			options: { concurrency: 1 },
		},
		{ items, retryOnFail: { maxTries: 2 } },
	);
	expect(run.items).toHaveLength(2);
	expect(run.hints.map(({ message }) => message)).toEqual([
		expect.stringContaining('gpt-image-1 draws Story and Reel (1080 × 1920) as 2:3'),
	]);
});

test("Don't Wait starts all formats, each by itself, and each item says its own", async () => {
	const run = await generate({ completion: 'return' }, { faults: { never: true } });
	expect(run.error).toBeUndefined();
	expect(formatsOf(run.items)).toEqual(['Instagram Post', 'Story and Reel', 'Link Preview or Ad']);
	expect(tasksOf(run.key).every(({ imageUrls }) => imageUrls.length === 0)).toBe(true);
	expect(run.items.map(({ json }) => json.taskId)).toHaveLength(3);
});

test('is put aside with its formats, and goes on with them', async () => {
	const run = await generate(
		{ completion: 'suspend' },
		{ faults: { ...QUICK, never: true }, suspendable: true },
	);
	expect(run.status).toBe('waiting');
	const tasks = tasksOf(run.key);
	expect(tasks).toHaveLength(3);
	expect(tasks.every(({ imageUrls }) => imageUrls.length === 0)).toBe(true);
	for (const { id } of tasks) bench.sandbox.evolink.finishTask(id);
	const ended = await run.resumed();
	expect(ended.status).toBe('success');
	expect(ended.passedOn.map(({ json }) => json.format)).toMatchObject([
		{ name: 'Instagram Post' },
		{ name: 'Story and Reel' },
		{ name: 'Link Preview or Ad' },
	]);
	expect(tasksOf(run.key)).toHaveLength(3);
});

test.each([[{}], [{ onError: 'continueRegularOutput' }]] as const)(
	'put aside, a task that EvoLink can’t tell of any more takes no other format with it: %j',
	async (more) => {
		const { origin, pathname } = new URL(bench.sandbox.evolink.baseUrl);
		const gone = { status: 410, body: '{}' };
		let lost = '';
		const front = await openFront(origin, ({ path }) =>
			path.endsWith('/batch') || (lost !== '' && path.endsWith(lost)) ? gone : undefined,
		);
		const run = await generate(
			{ completion: 'suspend', options: { output: 'link' } },
			{
				faults: { ...QUICK, never: true },
				suspendable: true,
				credential: { baseUrl: front.baseUrl + pathname },
				...more,
			},
		);
		const tasks = tasksOf(run.key);
		lost = tasks[1]!.id;
		for (const { id } of tasks) bench.sandbox.evolink.finishTask(id);
		const ended = await run.resumed();
		await front.close();
		expect(ended.status).toBe('success');
		expect(formatsOf(ended.passedOn)).toEqual(['Instagram Post', 'Link Preview or Ad']);
		expect(ended.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				new RegExp(`^These formats of item 0 are missing: Story and Reel\\..* Task ID: ${lost}$`),
			),
		]);
	},
);

/** Runs three formats of which the first is made, and the two others as these faults say. */
async function firstThen(others: object, options: Options = {}) {
	const key = bench.sandbox.evolink.addKey({ faults: { ...QUICK, never: true } });
	const running = generate({}, { key, ...options });
	await until(() => tasksOf(key).length === 1);
	bench.sandbox.evolink.finishTask(tasksOf(key)[0]!.id);
	bench.sandbox.evolink.setFaults(key, { ...QUICK, ...others });
	return { key, running };
}

test('the first format is refused: nothing else is ordered', async () => {
	const run = await generate({}, { faults: { fail: 'content_policy_violation' } });
	expect(run.error?.message).toBe('EvoLink: The request was refused by the content policy.');
	expect(run.items).toEqual([]);
	expect(tasksOf(run.key)).toHaveLength(1);
});

test('later formats fail: the first comes out, and the others are told of', async () => {
	const { key, running } = await firstThen({ fail: 'content_policy_violation' });
	const run = await running;
	expect(run.error).toBeUndefined();
	expect(formatsOf(run.items)).toEqual(['Instagram Post']);
	expect(tasksOf(key)).toHaveLength(3);
	const [hint] = run.hints.map(({ message }) => message);
	expect(hint).toContain('These formats of item 0 are missing: Story and Reel');
	expect(hint).toContain('The request was refused by the content policy.');
	expect(hint).toContain(`Task ID: ${tasksOf(key).at(-1)!.id.slice(0, 12)}`);
	expect(run.hints.map(({ message }) => message).join()).toContain('Link Preview or Ad');
});

test('no money for later formats: the first comes out', async () => {
	const { running } = await firstThen({ create: { status: 402 } });
	const run = await running;
	expect(run.error).toBeUndefined();
	expect(formatsOf(run.items)).toEqual(['Instagram Post']);
	expect(run.hints.map(({ message }) => message).join()).toContain(
		'These formats of item 0 are missing: Story and Reel, Link Preview or Ad.',
	);
});

test('with Retry On Fail, the next try makes only what is missing', async () => {
	const { key, running } = await firstThen(
		{ create: { status: 402, times: 2 } },
		{ retryOnFail: { maxTries: 3 } },
	);
	const run = await running;
	expect(run.error).toBeUndefined();
	expect(formatsOf(run.items)).toEqual(['Instagram Post', 'Story and Reel', 'Link Preview or Ad']);
	expect(tasksOf(key)).toHaveLength(3);
	expect(run.items[0]!.json.taskId).toBe(tasksOf(key)[0]!.id);
});

test('with Retry On Fail, what fails again is left out at last', async () => {
	const { key, running } = await firstThen(
		{ create: { status: 402 } },
		{ retryOnFail: { maxTries: 5 } },
	);
	const run = await running;
	expect(run.error).toBeUndefined();
	expect(formatsOf(run.items)).toEqual(['Instagram Post']);
	expect(tasksOf(key)).toHaveLength(1);
});

test('cancelled between the first and the others, a retry goes on with them', async () => {
	const stop = new AbortController();
	const { key, running } = await firstThen({}, { signal: stop.signal });
	stop.abort();
	const run = await running;
	expect(run.status).toBe('canceled');
	const again = await generate({}, { key, retryOf: run });
	expect(again.error).toBeUndefined();
	expect(formatsOf(again.items)).toEqual([
		'Instagram Post',
		'Story and Reel',
		'Link Preview or Ad',
	]);
	expect(tasksOf(key)).toHaveLength(3);
});

test('with On Error: Continue, an item whose formats all fail is one error, and the others have theirs', async () => {
	const run = await generate(
		{ prompt: '={{ $json.prompt }}' },
		{
			faults: QUICK,
			onError: 'continueRegularOutput',
			items: ['A cat', 'A dog [sandbox: fail=generation_failed]'].map((prompt) => ({
				json: { prompt },
			})),
		},
	);
	expect(formatsOf(run.items)).toEqual([
		'Instagram Post',
		'Story and Reel',
		'Link Preview or Ad',
		undefined,
	]);
	expect(run.items[3]!.json.error).toBeDefined();
	expect(tasksOf(run.key)).toHaveLength(4);
});
