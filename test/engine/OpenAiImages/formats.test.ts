// GIF, SVG, complexity, markup, moderation and completion windows, from the field to the file.
import type { IDataObject } from 'n8n-workflow';
import sharp from 'sharp';

import { differences, maskWithHole, picture } from '../EvoLink/pictures';
import { startBatch } from './ordering';
import { model, startBench, type Bench } from './setup';
import { callOf, callsOf, expectRefusedUnsent, SMALL, spentBy } from './traffic';

const NEWEST = { ...model('gpt-image-2.6-flare'), quality: 'low' };
const FRAME = { size: 'custom', customSize: '320x240' };
const GIF = { outputFormat: 'gif', frameCount: 3, frameDuration: 120 };
const SVG = { outputFormat: 'svg', svgModel: 'gpt-5.5', svgReasoningEffort: 'low' };

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const generate = async (parameters: IDataObject) =>
	await bench.run('image/generate', { ...NEWEST, ...parameters });

async function edit(parameters: IDataObject, binary = {}) {
	const items = [{ binary: { data: await picture('png', SIZE), ...binary } }];
	return await bench.run('image/edit', { ...NEWEST, ...parameters }, { items });
}
const SIZE = { width: 1024, height: 640 };

test('a GIF has the frames that were asked for, and is a file of its type', async () => {
	const run = await generate({ ...FRAME, options: { ...GIF, complexity: 'low' } });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters).toMatchObject({
		output_format: 'gif',
		frame_count: 3,
		frame_duration_ms: 120,
		complexity: 'low',
		size: '320x240',
	});
	expect(run.items[0]!.json).toMatchObject({ mimeType: 'image/gif', width: 320, height: 240 });
	expect(run.binaryInfo(0)).toMatchObject({ mimeType: 'image/gif', fileExtension: 'gif' });
	expect(run.items[0]!.json.fileName).toMatch(/^A-red-bicycle-\d{5}\.gif$/);
	const meta = await sharp(await run.binary(0), { animated: true }).metadata();
	expect(meta).toMatchObject({ pages: 3, delay: [120, 120, 120] });
});

test('the frames of a GIF take an aspect ratio, and are then small enough', async () => {
	const run = await generate({
		size: 'custom',
		customSize: '16:9',
		options: { ...GIF, frameCount: 16 },
	});
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({ width: 768, height: 432 });
});

test('several SVG are a request each, with their width and height', async () => {
	const run = await generate({ ...SMALL, numberOfImages: 2, options: SVG });
	expect(run.error).toBeUndefined();
	const svg = { model: 'gpt-5.5', reasoning: { effort: 'low' } };
	expect(callsOf(bench, run.key).map(({ parameters }) => parameters)).toMatchObject([
		{ n: 1, output_format: 'svg', svg },
		{ n: 1, output_format: 'svg', svg },
	]);
	expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
		[0, 2],
		[1, 2],
	]);
	for (const [index, { json }] of run.items.entries()) {
		expect(json).toMatchObject({ mimeType: 'image/svg+xml', width: 1024, height: 640 });
		expect(json.usage).toMatchObject({ svg_usage: { model: 'gpt-5.5' } });
		expect(json.fileName).toMatch(/\.svg$/);
		expect((await run.binary(index)).toString()).toMatch(/^<svg .*<\/svg>\s*$/s);
	}
	expect(spentBy(bench, run.key).images).toBe(2);
});

test('an edit makes a GIF and an SVG, whose author goes into the form', async () => {
	const gif = await edit({ ...FRAME, options: GIF });
	expect(gif.error).toBeUndefined();
	expect((await sharp(await gif.binary(0)).metadata()).pages).toBe(3);
	const svg = await edit({ ...SMALL, options: SVG });
	expect(svg.error).toBeUndefined();
	expect(callOf(bench, svg.key).parameters).toMatchObject({
		svg: { model: 'gpt-5.5', reasoning: { effort: 'low' } },
	});
	expect(svg.items[0]!.json).toMatchObject({ mimeType: 'image/svg+xml', width: 1024 });
});

describe('a markup', () => {
	/** Transparent all around one mark. */
	const MARK = { left: 160, top: 240, width: 400, height: 320 };
	const markup = async () => {
		const { content, ...file } = await maskWithHole(SIZE, MARK);
		return { ...file, content: await sharp(content).ensureAlpha().negate().toBuffer() };
	};

	test('from a binary field shows where the picture changes', async () => {
		const before = (await picture('png', SIZE)).content;
		const run = await edit({ ...SMALL, markupSource: 'binary' }, { markup: await markup() });
		expect(run.error).toBeUndefined();
		expect(callOf(bench, run.key).markupIn).toMatchObject({ type: 'image/png', ...SIZE });
		const changed = await differences(before, await run.binary(0), MARK);
		expect(changed.outside).toBe(0);
		expect(changed.inside).toBeGreaterThan(1000);
	});

	test('is refused where it is opaque everywhere', async () => {
		const opaque = await sharp({ create: { ...SIZE, channels: 4, background: 'red' } })
			.png()
			.toBuffer();
		const marks = { content: opaque, fileName: 'marks.png', mimeType: 'image/png' };
		expectRefusedUnsent(
			bench,
			await edit({ ...SMALL, markupSource: 'binary' }, { markup: marks }),
			'The markup "markup" has no transparent part.',
			'Save it as a PNG with transparency: only what is drawn on it is opaque, and the image shows through everywhere else.',
		);
	});

	test.each<[string, IDataObject, string, string]>([
		[
			'with a mask',
			{ maskSource: 'binary', maskBinaryPropertyName: 'markup' },
			'gpt-image-2.6-flare takes a Mask or a Markup, not both.',
			'Set one of them to None.',
		],
		[
			'in a background task',
			{ completion: 'return' },
			"gpt-image-2.6-flare can't work with a Markup here.",
			'Remove the Markup and say in the Prompt what to change, or use the operation Edit with a model of today and wait for its images.',
		],
	])('is refused %s before anything is sent', async (_, parameters, message, advice) => {
		const run = await edit(
			{ ...SMALL, markupSource: 'binary', ...parameters },
			{ markup: await markup() },
		);
		expectRefusedUnsent(bench, run, message, advice);
	});
});

test.each<[IDataObject, string, string]>([
	[
		{ ...GIF, stream: true },
		'gpt-image-2.6-flare makes no GIF with Stream.',
		'Set Output Format to another value, or remove Stream from the Options.',
	],
	[
		{ ...GIF, frameCount: 17 },
		'gpt-image-2.6-flare doesn\'t take the Frame Count "17".',
		'Choose one of: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16.',
	],
	[
		{ ...GIF, frameDuration: 0 },
		'Frame Duration (Milliseconds) must be a number of at least 1.',
		'Change it in the Options.',
	],
	[
		{ ...SVG, partialImages: 1 },
		'gpt-image-2.6-flare makes no SVG with Stream.',
		'Set Output Format to another value, or remove Stream from the Options.',
	],
	[
		{ ...SVG, compression: 50 },
		"An SVG can't be compressed by a percentage.",
		'Set Output Format to JPEG or WebP, or remove Compression from the Options.',
	],
])('%j is refused before anything is sent', async (options, message, advice) => {
	expectRefusedUnsent(bench, await generate({ options }), message, advice);
});

describe('background tasks', () => {
	const wait = async (key: string, taskId: unknown) =>
		await bench.run('task/wait', { taskId: String(taskId) }, { key });

	test('make GIF and SVG, with all that belongs to them', async () => {
		const started = await generate({
			...FRAME,
			completion: 'return',
			options: { ...GIF, complexity: 'high' },
		});
		expect(started.error).toBeUndefined();
		expect(callOf(bench, started.key).parameters.tools).toMatchObject([
			{ output_format: 'gif', frame_count: 3, frame_duration_ms: 120, complexity: 'high' },
		]);
		const gif = await wait(started.key, started.items[0]!.json.taskId);
		expect(gif.items[0]!.json).toMatchObject({ mimeType: 'image/gif', width: 320 });
		const drawn = await generate({ ...SMALL, completion: 'return', options: SVG });
		const svg = await wait(drawn.key, drawn.items[0]!.json.taskId);
		expect(svg.items[0]!.json).toMatchObject({
			mimeType: 'image/svg+xml',
			usage: { svg_usage: { model: 'gpt-5.5' } },
		});
	});

	test('may take hours and then cost less', async () => {
		const spent = [];
		for (const completionWindow of ['soonest', '8h']) {
			const started = await generate({
				...SMALL,
				completion: 'return',
				options: { completionWindow },
			});
			expect(started.error).toBeUndefined();
			await wait(started.key, started.items[0]!.json.taskId);
			spent.push(spentBy(bench, started.key).spent);
			const { parameters } = callOf(bench, started.key);
			expect(parameters.background_options).toEqual(
				completionWindow === '8h' ? { completion_window: '8h' } : undefined,
			);
		}
		expect(spent[1]).toBeLessThan(spent[0]!);
	});

	test('a completion window is for background tasks only', async () => {
		const run = await generate({ ...SMALL, options: { completionWindow: '8h' } });
		expect(run.error).toBeUndefined();
		expect(JSON.stringify(callOf(bench, run.key).parameters)).not.toContain('8h');
	});
});

test('moderation: edits have it as background tasks and in batches, and not in a form', async () => {
	const task = await edit({
		...SMALL,
		completion: 'return',
		options: { moderation: 'low' },
	});
	expect(task.error).toBeUndefined();
	expect(callOf(bench, task.key).parameters.tools).toMatchObject([{ moderation: 'low' }]);
	// n8n leaves out an option that isn't shown.
	const form = await edit({ ...SMALL, options: { moderation: 'low' } });
	expect(form.error).toBeUndefined();
	expect(callOf(bench, form.key).parameters).not.toHaveProperty('moderation');
});

describe('batches', () => {
	/** What the batch was made of, as OpenAI keeps it. */
	async function linesOf(key: string, batchId: string): Promise<unknown[]> {
		const get = async (path: string) => {
			const url = `${bench.sandbox.openai.baseUrl}${path}`;
			return await fetch(url, { headers: { Authorization: `Bearer ${key}` } });
		};
		const batch = (await (await get(`/batches/${batchId}`)).json()) as { input_file_id: string };
		const content = await (await get(`/files/${batch.input_file_id}/content`)).text();
		return content.split('\n').map((line): unknown => JSON.parse(line));
	}

	test('make GIF and SVG', async () => {
		const options = { ...SVG, complexity: 'low' };
		const { run, key, id } = await startBatch(bench, ['A boat'], { ...NEWEST, ...SMALL, options });
		expect(run.error).toBeUndefined();
		bench.sandbox.openai.finishBatch(id);
		const ended = await bench.run('batch/getResults', { batchId: id }, { key });
		expect(ended.items[0]!.json).toMatchObject({
			mimeType: 'image/svg+xml',
			width: 1024,
			usage: { svg_usage: { model: 'gpt-5.5' } },
		});
	});

	test("take one SVG a line, which can't become several", async () => {
		const { run } = await startBatch(bench, ['A boat'], {
			...NEWEST,
			numberOfImages: 2,
			options: SVG,
		});
		expectRefusedUnsent(
			bench,
			run,
			'gpt-image-2.6-flare makes 1 image at a time, not 2.',
			'Set Number of Images to 1.',
		);
	});

	test('of edits have a moderation level', async () => {
		const items = [{ binary: { data: await picture('png', SIZE) } }];
		const run = await bench.run(
			'batch/create',
			{
				...NEWEST,
				...SMALL,
				customId: 'boat',
				inputImages: { images: [{ source: 'binary', binaryPropertyName: 'data' }] },
				options: { moderation: 'low' },
			},
			{ items },
		);
		expect(run.error).toBeUndefined();
		const id = String(run.items[0]!.json.batchId);
		expect(await linesOf(run.key, id)).toMatchObject([
			{ url: '/v1/images/edits', body: { moderation: 'low', images: [expect.any(Object)] } },
		]);
		bench.sandbox.openai.finishBatch(id);
		const ended = await bench.run('batch/getResults', { batchId: id }, { key: run.key });
		expect(ended.items[0]!.json).toMatchObject({ customId: 'boat', width: 1024 });
	});
});
