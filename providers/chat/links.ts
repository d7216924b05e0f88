// Finds links in a text, written as Markdown or plain. Its time grows with the text's length only, whatever the text is.

interface MarkdownLink {
	/** Whether it shows an image, as `![…](…)` does. */
	isImage: boolean;
	label: string;
	/** A web address, a data URI, or the mark of a picture that was written there. */
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
/** Addresses hold no brackets but round ones, and those in pairs. */
const DESTINATION =
	/\s{0,10}<?((?:https?:\/\/|data:|\uffff)[^\s<>"()[\]]+(?:\([^\s<>"()[\]]*\)[^\s<>"()[\]]*){0,20})>?\s{0,10}[)"]/iy;
/** Punctuation of Chinese and Korean text, and typographic quotes, end an address too. */
const IN_LINK = String.raw`[^\s<>"'()[\]{}|\\^\x60\u2010-\u206f\u3000-\u303f\uff00-\uffff]`;
const LINK = new RegExp(`https?://${IN_LINK}+(?:\\(${IN_LINK}*\\)${IN_LINK}*){0,20}`, 'gi');
/** Words without spaces, as Korean particles are, may stand right behind a file's address. */
const FILE_BEFORE_WORDS = /^([^?#]*?\.(?:png|jpe?g|webp|gif|avif)(?:\?[!-~]*)?)[^!-~]/i;
const PUNCTUATION = new Set('.,;:!?*_~');

/** All Markdown links and images, inner ones first, as `[![image](…)](…)` has them. */
export function markdownLinks(text: string): MarkdownLink[] {
	const links: MarkdownLink[] = [];
	const open: RegExpExecArray[] = [];
	for (const match of text.matchAll(BRACKET)) {
		if (match[0].endsWith('[')) {
			open.push(match);
			continue;
		}
		const opening = open.pop();
		if (!opening || match[0] === ']') continue;
		DESTINATION.lastIndex = match.index + match[0].length;
		const [whole, address] = DESTINATION.exec(text) ?? [];
		if (whole === undefined || address === undefined) continue;
		links.push({
			isImage: opening[0] === '![',
			label: text.slice(opening.index + opening[0].length, match.index).slice(0, LONGEST_LABEL),
			address,
			start: match.index + match[0].length + whole.indexOf(address),
		});
	}
	return links;
}

/** All web addresses of a text, without what only stands behind them. */
export function plainLinks(text: string): PlainLink[] {
	return [...text.matchAll(LINK)].flatMap(({ 0: raw, index: start }) => {
		const url = withoutPunctuation(FILE_BEFORE_WORDS.exec(raw)?.[1] ?? raw);
		return URL.canParse(url) ? [{ url, start }] : [];
	});
}

/** Full stops and other marks end a sentence, not the address before them. */
function withoutPunctuation(raw: string): string {
	let end = raw.length;
	while (end > 0 && PUNCTUATION.has(raw[end - 1]!)) end--;
	return raw.slice(0, end);
}
