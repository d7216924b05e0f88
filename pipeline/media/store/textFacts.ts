// What a file is that is written as text: a picture as SVG, a web page, or something else that is to be read. Pure.

/** Longer ones say nothing of the size that we would miss. */
const LONGEST_TAG = 4096;
const CLOSED_BY: ReadonlyArray<readonly [begin: string, end: string]> = [
	['<?', '?>'],
	['<!--', '-->'],
];

/** Whether the text's first element is `svg`. What may stand before it is skipped: XML's own line, comments, a doctype. */
export function isSvg(head: Buffer): boolean {
	return /^<(svg:)?svg[\s/>]/i.test(firstElement(head));
}

/** An SVG's width and height: as it states them in pixels, or else those of the part that is in view. */
export function svgDimensions(head: Buffer): { width?: number; height?: number } {
	const [tag = ''] =
		/^<(?:"[^"]*"|'[^']*'|[^'">])*>/.exec(firstElement(head).slice(0, LONGEST_TAG)) ?? [];
	const stated = pixelsOf(lengthIn(tag, 'width'), lengthIn(tag, 'height'));
	if (stated) return stated;
	const [, , width, height] = (attributeOf(tag, 'viewBox') ?? '')
		.trim()
		.split(/[\s,]+/)
		.map(Number);
	return pixelsOf(width, height) ?? {};
}

function pixelsOf(width = NaN, height = NaN): { width: number; height: number } | undefined {
	return width > 0 && height > 0
		? { width: Math.round(width), height: Math.round(height) }
		: undefined;
}

/** A share of the page, such as `100%`, is no length of its own. */
function lengthIn(tag: string, name: string): number {
	const [, number] = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(attributeOf(tag, name) ?? '') ?? [];
	return Number(number);
}

function attributeOf(tag: string, name: string): string | undefined {
	const [, double, single] =
		new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? [];
	return double ?? single;
}

/** The text from its first element on. */
function firstElement(head: Buffer): string {
	const text = withoutMark(head.toString('utf8'));
	for (let rest = text.trimStart(); ; ) {
		const closed = CLOSED_BY.find(([begin]) => rest.startsWith(begin));
		const end = closed ? endOf(rest, closed[1]) : endOfDoctype(rest);
		if (end === undefined) return rest;
		rest = rest.slice(end).trimStart();
	}
}

/** Past the sign, or the end of the text where it doesn't come. */
function endOf(text: string, sign: string, from = 0): number {
	const at = text.indexOf(sign, from);
	return at === -1 ? text.length : at + sign.length;
}

/** Past SVG's own doctype, whose entities may stand in brackets; undefined where there is none. */
function endOfDoctype(text: string): number | undefined {
	if (!/^<!doctype\s+svg[\s>[]/i.test(text)) return undefined;
	const end = endOf(text, '>');
	const bracket = text.indexOf('[');
	return bracket === -1 || bracket > end ? end : endOf(text, '>', endOf(text, ']', bracket));
}

/** The text that the bytes are; undefined where they are none. They may end within a letter. */
export function textIn(head: Buffer): string | undefined {
	const text = withoutMark(head.toString('utf8')).replace(/\uFFFD{1,3}$/, '');
	return head.some(isControl) || text.includes('\uFFFD') ? undefined : text;
}

/** What stands in no text: control characters other than white space. */
function isControl(byte: number): boolean {
	return byte < 0x09 || (byte > 0x0d && byte < 0x20);
}

/** A byte order mark isn't part of the text. */
function withoutMark(text: string): string {
	return text.replace(/^\uFEFF/, '');
}
