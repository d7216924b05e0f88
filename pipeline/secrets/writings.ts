// The ways in which a text can have a secret in it: as it is, as JSON and base64 write it, and with some of its characters
// escaped as addresses, JSON and web pages do it.

/** Escapes are escaped again where one text stands in another. So often. */
const MOST_TIMES = 3;
const MOST_BACKSLASHES = 2 ** MOST_TIMES;

/** Texts to look for. */
export function writingsOf(secret: string): string[] {
	return [
		secret,
		encodeURIComponent(secret.toWellFormed()),
		JSON.stringify(secret).slice(1, -1),
		...base64Writings(secret),
	];
}

/** Base64 begins anew with every third byte, so that there are three ways. What also depends on the bytes around it is left out. */
function base64Writings(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2].flatMap((before) => {
		const all = Buffer.concat([Buffer.alloc(before), bytes]);
		const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((all.length * 8) / 6)];
		return (['base64', 'base64url'] as const).map((form) => all.toString(form).slice(from, to));
	});
}

/** Whether it is worth while to look for escapes. */
export const ESCAPES = /[\\%&]/;

/** A pattern of the secret with any of its characters escaped in any way. Each of its parts is bounded, so that it is fast. */
export function escapedWritingOf(secret: string): RegExp {
	// A row of backslashes counts as one character, as nobody can tell which of them escape others.
	const characters = secret.match(/\\+|[^]/gu) ?? [];
	return new RegExp(characters.map(anyWritingOf).join(''), 'g');
}

function anyWritingOf(character: string): string {
	if (character.startsWith('\\')) return `\\\\{1,${MOST_BACKSLASHES * character.length}}`;
	const backslashes = `\\\\{0,${MOST_BACKSLASHES}}`;
	const ways = [
		`${backslashes}${literal(character)}`,
		unitsOf(character)
			.map((unit) => `\\\\{1,${MOST_BACKSLASHES}}u${hex(unit, 4)}`)
			.join(''),
		[...Buffer.from(character)].map((byte) => `%(?:25){0,${MOST_TIMES}}${hex(byte, 2)}`).join(''),
		`&#0{0,6}${character.codePointAt(0)!};`,
		`&#[xX]0{0,6}${hex(character.codePointAt(0)!)};`,
	];
	return `(?:${ways.join('|')})`;
}

function unitsOf(character: string): number[] {
	return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
}

/** With small and capital letters. */
function hex(value: number, digits = 1): string {
	return value
		.toString(16)
		.padStart(digits, '0')
		.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literal(character: string): string {
	return character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
