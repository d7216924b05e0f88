// The pictures of an Images API answer, entry by entry: what can be read comes out, whatever stands beside it.
import type { TaskImage } from '../contract';
import { entriesOf, readPicture } from '../entries';
import { fieldsOf, textOf } from '../loose';
import { isReference } from '../pictureReference';
import { resolveUrl } from '../url';

/** What an answer's entries add up to. */
export interface ReadEntries {
	images: TaskImage[];
	/** Entries without a picture that could be read. */
	unread: number;
	/** Whether there is a place for pictures at all, be it empty. */
	hasPlace: boolean;
}

/**
 * `data` as OpenAI has it, or `images`, each a list or one entry alone. Where they lead nowhere, whatever picture has
 * come under another name.
 */
export function readEntries(body: unknown, baseUrl: string): ReadEntries {
	const { data, images } = fieldsOf(body);
	const places = Array.isArray(body) ? [body] : [data, images].filter(isPlace);
	const read = places.map((place) => readPlace(place, baseUrl));
	const found = read.find((each) => each.images.length > 0);
	if (found) return found;
	const others = referencesWithin(body).map((stored) => ({ stored }));
	return { images: others, unread: read[0]?.unread ?? 0, hasPlace: places.length > 0 };
}

function isPlace(value: unknown): boolean {
	return Array.isArray(value) || entriesOf(value).length > 0;
}

function readPlace(place: unknown, baseUrl: string): ReadEntries {
	const entries = entriesOf(place);
	const images = entries.flatMap((entry) => readEntry(entry, baseUrl) ?? []);
	return { images, unread: entries.length - images.length, hasPlace: true };
}

/** One picture: at a link, or inside the answer, then its reference stands there, whatever it is called. */
export function readEntry(entry: unknown, baseUrl: string): TaskImage | undefined {
	const fields = fieldsOf(entry);
	const picture = readPicture(entry, baseUrl);
	const stored = picture?.stored ?? Object.values(fields).find(isReference);
	if (stored === undefined) return picture;
	const url = picture?.url ?? resolveUrl(baseUrl, textOf(fields.url) ?? '');
	const revisedPrompt = textOf(fields.revised_prompt);
	return { stored, ...(url && { url }), ...(revisedPrompt && { revisedPrompt }) };
}

/** Without recursion, since an answer may be nested as deep as it likes. */
function referencesWithin(body: unknown): string[] {
	const found = new Set<string>();
	const open: unknown[] = [body];
	while (open.length > 0) {
		const value = open.pop();
		if (isReference(value)) found.add(value);
		if (typeof value !== 'object' || value === null) continue;
		for (const each of Object.values(value)) open.push(each);
	}
	return [...found].reverse();
}
