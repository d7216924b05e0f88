// The pictures of an Images API answer, entry by entry: what can be read comes out, whatever stands beside it.
import type { TaskImage } from '../contract';
import { entriesOf, readPicture } from '../answers/entries';
import { fieldsOf, textOf } from '../answers/loose';
import type { ErrorDetails } from '../answers/openAiShapes';
import { isReference, type PictureReference } from '../answers/pictureReference';
import { errorIn } from './failures';

/** What an answer's entries add up to. */
export interface ReadEntries {
	images: TaskImage[];
	/** Entries without a picture that could be read. */
	unread: number;
	/** What entries say that stand in the place of a picture that was not made. */
	errors: ErrorDetails[];
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
	const { unread = 0, errors = [] } = read[0] ?? {};
	return { images: others, unread, errors, hasPlace: places.length > 0 };
}

function isPlace(value: unknown): boolean {
	return Array.isArray(value) || entriesOf(value).length > 0;
}

function readPlace(place: unknown, baseUrl: string): ReadEntries {
	const images: TaskImage[] = [];
	const errors: ErrorDetails[] = [];
	let unread = 0;
	for (const entry of entriesOf(place)) {
		const image = readEntry(entry, baseUrl);
		const error = image ? undefined : errorIn(entry);
		if (image) images.push(image);
		else if (error) errors.push(error);
		else unread += 1;
	}
	return { images, unread, errors, hasPlace: true };
}

/** One picture: at a link, or inside the answer, then its reference stands there, whatever it is called. */
export function readEntry(entry: unknown, baseUrl: string): TaskImage | undefined {
	const fields = fieldsOf(entry);
	const picture = readPicture(entry, baseUrl);
	const stored = picture?.stored ?? Object.values(fields).find(isReference);
	if (stored === undefined) return picture;
	const url = picture?.url;
	const revisedPrompt = textOf(fields.revised_prompt);
	return { stored, ...(url && { url }), ...(revisedPrompt && { revisedPrompt }) };
}

/** Without recursion, since an answer may be nested as deep as it likes. */
function referencesWithin(body: unknown): PictureReference[] {
	const found = new Set<PictureReference>();
	const open: unknown[] = [body];
	while (open.length > 0) {
		const value = open.pop();
		if (isReference(value)) found.add(value);
		if (typeof value !== 'object' || value === null) continue;
		for (const each of Object.values(value)) open.push(each);
	}
	return [...found].reverse();
}
