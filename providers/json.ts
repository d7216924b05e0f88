// JSON from strangers: read only as deep as any answer goes, as whoever walks through it would run out of stack.

const MAX_DEPTH = 500;

/** What begins otherwise needn't be tried, which would cost much for many short texts. */
const BEGINNING = /^\ufeff?\s*[[{"\d\-tfn]/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** The value, or undefined where the text is no JSON, or nested deeper than any answer. A byte order mark is passed over. */
export function parseJson(text: string): unknown {
	if (!BEGINNING.test(text) || isTooDeep(text)) return undefined;
	try {
		return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
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

function endOfString(text: string, start: number): number {
	let i = start + 1;
	while (i < text.length && text.charCodeAt(i) !== QUOTE) {
		i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
	}
	return i;
}
