// JSON from strangers: whatever JSON.parse takes, but nothing that is nested without end.
import fc from 'fast-check';

import { parseJson } from '../../../../providers/answers/json';

it('reads any JSON', () => {
	fc.assert(
		fc.property(fc.json(), (text) => {
			expect(parseJson(text)).toEqual(JSON.parse(text));
			expect(parseJson(`\ufeff${text}`)).toEqual(JSON.parse(text));
		}),
	);
});

test.each([
	['a seed', '{"seed": 17454220438242315174}', { seed: '17454220438242315174' }],
	['one of 16 digits', '{"a":9007199254740993}', { a: '9007199254740993' }],
	['one in a list, below zero', '[-9007199254740993,1]', ['-9007199254740993', 1]],
	['the largest that keeps its digits', '{"a":9007199254740991}', { a: 9007199254740991 }],
	['a round one', '{"a":100000000000000000000}', { a: 100000000000000000000 }],
	['a fraction', '{"a":0.12345678901234567890}', { a: 0.12345678901234568 }],
	['an exponent', '{"a":1234567890123456789e3}', { a: Number('1234567890123456789e3') }],
	[
		'digits in a text',
		'{"a":": 17454220438242315174","b":1}',
		{ a: ': 17454220438242315174', b: 1 },
	],
	['zeros beside it', '[-0,17454220438242315174,0]', [-0, '17454220438242315174', 0]],
])('keeps all digits of %s', (_what, text, value) => {
	expect(parseJson(text)).toEqual(value);
});

test.each([
	['nothing', ''],
	['half of it', '{"a":'],
	['a text without an end', '{"a":"b'],
	['a text without an end, which an escape cuts off', '"a\\'],
	['a number beside words', '5 apples'],
	['words', 'Bad gateway'],
	['a web page', '<html></html>'],
	['deep lists', '['.repeat(501) + ']'.repeat(501)],
	['deep objects', '{"a":'.repeat(501) + '1' + '}'.repeat(501)],
	['four million brackets', '['.repeat(4_000_000)],
])('reads %s as none', (_what, text) => {
	expect(parseJson(text)).toBeUndefined();
});

test.each([
	['as deep as it may be', '['.repeat(500) + ']'.repeat(500)],
	['brackets in texts', JSON.stringify({ a: '['.repeat(1000), b: '"[\\'.repeat(1000) })],
	['white space before it', ' \n\t{"a":1}'],
	['a number below zero', '-5'],
	['a word', ' null'],
	['many brackets side by side', JSON.stringify(Array.from({ length: 1000 }, () => [{}]))],
])('reads %s', (_what, text) => {
	expect(parseJson(text)).toEqual(JSON.parse(text));
});
