// Reads an event stream that came although none was asked for, into the answer that it spells out.
import { z } from 'zod';

import { eventsIn } from '../eventStream';
import { messageSchema } from './message';

const choiceSchema = z
	.object({
		index: z.number().nullish().catch(undefined),
		delta: messageSchema.nullish().catch(undefined),
		/** Some gateways send the whole message in one event. */
		message: messageSchema.nullish().catch(undefined),
	})
	.passthrough();

const chunkSchema = z
	.object({
		choices: z.array(z.unknown()).nullish().catch(undefined),
		/** The Images API's shape, as one event. */
		data: z.array(z.unknown()).nullish().catch(undefined),
	})
	.passthrough();
type Chunk = z.output<typeof chunkSchema>;

/** What has come of one choice. Lists are kept as they came: there may be very many entries. */
interface SpelledMessage {
	text: string;
	parts: unknown[][];
	images: unknown[][];
	refusal: string;
}

/** The chat answer that the stream's chunks add up to. Events that can't be read are passed over. */
export function readEventStream(text: string | Buffer): Record<string, unknown> {
	const messages = new Map<number, SpelledMessage>();
	const data: unknown[][] = [];
	const rest: Record<string, unknown> = {};
	for (const { choices, data: images, ...others } of chunksIn(text)) {
		const given = Object.entries(others).filter(([, value]) => value !== null);
		Object.assign(rest, Object.fromEntries(given));
		data.push(images ?? []);
		for (const choice of choices ?? []) append(messages, choice);
	}
	const inOrder = [...messages].sort(([a], [b]) => a - b);
	const choices = inOrder.map(([, { text: content, parts, images, refusal }]) => ({
		message: {
			content: parts.length > 0 ? [content, ...parts.flat()] : content,
			images: images.flat(),
			refusal,
		},
	}));
	return { ...rest, choices, data: data.flat() };
}

function append(messages: Map<number, SpelledMessage>, choice: unknown): void {
	const parsed = choiceSchema.safeParse(choice);
	if (!parsed.success) return;
	const { index, delta, message } = parsed.data;
	const { content, images, refusal } = delta ?? message ?? {};
	const spelled = messages.get(index ?? 0) ?? { text: '', parts: [], images: [], refusal: '' };
	messages.set(index ?? 0, spelled);
	if (typeof content === 'string') spelled.text += content;
	else if (content) spelled.parts.push(content);
	spelled.images.push(images ?? []);
	spelled.refusal += refusal ?? '';
}

function* chunksIn(text: string | Buffer): Generator<Chunk, void> {
	for (const { data } of eventsIn(text)) {
		const chunk = chunkSchema.safeParse(data);
		if (chunk.success) yield chunk.data;
	}
}
