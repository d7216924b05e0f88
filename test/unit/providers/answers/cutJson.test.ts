// What is whole of a JSON object whose text was cut off.
import fc from 'fast-check';

import { wholeFields } from '../../../../providers/answers/cutJson';

test.each<[string, string, object]>([
	['behind a text', '{"id":"a"', { id: 'a' }],
	['within a text', '{"id":"a","b":"c', { id: 'a' }],
	['within a name', '{"id":"a","b', { id: 'a' }],
	['within a number', '{"id":17', {}],
	['behind a number', '{"id":17,', { id: 17 }],
	['behind a number and a space', '{"id":17 ', { id: 17 }],
	['behind words', '{"a":true,"b":null,"c":fal', { a: true, b: null }],
	['an escaped quote', '{"id":"a\\"b","x', { id: 'a"b' }],
	['an escape cut in half', '{"id":"a","b":"\\u00', { id: 'a' }],
	['no escape that there is', '{"id":"\\x","b":"c"', { b: 'c' }],
	['objects and lists between', '{"a":{"id":"x"},"b":["y",{"id":"z"}],"id":"a",', { id: 'a' }],
	['white space', ' {\n "id" : "a" ,\t"b', { id: 'a' }],
	['a byte order mark', '\ufeff{"id":"a","b', { id: 'a' }],
	['a name that every object has', '{"__proto__":"x","id":"a",', { id: 'a' }],
	['a number under a name that nobody can read', '{"\\x":17,"id":"a",', { id: 'a' }],
	['a number below zero, with an exponent', '{"a":-1.5e3}', { a: -1500 }],
	['an empty text', '{"id":"",', { id: '' }],
	['a field that stands there twice', '{"id":"a","id":"b",', { id: 'b' }],
	['a word that JSON has not', '{"a":NaN,"id":"a",', { id: 'a' }],
	[
		'an ID far behind the beginning',
		`{"a":"${'x'.repeat(99_990)}","id":"a",`,
		{ a: 'x'.repeat(99_990) },
	],
	['a list', '[{"id":"a"}', {}],
	['a text', '"id":"a"', {}],
	['a web page', '<html>{"id":"a"}</html>', {}],
	['nothing', '', {}],
])('%s', (_rule, text, fields) => {
	expect({ ...wholeFields(text) }).toMatchObject(fields);
	expect(Object.keys(wholeFields(text)).filter((name) => name !== '__proto__')).toEqual(
		Object.keys(fields),
	);
});

test('never anything else than what the whole text says, wherever it was cut', () => {
	const object = fc.dictionary(fc.string(), fc.jsonValue());
	fc.assert(
		fc.property(object, fc.nat(), (whole, place) => {
			const text = JSON.stringify(whole);
			const read = wholeFields(text.slice(0, place % (text.length + 1)));
			for (const [name, value] of Object.entries(read)) expect(value).toEqual(whole[name]);
		}),
	);
});
