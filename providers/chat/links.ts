// Finds links in a text, written as Markdown or plain. Its time grows with the text's length only, whatever the text is.

interface MarkdownLink {
	/** Whether it shows an image, as `![…](…)` does. */
	isImage: boolean;
	label: string;
	/** A web address, a path, a data URI, or the reference of a picture that was written there. */
	address: string;
	/** Where the address begins in the text. */
	start: number;
}

interface PlainLink {
	url: string;
	/** Where it begins in the text. */
	start: number;
}

const BRACKET = /!?\[|\]\(?/g;
const LONGEST_LABEL = 500;
/** Of brackets that are open, only the innermost are kept. */
const MAX_OPEN = 2000;
/** Addresses hold no brackets but round ones, and those in pairs. */
const DESTINATION =
	/\s{0,10}<?((?:https?:\/\/|\/|data:|stored:)[^\s<>"()[\]]+(?:\([^\s<>"()[\]]*\)[^\s<>"()[\]]*){0,20})>?\s{0,10}[)"]/iy;
/** An image that the text ends with, its bracket left open. */
const LAST_IMAGE = /!\[[^[\]]{0,500}\]\(\s{0,10}<?([^\s<>"()[\]]{1,200})\s{0,10}$/;
const LONGEST_LAST_IMAGE = 1000;
/** Punctuation of Chinese and Korean text, and typographic quotes, end an address too. */
const IN_LINK = String.raw`[^\s<>"'()[\]{}|\\^\x60\u2010-\u206f\u3000-\u303f\uff00-\uffff]`;
const LINK = new RegExp(`https?://${IN_LINK}+(?:\\(${IN_LINK}*\\)${IN_LINK}*){0,20}`, 'gi');
/** Words without spaces, as Korean particles are, may stand right behind a file's address. */
const FILE_BEFORE_WORDS = /^([^?#]*?\.(?:png|jpe?g|webp|gif|avif)(?:\?[!-~]*)?)[^!-~]/i;
const LONGEST_LINK = 8192;
/** Longer names aren't reachable, and take long to read. */
const HOST = /^https?:\/\/[^/?#]{1,253}([/?#]|$)/i;
const PUNCTUATION = new Set('.,;:!?*_~');

/** All Markdown links and images, inner ones first, as `[![image](…)](…)` has them. */
export function* markdownLinks(text: string): Generator<MarkdownLink> {
	let open: number[] = [];
	for (const { 0: bracket, index } of text.matchAll(BRACKET)) {
		if (bracket.endsWith('[')) {
			if (open.length === 2 * MAX_OPEN) open = open.slice(MAX_OPEN);
			open.push(index);
			continue;
		}
		const opening = open.pop();
		if (opening === undefined || bracket === ']') continue;
		DESTINATION.lastIndex = index + bracket.length;
		const [whole, address] = DESTINATION.exec(text) ?? [];
		if (whole === undefined || address === undefined) continue;
		const isImage = text[opening] === '!';
		const label = opening + (isImage ? 2 : 1);
		yield {
			isImage,
			label: text.slice(label, Math.min(index, label + LONGEST_LABEL)),
			address,
			start: index + bracket.length + whole.indexOf(address),
		};
	}
}

/** The address of an image in the middle of which the text ends. */
export function lastAddress(text: string): string | undefined {
	return LAST_IMAGE.exec(text.slice(-LONGEST_LAST_IMAGE))?.[1];
}

/** All web addresses of a text, without what only stands behind them. */
export function* plainLinks(text: string): Generator<PlainLink> {
	for (const { 0: raw, index: start } of text.matchAll(LINK)) {
		if (raw.length > LONGEST_LINK) continue;
		const url = withoutPunctuation(FILE_BEFORE_WORDS.exec(raw)?.[1] ?? raw);
		if (HOST.test(url) && URL.canParse(url)) yield { url, start };
	}
}

/** Full stops and other marks end a sentence, not the address before them. */
function withoutPunctuation(raw: string): string {
	let end = raw.length;
	while (end > 0 && PUNCTUATION.has(raw[end - 1]!)) end--;
	return raw.slice(0, end);
}
