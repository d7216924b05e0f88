// Takes what isn't wanted off the ends of a text. A pattern such as /\/+$/ would go over a long row of it again from each of
// its places.

/** Without these characters at its end. `unwanted` is a pattern of one character. */
export function trimmedEnd(text: string, unwanted: RegExp): string {
	let end = text.length;
	while (end > 0 && unwanted.test(text.charAt(end - 1))) end -= 1;
	return text.slice(0, end);
}

/** Without them at its beginning, either. */
export function trimmed(text: string, unwanted: RegExp): string {
	let begin = 0;
	while (begin < text.length && unwanted.test(text.charAt(begin))) begin += 1;
	return trimmedEnd(text.slice(begin), unwanted);
}
