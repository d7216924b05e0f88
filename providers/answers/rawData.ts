// Data as a provider gave it, for a person who asked for it so: whole, but for pictures that are written into it.

/** Longer texts without a space in them are no words, names or addresses. */
const LONGEST_WORD = 2048;
const SHOWN_CHARACTERS = 80;
const DATA_URI = /^\s*data:/i;
/** Data that goes deeper can't be saved by n8n. */
const MAX_LEVELS = 100;

/** A copy, in which the beginning of each picture stands for the whole of it. */
export function omitPictures(value: unknown, level = 0): unknown {
	if (typeof value === 'string')
		return isPicture(value) ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value;
	if (typeof value !== 'object' || value === null) return value;
	if (level === MAX_LEVELS) return '…';
	if (Array.isArray(value)) return value.map((each) => omitPictures(each, level + 1));
	const entries = Object.entries(value).map(([name, each]) => [
		name,
		omitPictures(each, level + 1),
	]);
	return Object.fromEntries(entries) as unknown;
}

function isPicture(text: string): boolean {
	const isUri = DATA_URI.test(text.slice(0, SHOWN_CHARACTERS));
	return text.length > (isUri ? SHOWN_CHARACTERS : LONGEST_WORD) && !/\s/.test(text.trim());
}
