// Tools for the chat model: what a person enters, as OpenAI wants it, and the calls in the answer.
import type { ChatCompletionTool, ChatCompletionToolChoiceOption } from 'openai/resources';

import { readTools, toolCallsOf } from '../../../../providers/requests/chatTools';
import { failureOf } from '../support';

const save: ChatCompletionTool = {
	type: 'function',
	function: { name: 'save', parameters: { type: 'object', properties: {} } },
};
const print: ChatCompletionTool = { type: 'function', function: { name: 'print' } };

describe('tools', () => {
	test.each<[string, unknown, ChatCompletionTool[] | undefined]>([
		['a list in JSON', JSON.stringify([save, print]), [save, print]],
		['a list from an expression', [save], [save]],
		['one tool in JSON', JSON.stringify(save), [save]],
		['one tool from an expression', save, [save]],
		['an empty text', ' ', undefined],
		['an empty list', '[]', undefined],
		['nothing', undefined, undefined],
		['null', null, undefined],
	])('are read from %s', (_form, given, tools) => {
		expect(readTools(given, '')).toEqual(tools ? { tools } : {});
	});

	test.each<[string, ChatCompletionToolChoiceOption]>([
		['auto', 'auto'],
		['none', 'none'],
		[' Required ', 'required'],
		['print', { type: 'function', function: { name: 'print' } }],
	])('with the choice %s', (choice, expected) => {
		expect(readTools([save, print], choice)).toEqual({
			tools: [save, print],
			toolChoice: expected,
		});
	});

	const EXAMPLE =
		'Write a list such as [{"type": "function", "function": {"name": "save_caption", "parameters": {"type": "object", "properties": {"caption": {"type": "string"}}}}}].';
	test.each<[string, unknown, string, string]>([
		['no JSON', '[{]', '', "Tools isn't valid JSON."],
		['a number', 7, '', 'Tools must be a list of tools.'],
		['a text in JSON', '"save"', '', 'Tools must be a list of tools.'],
		['a list of texts', ['save'], '', "Tool 1 isn't an object."],
		['no type', [{ function: { name: 'save' } }], '', 'Tool 1 has no "type".'],
		['no name', [save, { type: 'function', function: {} }], '', 'Tool 2 has no name.'],
		['no function', [{ type: 'function', name: 'save' }], '', 'Tool 1 has no name.'],
	])('are refused with %s', (_what, given, choice, message) => {
		expect(failureOf(() => readTools(given, choice))).toEqual({
			kind: 'badInput',
			message,
			advice: EXAMPLE,
		});
	});

	test.each(['auto', ' Auto ', 'none', ''])('may be none with the choice %j', (choice) => {
		expect(readTools('[]', choice)).toEqual({});
	});

	test.each(['required', 'save'])('are refused when "%s" has none to choose from', (choice) => {
		expect(failureOf(() => readTools('', choice))).toEqual({
			kind: 'badInput',
			message: 'There is a Tool Choice, but there are no Tools.',
			advice: 'Add Tools to the Options, or take Tool Choice out of them.',
		});
	});

	it('are refused when the choice names another one', () => {
		expect(failureOf(() => readTools([save, print], 'prnt'))).toEqual({
			kind: 'badInput',
			message: 'The Tool Choice "prnt" isn\'t one of the Tools.',
			advice: 'Enter auto, none, required, or one of: save, print.',
		});
	});
});

describe('calls', () => {
	it('are read with their arguments', () => {
		const calls = [
			{ id: 'call_1', type: 'function', function: { name: 'save', arguments: '{"a":[1]}' } },
			{ id: 'call_2', type: 'function', function: { name: 'print', arguments: '' } },
			{ id: 'call_3', type: 'custom', custom: { name: 'shout', input: 'Hello' } },
			{ id: 'call_4', type: 'function', function: { name: 'save', arguments: '{"a":' } },
		];
		expect(toolCallsOf(calls)).toEqual([
			{ id: 'call_1', name: 'save', arguments: { a: [1] } },
			{ id: 'call_2', name: 'print', arguments: {} },
			{ id: 'call_3', name: 'shout', arguments: 'Hello' },
			// Cut at Max Tokens, but paid for.
			{ id: 'call_4', name: 'save', arguments: '{"a":' },
		]);
	});

	it('may lack an id and have parsed arguments, at a compatible server', () => {
		const calls = [{ function: { name: 'save', arguments: { a: 1 } } }, { odd: true }, null];
		expect(toolCallsOf(calls)).toEqual([{ name: 'save', arguments: { a: 1 } }]);
	});

	test.each([undefined, null, []])('are none in %j', (given) => {
		expect(toolCallsOf(given)).toBeUndefined();
	});
});
