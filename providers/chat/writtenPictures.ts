// Takes pictures that are written out as base64 out of a text. Character by character: such a text may have many megabytes, on which regular expressions give up.

export interface LiftedText {
	/** The text with a short mark in place of each picture. */
	text: string;
	/** The base64 of the pictures, by the number in their marks. */
	pictures: string[];
}

const HEAD = /data:(?:image\/[a-z0-9.+-]{1,40}|application\/octet-stream);base64,|base64:\/\//gi;
/** A sign that no text has: Unicode keeps it free for such use. */
const EDGE = '\uffff';
const MARK = /\uffff(\d+)\uffff/g;
/** Fewer characters aren't a picture but somebody who writes about data URIs. */
const FEWEST_CHARACTERS = 16;

export function liftPictures(written: string): LiftedText {
	const whole = written.includes(EDGE) ? written.replaceAll(EDGE, '') : written;
	const pictures: string[] = [];
	const kept: string[] = [];
	const heads = new RegExp(HEAD);
	let position = 0;
	for (let head = heads.exec(whole); head; head = heads.exec(whole)) {
		const from = head.index + head[0].length;
		const end = endOfBase64(whole, from);
		if (end - from < FEWEST_CHARACTERS) continue;
		kept.push(whole.slice(position, head.index), `${EDGE}${pictures.length}${EDGE}`);
		pictures.push(whole.slice(from, end));
		position = end;
		heads.lastIndex = end;
	}
	kept.push(whole.slice(position));
	return { text: kept.join(''), pictures };
}

/** The pictures whose marks stand in a piece of the text, in order. */
export function picturesIn(piece: string, pictures: readonly string[]): string[] {
	return [...piece.matchAll(MARK)].flatMap(([, number]) => pictures[Number(number)] ?? []);
}

/** The text as a person reads it. */
export function withoutMarks(text: string): string {
	return text.replace(MARK, '[image]').trim();
}

/** The base64 of an address that is a picture itself; undefined for any other. */
export function base64Of(address: string): string | undefined {
	const head = /^(?:data:[^,]{0,200};base64,|base64:\/\/)/i.exec(address);
	return head && address.length > head[0].length ? address.slice(head[0].length) : undefined;
}

/** The two alphabets of RFC 4648, and at most two signs at the end that fill up. */
function endOfBase64(text: string, from: number): number {
	let end = from;
	while (isBase64(text.charCodeAt(end))) end++;
	for (let fill = 0; fill < 2 && text[end] === '='; fill++) end++;
	return end;
}

function isBase64(code: number): boolean {
	const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
	const isDigit = code >= 0x30 && code <= 0x39;
	// + and /, and the - and _ that stand for them in addresses.
	return isLetter || isDigit || code === 0x2b || code === 0x2f || code === 0x2d || code === 0x5f;
}
