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
		expect(namedAnswer(JSON.stringify(answered), fields)).toEqual(
			Object.fromEntries(fields.map(({ name }, index) => [name, `${index}`])),
		);
	});

	test('__proto__ is one like any other', () => {
		const fields = [text('__proto__')];
		const answer = namedAnswer('{"__proto__":"a"}', fields);
		expect(Object.entries(answer!)).toEqual([['__proto__', 'a']]);
	});
});

describe('an answer', () => {
	const fields = [text('a'), text('b')];
	test.each<[string, string, unknown]>([
		['is read', '{"a":"1","b":"2"}', { a: '1', b: '2' }],
		['keeps the order of the fields', '{"b":"2","a":"1"}', { a: '1', b: '2' }],
		['that lacks one', '{"a":"1"}', { a: '1', b: null }],
		['with more than was asked for', '{"a":"1","b":"2","c":"3"}', { a: '1', b: '2' }],
		['in a block of code', '```json\n{"a":"1","b":"2"}\n```', { a: '1', b: '2' }],
		['with white space around it', ' \n{"a":"1","b":"2"} ', { a: '1', b: '2' }],
		['that is cut', '{"a":"1","b":', undefined],
		['in words', 'It is red.', undefined],
		['that is a list', '[1]', undefined],
		['that is empty', '', undefined],
	])('%s', (_what, answer, read) => {
		expect(namedAnswer(answer, fields)).toEqual(read);
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
