// JSON from strangers: whatever JSON.parse takes, but nothing that is nested without end.
import fc from 'fast-check';

import { parseJson } from '../../../providers/json';

it('reads any JSON', () => {
	fc.assert(
		fc.property(fc.json(), (text) => {
			expect(parseJson(text)).toEqual(JSON.parse(text));
			expect(parseJson(`\ufeff${text}`)).toEqual(JSON.parse(text));
		}),
	);
});

test.each([
	['nothing', ''],
	['half of it', '{"a":'],
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
	['many brackets side by side', JSON.stringify(Array.from({ length: 1000 }, () => [{}]))],
])('reads %s', (_what, text) => {
	expect(parseJson(text)).toEqual(JSON.parse(text));
});
