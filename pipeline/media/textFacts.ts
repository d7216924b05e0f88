// What a file is that is written as text: a picture as SVG, a web page, or something else that is to be read. Pure.

const CLOSED_BY: ReadonlyArray<readonly [begin: string, end: string]> = [
	['<?', '?>'],
	['<!--', '-->'],
];

/** Whether the text's first element is `svg`. What may stand before it is skipped: XML's own line, comments, a doctype. */
export function isSvg(head: Buffer): boolean {
	const text = withoutMark(head.toString('utf8'));
	for (let rest = text.trimStart(); ; ) {
		const closed = CLOSED_BY.find(([begin]) => rest.startsWith(begin));
		const end = closed ? endOf(rest, closed[1]) : endOfDoctype(rest);
		if (end === undefined) return /^<(svg:)?svg[\s/>]/i.test(rest);
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
