// Tells where in a JSON string a picture begins: behind a data URI's head, or by the first bytes of its base64. Pure.
import { base64Ahead, beginsPicture, behindBlank, charactersAt, TELLING } from './writtenBase64';

/** No head is longer. */
const HEAD_BYTES = 220;
/** Some gateways put one head before another. */
export const MAX_HEADS = 3;
/** Behind a picture's head, fewer characters aren't a picture but somebody who writes about data URIs. */
const FEWEST_BEHIND_HEAD = 16;
/** Elsewhere, fewer may be anything. */
const FEWEST_ALONE = 200;

const PICTURE_HEAD =
	/^(?:data:(?:image\\*\/[\w.+\\-]{1,40}|application\\*\/octet-stream)(?:;[\w=.-]{1,60}){0,3};base64,|base64:\\*\/\\*\/)/i;
const ANY_HEAD = /^(?:data:[^,:"\s]{0,200},|base64:\\*\/\\*\/)/i;

const COLON = 0x3a;
const COMMA = 0x2c;
/** A data URI's head goes up to its comma. */
const HEADS_END: ReadonlySet<number | undefined> = new Set([...Buffer.from(',:" \n'), undefined]);
/** Whatever picture begins with these: PNG, JPEG, WebP, GIF, AVIF or HEIC. */
const BEGINNINGS_IN_BASE64: ReadonlySet<string> = new Set(['iVBO', '/9j/', 'UklG', 'R0lG', 'AAAA']);
/** Letters with which a head may begin, and how far behind them its colon stands. */
const COLONS: ReadonlyMap<number | undefined, number> = new Map([
	...[...Buffer.from('dD')].map((letter) => [letter, 'data'.length] as const),
	...[...Buffer.from('bB')].map((letter) => [letter, 'base64'.length] as const),
]);
/** Signs with which a picture may begin: a head's letters, or its base64's. A slash may stand behind a backslash. */
const BEGINNINGS = new Uint8Array(256);
for (const sign of Buffer.from('dDbBiUR/A\\')) BEGINNINGS[sign] = 1;

/** Cheap, as it is asked of every byte: whether it is worth while to look closer. */
export function mayBeginPicture(sign: number): boolean {
	return BEGINNINGS[sign] === 1;
}

/**
 * If a picture begins here: how many bytes come before its base64. `isApart` tells that no base64 stands before it.
 */
export function pictureAt(bytes: Buffer, at: number, isApart: boolean): number | undefined {
	const { from, isPicture } = behindHeads(bytes, at);
	if (isPicture) {
		const { text } = base64Ahead(bytes, from, FEWEST_BEHIND_HEAD);
		return text.length === FEWEST_BEHIND_HEAD ? from - at : undefined;
	}
	const mayBegin =
		(from > at || isApart) && BEGINNINGS_IN_BASE64.has(charactersAt(bytes, from, 4).text);
	if (!mayBegin || !beginsPicture(base64Ahead(bytes, from, TELLING).text)) return undefined;
	const { text } = base64Ahead(bytes, from, FEWEST_ALONE);
	return text.length === FEWEST_ALONE ? from - at : undefined;
}

/** Behind the heads that stand here, and whether one of them is a picture's. */
function behindHeads(bytes: Buffer, at: number): { from: number; isPicture: boolean } {
	let from = at;
	let isPicture = false;
	for (let heads = 0; heads < MAX_HEADS; heads++) {
		const length = headAt(bytes, from);
		if (length === 0) break;
		isPicture ||= PICTURE_HEAD.test(bytes.toString('latin1', from, from + length));
		from = behindBlank(bytes, from + length);
	}
	return { from, isPicture };
}

/** Whatever head stands here: how many bytes it has, or none. */
export function headAt(bytes: Buffer, at: number): number {
	const colon = COLONS.get(bytes[at]);
	if (colon === undefined || bytes[at + colon] !== COLON) return 0;
	let end = at + colon + 1;
	while (end - at < HEAD_BYTES && !HEADS_END.has(bytes[end])) end++;
	if (colon === 'data'.length && bytes[end] !== COMMA) return 0;
	const text = bytes.toString('latin1', at, end + 1);
	return ANY_HEAD.exec(text)?.[0].length ?? 0;
}
