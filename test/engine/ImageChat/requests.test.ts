// What is sent: references, system message, size wish, and every chat parameter only when it is set.
import type { IDataObject } from 'n8n-workflow';

import { picture, type InputFile } from '../EvoLink/pictures';
import { model, startBench, type Bench } from './setup';

let bench: Bench;
let photo: InputFile;
let sign: InputFile;
beforeAll(async () => {
	bench = await startBench();
	photo = await picture('jpeg', { width: 96, height: 64 });
	sign = await picture('png', { width: 64, height: 96, background: '#2060a0' });
});
afterAll(async () => await bench.close());

const binary = (binaryPropertyName: string) => ({ source: 'binary', binaryPropertyName });

async function edit(images: Array<Record<string, string>>, more: IDataObject = {}, account = {}) {
	return await bench.run(
		'edit',
		{ inputImages: { images }, ...more },
		{ items: [{ binary: { photo, sign } }], account },
	);
}

test('without any option only the model, the messages and stream are sent', async () => {
	const run = await bench.run('generate', { sizeWish: '' });
	expect(run.error).toBeUndefined();
	expect(run.calls[0]!.parameters).toEqual({ model: 'gpt-4o-image', stream: false });
	expect(run.calls[0]!.messages).toEqual([{ role: 'user', text: 'A red bicycle' }]);
	expect(run.calls[0]!.imagesIn).toEqual([]);
});

const save = { type: 'function', function: { name: 'save' } };
const TOOLS = [save, { type: 'web_search' }];

const SET: Array<[name: string, value: unknown, sent: unknown]> = [
	['frequency_penalty', 0, 0],
	['logit_bias', '{"50256": -100}', { 50256: -100 }],
	['max_tokens', 1000, 1000],
	['modalities', ['image', 'text'], ['image', 'text']],
	['presence_penalty', -1.5, -1.5],
	['response_format', '{ "type": "text" }', { type: 'text' }],
	['seed', 0, 0],
	['stop', 'END', 'END'],
	['temperature', 0, 0],
	['tools', JSON.stringify(TOOLS), TOOLS],
	['top_p', 0.5, 0.5],
	['user', 'customer-7', 'customer-7'],
];

test.each(SET)('%s is sent when it is set, and alone', async (name, value, sent) => {
	const run = await bench.run('generate', { options: { [name]: value } as IDataObject });
	expect(run.error).toBeUndefined();
	expect(run.calls[0]!.parameters).toEqual({ model: 'gpt-4o-image', stream: false, [name]: sent });
});

test('all of them together', async () => {
	const options = Object.fromEntries(SET.map(([name, value]) => [name, value])) as IDataObject;
	const run = await bench.run('generate', { options, numberOfImages: 2 });
	expect(run.error).toBeUndefined();
	expect(run.calls[0]!.parameters).toEqual({
		model: 'gpt-4o-image',
		stream: false,
		n: 2,
		...Object.fromEntries(SET.map(([name, , sent]) => [name, sent])),
	});
});

test.each([
	['stop', ''],
	['stop', ' , \n'],
	['stop', '={{ [] }}'],
	['user', ''],
	['tools', ''],
	['tools', '[]'],
	['tools', '{}'],
	['tools', '={{ [] }}'],
	['tools', '={{ $json.missing }}'],
	['tool_choice', ''],
	['tool_choice', 'auto'],
	['tool_choice', '"auto"'],
	['tool_choice', 'none'],
	['logit_bias', '{}'],
	['response_format', '{}'],
])('an empty %s is not sent: %s', async (name, value) => {
	const run = await bench.run('generate', { options: { [name]: value } });
	expect(run.error).toBeUndefined();
	expect(run.calls[0]!.parameters).toEqual({ model: 'gpt-4o-image', stream: false });
});

test.each([
	['auto', 'auto'],
	['none', 'none'],
	[' Required ', 'required'],
	['"auto"', 'auto'],
	['"any"', 'any'],
	['save', { type: 'function', function: { name: 'save' } }],
	['{"type": "function", "function": {"name": "save"}}', save],
	['={{ ({ "type": "function", "function": { "name": "save" } }) }}', save],
])('the Tool Choice %s', async (choice, sent) => {
	const run = await bench.run('generate', {
		options: { tools: JSON.stringify(TOOLS), tool_choice: choice },
	});
	expect(run.error).toBeUndefined();
	expect(run.calls[0]!.parameters).toMatchObject({ tools: TOOLS, tool_choice: sent });
});

test.each([
	['{"a": ', "Tool Choice isn't valid JSON."],
	['sav', 'The Tool Choice "sav" isn\'t one of the Tools.'],
])('a Tool Choice that can not be meant is told: %s', async (choice, message) => {
	const run = await bench.run('generate', {
		options: { tools: JSON.stringify(TOOLS), tool_choice: choice },
	});
	expect(run.error).toMatchObject({
		message,
		description: expect.stringContaining('Enter auto, none, required, or'),
	});
	expect(run.calls).toEqual([]);
});

test('a Tool Choice without Tools, and Tools that are no JSON, are told', async () => {
	const without = await bench.run('generate', { options: { tool_choice: 'required' } });
	expect(without.error?.message).toBe('There is a Tool Choice, but there are no Tools.');
	const broken = await bench.run('generate', { options: { tools: '[{"a": ' } });
	expect(broken.error?.message).toBe("Tools isn't valid JSON.");
	expect([...without.calls, ...broken.calls]).toEqual([]);
});

test.each([
	['END', 'END'],
	['END, STOP', ['END', 'STOP']],
	['one\ntwo\nthree\nfour', ['one', 'two', 'three', 'four']],
	['["a, b", "\\n"]', ['a, b', '\n']],
	['={{ ["a, b", "c"] }}', ['a, b', 'c']],
	['={{ ["a, b"] }}', 'a, b'],
	['[not a list', '[not a list'],
	['={{ 7 }}', '7'],
])('Stop %j is sent as %j', async (stop, sent) => {
	const run = await bench.run('generate', { options: { stop } });
	expect(run.error).toBeUndefined();
	expect(run.calls[0]!.parameters.stop).toEqual(sent);
});

test('a fifth Stop is told before anything is sent', async () => {
	const run = await bench.run('generate', { options: { stop: 'a,b,c,d,e' } });
	expect(run.error?.message).toBe('Stop takes at most 4 texts, 5 were given.');
	expect(run.calls).toEqual([]);
});

test('an output field that is a list is told before anything is sent', async () => {
	const run = await bench.run('generate', {
		options: { binaryPropertyOutput: '={{ ["a", "b"] }}' },
	});
	expect(run.error?.message).toBe('Put Output File in Field must be text, but it is a list.');
	expect(run.calls).toEqual([]);
});

test('no modality at all is none set', async () => {
	const run = await bench.run('generate', { options: { modalities: [] } });
	expect(run.calls[0]!.parameters).toEqual({ model: 'gpt-4o-image', stream: false });
});

test.each([
	['logit_bias', 'Logit Bias (JSON)'],
	['response_format', 'Response Format (JSON)'],
])('%s that is no JSON is told before anything is sent', async (name, displayName) => {
	const run = await bench.run('generate', { options: { [name]: '{"a": ' } });
	expect(run.error).toMatchObject({
		message: `${displayName} isn't valid JSON.`,
		description: 'Correct it in the Options, or remove it.',
	});
	expect(run.calls).toEqual([]);
});

test.each([
	['temperature', 'Temperature'],
	['seed', 'Seed'],
])('%s that is no number is told before anything is sent', async (name, displayName) => {
	const run = await bench.run('generate', { options: { [name]: '={{ "abc" }}' } });
	expect(run.error).toMatchObject({
		message: `${displayName} must be a number.`,
		description: 'Check the expression in this field.',
	});
	expect(run.calls).toEqual([]);
});

test('a model that draws only when it is told so', async () => {
	const gemini = { model: model('google/gemini-image') };
	const without = await bench.run('generate', gemini);
	expect(without.error?.message).toContain('only text was asked for');
	const options = { modalities: ['image', 'text'] };
	const run = await bench.run('generate', { ...gemini, options });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json.mimeType).toBe('image/png');
});

test('the size wish stands below the prompt, and is drawn', async () => {
	const run = await bench.run('generate', { sizeWish: ' 96x64 ' });
	expect(run.calls[0]!.messages).toEqual([
		{ role: 'user', text: 'A red bicycle\n\nImage size: 96x64' },
	]);
	expect(run.items[0]!.json).toMatchObject({ width: 96, height: 64 });
});

test('the system message comes first', async () => {
	const run = await bench.run('generate', {
		sizeWish: '',
		options: { systemMessage: 'Flat, two colours.' },
	});
	expect(run.calls[0]!.messages).toEqual([
		{ role: 'system', text: 'Flat, two colours.' },
		{ role: 'user', text: 'A red bicycle' },
	]);
});

test('files come as data URIs, addresses as they are, in their order', async () => {
	const made = await bench.run('generate', {});
	const url = String(made.items[0]!.json.url);
	const run = await edit([binary('photo'), { source: 'url', url }, binary('sign')]);
	expect(run.error).toBeUndefined();
	expect(run.calls[0]!.imagesIn).toMatchObject([
		{ url: 'data:image/jpeg;base64,…', type: 'image/jpeg', bytes: photo.content.length, width: 96 },
		{ url, type: 'image/png' },
		{ url: 'data:image/png;base64,…', type: 'image/png', bytes: sign.content.length, height: 96 },
	]);
	expect(run.items).toHaveLength(1);
});

test.each(['a', 'b', 'd', 'e', 'f'] as const)(
	'a gateway that echoes the reference images (shape %s)',
	async (shape) => {
		const web = await bench.run('generate', {});
		const url = String(web.items[0]!.json.url);
		for (const as of ['link', 'data'] as const) {
			const account = { faults: { echo: true, shape, as } };
			const run = await edit([binary('photo'), { source: 'url', url }], {}, account);
			expect(run.error).toBeUndefined();
			expect(run.items.map(({ json }) => json.fileSize)).toEqual([
				run.calls[0]!.imagesOut[0]!.bytes,
			]);
			expect(run.items[0]!.json.url).not.toBe(url);
		}
	},
);

test('a gateway that only echoes has drawn nothing', async () => {
	const account = { faults: { echo: true, shape: 'a', fewerImages: 1 } };
	const run = await edit([binary('photo')], {}, account);
	expect(run.error?.message).toContain('The model answered without an image.');
	expect(run.error?.message).not.toContain('base64');
});

test('an edit without an image, or of what is none, is told before anything is sent', async () => {
	const none = await edit([]);
	expect(none.error?.message).toBe('There is no input image.');
	const text = { content: Buffer.from('hello'), fileName: 'a.png', mimeType: 'image/png' };
	const notOne = await bench.run('edit', {}, { items: [{ binary: { data: text } }] });
	expect(notOne.error?.message).toContain('input image "data"');
	for (const { calls } of [none, notOne]) expect(calls).toEqual([]);
});
