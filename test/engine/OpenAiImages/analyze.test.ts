// Image: Analyze. Questions about pictures, and texts without any; the answer depends on what the pictures show.
import type { IDataObject } from 'n8n-workflow';

import { noise, picture, type InputFile } from '../EvoLink/pictures';
import { model, startBench, type Bench, type RunWith } from './setup';
import { callOf, expectRefusedUnsent, requestsOf, routesOf, SMALL, spentBy } from './traffic';

let bench: Bench;
let red: InputFile;
let blue: InputFile;
beforeAll(async () => {
	bench = await startBench();
	red = await picture('png', { width: 40, height: 30, background: '#d01010' });
	blue = await picture('jpeg', { width: 64, height: 64, background: '#1010d0' });
});
afterAll(async () => await bench.close());

async function ask(
	parameters: IDataObject,
	binary: Record<string, InputFile> = {},
	options: RunWith = {},
) {
	return await bench.run(
		'image/analyze',
		{ text: 'What do you see?', ...parameters },
		{ items: [{ binary }], ...options },
	);
}

const images = (...entries: IDataObject[]) => ({ inputImages: { images: entries } });
const fromField = (binaryPropertyName: string) => ({ source: 'binary', binaryPropertyName });

test('a picture from the item', async () => {
	const run = await ask(images(fromField('data')), { data: red });
	expect(run.error).toBeUndefined();
	expect(run.items).toEqual([
		{
			json: {
				provider: 'openai',
				model: 'gpt-4o-mini',
				text: 'The picture is 40 × 30 pixels, and its dominant colour is red.',
				isCut: false,
				usage: expect.objectContaining({ prompt_tokens: expect.any(Number) }),
			},
			pairedItem: { item: 0 },
		},
	]);
	const usage = run.items[0]!.json.usage as Record<string, number>;
	expect(run.tokenUsage).toEqual({
		inputTokens: usage.prompt_tokens,
		outputTokens: usage.completion_tokens,
	});
	const call = callOf(bench, run.key);
	expect(call.imagesIn).toMatchObject([{ type: 'image/png', width: 40, height: 30 }]);
	expect(JSON.stringify(call.parameters)).toContain('data:image/png;base64,');
	expect(spentBy(bench, run.key).spent).toBeGreaterThan(0);
});

test('several pictures, from files and from the web, in their order', async () => {
	const account = { faults: { answer: 'url' as const } };
	const drawn = await bench.run(
		'image/generate',
		{ ...SMALL, options: { output: 'link' } },
		{ account },
	);
	const url = String(drawn.items[0]!.json.url);
	const parameters = images(fromField('blue'), { source: 'url', url }, fromField('red'));
	const run = await ask(parameters, { red, blue });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json.text).toMatch(
		/^Picture 1 is 64 × 64 pixels.* blue\. Picture 2 is 1024 × 640 pixels.* Picture 3 is 40 × 30 pixels.* red\.$/,
	);
	expect(JSON.stringify(callOf(bench, run.key).parameters)).toContain(url);
});

test('text alone, so that a prompt can be improved', async () => {
	const run = await ask({
		text: 'A cat on a chair',
		options: { systemMessage: 'You write prompts.', temperature: 0.2, maxTokens: 300 },
	});
	expect(run.items[0]!.json.text).toMatch(/^A cat on a chair, /);
	expect(callOf(bench, run.key).parameters).toEqual({
		model: 'gpt-4o-mini',
		messages: [
			{ role: 'system', content: 'You write prompts.' },
			{ role: 'user', content: 'A cat on a chair' },
		],
		temperature: 0.2,
		max_tokens: 300,
	});
});

test('an answer in JSON is data', async () => {
	const parameters = { ...images(fromField('data')), text: 'Describe it as JSON.' };
	const run = await ask({ ...parameters, options: { wantsJson: true } }, { data: red });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json.data).toMatchObject({
		pictures: [{ width: 40, height: 30, dominantColour: 'red' }],
	});
	expect(JSON.parse(String(run.items[0]!.json.text))).toEqual(run.items[0]!.json.data);
});

test('JSON without the word JSON is refused by OpenAI, with its reason', async () => {
	const run = await ask({ options: { wantsJson: true } });
	expect(run.error?.message).toContain("must contain the word 'json'");
	expect(run.error?.description).toContain('HTTP status: 400');
});

test('an answer that is cut says so, and is no data', async () => {
	const parameters = { ...images(fromField('data')), text: 'Describe it as JSON.' };
	const options = { wantsJson: true, maxTokens: 5 };
	const run = await ask({ ...parameters, options }, { data: red });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({ isCut: true });
	expect(run.items[0]!.json).not.toHaveProperty('data');
	expect(run.hints).toMatchObject([
		{ message: 'The answer of item 0 was cut off. Raise Max Tokens in the Options.' },
	]);
});

test('a model that reasons gets the newer name of Max Tokens', async () => {
	const run = await ask({ ...model('gpt-5.5'), options: { maxTokens: 200 } });
	expect(run.error).toBeUndefined();
	const { parameters } = callOf(bench, run.key);
	expect(parameters).toMatchObject({ max_completion_tokens: 200 });
	expect(parameters).not.toHaveProperty('max_tokens');
	expect(parameters).not.toHaveProperty('temperature');
});

test('what such a model refuses is named', async () => {
	const run = await ask({ ...model('gpt-5.5'), options: { temperature: 0.3 } });
	expect(run.error?.message).toBe(
		"OpenAI: Unsupported value: 'temperature' does not support 0.3 with the model 'gpt-5.5'. Only the default (1) value is supported.",
	);
	expect(run.error?.description).toContain('Change the named setting');
});

test('the detail is sent with each picture, and costs less when it is low', async () => {
	const promptTokens = async (detail: string) => {
		const run = await ask({ ...images(fromField('data')), options: { detail } }, { data: red });
		expect(JSON.stringify(callOf(bench, run.key).parameters)).toContain(`"detail":"${detail}"`);
		return (run.items[0]!.json.usage as Record<string, number>).prompt_tokens!;
	};
	expect(await promptTokens('low')).toBeLessThan(await promptTokens('high'));
});

test('many items, each with its own picture', async () => {
	const items = [red, blue].map((data) => ({ binary: { data } }));
	const run = await ask(images(fromField('data')), {}, { items });
	expect(
		run.items.map(({ json, pairedItem }) => [String(json.text).match(/red|blue/)?.[0], pairedItem]),
	).toEqual([
		['red', { item: 0 }],
		['blue', { item: 1 }],
	]);
});

test('a refusal of the model is told as one', async () => {
	const run = await ask({ text: 'Something awful [sandbox: moderation=output]' });
	expect(run.error).toMatchObject({
		message: expect.stringMatching(/^The model refused to answer: /),
		description: expect.stringContaining('Change the question or the pictures.'),
	});
});

test('a model that is gone, and one that only draws', async () => {
	for (const id of ['gpt-3', 'gpt-image-2']) {
		const run = await ask(model(id));
		expect(run.error?.message).toContain(`OpenAI: The model \`${id}\` does not exist`);
		expect(run.error?.description).toContain('Open the Model field and choose one from the list');
		expect(routesOf(bench, run.key)).toEqual(['POST /chat/completions']);
	}
});

test('an empty text, a file that is no picture, and one that is too large are refused unsent', async () => {
	expectRefusedUnsent(
		bench,
		await ask({ text: ' ' }),
		'The Text is empty.',
		'Enter a question, or what should be written.',
	);
	const text = { ...red, content: Buffer.from('Not a picture.') };
	expectRefusedUnsent(
		bench,
		await ask(images(fromField('data')), { data: text }),
		'The input image "data" isn\'t a picture that can be read, whatever its name says.',
		'Check the step that makes this file.',
	);
	expectRefusedUnsent(
		bench,
		await ask(images(fromField('data')), { data: await noise(21) }),
		'The input image "data" has 21.1 MB, at most 20 MB are taken here.',
		'Make the picture smaller, for instance with the Edit Image node.',
	);
});

test.each([
	['maxTokens', 'Max Tokens'],
	['temperature', 'Temperature'],
])('%s that is no number is refused unsent', async (name, displayName) => {
	expectRefusedUnsent(
		bench,
		await ask({ options: { [name]: '={{ "abc" }}' } }),
		`${displayName} must be a number.`,
		'Check the expression in this field.',
	);
});

test('numbers that an expression leaves empty are not set', async () => {
	const run = await ask({ options: { maxTokens: '={{ "" }}', temperature: '={{ null }}' } });
	expect(run.error).toBeUndefined();
	expect(callOf(bench, run.key).parameters).toEqual({
		model: 'gpt-4o-mini',
		messages: [{ role: 'user', content: 'What do you see?' }],
	});
});

test('an answer that got lost is not asked for again', async () => {
	const run = await ask({ text: 'Hello [sandbox: create=500 body=reset after-effect]' });
	expect(run.error).toMatchObject({
		message: 'OpenAI broke off the connection.',
		description: expect.stringContaining('It may have been charged. platform.openai.com > Usage'),
	});
	expect(requestsOf(bench, run.key)).toHaveLength(1);
});
