// Image: Analyze with tools: the model asks for one, and its call comes out as data for the next steps.
import type { IDataObject } from 'n8n-workflow';

import { picture } from '../EvoLink/pictures';
import { startBench, type Bench, type RunWith } from './setup';
import { callOf, expectRefusedUnsent } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const save = {
	type: 'function',
	function: {
		name: 'save_caption',
		description: 'Keeps a caption',
		parameters: {
			type: 'object',
			properties: { caption: { type: 'string' }, width: { type: 'integer' } },
			required: ['caption'],
		},
	},
};

const ask = async (text: string, options: IDataObject, more: IDataObject = {}, run: RunWith = {}) =>
	await bench.run('image/analyze', { text, options, ...more }, run);

test('a call of a tool comes out with its name, its values and its id', async () => {
	const data = await picture('png', { width: 40, height: 30, background: '#d01010' });
	const inputImages = { images: [{ source: 'binary', binaryPropertyName: 'data' }] };
	const text = 'Describe it and use save_caption.';
	const options = { tools: JSON.stringify([save]) };
	const run = await ask(text, options, { inputImages }, { items: [{ binary: { data } }] });
	expect(run.error).toBeUndefined();
	expect(run.items).toEqual([
		{
			binary: { data: expect.any(Object) },
			json: {
				provider: 'openai',
				model: 'gpt-6-luna',
				text: '',
				toolCalls: [
					{
						id: expect.stringMatching(/^call_/),
						name: 'save_caption',
						arguments: {
							caption: 'The picture is 40 × 30 pixels, and its dominant colour is red.',
							width: 40,
						},
					},
				],
				isCut: false,
				usage: expect.any(Object),
				cost: expect.objectContaining({ estimated: true }),
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(callOf(bench, run.key).parameters).toMatchObject({ tools: [save] });
	expect(callOf(bench, run.key).parameters).not.toHaveProperty('tool_choice');
});

test('without a call there is the text alone', async () => {
	const run = await ask('A cat', { tools: [save] as unknown as IDataObject[] });
	expect(run.items[0]!.json.text).toMatch(/^A cat, /);
	expect(run.items[0]!.json).not.toHaveProperty('toolCalls');
});

test.each([
	['required', 'required'],
	['save_caption', { type: 'function', function: { name: 'save_caption' } }],
])('the choice %s makes the model call', async (toolChoice, sent) => {
	const run = await ask('A cat', { tools: JSON.stringify(save), toolChoice });
	expect(run.error).toBeUndefined();
	expect(run.items[0]!.json.toolCalls).toMatchObject([{ name: 'save_caption' }]);
	expect(callOf(bench, run.key).parameters).toMatchObject({ tools: [save], tool_choice: sent });
});

test('nothing is sent of tools that are not given', async () => {
	const run = await ask('A cat', { tools: '[]', toolChoice: 'auto' });
	expect(Object.keys(callOf(bench, run.key).parameters)).toEqual(['model', 'messages']);
});

test('JSON that is none, and a choice of nothing, are refused unsent', async () => {
	const broken = await ask('A cat', { tools: '[{"type": "function"' });
	expect(broken.error?.message).toBe("Tools isn't valid JSON.");
	expect(broken.error?.description).toContain('Write a list such as [{"type": "function"');
	expectRefusedUnsent(
		bench,
		await ask('A cat', { toolChoice: 'required' }),
		'There is a Tool Choice, but there are no Tools.',
		'Add Tools to the Options, or take Tool Choice out of them.',
	);
});

test('what OpenAI refuses of a tool is told in its words', async () => {
	const tools = JSON.stringify([{ type: 'function', function: { name: 'save it' } }]);
	const run = await ask('A cat', { tools });
	expect(run.error?.message).toContain("Invalid 'tools[0].function.name'");
	expect(run.error?.description).toContain('HTTP status: 400');
});
