// A key as people paste it: read as what it means, or refused in words that don't show it.
import { badInput } from './failure';

const AROUND = /[\s"'`“”‘’]/;
/** What stands before a key in a header, as documents show it. */
const LABEL = /^(?:(?:authorization|x-api-key)\s*:\s*)?(?:bearer(?=[\s:]|$):?)?/i;

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
	const [wrong] = /[^\x21-\x7e]/u.exec(key) ?? [];
	if (wrong === undefined) return key;
	throw badInput(
		`The ${field} holds ${inWords(wrong)}, which can't be sent: copy the whole key again and paste it.`,
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
