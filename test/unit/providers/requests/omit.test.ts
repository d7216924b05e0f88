// Objects without what wasn't given.
import { omitEmpty, omitUndefined } from '../../../../providers/requests/omit';

const VALUES = { a: undefined, b: '', c: 0, d: false, e: null, f: [], g: ' ' };

test('only undefined counts as not given', () => {
	expect(Object.entries(omitUndefined(VALUES))).toEqual([
		['b', ''],
		['c', 0],
		['d', false],
		['e', null],
		['f', []],
		['g', ' '],
	]);
});

test('or an empty text too, where a protocol refuses it', () => {
	expect(Object.entries(omitEmpty(VALUES))).toEqual([
		['c', 0],
		['d', false],
		['e', null],
		['f', []],
		['g', ' '],
	]);
});

test('the object that was handed in stays as it is', () => {
	const values = { a: undefined };
	expect(omitUndefined(values)).not.toHaveProperty('a');
	expect(values).toHaveProperty('a');
});
