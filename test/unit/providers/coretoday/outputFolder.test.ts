// Which folders Core.Today takes, and what is told of the others.
import { readOutputFolder } from '../../../../providers/coretoday/outputFolder';
import { failureOf } from '../support';

const LONGEST = 'x'.repeat(256);

test.each<[string, string, string | undefined]>([
	['nothing', '', undefined],
	['spaces only', '  ', undefined],
	['a name', 'spring', 'spring'],
	['a path with spaces around it', ' campaigns/spring ', 'campaigns/spring'],
	['dots apart from each other', './a.b/.c', './a.b/.c'],
	['256 characters', LONGEST, LONGEST],
	['256 characters with spaces around them', ` ${LONGEST} `, LONGEST],
])('%s', (_rule, text, folder) => {
	expect(readOutputFolder(text)).toBe(folder);
});

test.each<[string, string, string, string]>([
	[
		'257 characters',
		`${LONGEST}x`,
		'The Output Folder has 257 characters, at most 256 are taken.',
		'Shorten it in the Options.',
	],
	[
		'a way up',
		'a/../../b',
		'The Output Folder "a/../../b" has two dots in a row, which Core.Today refuses.',
		'Name the folder from the top, such as campaigns/spring.',
	],
	[
		'two dots within a name',
		'a..b',
		'The Output Folder "a..b" has two dots in a row, which Core.Today refuses.',
		'Name the folder from the top, such as campaigns/spring.',
	],
])('refused: %s', (_rule, text, message, advice) => {
	expect(failureOf(() => readOutputFolder(text))).toEqual({ kind: 'badInput', message, advice });
});
