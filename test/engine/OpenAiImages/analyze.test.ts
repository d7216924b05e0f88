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
			binary: { data: expect.objectContaining({ mimeType: 'image/png' }) },
			json: {
				provider: 'openai',
				model: 'gpt-6-luna',
				text: 'The picture is 40 × 30 pixels, and its dominant colour is red.',
				isCut: false,
				usage: expect.objectContaining({ prompt_tokens: expect.any(Number) }),
				cost: { amount: expect.any(Number), currency: 'USD', estimated: true },
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

test('a picture whose address OpenAI cannot fetch is told as that', async () => {
	const run = await ask(images({ source: 'url', url: `${bench.sandbox.url}/nowhere.png` }));
	expect(run.error?.message).toMatch(
		/^Input image 1 \(http.*nowhere\.png\) could not be fetched\. OpenAI: Failed to download image/,
	);
	expect(run.error?.description).toContain(
		"Open its address in a browser window where you aren't signed in: it must show the picture itself, and no page around it. Or give the image as a file.",
	);
});

test('text alone, so that a prompt can be improved', async () => {
	const run = await ask({
		text: 'A cat on a chair',
		options: { systemMessage: 'You write prompts.', temperature: 0.2, maxTokens: 300 },
	});
	expect(run.items[0]!.json.text).toMatch(/^A cat on a chair, /);
	expect(callOf(bench, run.key).parameters).toEqual({
		model: 'gpt-6-luna',
		messages: [
			{ role: 'system', content: 'You write prompts.' },
			{ role: 'user', content: 'A cat on a chair' },
		],
		temperature: 0.2,
		reasoning_effort: 'none',
		max_completion_tokens: 300,
	});
});

test('an answer in JSON is data', async () => {
	const run = await ask({ text: 'Describe it.', answerIn: 'json' }, { data: red });
	expect(run.error).toBeUndefined();
	const { json } = run.items[0]!;
	expect(json.answer).toMatchObject({
		pictures: [{ width: 40, height: 30, dominantColour: 'red' }],
	});
	expect(json).not.toHaveProperty('text');
	expect(callOf(bench, run.key).parameters).toMatchObject({
		response_format: { type: 'json_object' },
	});
});

test('an answer that is cut says so, and stays as it is', async () => {
	const run = await ask({ answerIn: 'json', options: { maxTokens: 5 } }, { data: red });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json).toMatchObject({ isCut: true, text: expect.stringMatching(/^{"/) });
	expect(run.items[0]!.json).not.toHaveProperty('answer');
	expect(run.hints).toMatchObject([
		{ message: 'The answer of item 0 was cut off. Raise Max Tokens in the Options.' },
	]);
});

describe('the picture of the item', () => {
	test('is asked about where nobody has said otherwise, and goes on with the row', async () => {
		const items = [
			{ json: { sku: 'A-1', model: 'mine', text: 'old' }, binary: { data: red, sheet: blue } },
		];
		const run = await ask({}, {}, { items });
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json).toMatchObject({
			sku: 'A-1',
			model: 'gpt-6-luna',
			text: expect.stringContaining('40 × 30'),
		});
		expect(Object.keys(run.items[0]!.json)[0]).toBe('sku');
		expect((await run.binary(0)).equals(red.content)).toBe(true);
		expect((await run.binary(0, 'sheet')).equals(blue.content)).toBe(true);
		expect(run.hints).toEqual([]);
	});

	test('may be missing: then the text alone is asked', async () => {
		const run = await ask({ text: 'A cat' }, {}, { items: [{ json: { a: 1 } }] });
		expect(run.items[0]!.json).toMatchObject({ a: 1, text: expect.stringMatching(/^A cat, /) });
		expect(callOf(bench, run.key).imagesIn).toEqual([]);
		expect(run.hints).toEqual([]);
	});

	test('in another field is told, once for all items', async () => {
		const items = [red, blue].map((photo) => ({ binary: { photo } }));
		const run = await ask({}, {}, { items });
		expect(run.error).toBeUndefined();
		expect(run.hints.map(({ message }) => message)).toEqual([
			'A picture came in, in the field "photo", but none was asked about: the answer was written from the text alone. Enter this name under Input Images.',
		]);
	});

	test('is left alone, and not spoken of, where the input images were taken out', async () => {
		const run = await ask({ text: 'A cat', inputImages: {} }, { data: red });
		expect(run.items[0]!.json.text).toMatch(/^A cat, /);
		expect(run.items[0]!.binary).toHaveProperty('data');
		expect(run.hints).toEqual([]);
	});

	test('is none, where the file is a table', async () => {
		const table = { content: Buffer.from('a,b'), fileName: 'a.csv', mimeType: 'text/csv' };
		const run = await ask({ text: 'A cat' }, { data: table });
		expect(run.error).toBeUndefined();
		expect(callOf(bench, run.key).imagesIn).toEqual([]);
		const named = await ask(images(fromField('data'), fromField('data')), { data: table });
		expect(named.error?.message).toContain("isn't a picture that can be read");
	});

	test('by a name that is not there is an error', async () => {
		const run = await ask(images(fromField('photo')), { data: red });
		expect(run.error?.message).toBe('There is no file in the field "photo" of this item.');
	});

	test('lies in the row where the workflow keeps files there', async () => {
		const binaryMode = 'combined' as const;
		const items = [{ json: { sku: 'A-1' }, binary: { data: red } }];
		const run = await ask({}, {}, { items, binaryMode });
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json).toMatchObject({
			sku: 'A-1',
			text: expect.stringContaining('40 × 30'),
		});
	});
});

describe('named fields', () => {
	const fields = (...entries: IDataObject[]) => ({
		answerIn: 'fields',
		answerFields: { fields: entries },
	});

	test('come out as fields of their own, of their types', async () => {
		const run = await ask(
			fields(
				{ name: 'Main colour', type: 'text', description: 'In one word' },
				{ name: 'width', type: 'number' },
				{ name: 'isSharp', type: 'boolean' },
				{ name: 'colours', type: 'texts' },
			),
			{ data: red },
			{ items: [{ json: { sku: 'A-1' }, binary: { data: red } }] },
		);
		expect(run.error).toBeUndefined();
		const { json } = run.items[0]!;
		expect(json).toMatchObject({
			sku: 'A-1',
			answer: { 'Main colour': expect.any(String), width: 40, isSharp: true, colours: ['red'] },
			isCut: false,
			usage: { total_tokens: expect.any(Number) },
			cost: { amount: expect.any(Number), currency: 'USD', estimated: true },
		});
		expect(json).not.toHaveProperty('text');
		expect(run.hints).toEqual([]);
	});

	test('by expressions differ from item to item', async () => {
		const items = ['width', 'height'].map((wanted) => ({
			json: { wanted },
			binary: { data: red },
		}));
		const run = await ask(fields({ name: '={{ $json.wanted }}', type: 'number' }), {}, { items });
		expect(run.items.map(({ json }) => json.answer)).toEqual([{ width: 40 }, { height: 30 }]);
	});

	test.each([
		[fields(), 'There is no field to answer in.'],
		[fields({ name: ' ' }), 'An answer field has no name.'],
		[fields({ name: 'a' }, { name: 'a ' }), 'There are two answer fields called "a".'],
	])('%j are refused unsent', async (parameters, message) => {
		const run = await ask(parameters, { data: red });
		expect(run.error?.message).toBe(message);
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test('from a model that has none: told in words', async () => {
		const account = { faults: { alive: ['gpt-4'] } };
		const parameters = { ...model('gpt-4'), ...fields({ name: 'a' }) };
		const run = await ask(parameters, {}, { account });
		expect(run.error?.message).toContain(
			"'response_format' of type 'json_schema' is not supported",
		);
		expect(run.error?.description).toContain(
			"This model can't answer in that form. Set Answer In to Text, or choose another Model.",
		);
		expect(spentBy(bench, run.key)).toEqual({ spent: 0, images: 0 });
	});

	test('from a server that writes as it likes: what it wrote is kept', async () => {
		const text = JSON.stringify({ choices: [{ message: { content: 'It is red.' } }] });
		const account = { faults: { create: { status: 200, text } } };
		const run = await ask(fields({ name: 'a' }), { data: red }, { account });
		expect(run.items[0]!.json).toMatchObject({ text: 'It is red.' });
		expect(run.items[0]!.json).not.toHaveProperty('answer');
		expect(run.hints).toMatchObject([
			{
				message:
					"The answer of item 0 didn't come in the form that was asked for. It was paid for, and is kept in the field text. Try another Model.",
			},
		]);
	});
});

describe('under other names, or of other types, than were asked for', () => {
	const COLOUR_AND_PRICE = {
		answerIn: 'fields',
		answerFields: {
			fields: [
				{ name: 'colour', type: 'text' },
				{ name: 'price', type: 'number' },
			],
		},
	};
	const lacks = (names: string) =>
		`The answer of item 0 lacks ${names}, or has it in another form than was asked for. It was paid for, and is kept in the field text. Try another Model.`;
	const ANOTHER_FORM =
		"The answer of item 0 didn't come in the form that was asked for. It was paid for, and is kept in the field text. Try another Model.";

	test.each<[string, unknown, string[]]>([
		['{"Colour":"red","PRICE":12}', { colour: 'red', price: 12 }, []],
		['{"Colour":"red"}', { colour: 'red', price: null }, [lacks('price')]],
		['{"colour":"red","price":"12 euros"}', { colour: 'red', price: null }, [lacks('price')]],
		['{"answer":{"colour":"red","price":12}}', undefined, [ANOTHER_FORM]],
		['{"colour":["red"],"cost":12}', undefined, [ANOTHER_FORM]],
	])('%s', async (content, answer, hints) => {
		const text = JSON.stringify({ choices: [{ message: { content } }] });
		const account = { faults: { create: { status: 200, text } } };
		const run = await ask(COLOUR_AND_PRICE, {}, { account });
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json.answer).toEqual(answer);
		expect(run.items[0]!.json.text).toBe(hints.length > 0 ? content : undefined);
		expect(run.hints.map(({ message }) => message)).toEqual(hints);
	});
});

describe('for a post', () => {
	test('there are a caption, an alt text and hashtags', async () => {
		const run = await ask({ text: 'Our new bicycle', answerIn: 'post' }, { data: red });
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json.answer).toEqual({
			caption: expect.any(String),
			altText: expect.any(String),
			hashtags: ['#red'],
		});
		expect(run.items[0]!.binary).toHaveProperty('data');
	});

	test('the picture alone is enough, but not nothing', async () => {
		const run = await ask({ text: '', answerIn: 'post' }, { data: red });
		expect(run.error).toBeUndefined();
		const none = await ask({ text: '', answerIn: 'post' });
		expectRefusedUnsent(
			bench,
			none,
			'The Text is empty, and there is no picture to write about.',
			'Enter what the post is about, or add its picture under Input Images.',
		);
	});
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

test('a model that is gone is told', async () => {
	const run = await ask(model('gpt-3'));
	expect(run.error?.message).toContain('OpenAI: The model `gpt-3` does not exist');
	expect(run.error?.description).toContain('Open the Model field and choose one from the list');
	expect(routesOf(bench, run.key)).toEqual(['POST /chat/completions']);
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
		model: 'gpt-6-luna',
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
