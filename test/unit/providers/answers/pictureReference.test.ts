// The short texts that stand in the place of pictures: what is one, and what only looks like one.
import {
	isReference,
	referenceOf,
	referenceOfBytes,
	referencesIn,
} from '../../../../providers/answers/pictureReference';

test('the same bytes always have the same reference, by their SHA-256', () => {
	const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
	expect(referenceOf(abc)).toBe(`stored:${abc}`);
	expect(referenceOfBytes(Buffer.from('abc'))).toBe(`stored:${abc}`);
});

test.each<[boolean, string, unknown]>([
	[true, 'a digest', 'stored:ba78'],
	[true, 'letters of all kinds', 'stored:aZ09_-'],
	[true, '100 characters', `stored:${'a'.repeat(100)}`],
	[false, '101 characters', `stored:${'a'.repeat(101)}`],
	[false, 'no characters', 'stored:'],
	[false, 'something before it', 'x stored:ba78'],
	[false, 'something behind it', 'stored:ba78 x'],
	[false, 'a path', 'stored:../a'],
	[false, 'a list with one', ['stored:ba78']],
	[false, 'nothing', undefined],
])('whether it is a reference is %s for %s', (expected, _what, value) => {
	expect(isReference(value)).toBe(expected);
});

test.each<[string, string, RegExp | undefined, string[]]>([
	['in order', 'One stored:be_d, two (stored:a-c).', undefined, ['stored:be_d', 'stored:a-c']],
	[
		'as often as they stand there',
		'stored:a-c stored:a-c',
		undefined,
		['stored:a-c', 'stored:a-c'],
	],
	['by a narrower pattern', 'stored:be_d stored:a-c', /stored:a-c/g, ['stored:a-c']],
	['but nothing else that a pattern finds', 'stored:a-c, b', /stored:a-c|b/g, ['stored:a-c']],
	['none where there are none', 'Nothing was stored: sorry.', undefined, []],
])('the references in a text are found %s', (_rule, text, pattern, references) => {
	expect(referencesIn(text, pattern)).toEqual(references);
});
