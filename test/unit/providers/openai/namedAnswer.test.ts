// Named fields: their names on the way to the server and back, and which are none to answer in.
import {
	checkAnswerFields,
	jsonAnswer,
	namedAnswer,
	responseFormatOf,
	type AnswerField,
} from '../../../../providers/openai/namedAnswer';
import { failureOf } from '../support';

const text = (name: string, description?: string): AnswerField => ({
	name,
	type: 'text',
	description,
});

/** The names of the fields as the server is told them, each with its description. */
function toldNames(fields: AnswerField[]): Record<string, unknown> {
	const format = responseFormatOf(fields) as {
		json_schema: { schema: { properties: Record<string, { description?: string }> } };
	};
	const { properties } = format.json_schema.schema;
	return Object.fromEntries(
		Object.entries(properties).map(([key, { description }]) => [key, description]),
	);
}

describe('a name', () => {
	test.each<[string, AnswerField[], Record<string, unknown>]>([
		['is sent as it is', [text('main-colour_2', 'One word')], { 'main-colour_2': 'One word' }],
		['with a space is told in words', [text('Main colour')], { field_1: 'Main colour' }],
		['in Korean, too', [text('색', 'One word')], { field_1: '색: One word' }],
		['with a quote and a line break', [text('a"b\nc')], { field_1: 'a"b\nc' }],
		['that is long', [text('a'.repeat(65))], { field_1: 'a'.repeat(65) }],
		['that is just short enough', [text('a'.repeat(64))], { ['a'.repeat(64)]: undefined }],
		['of one letter', [text('_')], { _: undefined }],
		['that ends otherwise', [text('a b')], { field_1: 'a b' }],
		['that begins otherwise', [text('-a')], { field_1: '-a' }],
		['with an empty description', [text('a', '')], { a: undefined }],
		['as the second', [text('a'), text('b c')], { a: undefined, field_2: 'b c' }],
		['that begins with a digit', [text('2nd')], { field_1: '2nd' }],
		[
			'never becomes that of another field',
			[text('field_2'), text('with space'), text('field_2_')],
			{ field_2: undefined, field_2__: 'with space', field_2_: undefined },
		],
	])('%s', (_what, fields, told) => {
		expect(toldNames(fields)).toEqual(told);
		const answered = Object.fromEntries(Object.keys(told).map((key, index) => [key, `${index}`]));
		expect(namedAnswer(JSON.stringify(answered), fields)).toEqual({
			answer: Object.fromEntries(fields.map(({ name }, index) => [name, `${index}`])),
			lacking: [],
		});
	});

	test('__proto__ is one like any other', () => {
		const fields = [text('__proto__')];
		const { answer } = namedAnswer('{"__proto__":"a"}', fields);
		expect(Object.entries(answer!)).toEqual([['__proto__', 'a']]);
	});
});

describe('an answer', () => {
	const fields = [text('a'), text('b')];
	test.each<[string, string, unknown]>([
		['is read', '{"a":"1","b":"2"}', { a: '1', b: '2' }],
		['keeps the order of the fields', '{"b":"2","a":"1"}', { a: '1', b: '2' }],
		['with more than was asked for', '{"a":"1","b":"2","c":"3"}', { a: '1', b: '2' }],
		['in other letters', '{"A":"1","b":"2"}', { a: '1', b: '2' }],
		['that has no value for one', '{"a":"1","b":null}', { a: '1', b: null }],
		['in a block of code', '```json\n{"a":"1","b":"2"}\n```', { a: '1', b: '2' }],
		['with white space around it', ' \n{"a":"1","b":"2"} ', { a: '1', b: '2' }],
	])('%s', (_what, written, answer) => {
		expect(namedAnswer(written, fields)).toEqual({ answer, lacking: [] });
	});

	test.each<[string, string, unknown, string[]]>([
		['that lacks one', '{"a":"1"}', { a: '1', b: null }, ['b']],
		['with another name for one', '{"a":"1","c":"2"}', { a: '1', b: null }, ['b']],
		['with a list for a text', '{"a":"1","b":["2"]}', { a: '1', b: null }, ['b']],
		['under other names', '{"c":"1","d":"2"}', undefined, ['a', 'b']],
		['within another', '{"answer":{"a":"1","b":"2"}}', undefined, ['a', 'b']],
		['that is cut', '{"a":"1","b":', undefined, ['a', 'b']],
		['in words', 'It is red.', undefined, ['a', 'b']],
		['that is a list', '[1]', undefined, ['a', 'b']],
		['that is empty', '', undefined, ['a', 'b']],
	])('%s says what it lacks', (_what, written, answer, lacking) => {
		expect(namedAnswer(written, fields)).toEqual({ answer, lacking });
	});

	test('of two names that differ in their letters only, each has its own', () => {
		expect(namedAnswer('{"A":"2","a":"1"}', [text('a'), text('A')])).toEqual({
			answer: { a: '1', A: '2' },
			lacking: [],
		});
		expect(namedAnswer('{"A":"2"}', [text('a'), text('A')])).toEqual({
			answer: { a: null, A: '2' },
			lacking: ['a'],
		});
	});

	test('what every object has is no field of it', () => {
		const { answer, lacking } = namedAnswer('{"a":"1"}', [text('a'), text('toString')]);
		expect([answer, lacking]).toEqual([{ a: '1', toString: null }, ['toString']]);
	});

	test.each<[AnswerField['type'], unknown, unknown]>([
		['number', 12, 12],
		['number', 0, 0],
		['number', '12', 12],
		['number', ' 12.50 ', 12.5],
		['number', '12345678901234567890', '12345678901234567890'],
		['number', '12 euros', undefined],
		['number', '', undefined],
		['number', ' ', undefined],
		['number', 'Infinity', undefined],
		['number', true, undefined],
		['number', [12], undefined],
		['boolean', false, false],
		['boolean', 'yes', undefined],
		['boolean', 1, undefined],
		['text', '', ''],
		['text', 'red', 'red'],
		['text', 5, undefined],
		['text', ['red'], undefined],
		['text', { is: 'red' }, undefined],
		['texts', ['#a', '#b'], ['#a', '#b']],
		['texts', [], []],
		['texts', '#a #b', undefined],
		['texts', ['#a', 1], undefined],
		['texts', { 0: '#a' }, undefined],
	])('of the type %s: %j', (type, value, read) => {
		const answered = namedAnswer(JSON.stringify({ value }), [{ name: 'value', type }]);
		const isRead = read !== undefined;
		expect(answered).toEqual({
			answer: isRead ? { value: read } : undefined,
			lacking: isRead ? [] : ['value'],
		});
	});

	test.each<[string, unknown]>([
		['[1,2]', [1, 2]],
		['```\n{"a":1}\n```', { a: 1 }],
		['```JSON\n[1,\n2]\n```', [1, 2]],
		['Here:\n```json\n{"a":1}\n```', undefined],
		['```json\n{"a":1}\n```\nThat is all.', undefined],
		['```json {"a":1}```', undefined],
		['no JSON', undefined],
	])('in JSON: %j', (answer, data) => {
		expect(jsonAnswer(answer)).toEqual(data);
	});
});

test.each<[AnswerField[], string, string]>([
	[[], 'There is no field to answer in.', 'Add one under Answer Fields, or set Answer In to Text.'],
	[
		[text('a'), text('')],
		'An answer field has no name.',
		'Enter a Name for each of the Answer Fields.',
	],
	[
		[text('a'), text('b'), text('a')],
		'There are two answer fields called "a".',
		'Give each of the Answer Fields a name of its own.',
	],
])('%j are no fields to answer in', (fields, message, advice) => {
	expect(failureOf(() => checkAnswerFields(fields))).toEqual({ kind: 'badInput', message, advice });
});

test('fields with names of their own are some to answer in', () => {
	expect(() => checkAnswerFields([text('a'), text('b')])).not.toThrow();
});
