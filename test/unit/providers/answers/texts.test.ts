// Texts as far as a person or a rule looks at them.
import { shortened, shownText } from '../../../../providers/answers/texts';

test.each<[string, string, number, string]>([
	['short enough', 'abc', 3, 'abc'],
	['too long', 'abcd', 3, 'ab…'],
	['cut within a character', 'a🦊b', 3, 'a…'],
	['cut within a word, which may be half of a secret', 'The key sk-1234', 14, 'The key …'],
	['cut behind a word', 'The key sk-1234', 9, 'The key …'],
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
	['a short address', 'data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
	['megabytes', 'x'.repeat(8_000_000), `${'x'.repeat(499)}…`],
])('a message is shown: %s', (_rule, text, expected) => {
	expect(shownText(text)).toBe(expected);
});
