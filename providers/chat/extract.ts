// Finds the images in a chat answer, wherever a gateway has put them. Pure, and never throws.
import { z } from 'zod';

import { markdownLinks, plainLinks } from './links';
import { messageSchema } from './message';
import {
	base64Of,
	liftPictures,
	picturesIn,
	withoutMarks,
	type LiftedText,
} from './writtenPictures';

/** An image at a link, its base64 without a data URI's head, or in n8n's store under the reference from the answer. */
export interface FoundImage {
	url?: string;
	base64?: string;
	stored?: string;
}

interface Extraction {
	images: FoundImage[];
	/** What the model said, for a person to read: without pictures. */
	text: string;
}

/** One choice, its text free of the pictures that were written out in it. */
interface Choice extends LiftedText {
	images: unknown[];
	parts: unknown[];
	refusal?: string | null;
}

type Finder = (choice: Choice) => FoundImage[];

const imagePart = z
	.object({ image_url: z.union([z.string(), z.object({ url: z.string() }).passthrough()]) })
	.passthrough();
const textPart = z.object({ text: z.string() }).passthrough();

const choiceSchema = z.object({ message: messageSchema }).passthrough();

const bodySchema = z
	.object({
		choices: z.array(z.unknown()).nullish().catch(undefined),
		data: z.array(z.unknown()).nullish().catch(undefined),
	})
	.passthrough();

/** In the place of the Images shape's base64 stands the reference of the picture, stored already. */
const dataEntry = z
	.object({
		url: z.string().nullish().catch(undefined),
		b64_json: z.string().nullish().catch(undefined),
	})
	.passthrough();

const IMAGE_PATH = /\.(png|jpe?g|webp|gif|avif)$/i;
const DOWNLOAD_PATH = /\/cdn\/download\//i;
/** A link whose text is a number tells progress; one that says preview leads to a page. */
const PROGRESS_LABEL = /^\d+\s?%?$/;
const PREVIEW_LABEL = /preview|预览|預覽|미리\s?보기/i;
const PREVIEW_PATH = /\/preview(\/|$)/i;

/** Where images may be in one choice, in the order in which they are looked for: the first place that has some counts. */
const PLACES: readonly Finder[] = [
	({ images }) => images.flatMap(fromPart),
	({ parts }) => parts.flatMap(fromPart),
	({ text, pictures }) =>
		markdownLinks(text)
			.filter(({ isImage }) => isImage)
			.flatMap(({ address }) => [
				...fromAddress(address),
				...picturesIn(address, pictures).map((base64) => ({ base64 })),
			]),
	({ text, pictures }) => picturesIn(text, pictures).map((base64) => ({ base64 })),
	({ text }) => fromLinks(text),
];

/**
 * The images of all choices, in order, each once. Never one that was in the request: gateways echo those.
 * `sentUrls` are the request's own image addresses, data URIs among them.
 */
export function findImages(answer: unknown, sentUrls: readonly string[]): Extraction {
	const parsed = bodySchema.safeParse(answer);
	if (!parsed.success) return { images: [], text: '' };
	const body = parsed.data;
	const choices = (body.choices ?? []).flatMap(choiceOf);
	const sent = new Set(sentUrls.flatMap(fromAddress).map(keyOf));
	const isNew = (image: FoundImage) => !sent.has(keyOf(image));
	const found = choices.flatMap((choice) => firstPlace(choice, isNew));
	const images = found.length > 0 ? found : (body.data ?? []).flatMap(fromDataEntry).filter(isNew);
	const text = choices.map((choice) => choice.refusal || withoutMarks(choice.text)).join('\n');
	return { images: withoutRepeats(images), text: text.trim() };
}

/** The web addresses and pictures that a request's text holds, as `sentUrls`. */
export function addressesIn(text: string): string[] {
	const lifted = liftPictures(text);
	const links = plainLinks(lifted.text).map(({ url }) => url);
	return [...links, ...lifted.pictures.map((base64) => `base64://${base64}`)];
}

/** An entry that isn't a choice, as when it has no message, takes none of the others with it. */
function choiceOf(entry: unknown): Choice[] {
	const parsed = choiceSchema.safeParse(entry);
	if (!parsed.success) return [];
	const { content, images, refusal } = parsed.data.message;
	const parts = Array.isArray(content) ? content : [];
	const text = typeof content === 'string' ? content : parts.map(textOf).join('\n');
	return [{ ...liftPictures(text), parts, images: images ?? [], refusal }];
}

function firstPlace(choice: Choice, isNew: (image: FoundImage) => boolean): FoundImage[] {
	for (const find of PLACES) {
		const images = find(choice).filter(isNew);
		if (images.length > 0) return images;
	}
	return [];
}

function fromPart(part: unknown): FoundImage[] {
	const parsed = imagePart.safeParse(part);
	if (!parsed.success) return [];
	const { image_url: place } = parsed.data;
	return fromAddress(typeof place === 'string' ? place : place.url);
}

function fromDataEntry(entry: unknown): FoundImage[] {
	const parsed = dataEntry.safeParse(entry);
	if (!parsed.success) return [];
	const { b64_json: stored, url } = parsed.data;
	return stored ? [{ stored }] : url ? fromAddress(url) : [];
}

/** A web address, or a picture written as one. */
function fromAddress(address: string): FoundImage[] {
	if (/^https?:\/\//i.test(address)) return URL.canParse(address) ? [{ url: address }] : [];
	const base64 = base64Of(address);
	return base64 === undefined ? [] : [{ base64 }];
}

/** Links that lead to a file, plain or with a text of their own. */
function fromLinks(text: string): FoundImage[] {
	const labels = new Map(markdownLinks(text).map(({ start, label }) => [start, label.trim()]));
	return plainLinks(text).flatMap(({ url, start }) => {
		const label = labels.get(start) ?? '';
		if (PROGRESS_LABEL.test(label) || PREVIEW_LABEL.test(label)) return [];
		const { pathname } = new URL(url);
		const isFile = IMAGE_PATH.test(pathname) || DOWNLOAD_PATH.test(pathname);
		return isFile && !PREVIEW_PATH.test(pathname) ? [{ url }] : [];
	});
}

/** Each image once. A download link and a link to the same file are one. */
function withoutRepeats(images: FoundImage[]): FoundImage[] {
	const shown = new Set(images.map(({ url }) => url && comparable(url)));
	const seen = new Set<string>();
	return images.filter((image) => {
		const key = keyOf(image);
		const isRepeat = seen.has(key) || (DOWNLOAD_PATH.test(key) && shown.has(withoutDownload(key)));
		seen.add(key);
		return !isRepeat;
	});
}

function withoutDownload(url: string): string {
	return url.replace(DOWNLOAD_PATH, '/cdn/');
}

/** The same for whatever is the same image. Base64 may be filled up at its end or not. */
function keyOf({ url, base64, stored = '' }: FoundImage): string {
	if (url !== undefined) return comparable(url);
	return base64 === undefined ? stored : base64.replace(/={1,2}$/, '');
}

/** An address without what doesn't change where it leads. */
function comparable(url: string): string {
	return URL.canParse(url) ? new URL(url).href.replace(/#.*$/, '') : url;
}

function textOf(part: unknown): string {
	return typeof part === 'string' ? part : (textPart.safeParse(part).data?.text ?? '');
}
