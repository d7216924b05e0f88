// Texts as far as a person or a rule looks at them.
import { beginningOf, shortened, shownText } from '../../../../providers/answers/texts';

test.each<[string, string, number, string]>([
	['short enough', 'abc', 3, 'abc'],
	['too long', 'abcd', 3, 'ab…'],
	['cut within a character', 'a🦊b', 3, 'a…'],
	['cut behind a word and a character', '🦊 bc def', 7, '🦊 bc …'],
	['cut within a word, which may be half of a secret', 'The key sk-1234', 14, 'The key …'],
	['cut behind a word', 'The key sk-1234', 9, 'The key …'],
	['cut within a word of any letters that a secret has', 'Key: aZ09_+/=.-b', 15, 'Key: …'],
	['cut within a long word', `a ${'b'.repeat(300)}`, 202, 'a …'],
	[
		'cut within a word that is longer than a secret',
		`a ${'b'.repeat(300)}`,
		204,
		`a ${'b'.repeat(201)}…`,
	],
	['nothing', '', 3, ''],
])('%s', (_rule, text, max, expected) => {
	expect(shortened(text, max)).toBe(expected);
});

test.each<[string, string, string]>([
	['a plain one', 'No.', 'No.'],
	[
		'a picture within it',
		`See data:image/png;base64,${'A'.repeat(200)}== there`,
		'See data:image/png;base64,… there',
	],
	[
		'two pictures within it',
		`data:image/png;base64,${'A'.repeat(20)} data:image/webp;base64,${'-_'.repeat(10)}!`,
		'data:image/png;base64,… data:image/webp;base64,…!',
	],
	['500 characters', 'x'.repeat(500), 'x'.repeat(500)],
	[
		'a picture, and words behind 1,000 characters',
		`data:;base64,${'A'.repeat(1000)} a`,
		'data:;base64,……',
	],
	['a short address', 'data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
	['megabytes', 'x'.repeat(8_000_000), `${'x'.repeat(499)}…`],
])('a message is shown: %s', (_rule, text, expected) => {
	expect(shownText(text)).toBe(expected);
});

test.each<[string, string, number, string]>([
	['a shorter one', 'abc', 4, 'abc'],
	['one of just that length', 'abc', 3, 'abc'],
	['a longer one', 'abcd', 3, 'abc'],
	['one of several words', 'ab cd ef', 5, 'ab '],
	['none of them', 'abc', 0, ''],
])('the beginning of a text: %s', (_rule, text, max, expected) => {
	expect(beginningOf(text, max)).toBe(expected);
});
