// JSON from strangers: read only as deep as any answer goes, as whoever walks through it would run out of stack.

const MAX_DEPTH = 500;

/** What begins otherwise needn't be tried, which would cost much for many short texts. */
const BEGINNING = /^\ufeff?\s*[[{"\d\-tfn]/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** A whole number that may have more digits than a number in JavaScript keeps. */
const LONG_NUMBER = /[[:,\s]-?\d{16}/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * The value, or undefined where the text is no JSON, or nested deeper than any answer. A byte order mark is passed over. A
 * whole number that would lose digits, such as a seed, is a text.
 */
export function parseJson(text: string): unknown {
	if (!BEGINNING.test(text) || isTooDeep(text)) return undefined;
	try {
		return JSON.parse(withWholeNumbers(text.replace(/^\ufeff/, ''))) as unknown;
	} catch {
		return undefined;
	}
}

function isTooDeep(text: string): boolean {
	let depth = 0;
	for (let i = 0; i < text.length; i++) {
		const sign = text.charCodeAt(i);
		if (sign === QUOTE) i = endOfString(text, i);
		else if (OPENING.has(sign)) depth += 1;
		else if (CLOSING.has(sign)) depth -= 1;
		if (depth > MAX_DEPTH) return true;
	}
	return false;
}

/** The same with quotes around whole numbers that are too long. */
function withWholeNumbers(text: string): string {
	if (!LONG_NUMBER.test(text)) return text;
	const pieces: string[] = [];
	let kept = 0;
	for (let i = 0; i < text.length; i++) {
		const sign = text.charCodeAt(i);
		if (sign === QUOTE) i = endOfString(text, i);
		else if (sign === MINUS || isDigit(sign)) {
			NUMBER.lastIndex = i;
			const [number = text[i]!] = NUMBER.exec(text) ?? [];
			if (losesDigits(number)) {
				pieces.push(text.slice(kept, i), `"${number}"`);
				kept = i + number.length;
			}
			i += number.length - 1;
		}
	}
	return pieces.join('') + text.slice(kept);
}

function losesDigits(number: string): boolean {
	return /^-?\d{16,}$/.test(number) && String(Number(number)) !== number;
}

function isDigit(sign: number): boolean {
	return sign >= 0x30 && sign <= 0x39;
}

function endOfString(text: string, start: number): number {
	let i = start + 1;
	while (i < text.length && text.charCodeAt(i) !== QUOTE) {
		i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
	}
	return i;
}
