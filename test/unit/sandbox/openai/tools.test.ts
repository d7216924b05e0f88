// Tools of chat completions, driven by the official client.
import type OpenAI from 'openai';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { zodFunction } from 'openai/helpers/zod';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { clientOf, dataUri, plain, refusal } from './support';

let sandbox: Sandbox;
let client: OpenAI;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());

type Params = ChatCompletionCreateParamsNonStreaming;

const tool = (name: string, parameters?: Record<string, unknown>) => ({
	type: 'function' as const,
	function: { name, ...(parameters && { parameters }) },
});
const tools = [
	tool('save_caption', {
		type: 'object',
		properties: { caption: { type: 'string' }, colour: { type: 'string' } },
	}),
	tool('order-print'),
];

async function ask(text: string, more: Partial<Params> = {}) {
	return (
		await client.chat.completions.create({
			model: 'gpt-4o-mini',
			messages: [{ role: 'user', content: text }],
			tools,
			...more,
		})
	).choices[0]!;
}

const namesOf = ({ message }: Awaited<ReturnType<typeof ask>>) =>
	message.tool_calls?.map((call) => (call.type === 'function' ? call.function.name : ''));

it('calls a tool that the text names, with arguments that fit its schema', async () => {
	const image = dataUri(await plain(30, 20, '#d01818'));
	const choice = await ask('', {
		messages: [
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'Look at it and use save_caption.' },
					{ type: 'image_url', image_url: { url: image } },
				],
			},
		],
	});
	expect(choice).toMatchObject({
		finish_reason: 'tool_calls',
		message: { role: 'assistant', content: null, refusal: null },
	});
	const [call] = choice.message.tool_calls!;
	expect(call).toMatchObject({ id: expect.stringMatching(/^call_/), type: 'function' });
	expect(call).toMatchObject({ function: { name: 'save_caption' } });
	expect(JSON.parse(call!.type === 'function' ? call!.function.arguments : '')).toEqual({
		caption: 'The picture is 30 × 20 pixels, and its dominant colour is red.',
		colour: 'red',
	});
});

it.each<[string, string, Partial<Params>, string[] | undefined, string]>([
	['none that is not asked for', 'A cat', {}, undefined, 'stop'],
	[
		'two',
		'First save_caption, then order-print.',
		{},
		['save_caption', 'order-print'],
		'tool_calls',
	],
	['none when that is forbidden', 'save_caption', { tool_choice: 'none' }, undefined, 'stop'],
	[
		'one when that is demanded',
		'A cat',
		{ tool_choice: 'required' },
		['save_caption'],
		'tool_calls',
	],
	[
		'the one that is demanded',
		'A cat',
		{ tool_choice: tool('order-print') },
		['order-print'],
		'stop',
	],
])('calls %s', async (_rule, text, more, names, finish) => {
	const choice = await ask(text, more);
	expect(namesOf(choice)).toEqual(names);
	expect(choice.finish_reason).toBe(finish);
});

it('answers in words once the tool has answered', async () => {
	const { message } = await ask('Use save_caption for a cat.');
	const answer = await ask('', {
		messages: [
			{ role: 'user', content: 'Use save_caption for a cat.' },
			message,
			{ role: 'tool', tool_call_id: message.tool_calls![0]!.id, content: 'Saved.' },
		],
	});
	expect(answer.finish_reason).toBe('stop');
	expect(answer.message.content).toBe('Saved.');
});

describe('a tool that makes pictures', () => {
	const draw = {
		type: 'function' as const,
		function: {
			name: 'studio',
			description: 'Generate an image with a studio: Make images from a description.',
			parameters: { type: 'object', properties: { Prompt: { type: 'string' } } },
		},
	};
	const promptsOf = ({ message }: Awaited<ReturnType<typeof ask>>) =>
		message.tool_calls?.map((call) =>
			call.type === 'function' ? (JSON.parse(call.function.arguments) as object) : {},
		);

	it('is called for a wish that names none', async () => {
		const choice = await ask('Please draw a red bicycle.', { tools: [...tools, draw] });
		expect(namesOf(choice)).toEqual(['studio']);
		expect(promptsOf(choice)).toEqual([{ Prompt: expect.stringMatching(/^A red bicycle, /) }]);
	});

	it('is called once for each line of a list', async () => {
		const choice = await ask('Draw these:\n- a cat\n- a dog', { tools: [draw] });
		expect(promptsOf(choice)).toEqual([
			{ Prompt: expect.stringMatching(/^A cat, /) },
			{ Prompt: expect.stringMatching(/^A dog, /) },
		]);
	});

	it('is left alone where nobody wants a picture', async () => {
		const choice = await ask('What can you do?', { tools: [draw] });
		expect(namesOf(choice)).toBeUndefined();
	});

	it('is answered with what it brought, and with what it refused', async () => {
		const { message } = await ask('Draw these:\n- a cat\n- a dog', { tools: [draw] });
		const [cat, dog] = message.tool_calls!;
		const answer = await ask('', {
			tools: [draw],
			messages: [
				{ role: 'user', content: 'Draw these:\n- a cat\n- a dog' },
				// n8n's agent tells each call by itself.
				{ ...message, tool_calls: [cat!] },
				{
					role: 'tool',
					tool_call_id: cat!.id,
					content: JSON.stringify([{ url: 'https://example.com/cat.png' }]),
				},
				{ ...message, tool_calls: [dog!] },
				{
					role: 'tool',
					tool_call_id: dog!.id,
					content: JSON.stringify([{ error: 'The limit is reached.' }]),
				},
			],
		});
		expect(answer.message.content).toBe(
			'Here is a picture: ![picture](https://example.com/cat.png)\n\nThe limit is reached.',
		);
	});
});

it('calls a tool whose arguments the official client parses', async () => {
	const size = zodFunction({ name: 'size', parameters: z.object({ width: z.number() }) });
	const { choices } = await client.chat.completions.parse({
		model: 'gpt-4o',
		messages: [{ role: 'user', content: 'What is the size?' }],
		tools: [size],
		tool_choice: 'required',
	});
	expect(choices[0]?.message.tool_calls).toMatchObject([
		{ function: { name: 'size', parsed_arguments: { width: 0 } } },
	]);
});

it.each([
	['an empty list', { tools: [] }, 'empty_array', 'tools'],
	['a tool without a type', { tools: [{}] }, 'missing_required_parameter', 'tools[0].type'],
	[
		'a tool without a name',
		{ tools: [{ type: 'function', function: {} }] },
		'missing_required_parameter',
		'tools[0].function.name',
	],
	['a name with a space', { tools: [tool('a b')] }, 'invalid_value', 'tools[0].function.name'],
	[
		'parameters that are no object',
		{ tools: [tool('a', { type: 'string' })] },
		'invalid_function_parameters',
		'tools[0].function.parameters',
	],
	[
		'a choice without tools',
		{ tools: undefined, tool_choice: 'auto' },
		'invalid_value',
		'tool_choice',
	],
	['an unknown choice', { tool_choice: 'sometimes' }, 'invalid_value', 'tool_choice'],
	['a tool that is not there', { tool_choice: tool('other') }, 'invalid_value', 'tool_choice'],
])('refuses %s', async (_name, change, code, param) => {
	const error = await refusal(ask('A cat', change as Partial<Params>));
	expect(error).toMatchObject({ status: 400, code, param });
});
