// Reads an event stream that came although none was asked for, into the answer that it spells out.
import { z } from 'zod';

const delta = z
	.object({
		/** A piece of the text, or parts of which some may be images. */
		content: z.union([z.string(), z.array(z.unknown())]).nullish(),
		images: z.array(z.unknown()).nullish(),
	})
	.passthrough();

const chunkSchema = z
	.object({
		choices: z
			.array(
				z
					.object({
						index: z.number().int().nonnegative().max(1000).nullish(),
						delta: delta.nullish(),
						/** Some gateways send the whole message in one event. */
						message: delta.nullish(),
					})
					.passthrough(),
			)
			.nullish(),
		/** The Images API's shape, as one event. */
		data: z.array(z.unknown()).nullish(),
	})
	.passthrough();
type Chunk = z.output<typeof chunkSchema>;

interface SpelledMessage {
	text: string;
	parts: unknown[];
	images: unknown[];
}

/** Whether a text is an event stream (WHATWG HTML, 9.2.6). */
export function isEventStream(text: string): boolean {
	return /^\s*(:|event:|id:|retry:|data:)/.test(text);
}

/** The chat answer that the stream's chunks add up to. Lines that can't be read are passed over. */
export function readEventStream(text: string): Record<string, unknown> {
	const messages: SpelledMessage[] = [];
	const data: unknown[] = [];
	const rest: Record<string, unknown> = {};
	for (const chunk of text.split(/\r?\n/).flatMap(chunkOf)) {
		const { choices, data: images, ...others } = chunk;
		const given = Object.entries(others).filter(([, value]) => value !== null);
		Object.assign(rest, Object.fromEntries(given));
		data.push(...(images ?? []));
		for (const { index, delta: piece, message } of choices ?? []) {
			append((messages[index ?? 0] ??= { text: '', parts: [], images: [] }), piece ?? message);
		}
	}
	const choices = messages.filter(Boolean).map(({ text: content, parts, images }) => ({
		message: { content: parts.length > 0 ? [content, ...parts] : content, images },
	}));
	return { ...rest, choices, data };
}

function append(message: SpelledMessage, piece: z.output<typeof delta> | null | undefined): void {
	const { content, images } = piece ?? {};
	if (typeof content === 'string') message.text += content;
	else message.parts.push(...(content ?? []));
	message.images.push(...(images ?? []));
}

function chunkOf(line: string): Chunk[] {
	if (!line.startsWith('data:')) return [];
	const chunk = chunkSchema.safeParse(parsed(line.slice('data:'.length)));
	return chunk.success ? [chunk.data] : [];
}

/** The value, or undefined for what is no JSON. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
