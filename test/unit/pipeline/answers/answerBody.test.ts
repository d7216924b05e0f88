// Answers of any kind: what they are taken for, and what is passed over.
import { inPieces } from '../pictureStore';
import { read, requestOf, type Form } from './bodies';

describe.each<[string, string[] | undefined]>([
	['with pictures', ['b64_json']],
	['with pictures of no name', []],
	['without pictures', undefined],
])('an answer %s', (_what, fields) => {
	test.each<[string, Form, string, unknown]>([
		['JSON', undefined, '{"a":1}', { a: 1 }],
		['JSON behind a byte order mark', undefined, '\ufeff{"a":1}', { a: 1 }],
		['JSON behind white space and a mark', undefined, ' \r\n\ufeff {"a":1}', { a: 1 }],
		['JSON that may be anything', 'any', '\ufeff{"a":1}', { a: 1 }],
		['null', undefined, 'null', null],
		['a web page', undefined, '\n<html>502</html>', '<html>502</html>'],
		['text that nobody reads', 'none', '<xml/>', '<xml/>'],
		['lines with marks', 'lines', '\ufeff{"a":1}\n\ufeff{"b":2}\r\n\n3', [{ a: 1 }, { b: 2 }, 3]],
		['lines, one of them cut', 'lines', '{"a":1}\n{"b":', [{ a: 1 }, '{"b":']],
		[
			'lines, one of them nested too deeply',
			'lines',
			`${'['.repeat(600)}${']'.repeat(600)}\n{"b":2}`,
			[expect.stringContaining('[[['), { b: 2 }],
		],
		['events behind a mark', 'events', '\ufeffdata: 1\n\n', [{ data: 1 }]],
		['events behind white space', 'events', '\n\n: hi\n\ndata: 1\n\n', [{ data: 1 }]],
		[
			'events that may be anything',
			'any',
			'\ufeff: hi\n\ndata: 1\n\n',
			Buffer.from(': hi\n\ndata: 1\n\n'),
		],
		['JSON in place of events', 'events', '\ufeff{"a":1}', { a: 1 }],
	])('reads %s', async (_rule, form, text, expected) => {
		for (const length of [1, 5, 1000]) {
			const { body } = await read(requestOf(form, fields), inPieces(text, length));
			expect(body).toEqual(expected);
		}
	});
});
