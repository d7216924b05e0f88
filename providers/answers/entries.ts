// Pictures where an answer lists them, whatever form an entry has: what can be read comes out, the rest is counted.
import type { TaskImage } from '../contract';
import { objectOf, textOf } from './loose';
import { isReference } from './pictureReference';
import { resolveUrl } from '../requests/url';

/** Where an object around a list has it. */
const LISTS = ['images', 'results', 'output', 'urls', 'data'];
/** Where an entry that is an object has its picture: as a link, or as the reference of one that came with the answer. */
const PICTURE = [
	'url',
	'image_url',
	'image',
	'file_url',
	'download_url',
	'uri',
	'b64_json',
	'base64',
];

export interface Pictures {
	images: TaskImage[];
	/** Entries that could not be read. */
	unread: number;
}

/** A list, a single entry in place of one, or an object around a list. */
export function entriesOf(value: unknown): unknown[] {
	if (value === undefined || value === null || value === '') return [];
	if (Array.isArray(value)) return value;
	const object = objectOf(value);
	const list = object && LISTS.map((name) => object[name]).find(Array.isArray);
	return list ?? [value];
}

/** A picture's place; undefined where an entry has none. Paths lead to the provider's own host. */
export function readPicture(entry: unknown, baseUrl: string): TaskImage | undefined {
	if (typeof entry === 'string') return placeOf(entry, baseUrl);
	const object = objectOf(entry);
	if (!object) return undefined;
	for (const name of PICTURE) {
		const value = object[name];
		const text = textOf(value) ?? textOf(objectOf(value)?.url);
		const place = text === undefined ? undefined : placeOf(text, baseUrl);
		const revisedPrompt = textOf(object.revised_prompt);
		if (place) return revisedPrompt === undefined ? place : { ...place, revisedPrompt };
	}
	return undefined;
}

/**
 * The pictures of an answer that names them in several lists, each once: in the first list's order, and from the others
 * what that one lacks.
 */
export function picturesIn(values: unknown[], baseUrl: string): Pictures {
	const lists = values.map((value) => entriesOf(value).map((entry) => readPicture(entry, baseUrl)));
	const places = Math.max(0, ...lists.map(({ length }) => length));
	const found = new Map<string, TaskImage>();
	const take = (picture: TaskImage): void => {
		const key = picture.stored ?? picture.url ?? '';
		if (!found.has(key)) found.set(key, picture);
	};
	let unread = 0;
	for (let place = 0; place < places; place++) {
		const picture = lists.map((list) => list[place]).find((each) => each !== undefined);
		if (picture) take(picture);
		else unread += 1;
	}
	// Where the lists have another order, what is left fills the places that seemed to be repeats.
	for (const picture of lists.flat()) {
		if (found.size + unread >= places) break;
		if (picture) take(picture);
	}
	return { images: [...found.values()], unread };
}

function placeOf(text: string, baseUrl: string): TaskImage | undefined {
	if (isReference(text)) return { stored: text };
	const url = resolveUrl(baseUrl, text);
	return url === undefined ? undefined : { url };
}
