// Tools for a gateway's chat: sent as they are entered, and a choice among them as the protocol wants it.
import { readGatewayTools } from '../../../../providers/chat/tools';
import { failureOf } from '../support';

const save = { type: 'function', function: { name: 'save' } };
const flat = { type: 'function', name: 'flat' };
const shout = { type: 'custom', custom: { name: 'shout' } };
const search = { type: 'openrouter:web_search' };
const tools = [save, flat, shout, search];

test.each<[string, unknown]>([
	['nothing', undefined],
	['null', null],
	['an empty text', ' '],
	['an empty list', []],
	['an empty list in JSON', '[]'],
	['an empty object', '{}'],
	['a list of empty objects', [{}]],
])('%s is no tools', (_what, given) => {
	expect(readGatewayTools(given, undefined)).toEqual({});
	for (const choice of ['', 'auto', ' NONE ', '"auto"']) {
		expect(readGatewayTools(given, choice)).toEqual({});
	}
	for (const choice of ['required', 'save', { type: 'function' }]) {
		expect(failureOf(() => readGatewayTools(given, choice)).message).toBe(
			'There is a Tool Choice, but there are no Tools.',
		);
	}
});

test.each<[string, unknown]>([
	['a list', tools],
	['a list in JSON', JSON.stringify(tools)],
])('tools of any kind, from %s', (_form, given) => {
	expect(readGatewayTools(given, '')).toEqual({ tools });
});

test.each<[unknown, unknown]>([
	['auto', 'auto'],
	['None', 'none'],
	['"required"', 'required'],
	['"validated"', 'validated'],
	['save', { type: 'function', function: { name: 'save' } }],
	['flat', { type: 'function', function: { name: 'flat' } }],
	['shout', { type: 'custom', custom: { name: 'shout' } }],
	['{"type": "web_search"}', { type: 'web_search' }],
	[{ type: 'web_search' }, { type: 'web_search' }],
])('the choice %j is sent as %j', (choice, toolChoice) => {
	expect(readGatewayTools(tools, choice)).toEqual({ tools, toolChoice });
});

test.each(['{"type"', ' "auto', '{auto}'])('the choice %j is no JSON', (choice) => {
	expect(failureOf(() => readGatewayTools(tools, choice))).toEqual({
		kind: 'badInput',
		message: "Tool Choice isn't valid JSON.",
		advice: 'Enter auto, none, required, or the name of a tool.',
	});
});

test('a choice of another tool is told with the names that there are', () => {
	expect(failureOf(() => readGatewayTools(tools, 'sav'))).toEqual({
		kind: 'badInput',
		message: 'The Tool Choice "sav" isn\'t one of the Tools.',
		advice: 'Enter auto, none, required, or one of: save, flat, shout.',
	});
});
