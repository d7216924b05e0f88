// Decodes base64 as it streams in as a JSON string, whatever the chunks' lengths.

/** `first` and `rest` are the string's raw bytes. A data URI's head is left out. */
export async function* decodedBase64(
	first: Buffer,
	rest: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
	let pending = first.toString('latin1');
	for (let isStart = true; ; ) {
		const isCut = endsWithinEscape(pending) || (isStart && mayBeCutHead(pending));
		if (!isCut) {
			const base64 = onlyBase64(isStart ? pending.replace(/^data:[^,]*,/, '') : pending);
			isStart = false;
			const whole = base64.length - (base64.length % 4);
			if (whole > 0) yield Buffer.from(base64.slice(0, whole), 'base64');
			pending = base64.slice(whole);
		}
		const next = await rest.next();
		if (next.done) break;
		pending += next.value.toString('latin1');
	}
	if (pending !== '') yield Buffer.from(onlyBase64(pending), 'base64');
}

/** Whether it is the beginning of a data URI's head, cut before the comma that ends it. */
function mayBeCutHead(text: string): boolean {
	return 'data:'.startsWith(text) || (text.startsWith('data:') && !text.includes(','));
}

function endsWithinEscape(text: string): boolean {
	return /\\(u[0-9a-f]{0,3})?$/i.test(text.slice(-5));
}

/** Without what JSON writers may put in: escaped slashes and equals signs, line breaks, spaces. */
function onlyBase64(text: string): string {
	if (!/[\\\s]/.test(text)) return text;
	return text
		.replace(/\\u003d/gi, '=')
		.replace(/\\u002f/gi, '/')
		.replace(/\\u002b/gi, '+')
		.replace(/\\[nr]|[\\\s]/g, '');
}
