// Image: Generate and Edit with Stream and Partial Images: what comes out, and what happens when a stream goes wrong.
import type { IDataObject } from 'n8n-workflow';
import sharp from 'sharp';

import { picture } from '../EvoLink/pictures';
import { startBench, until, type Bench, type RunWith } from './setup';
import { callOf, callsOf, requestsOf, SMALL, spentBy } from './traffic';

const CHARGED = 'It may have been charged. platform.openai.com > Usage shows what was charged.';
const UNKNOWN = `Nobody can tell whether OpenAI did the work. ${CHARGED}`;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

async function generate(
	directive: string,
	{ options = {}, ...more }: IDataObject & { options?: IDataObject } = {},
	runWith: RunWith = {},
) {
	const prompt = directive === '' ? 'A boat' : `A boat [sandbox: ${directive}]`;
	const parameters = { ...SMALL, quality: 'low', prompt, ...more };
	return await bench.run(
		'image/generate',
		{ ...parameters, options: { stream: true, ...options } },
		runWith,
	);
}

test('a streamed image comes out as any other', async () => {
	const run = await generate('');
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters).toEqual({
		model: 'gpt-image-2',
		prompt: 'A boat',
		n: 1,
		size: '1024x640',
		quality: 'low',
		stream: true,
	});
	const plain = await bench.run('image/generate', { ...SMALL, quality: 'low', prompt: 'A boat' });
	const names = { fileName: expect.stringMatching(/^A-boat-\d{5}\.png$/) };
	expect(run.items[0]!.json).toEqual({ ...plain.items[0]!.json, ...names });
	expect(Object.keys(run.items[0]!.binary!)).toEqual(['data']);
	expect((await run.binary(0)).equals(await plain.binary(0))).toBe(true);
	expect(run.binaryInfo(0).id).toMatch(/^filesystem/);
	expect(run.tokenUsage).toEqual(plain.tokenUsage);
});

test('partial images come with their image, in fields of their own, and turn the stream on', async () => {
	const options = { partialImages: 2, binaryPropertyOutput: 'boat' };
	const run = await generate('', { options: { ...options, stream: undefined } });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters).toMatchObject({ stream: true, partial_images: 2 });
	expect(run.items).toHaveLength(1);
	const fields = ['boat', 'boat_partial_1', 'boat_partial_2'];
	expect(Object.keys(run.items[0]!.binary!)).toEqual(fields);
	const files = [];
	for (const field of fields) {
		const bytes = await run.binary(0, field);
		expect(await sharp(bytes).metadata()).toMatchObject({ width: 1024, height: 640 });
		files.push(bytes.toString('base64'));
	}
	expect(new Set(files).size).toBe(3);
	const name = String(run.items[0]!.json.fileName).replace('.png', '');
	expect(run.items[0]!.binary!.boat_partial_2).toMatchObject({
		fileName: `${name}-partial-2.png`,
		mimeType: 'image/png',
	});
	expect(run.items[0]!.json).toMatchObject({ index: 0, count: 1, width: 1024 });
	expect(JSON.stringify(run.items[0]!.json)).not.toContain('partial');
	const { cost } = run.items[0]!.json as { cost: { amount: number; estimated: boolean } };
	expect(cost.amount).toBeCloseTo(spentBy(bench, run.key).spent, 6);
	expect(cost.estimated).toBe(true);
});

test('several images are a request each, with their own partial images and what was used', async () => {
	const run = await generate('', { numberOfImages: 2, options: { partialImages: 1 } });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
		[0, 2],
		[1, 2],
	]);
	for (const item of run.items) {
		expect(Object.keys(item.binary!)).toEqual(['data', 'data_partial_1']);
	}
	const { spent, images } = spentBy(bench, run.key);
	expect(images).toBe(2);
	const sent = callsOf(bench, run.key).map(({ parameters }) => parameters);
	expect(sent).toMatchObject([
		{ n: 1, stream: true, partial_images: 1 },
		{ n: 1, stream: true, partial_images: 1 },
	]);
	const { cost, usage } = run.items[0]!.json as {
		cost: IDataObject;
		usage: Record<string, number>;
	};
	expect(cost).toMatchObject({ amount: expect.closeTo(spent / 2, 6), currency: 'USD' });
	expect(run.tokenUsage).toEqual({
		inputTokens: 2 * usage.input_tokens!,
		outputTokens: 2 * usage.output_tokens!,
	});
	const files = run.items.map(({ json }) => json.fileName);
	expect(new Set(files).size).toBe(2);
});

test('an edit is streamed too', async () => {
	const items = [{ binary: { data: await picture('png') } }];
	const options = { stream: true, partialImages: 1, outputFormat: 'webp' };
	const run = await bench.run('image/edit', { ...SMALL, options }, { items });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters).toMatchObject({ stream: 'true', partial_images: '1' });
	expect(run.items[0]!.json).toMatchObject({ mimeType: 'image/webp', width: 1024, height: 640 });
	expect(run.binaryInfo(0)).toMatchObject({ mimeType: 'image/webp' });
	expect(Object.keys(run.items[0]!.binary!)).toEqual(['data', 'data_partial_1']);
});

test('a server that ignores the stream and answers plain JSON', async () => {
	const run = await generate('stream=ignored', { options: { partialImages: 2 } });
	expect(run.error).toBeUndefined();
	expect(Object.keys(run.items[0]!.binary!)).toEqual(['data']);
	const { cost } = run.items[0]!.json as { cost: IDataObject };
	expect(cost.estimated).toBe(true);
});

/** What goes wrong, what is said of it, and which kind it is. */
const TROUBLES: Array<[string, string, string | RegExp, string]> = [
	['breaks off', 'stream=broken', 'OpenAI broke off the connection.', 'outcomeUnknown'],
	[
		'ends without the image',
		'stream=ended',
		'OpenAI ended the stream before the image was finished. 1 partial image had come.',
		'outcomeUnknown',
	],
	['is cut within a picture', 'create=200 body=cut', /incomplete/, 'outcomeUnknown'],
	[
		'tells of an error at OpenAI',
		'stream=error',
		'OpenAI: The server had an error while processing your request.',
		'outcomeUnknown',
	],
	[
		'tells of a refusal',
		'stream=moderated',
		/^OpenAI drew the image, but its safety check held it back \(violence, graphic_violence\)/,
		'moderation',
	],
	[
		'is a web page',
		'create=200 body=html',
		'OpenAI answered with a web page instead of data (HTTP 200).',
		'outcomeUnknown',
	],
	[
		'is refused before it begins',
		'moderation=input',
		/^OpenAI's safety check refused/,
		'moderation',
	],
];

test.each(TROUBLES)(
	'a stream that %s is told, and not sent again',
	async (_, words, message, kind) => {
		const options = { partialImages: 1 };
		const run = await generate(words, { options }, { onError: 'continueRegularOutput' });
		expect(run.items).toHaveLength(1);
		expect(run.items[0]!.json).toMatchObject({
			error: typeof message === 'string' ? message : expect.stringMatching(message),
			kind,
		});
		const { advice } = run.items[0]!.json;
		if (kind === 'outcomeUnknown') expect(advice).toContain(CHARGED);
		else expect(advice).toContain('sent again unchanged');
		expect(requestsOf(bench, run.key)).toHaveLength(1);
	},
);

test.each([
	['is cut within its picture', 'create=200 body=cut', 'incomplete'],
	[
		'is a web page',
		'create=200 body=html',
		'OpenAI answered with a web page instead of data (HTTP 200).',
	],
	['is refused', 'create=400', 'OpenAI'],
])('images are not lost when the answer for another one %s', async (_, directive, reason) => {
	const run = await generate(`${directive} times=1`, { numberOfImages: 3 });
	expect(run.error).toBeUndefined();
	expect(run.items.map(({ json }) => [json.index, json.count])).toEqual([
		[0, 2],
		[1, 2],
	]);
	expect((await sharp(await run.binary(1)).metadata()).width).toBe(1024);
	expect(run.hints).toHaveLength(1);
	expect(run.hints![0]!.message).toContain('One image of item 0 is missing.');
	expect(run.hints![0]!.message).toContain(reason);
	expect(requestsOf(bench, run.key)).toHaveLength(3);
});

test('when all are refused, the item fails with the words of the first', async () => {
	const run = await generate('moderation=input', { numberOfImages: 2 });
	expect(run.error?.message).toMatch(/^OpenAI's safety check refused/);
	expect(spentBy(bench, run.key)).toEqual({ spent: 0, images: 0 });
});

test('a second try asks for no image again that an earlier one has made', async () => {
	// Of the second item both images are refused at first, and with it the whole node fails.
	const items = [{ json: {} }, { json: { words: '[sandbox: create=400 times=2]' } }];
	const run = await generate(
		'',
		{ prompt: '=A boat {{ $json.words ?? "" }}', numberOfImages: 2 },
		{ items, retryOnFail: { maxTries: 2 } },
	);
	expect(run.error).toBeUndefined();
	expect(run.items).toHaveLength(4);
	expect(spentBy(bench, run.key).images).toBe(4);
	expect(requestsOf(bench, run.key)).toHaveLength(6);
});

test('a stream that falls silent ends with the time limit', async () => {
	const run = await generate('stream=stuck', {
		options: { partialImages: 1, timeLimitSeconds: 2 },
	});
	expect(run.error?.message).toBe('OpenAI took too long to answer.');
	expect(run.error?.description).toContain(UNKNOWN);
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});

test('stopping the execution ends a stream at once', async () => {
	const stop = new AbortController();
	const key = bench.addKey();
	const running = generate('stream=stuck', {}, { key, signal: stop.signal });
	await until(() => bench.sandbox.openai.calls(key).some(({ status }) => status === 200));
	stop.abort();
	expect((await running).status).toBe('canceled');
});

test('more partial images than there can be are refused unsent', async () => {
	const run = await generate('', { options: { partialImages: 5 } });
	expect(run.error).toMatchObject({
		message: 'gpt-image-2 doesn\'t take the Partial Images "5".',
		description: 'Choose one of: 0, 1, 2, 3.',
	});
	expect(requestsOf(bench, run.key)).toEqual([]);
});

test('a background task is not streamed', async () => {
	const run = await generate('', { completion: 'return', options: { partialImages: 2 } });
	expect(run.error).toBeUndefined();
	expect(JSON.stringify(callOf(bench, run.key).parameters)).not.toMatch(/stream|partial/);
});
