// The person's own name for an order, such as an order or row number: what it may be, so that it comes through addresses,
// logs and tables as it went in.
import { badInput } from '../failure';

/** An address, of which providers take 2,048 characters, must hold it in any alphabet. */
const MAX_CHARACTERS = 200;
const SHOWN_CHARACTERS = 40;
/** Line breaks and other control characters, halves of characters, what has no width, and what turns the reading direction. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/u;
const ALL_UNSEEN = new RegExp(UNSEEN, 'gu');

/** Without the spaces around it; undefined where nothing is left. Throws a badInput failure for one that can't be taken. */
export function readOrderReference(text: string): string | undefined {
	const reference = text.trim();
	if (reference === '') return undefined;
	const { length } = reference;
	if (length > MAX_CHARACTERS) {
		throw badInput(
			`Your Reference has ${length.toLocaleString('en')} characters, at most ${MAX_CHARACTERS} are taken. It begins with "${reference.slice(0, SHOWN_CHARACTERS).replace(ALL_UNSEEN, ' ')}".`,
			'Use something short, such as an order or row number. If it is an expression, check that it leads to the right field.',
		);
	}
	const unseen = UNSEEN.exec(reference);
	if (!unseen) return reference;
	throw badInput(
		`Your Reference has ${/[\n\r\u2028\u2029]/.test(unseen[0]) ? 'a line break' : 'a character that nobody can see'} in it, behind "${reference.slice(0, unseen.index).slice(-SHOWN_CHARACTERS)}".`,
		'Use one line of plain text, such as an order or row number. If it is an expression, check that it leads to the right field.',
	);
}
