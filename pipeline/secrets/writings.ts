// The ways in which a text can have a secret in it: as it is, as JSON, base64 and hexadecimal write it, with some of its
// characters escaped as addresses, JSON, scripts and web pages do it, and broken into lines.

/** Escapes are escaped again where one text stands in another. So often. */
const MOST_TIMES = 3;
const MOST_BACKSLASHES = 2 ** MOST_TIMES;

/** Texts to look for. */
export function writingsOf(secret: string): string[] {
	const hexadecimal = Buffer.from(secret).toString('hex');
	const base64 = base64Writings(secret);
	return [
		secret,
		encodeURIComponent(secret.toWellFormed()),
		JSON.stringify(secret).slice(1, -1),
		hexadecimal,
		hexadecimal.toUpperCase(),
		...base64,
		...base64.map(encodeURIComponent),
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
export function escapedWritingOf(secret: string, flags: string): RegExp {
	// A row of backslashes counts as one character, as nobody can tell which of them escape others.
	const characters = secret.match(/\\+|[^]/gu) ?? [];
	return new RegExp(characters.map(anyWritingOf).join(''), flags);
}

function anyWritingOf(character: string): string {
	if (character.startsWith('\\')) return `\\\\{1,${MOST_BACKSLASHES * character.length}}`;
	const code = character.codePointAt(0)!;
	const units = unitsOf(character).map((unit) => `u${hex(unit, 4)}`);
	const scripts = [
		units.join(`\\\\{1,${MOST_BACKSLASHES}}`),
		`u\\{0{0,4}${hex(code)}\\}`,
		...(code < 256 ? [`x${hex(code, 2)}`] : []),
	];
	const ways = [
		`\\\\{0,${MOST_BACKSLASHES}}${literal(character)}`,
		`\\\\{1,${MOST_BACKSLASHES}}(?:${scripts.join('|')})`,
		[...Buffer.from(character)].map((byte) => `%(?:25){0,${MOST_TIMES}}${hex(byte, 2)}`).join(''),
		// A browser reads it without its semicolon, too.
		`&(?:amp;){0,${MOST_TIMES}}(?:${[...numbersOf(code), ...namesOf(character)].join('|')});?`,
	];
	return `(?:${ways.join('|')})`;
}

function numbersOf(code: number): string[] {
	return [`#0{0,6}${code}`, `#[xX]0{0,6}${hex(code)}`];
}

/** Signs that would be taken for the page's own, and what it calls them. */
const NAMES: ReadonlyMap<string, string> = new Map([
	['&', 'amp'],
	['<', 'lt'],
	['>', 'gt'],
	['"', 'quot'],
	["'", 'apos'],
]);

function namesOf(character: string): string[] {
	const name = NAMES.get(character);
	return name === undefined ? [] : [name, name.toUpperCase()];
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

/** Line breaks with what is indented behind them, as they are or escaped, and signs that nobody sees. */
const GAP = `(?:(?:[\\r\\n\\u2028\\u2029]|\\\\{1,${MOST_BACKSLASHES}}[rn])[ \\t]*|[\\u00ad\\u200b-\\u200f\\u2060\\ufeff])`;
const GAPS = new RegExp(GAP, 'g');

/** Between two characters. Without a bound, a key that begins with what is itself part of a gap takes long to be found. */
const MOST_GAPS = 32;

/** The text without what may break a secret in two; the text itself where it has nothing of the kind. */
export function withoutGaps(text: string): string {
	return text.replace(GAPS, '');
}

/** A pattern of the text, whatever breaks it in two. */
export function brokenWritingOf(writing: string, flags: string): RegExp {
	return new RegExp([...writing].map(literal).join(`${GAP}{0,${MOST_GAPS}}`), flags);
}

/** A pattern of the text as it is. */
export function patternOf(writing: string, flags: string): RegExp {
	return new RegExp([...writing].map(literal).join(''), flags);
}

function literal(character: string): string {
	return character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
