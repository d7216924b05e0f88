// The pictures of an Images API answer, entry by entry: what can be read comes out, whatever stands beside it.
import type { TaskImage } from '../contract';
import { isReference } from '../pictureReference';
import { resolveUrl } from '../url';
import { fieldsOf } from './fields';

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
	const places = Array.isArray(body) ? [body] : [data, images].filter(isFilled);
	const read = places.map((place) => readPlace(place, baseUrl));
	const found = read.find((each) => each.images.length > 0) ?? read[0];
	if (found && found.images.length > 0) return found;
	const others = referencesWithin(body).map((stored) => ({ stored }));
	return { images: others, unread: found?.unread ?? 0, hasPlace: places.length > 0 };
}

function readPlace(place: unknown, baseUrl: string): ReadEntries {
	const entries: unknown[] = Array.isArray(place) ? place : [place];
	const images = entries.flatMap((entry) => readEntry(entry, baseUrl) ?? []);
	return { images, unread: entries.length - images.length, hasPlace: true };
}

/** One picture: inside the answer, then its reference stands there, or at a link. Undefined where there is neither. */
export function readEntry(entry: unknown, baseUrl: string): TaskImage | undefined {
	const fields = fieldsOf(entry);
	const { b64_json, url, image_url, revised_prompt } = fields;
	const places = [entry, b64_json, url, image_url, fieldsOf(image_url).url];
	const stored = [...places, ...Object.values(fields)].find(isReference);
	const link = places.map((place) => linkOf(place, baseUrl)).find((each) => each !== undefined);
	if (stored === undefined && link === undefined) return undefined;
	const revisedPrompt = typeof revised_prompt === 'string' ? revised_prompt : undefined;
	return { stored, url: link, revisedPrompt };
}

function linkOf(place: unknown, baseUrl: string): string | undefined {
	return typeof place === 'string' ? resolveUrl(baseUrl, place) : undefined;
}

function isFilled(place: unknown): boolean {
	return place !== undefined && place !== null && place !== '';
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
