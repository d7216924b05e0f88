// A key as people paste it: read as what it means, or refused in words that don't show it.
import { badInput } from '../failure';

/** Quotes, and what a key has behind it in a list or in a file of settings. */
const AROUND = /[\s"'`“”‘’,;]/;
/** What stands before a key in a header, as documents show it: `Bearer`, or at fal `Key`. */
const LABEL = /^(?:(?:authorization|x-api-key)\s*:\s*)?(?:bearer(?=[\s:]|$):?|key(?=\s))?/i;

/** Without white space, quotes or a header's `Bearer` around it, and without characters that nobody sees. */
export function meantKey(written: string): string {
	return bare(bare(written.replace(/\p{Cf}/gu, '')).replace(LABEL, ''));
}

function bare(text: string): string {
	let [start, end] = [0, text.length];
	while (start < end && AROUND.test(text[start]!)) start++;
	while (end > start && AROUND.test(text[end - 1]!)) end--;
	return text.slice(start, end);
}

/**
 * A key that a header can carry. `field` is its name in the credential; the message alone says what to do, as n8n's test of
 * a credential shows nothing else. Throws a badInput failure.
 */
export function readKey(written: string, field = 'API Key'): string {
	const key = meantKey(written);
	if (key === '') {
		throw badInput(
			`The ${field} is empty: enter it in the credential.`,
			'If your server asks for none, enter any word, such as none.',
		);
	}
	refuseIn(key, /[^\x21-\x7e]/u, field, 'copy the whole key again and paste it');
	return key;
}

/** What a header of another name may hold: unlike a key, words with spaces between them. Throws a badInput failure. */
export function readHeaderValue(written: string, field: string): string {
	const value = written.trim();
	if (value === '') {
		throw badInput(
			`The ${field} is empty: enter it in the credential.`,
			'Or switch the custom header off, if your server asks for none.',
		);
	}
	refuseIn(value, /[^\x20-\x7e]/u, field, 'copy it again and paste it');
	return value;
}

function refuseIn(text: string, unsendable: RegExp, field: string, remedy: string): void {
	const [wrong] = unsendable.exec(text) ?? [];
	if (wrong === undefined) return;
	throw badInput(
		`The ${field} holds ${inWords(wrong)}, which can't be sent: ${remedy}.`,
		'Open the credential and correct it. Some pages show only a part of a key, with dots in the place of the rest.',
	);
}

function inWords(character: string): string {
	if (/[\r\n]/.test(character)) return 'a line break';
	if (/\s/.test(character)) return 'a space';
	const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
	return /[\p{C}\p{M}]/u.test(character)
		? `the character U+${code}`
		: `the character "${character}"`;
}
