// Base64 as it is written in a JSON string: which characters belong to it, behind backslashes and line breaks too. Pure.

/** Bytes that are looked at ahead, to tell what begins there. */
export const LOOKAHEAD = 1024;

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const SLASH = 0x2f;
export const EQUALS = 0x3d;

/** A text within a text within a text has this many backslashes before a sign. */
const MAX_BACKSLASHES = 7;
const LETTER_U = 0x75;
/** What a letter behind a backslash stands for. */
const ESCAPED: ReadonlyMap<number | undefined, number> = new Map([
	[0x6e, LINE_FEED],
	[0x72, RETURN],
	[0x74, TAB],
	[SLASH, SLASH],
]);
const HEX_DIGITS = 4;
const HEX_VALUES: ReadonlyMap<number | undefined, number> = new Map(
	[...'0123456789abcdefABCDEF'].map((digit) => [digit.charCodeAt(0), parseInt(digit, 16)]),
);

/** Spaces and line breaks at one place. More are no line break. */
const MAX_BLANK_BYTES = 100;
/** A line of so many characters is base64 and no word. */
const LONG_LINE = 40;
/** What may close base64 at the end of a line. */
const CLOSING = new Set([...Buffer.from(`"')]}>\``), EQUALS, LINE_FEED, RETURN]);

/** Both alphabets of RFC 4648. */
const IN_BASE64 = new Uint8Array(256);
for (const sign of Buffer.from(
	'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_',
)) {
	IN_BASE64[sign] = 1;
}

const MEANINGFUL: ReadonlySet<number | undefined> = new Set([QUOTE, BACKSLASH, EQUALS, LINE_FEED]);

export function isBase64(code: number | undefined): boolean {
	return code !== undefined && IN_BASE64[code] === 1;
}

/** One character of a string, and how many bytes it is written in. */
interface Character {
	code: number;
	length: number;
}

/** The character that is written here, however often its backslashes were written with backslashes in turn. */
export function characterAt(bytes: Buffer, at: number): Character {
	if (bytes[at] !== BACKSLASH) return { code: bytes[at]!, length: 1 };
	let next = at + 1;
	while (bytes[next] === BACKSLASH && next - at < MAX_BACKSLASHES) next++;
	const backslashes = next - at;
	const code = ESCAPED.get(bytes[next]);
	if (code !== undefined) return { code, length: backslashes + 1 };
	if (bytes[next] === QUOTE) {
		// An even number of them are backslashes themselves, and the quote ends the string.
		const isEscaped = backslashes % 2 === 1;
		return isEscaped
			? { code: QUOTE, length: backslashes + 1 }
			: { code: BACKSLASH, length: backslashes };
	}
	if (bytes[next] === LETTER_U) {
		const unit = hexAt(bytes, next + 1);
		if (unit !== undefined) return { code: unit, length: backslashes + 1 + HEX_DIGITS };
	}
	// Pairs of them are backslashes; one that is left belongs to the sign behind it.
	return { code: BACKSLASH, length: backslashes > 1 ? backslashes & ~1 : 2 };
}

/** Base64 and where it ends. */
interface Base64 {
	text: string;
	end: number;
}

/** At most so many characters of base64 that stand on one line. */
export function charactersAt(bytes: Buffer, from: number, max: number): Base64 {
	let text = '';
	let end = from;
	while (text.length < max && end < bytes.length) {
		const { code, length } = characterAt(bytes, end);
		if (!isBase64(code)) break;
		text += String.fromCharCode(code);
		end += length;
	}
	return { text, end };
}

function hexAt(bytes: Buffer, at: number): number | undefined {
	let unit = 0;
	for (let i = at; i < at + HEX_DIGITS; i++) {
		const digit = HEX_VALUES.get(bytes[i]);
		if (digit === undefined) return undefined;
		unit = unit * 16 + digit;
	}
	return unit;
}

/** Where the plain characters of base64 end that begin here, or `to` if that comes first. */
export function endOfPlain(bytes: Buffer, from: number, to: number): number {
	const last = Math.min(to, bytes.length);
	let end = from;
	while (end < last && IN_BASE64[bytes[end]!] === 1) end++;
	return end;
}

/** Where plain characters end that are neither base64 nor anything of meaning beside it. */
export function endOfOthers(bytes: Buffer, from: number): number {
	let end = from;
	while (end < bytes.length && IN_BASE64[bytes[end]!] === 0 && !MEANINGFUL.has(bytes[end])) end++;
	return end;
}

/** The base64 that begins here, at most so much of it and nothing behind the lookahead. */
export function base64Ahead(bytes: Buffer, from: number, max: number): Base64 {
	let { text, end } = charactersAt(bytes, from, max);
	while (text.length < max && end - from < LOOKAHEAD) {
		const next = behindBreak(bytes, end);
		if (next === undefined) break;
		const line = charactersAt(bytes, next, max - text.length);
		text += line.text;
		end = line.end;
	}
	return { text, end };
}

/**
 * Where base64 goes on behind a line break; undefined where no line break stands, or where the next line is something
 * else: a blank one, words, or another picture.
 */
export function behindBreak(bytes: Buffer, at: number): number | undefined {
	let [feeds, returns, next] = [0, 0, at];
	while (next < bytes.length && next - at < MAX_BLANK_BYTES) {
		const { code, length } = characterAt(bytes, next);
		if (!isBlank(code) || isRawBreak(code, length)) break;
		if (code === LINE_FEED) feeds++;
		if (code === RETURN) returns++;
		next += length;
	}
	return Math.max(feeds, returns) === 1 && isLineOfBase64(bytes, next) ? next : undefined;
}

/** Whether what stands here is base64 up to the end of its line, or for long. */
function isLineOfBase64(bytes: Buffer, from: number): boolean {
	const { text, end } = charactersAt(bytes, from, LONG_LINE);
	if (text === '' || (text.length >= TELLING && beginsPicture(text))) return false;
	if (text.length === LONG_LINE || end >= bytes.length) return true;
	return CLOSING.has(characterAt(bytes, end).code);
}

/** Behind spaces, tabs and line breaks that are written as escapes, as far as the lookahead goes. */
export function behindBlank(bytes: Buffer, from: number): number {
	let at = from;
	while (at < bytes.length && at - from < LOOKAHEAD) {
		const { code, length } = characterAt(bytes, at);
		if (!isBlank(code) || isRawBreak(code, length)) break;
		at += length;
	}
	return at;
}

/** One that isn't written as an escape can't stand in a string: there a line of JSON ends that was cut. */
function isRawBreak(code: number, length: number): boolean {
	return length === 1 && (code === LINE_FEED || code === RETURN);
}

function isBlank(code: number): boolean {
	return code === SPACE || code === LINE_FEED || code === RETURN || code === TAB;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** AVIF, HEIC and what they are made of (ISO/IEC 23008-12). */
const BRANDS = /^(avif|avis|hei[cxms]|hev[cxms]|mif1|msf1|miaf)$/;
/** So many characters tell a picture. */
export const TELLING = 24;

/** Whether base64 is that of a picture, by the first bytes. */
export function beginsPicture(base64: string): boolean {
	const head = Buffer.from(base64.slice(0, TELLING), 'base64');
	if (head.subarray(0, PNG.length).equals(PNG)) return true;
	const text = head.toString('latin1');
	if (text.startsWith('\xff\xd8\xff') || /^GIF8[79]a/.test(text)) return true;
	if (text.startsWith('RIFF')) return text.slice(8, 12) === 'WEBP';
	return text.slice(4, 8) === 'ftyp' && BRANDS.test(text.slice(8, 12));
}
