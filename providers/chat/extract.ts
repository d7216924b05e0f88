// Finds the images in a chat answer, wherever a gateway has put them. Pure, and never throws.
import { referencesIn, type PictureReference } from '../answers/pictureReference';
import type { ChatAnswer, Choice } from './chatAnswer';
import { imageAt } from './chatEntries';
import { lastAddress, markdownLinks, plainLinks } from './links';
import type { FoundImage, Reading } from './pictures';

interface Extraction {
	images: FoundImage[];
	/** So many more were there, but can't be read. */
	unread: number;
	/** What the model said, for a person to read: without pictures. */
	text: string;
	/** What it said where it made no image, beside others where it did. */
	saidInstead: string;
}

type Finder = (choice: Choice, reading: Reading) => Iterable<FoundImage>;

const IMAGE_PATH = /\.(png|jpe?g|webp|gif|avif)$/i;
const DOWNLOAD_PATH = /\/cdn\/download\//i;
/** A link whose text is a number tells progress; one that says preview leads to a page. */
const PROGRESS_LABEL = /^\d+\s?%?$/;
const PREVIEW_LABEL = /preview|预览|預覽|미리\s?보기/i;
const PREVIEW_PATH = /\/preview(\/|$)/i;
/** By the picture's digest, behind which words may stand. What a model writes by itself in this form is shorter. */
const REFERENCE = /stored:(?:[0-9a-f]{64}|[\w-]{25,100})/g;

/** Where images may be in one choice, in the order in which they are looked for: the first place that has some counts. */
const PLACES: readonly Finder[] = [
	({ images }) => images.images,
	({ parts }) => parts.images,
	fromMarkdown,
	({ text }) => writtenReferences(text).map((stored) => ({ stored })),
	({ text }) => fromLinks(text),
];

/** The images of all choices, in order, each once. Never one that was in the request, by its key: gateways echo those. */
export function findImages(
	answer: ChatAnswer,
	reading: Reading,
	sentKeys: ReadonlySet<string>,
): Extraction {
	const isNew = (image: FoundImage) => sentKeys.size === 0 || !sentKeys.has(keyOf(image));
	const { choices } = answer;
	const ofChoices = choices.map((choice) => firstPlace(choice, reading, isNew));
	const found = ofChoices.flat();
	const images = found.length > 0 ? found : answer.images.images.filter(isNew);
	const texts = choices.map(saidIn);
	const instead = texts.filter((_text, index) => ofChoices[index]!.length === 0);
	return {
		images: withoutRepeats(images),
		unread: unreadOf(answer),
		text: [...texts, ...answer.images.words].join('\n').trim(),
		saidInstead: instead.join('\n').trim(),
	};
}

/** The same for whatever is the same image. */
export function keyOf({ url, stored }: FoundImage): string {
	return url === undefined ? (stored ?? '') : comparable(url);
}

/** What stands in words in a list of images belongs to it. */
function saidIn({ refusal, text, images, parts }: Choice): string {
	return refusal || [omitPictures(text), ...images.words, ...parts.words].join('\n').trim();
}

function firstPlace(
	choice: Choice,
	reading: Reading,
	isNew: (image: FoundImage) => boolean,
): FoundImage[] {
	for (const find of PLACES) {
		const images = [...find(choice, reading)].filter(isNew);
		if (images.length > 0) return images;
	}
	return [];
}

function unreadOf({ choices, images }: ChatAnswer): number {
	return choices.reduce(
		(sum, choice) => sum + choice.images.unread + choice.parts.unread + (choice.isCut ? 1 : 0),
		images.unread,
	);
}

function* fromMarkdown({ text }: Choice, reading: Reading): Generator<FoundImage> {
	for (const { isImage, address } of markdownLinks(text)) {
		const image = isImage ? imageAt(address, reading) : undefined;
		if (image) yield image;
	}
	const last = lastAddress(text);
	for (const stored of last === undefined ? [] : writtenReferences(last)) yield { stored };
}

/** Links that lead to a file, plain or with a text of their own. */
function* fromLinks(text: string): Generator<FoundImage> {
	const labels = new Map<number, string>();
	for (const { start, label } of markdownLinks(text)) labels.set(start, label.trim());
	for (const { url, start } of plainLinks(text)) {
		const label = labels.get(start) ?? '';
		if (PROGRESS_LABEL.test(label) || PREVIEW_LABEL.test(label)) continue;
		const { pathname } = new URL(url);
		const isFile = IMAGE_PATH.test(pathname) || DOWNLOAD_PATH.test(pathname);
		if (isFile && !PREVIEW_PATH.test(pathname)) yield { url };
	}
}

/** Each image once. A download link and a link to the same file are one. */
function withoutRepeats(images: FoundImage[]): FoundImage[] {
	const keys = images.map(keyOf);
	const shown = new Set(keys);
	const seen = new Set<string>();
	return images.filter((_image, index) => {
		const key = keys[index]!;
		const isRepeat = seen.has(key) || (DOWNLOAD_PATH.test(key) && shown.has(withoutDownload(key)));
		seen.add(key);
		return !isRepeat;
	});
}

function withoutDownload(url: string): string {
	return url.replace(DOWNLOAD_PATH, '/cdn/');
}

/** An address without what doesn't change where it leads. */
function comparable(url: string): string {
	return URL.canParse(url) ? new URL(url).href.split('#', 1)[0]! : url;
}

/** The references in a text, in order. */
export function writtenReferences(text: string): PictureReference[] {
	return referencesIn(text, REFERENCE);
}

/** The text as a person reads it. */
function omitPictures(text: string): string {
	return text.replace(REFERENCE, '[image]').trim();
}
