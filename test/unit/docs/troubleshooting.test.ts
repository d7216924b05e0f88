// The pages of troubleshooting explain every message that a node can show, and no other. The messages are read from the code:
// see messages/shownMessages.ts. What a message is filled with stands as … in the pages.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { entriesOf, explained } from './messages/pageEntries';

import { shownMessages } from './messages/shownMessages';
import { ROOT } from './pages';

function pageAt(name: string): string {
	return readFileSync(path.join(ROOT, 'docs', name), 'utf8');
}

const messages = shownMessages();
const shown = messages.map(({ text }) => text);
const entries = entriesOf(pageAt('troubleshooting.md'));

test('the code has messages of all kinds, so that the search for them works', () => {
	const kinds = [
		'The Prompt is empty.',
		'… took too long to answer.',
		'EvoLink is too busy for this request right now. Try again in a few minutes.',
		"The link to the picture doesn't work any more (HTTP …).",
		'The token is missing or wrong.',
		'The key is right, but its account has no credit left. Add some before you make images.',
		'Image … of … of item … is missing. …',
	];
	expect(shown).toEqual(expect.arrayContaining(kinds));
	expect(shown.length).toBeGreaterThan(250);
});

test('docs/troubleshooting.md explains every message', () => {
	const told = new Set(entries.map((entry) => explained(entry, shown)));
	const lacking = messages.filter(({ text }) => !told.has(text));
	const toAdd = lacking.map(
		({ text, place }) => `- \`${text}\`\n\nWhy it appears, and what to do. (Written in ${place}.)`,
	);
	if (toAdd.length > 0) {
		throw new Error(
			`Add to docs/troubleshooting.md, and to docs/ko/troubleshooting.md, where it fits, beside a message with the same cause or with a paragraph of its own:\n\n${toAdd.join('\n\n')}`,
		);
	}
});

test('docs/troubleshooting.md explains no message that nobody can see', () => {
	const gone = entries.filter((entry) => explained(entry, shown) === undefined);
	if (gone.length > 0) {
		throw new Error(
			`No code says this any more. Change it to what the code says, or take it out of docs/troubleshooting.md and docs/ko/troubleshooting.md:\n\n${gone.map((entry) => `- \`${entry}\``).join('\n')}`,
		);
	}
});

test('no message is explained twice', () => {
	expect(entries.filter((entry, index) => entries.indexOf(entry) !== index)).toEqual([]);
});

test('docs/ko/troubleshooting.md explains the same messages, in the same order', () => {
	const korean = entriesOf(pageAt('ko/troubleshooting.md'));
	const lacking = entries.filter((entry) => !korean.includes(entry));
	const gone = korean.filter((entry) => !entries.includes(entry));
	if (lacking.length > 0 || gone.length > 0) {
		const lines = (each: string[]) => each.map((entry) => `- \`${entry}\``).join('\n');
		throw new Error(
			`Add to docs/ko/troubleshooting.md, at the place that they have in docs/troubleshooting.md, with the explanation in Korean:\n${lines(lacking)}\n\nTake out of it:\n${lines(gone)}`,
		);
	}
	expect(korean).toEqual(entries);
});
