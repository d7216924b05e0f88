// The places where gateways put their images.
import type { PixelSize } from '../drawing/sizes';
import type { Shape } from './faults';
import type { ImageLink } from './links';
import { type Wording, wordingFor } from './wording';

/** One image as the answer writes it. */
export interface WrittenImage {
	/** A link, a data URI or base64:// text. */
	url: string;
	/** Absent when the image itself is in the answer. */
	link?: ImageLink;
	/** Present when it is. */
	base64?: string;
}

export interface Content {
	prompt: string;
	size: PixelSize;
	/** So many images were asked for. */
	wanted: number;
	images: WrittenImage[];
	/** The reference images that the text shows too. */
	echoed: string[];
	/** For example "task_01…". */
	task: string;
	pages: { preview: string; source: string };
	/** The last image's URI is already cut: the text ends with it. */
	isCut: boolean;
}

export interface Message {
	role: 'assistant';
	content: unknown;
	images?: unknown[];
}

/** The message of one choice; shapes g and l have none. */
export function messageOf(shape: Exclude<Shape, 'g' | 'l'>, content: Content): Message {
	const words = wordingFor(content.prompt);
	const { images } = content;
	const text = (...blocks: string[]): Message => ({
		role: 'assistant',
		content: untilCut([...echo(content, words), ...blocks].join('\n\n'), content),
	});
	switch (shape) {
		case 'a':
			return text(...images.map(markdown));
		case 'b':
			return text(
				parameters(content),
				taskLinks(content, words),
				...progressLog(content, words),
				...images.flatMap((image, index) => imageBlocks(image, index, content, words)),
			);
		case 'c':
			return text(parameters(content), taskLinks(content, words), `>🕐 ${words.queued}.`);
		case 'd':
		case 'h':
		case 'i':
		case 'j':
		case 'k':
			return {
				role: 'assistant',
				content: [
					{ type: 'text', text: [...echo(content, words), words.here].join('\n\n') },
					...images.map(PARTS[shape]),
				],
			};
		case 'e':
			return {
				...text(words.here),
				images: images.map((image, index) => ({ ...imagePart(image), index })),
			};
		case 'f':
			return text(words.here, ...images.map(({ url }) => url));
		case 'm':
			return text(words.here, ...images.map(({ base64 }) => String(base64)));
		case 'n':
			return text(...images.map(({ base64 }) => JSON.stringify({ b64_json: base64 })));
	}
}

/** Shape g: the answer of the Images API. */
export function dataOf({ prompt, images }: Content): unknown[] {
	return images.map(({ base64, url }) => ({
		revised_prompt: prompt,
		...(base64 === undefined ? { url } : { b64_json: base64 }),
	}));
}

/** The answer of a gateway that knows only pictures. */
export function imagesOf({ images }: Content): unknown[] {
	return images.map(({ base64 }) => base64);
}

function markdown({ url }: WrittenImage): string {
	return `![image](${url})`;
}

/** An image and its download; some gateways give the download alone. */
function imageBlocks(
	{ url, link }: WrittenImage,
	index: number,
	{ task }: Content,
	words: Wording,
): string[] {
	const shown = `![gen_${task.slice(5)}_${index}](${url})`;
	if (!link) return [shown];
	const download = `[${words.download}](${link.download})`;
	return url === link.download ? [download] : [shown, download];
}

function imagePart({ url }: WrittenImage): object {
	return { type: 'image_url', image_url: { url } };
}

const MIME_TYPE = 'image/png';
const PARTS: Record<'d' | 'h' | 'i' | 'j' | 'k', (image: WrittenImage) => object> = {
	d: imagePart,
	h: ({ base64: data }: WrittenImage) => ({
		type: 'image',
		source: { type: 'base64', media_type: MIME_TYPE, data },
	}),
	i: ({ base64: data }: WrittenImage) => ({ inlineData: { mimeType: MIME_TYPE, data } }),
	j: ({ base64 }: WrittenImage) => ({ b64_json: base64 }),
	k: ({ url }: WrittenImage) => ({ type: 'output_image', image_url: url }),
};

function echo({ echoed }: Content, { reference }: Wording): string[] {
	return echoed.flatMap((url) => {
		const shown = `![${reference}](${url})`;
		return /^data:/i.test(url) ? [shown] : [`> ${reference}: ${url}`, shown];
	});
}

function parameters({ prompt, size, wanted }: Content): string {
	const shown = { prompt, ratio: ratioOf(size), n: wanted };
	return ['```json', JSON.stringify(shown, null, 2), '```'].join('\n');
}

function taskLinks({ task, pages }: Content, { preview, source }: Wording): string {
	return `> ID: \`${task}\`\n>[${preview}](${pages.preview}) | [${source}](${pages.source})`;
}

function progressLog({ images }: Content, words: Wording): string[] {
	const links = images.map(({ link }) => (link ? `[100](${link.progress})` : '100'));
	return [
		`>🕐 ${words.queued}.`,
		`>⚡ ${words.drawing}.....`,
		`>🏃 ${words.progress} 23..57..${links.join(' ')}`,
		`> ✅ ${words.done}`,
	];
}

/** An answer that was cut in the middle of an image has nothing after it, not even a bracket. */
function untilCut(text: string, { isCut, images }: Content): string {
	const { url = '', base64 = url } = images.at(-1) ?? {};
	const last = text.lastIndexOf(base64);
	return isCut && last !== -1 ? text.slice(0, last + base64.length) : text;
}

function ratioOf({ width, height }: PixelSize): string {
	const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
	const common = divisor(width, height);
	return `${width / common}:${height / common}`;
}
