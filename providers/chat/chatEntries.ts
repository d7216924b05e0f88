// Reads what stands in a list of images or among the parts of a message, in all the forms that gateways write.
import { isReference } from '../answers/pictureReference';
import { resolveUrl } from '../requests/url';
import type { FoundImage, Reading } from './pictures';

export interface Entries {
	images: FoundImage[];
	/** So many more were meant as images, but can't be read. */
	unread: number;
}

const DATA_HEAD = /^(?:data:([^,]{0,200}),\s*|base64:\/\/)/i;
const MAX_HEADS = 3;
/** How base64 of pictures begins. A path may begin with a slash, too. */
const PICTURE_BEGINS = /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|AAAA[\w+/]{2}Z0eXB|PHN2Zy|PD94bWw)/;
const NO_BASE64 = /[^\w+/=\s-]/;
const FEWEST_CHARACTERS = 16;
/** Shorter texts may be words. */
const SURELY_BASE64 = 64;

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The images of a list, where texts count as images, too; of one alone where there is no list. */
export function imagesOf(list: unknown, reading: Reading): Entries {
	const entries: Entries = { images: [], unread: 0 };
	for (const entry of Array.isArray(list) ? (list as unknown[]) : [list]) {
		const image = typeof entry === 'string' ? imageAt(entry, reading) : imageWithin(entry, reading);
		if (image) entries.images.push(image);
		else if (isMeant(entry)) entries.unread += 1;
	}
	return entries;
}

/** The image that an address leads to, or that is written out in its place. */
export function imageAt(written: string, reading: Reading): FoundImage | undefined {
	const text = written.trim();
	if (isReference(text)) return { stored: text };
	const bytes = bytesOf(text);
	if (bytes) return { stored: reading.pictures.keep(bytes) };
	const url = resolveUrl(reading.baseUrl, text);
	return url === undefined ? undefined : { url };
}

function imageWithin(entry: unknown, reading: Reading): FoundImage | undefined {
	for (const place of isObject(entry) ? placesOf(entry) : []) {
		const image = typeof place === 'string' ? imageAt(place, reading) : undefined;
		if (image) return image;
	}
	return undefined;
}

/** Where an entry may have its image; the picture itself before a link to it. */
function placesOf(entry: Record<string, unknown>): unknown[] {
	const { type, b64_json, image_url: link, source, url, image, data, result } = entry;
	const inline = inlineOf(entry);
	const isImage = isImageType(type);
	return [
		b64_json,
		isObject(link) ? link.url : link,
		...(inline ? [inline.data] : []),
		...(isObject(source) && isPictureType(source.media_type) ? [source.data, source.url] : []),
		...(isImage || type === undefined ? [url] : []),
		...(isImage ? [data, result, isObject(image) ? image.url : image] : []),
	];
}

/** Whether somebody who reads the entry would look for an image in it. */
function isMeant(entry: unknown): boolean {
	if (typeof entry === 'string') return entry.trim() !== '';
	if (!isObject(entry)) return false;
	if (isImageType(entry.type) || inlineOf(entry)) return true;
	if ('b64_json' in entry || 'image_url' in entry) return true;
	return entry.type === undefined && 'url' in entry;
}

/** As Gemini's protocol has it. Audio and video come in the same form. */
function inlineOf(entry: Record<string, unknown>): Record<string, unknown> | undefined {
	const inline = entry.inlineData ?? entry.inline_data;
	if (!isObject(inline)) return undefined;
	return isPictureType(inline.mimeType ?? inline.mime_type) ? inline : undefined;
}

function isImageType(type: unknown): boolean {
	return typeof type === 'string' && /image/i.test(type.slice(0, 100));
}

/** Gateways leave it out, or write it wrong for a picture: other media are told by their own. */
function isPictureType(mimeType: unknown): boolean {
	return typeof mimeType !== 'string' || !/^\s*(audio|video|text)\//i.test(mimeType);
}

/** The bytes of a picture that is written out, with or without a head that says so. */
function bytesOf(text: string): Buffer | undefined {
	let written = text;
	let head: RegExpExecArray | null = null;
	for (let heads = 0; heads < MAX_HEADS; heads++) {
		const next = DATA_HEAD.exec(written);
		if (!next) break;
		head = next;
		written = written.slice(next[0].length);
	}
	if (!head) return isBareBase64(written) ? Buffer.from(written, 'base64') : undefined;
	const [, kind = ';base64'] = head;
	if (/;\s*base64\s*$/i.test(kind)) {
		return written.length < FEWEST_CHARACTERS ? undefined : Buffer.from(written, 'base64');
	}
	return /^image\/svg/i.test(kind) ? decodedText(written) : undefined;
}

function isBareBase64(text: string): boolean {
	const beginsAsOne = PICTURE_BEGINS.test(text);
	if (text.length < (beginsAsOne ? FEWEST_CHARACTERS : SURELY_BASE64)) return false;
	return (beginsAsOne || !text.startsWith('/')) && !NO_BASE64.test(text);
}

/** Undefined where a percent sign leads to nothing. */
function decodedText(written: string): Buffer | undefined {
	try {
		return Buffer.from(decodeURIComponent(written));
	} catch {
		return undefined;
	}
}
