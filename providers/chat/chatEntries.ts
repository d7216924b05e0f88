// Reads what stands in a list of images or among the parts of a message, in all the forms that gateways write.
import { isObject } from '../answers/loose';
import { isReference } from '../answers/pictureReference';
import { resolveUrl } from '../requests/url';
import type { FoundImage, Reading } from './pictures';

export interface Entries {
	images: FoundImage[];
	/** So many more were meant as images, but can't be read. */
	unread: number;
	/** What stands there in words. */
	words: string[];
}

const DATA_HEAD = /^(?:data:([^,]{0,200}),\s*|base64:\/\/)/i;
const MAX_HEADS = 3;
/** How PNG, JPEG, GIF, WebP, AVIF and HEIC, BMP, and SVG begin. */
const PICTURE_BEGINS =
	/^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF|\0{3}[^]ftyp|BM[^]{4}\0{4}|(?:\xef\xbb\xbf)?\s*<(?:svg|\?xml|!--|!doctype svg))/i;
/** That many characters tell how it begins. */
const BEGINNING_CHARACTERS = 64;
const NO_BASE64 = /[^\w+/=\s-]/;
const BETWEEN_WORDS = /\S \S/;
const FEWEST_CHARACTERS = 16;
/** From so many characters on it is a picture, whatever it begins with: where one must be, and where words may be, too. */
const SURELY_BASE64 = { inPicturesPlace: 64, anywhere: 1000 };

/** The images of a list, where texts count as images, too; of one alone where there is no list. */
export function imagesOf(list: unknown, reading: Reading): Entries {
	const entries = noEntries();
	for (const entry of Array.isArray(list) ? (list as unknown[]) : [list]) {
		const places = typeof entry === 'string' ? [{ value: entry }] : placesOf(entry);
		const image = firstImage(places, reading);
		if (image) {
			entries.images.push(image);
		} else if (isMeant(entry)) {
			entries.unread += 1;
			const words = places.map(({ value }) => value).find(isWords);
			if (words !== undefined) entries.words.push(words);
		}
	}
	return entries;
}

export function noEntries(): Entries {
	return { images: [], unread: 0, words: [] };
}

/**
 * The image that an address leads to, or that is written out in its place. A text without a head is a picture where it
 * begins like one; whatever it begins with, where a picture must be.
 */
export function imageAt(
	written: string,
	reading: Reading,
	mustBePicture = false,
): FoundImage | undefined {
	const text = written.trim();
	if (isReference(text)) return { stored: text };
	const bytes = bytesOf(text, mustBePicture);
	if (bytes) return { stored: reading.pictures.keep(bytes) };
	const url = resolveUrl(reading.baseUrl, text);
	return url === undefined ? undefined : { url };
}

function firstImage(places: Place[], reading: Reading): FoundImage | undefined {
	for (const { value, mustBePicture } of places) {
		const image = typeof value === 'string' ? imageAt(value, reading, mustBePicture) : undefined;
		if (image) return image;
	}
	return undefined;
}

interface Place {
	value: unknown;
	/** Whether nothing but a picture may stand there, written out. */
	mustBePicture?: true;
}

/** Where an entry may have its image; the picture itself before a link to it. */
function placesOf(entry: unknown): Place[] {
	if (!isObject(entry)) return [];
	const { type, b64_json, image_url: link, source, url, image, data, result } = entry;
	const inline = inlineOf(entry);
	const isImage = isImageType(type);
	const picture = (value: unknown): Place => ({ value, mustBePicture: true });
	return [
		picture(b64_json),
		{ value: isObject(link) ? link.url : link },
		...(inline ? [picture(inline.data)] : []),
		...(isObject(source) && isPictureType(source.media_type)
			? [picture(source.data), { value: source.url }]
			: []),
		...(isImage || type === undefined ? [{ value: url }] : []),
		...(isImage
			? [picture(data), picture(result), { value: isObject(image) ? image.url : image }]
			: []),
	];
}

function isWords(value: unknown): value is string {
	return typeof value === 'string' && BETWEEN_WORDS.test(value) && !DATA_HEAD.test(value);
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
function bytesOf(text: string, mustBePicture: boolean): Buffer | undefined {
	let written = text;
	let head: RegExpExecArray | null = null;
	for (let heads = 0; heads < MAX_HEADS; heads++) {
		const next = DATA_HEAD.exec(written);
		if (!next) break;
		head = next;
		written = written.slice(next[0].length);
	}
	if (!head) return isBare(written, mustBePicture) ? Buffer.from(written, 'base64') : undefined;
	const [, kind = ';base64'] = head;
	if (/;\s*base64\s*$/i.test(kind)) {
		return written.length < FEWEST_CHARACTERS ? undefined : Buffer.from(written, 'base64');
	}
	return /^image\/svg/i.test(kind) ? decodedText(written) : undefined;
}

function isBare(text: string, mustBePicture: boolean): boolean {
	if (text.length < FEWEST_CHARACTERS || NO_BASE64.test(text)) return false;
	const beginning = Buffer.from(text.slice(0, BEGINNING_CHARACTERS), 'base64').toString('latin1');
	if (PICTURE_BEGINS.test(beginning)) return true;
	const fewest = mustBePicture ? SURELY_BASE64.inPicturesPlace : SURELY_BASE64.anywhere;
	return text.length >= fewest && !text.startsWith('/') && !BETWEEN_WORDS.test(text);
}

/** Undefined where a percent sign leads to nothing. */
function decodedText(written: string): Buffer | undefined {
	try {
		return Buffer.from(decodeURIComponent(written));
	} catch {
		return undefined;
	}
}
