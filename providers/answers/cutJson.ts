// What can be read of a JSON object whose text was cut off: an ID that stands in it may be all that leads to paid work.

/** What tells what a task is stands at the beginning. */
const READ_CHARACTERS = 100_000;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s"{}[\]:,]+|\s+/gy;
const OPENS = new Set(['{', '[']);
const CLOSES = new Set(['}', ']']);

/** The object's own texts and numbers that are whole. Empty where the text is no object at all. */
export function wholeFields(text: string): Record<string, unknown> {
	const json = text.slice(0, READ_CHARACTERS).trimStart();
	if (!json.startsWith('{')) return {};
	const found: Array<[string, unknown]> = [];
	let depth = 0;
	let name: unknown;
	let isValue = false;
	/** A number or a word, which is whole only when something follows. */
	let open: string | undefined;
	for (const [token] of json.matchAll(TOKEN)) {
		if (open !== undefined && typeof name === 'string') found.push([name, valueOf(open)]);
		open = undefined;
		if (OPENS.has(token)) depth += 1;
		if (CLOSES.has(token)) depth -= 1;
		if (depth !== 1) continue;
		if (token === ':' || token === ',') isValue = token === ':';
		else if (token.startsWith('"') && !isValue) name = valueOf(token);
		else if (token.startsWith('"') && typeof name === 'string') found.push([name, valueOf(token)]);
		else if (isValue && /^[^\s{}[\]]/.test(token)) open = token;
	}
	return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function valueOf(token: string): unknown {
	try {
		return JSON.parse(token) as unknown;
	} catch {
		return undefined;
	}
}
