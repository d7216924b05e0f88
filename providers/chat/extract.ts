// Finds the images in a chat answer, wherever a gateway has put them. Pure, and never throws.
import { z } from 'zod';

/** An image at a link, or its base64 without a data URI's head. */
export interface FoundImage {
	url?: string;
	base64?: string;
}

export interface Extraction {
	images: FoundImage[];
	/** What the model said, for a person to read: without pictures. */
	text: string;
}

type Finder = (message: Message) => FoundImage[];

const imagePart = z
	.object({ image_url: z.union([z.string(), z.object({ url: z.string() }).passthrough()]) })
	.passthrough();
const textPart = z.object({ text: z.string() }).passthrough();

const messageSchema = z
	.object({
		content: z
			.union([z.string(), z.array(z.unknown())])
			.nullish()
			.catch(undefined),
		images: z.array(z.unknown()).nullish().catch(undefined),
		refusal: z.string().nullish().catch(undefined),
	})
	.passthrough();
type Message = z.output<typeof messageSchema>;

const bodySchema = z
	.object({
		choices: z
			.array(z.object({ message: messageSchema }).passthrough())
			.nullish()
			.catch(undefined),
		data: z.array(z.unknown()).nullish().catch(undefined),
	})
	.passthrough();

const dataEntry = z
	.object({ url: z.string().nullish(), b64_json: z.string().nullish() })
	.passthrough();

const MARKDOWN_IMAGE = /!\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)/g;
const BASE64_IN_TEXT =
	/(?:data:image\/[a-z0-9.+-]+;base64,|base64:\/\/)([A-Za-z0-9+/_-]{16,}={0,2})/gi;
const LINK = /(?:\[([^\]]*)\]\(\s*)?(https?:\/\/[^\s<>"'()[\]{}|\\^`]+)/g;
const IMAGE_PATH = /\.(png|jpe?g|webp|gif|avif)$/i;
const DOWNLOAD_PATH = /\/cdn\/download\//i;
/** A link whose text is a number tells progress; one that says preview leads to a page. */
const NO_IMAGE_LABEL = /^\s*(\d+\s*%?|.*(preview|预览|미리\s*보기).*)\s*$/i;
const PREVIEW_PATH = /\/preview(\/|$|\?)/i;

/** Where images may be in one choice, in the order in which they are looked for: the first place that has some counts. */
const PLACES: readonly Finder[] = [
	({ images }) => (images ?? []).flatMap(fromPart),
	({ content }) => (Array.isArray(content) ? content.flatMap(fromPart) : []),
	(message) =>
		matches(textOf(message), MARKDOWN_IMAGE).flatMap(([, address = '']) => fromAddress(address)),
	(message) => matches(textOf(message), BASE64_IN_TEXT).map(([, base64 = '']) => ({ base64 })),
	(message) => fromLinks(textOf(message)),
];

/**
 * The images of all choices, in order, each once. Never one whose URL was in the request: gateways echo those.
 * `sentUrls` are the request's own image addresses.
 */
export function findImages(answer: unknown, sentUrls: readonly string[]): Extraction {
	const parsed = bodySchema.safeParse(answer);
	if (!parsed.success) return { images: [], text: '' };
	const body = parsed.data;
	const choices = body.choices ?? [];
	const sent = new Set(sentUrls.map(comparable));
	const isNew = ({ url }: FoundImage) => url === undefined || !sent.has(comparable(url));
	const found = choices.flatMap(({ message }) => firstPlace(message, isNew));
	const images = found.length > 0 ? found : (body.data ?? []).flatMap(fromDataEntry).filter(isNew);
	const text = choices.map(({ message }) => message.refusal ?? textOf(message)).join('\n');
	return { images: withoutRepeats(images), text: readable(text) };
}

function firstPlace(message: Message, isNew: (image: FoundImage) => boolean): FoundImage[] {
	for (const find of PLACES) {
		const images = find(message).filter(isNew);
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
	const { b64_json: base64, url } = parsed.data;
	return base64 ? [{ base64 }] : url ? fromAddress(url) : [];
}

/** A web address, or a picture written as one. */
function fromAddress(address: string): FoundImage[] {
	if (/^https?:\/\//i.test(address)) return URL.canParse(address) ? [{ url: address }] : [];
	const [, base64] = /^(?:data:[^,]*;base64,|base64:\/\/)(.+)$/is.exec(address) ?? [];
	return base64 ? [{ base64 }] : [];
}

/** Plain links that lead to a file. A download link and a link to the same file are one. */
function fromLinks(text: string): FoundImage[] {
	const seen = new Set<string>();
	return matches(text, LINK).flatMap(([, label = '', raw = '']) => {
		const url = raw.replace(/[.,;:!?]+$/, '');
		if (NO_IMAGE_LABEL.test(label) || !URL.canParse(url)) return [];
		const { pathname } = new URL(url);
		const isFile = IMAGE_PATH.test(pathname) || DOWNLOAD_PATH.test(pathname);
		const name = pathname.split('/').at(-1) ?? '';
		if (!isFile || PREVIEW_PATH.test(pathname) || seen.has(name)) return [];
		seen.add(name);
		return [{ url }];
	});
}

function withoutRepeats(images: FoundImage[]): FoundImage[] {
	const seen = new Set<string>();
	return images.filter(({ url, base64 }) => {
		const key = url === undefined ? `base64:${base64}` : comparable(url);
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}

/** An address without what doesn't change where it leads. */
function comparable(url: string): string {
	return URL.canParse(url) ? new URL(url).href.replace(/#.*$/, '') : url;
}

function textOf({ content }: Message): string {
	if (typeof content === 'string') return content;
	return (content ?? [])
		.map((part) => (typeof part === 'string' ? part : (textPart.safeParse(part).data?.text ?? '')))
		.join('\n');
}

function readable(text: string): string {
	return text.replace(BASE64_IN_TEXT, '[image]').trim();
}

function matches(text: string, pattern: RegExp): RegExpMatchArray[] {
	return [...text.matchAll(pattern)];
}
