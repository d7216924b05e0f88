// Reads an event stream that came although none was asked for, into the answer that it spells out.
import { z } from 'zod';

const chunkSchema = z
	.object({
		choices: z.array(
			z
				.object({
					index: z.number().nullish(),
					delta: z
						.object({
							content: z.string().nullish(),
							images: z.array(z.unknown()).nullish(),
						})
						.passthrough()
						.nullish(),
				})
				.passthrough(),
		),
	})
	.passthrough();

interface SpelledChoice {
	message: { content: string; images: unknown[] };
}

/** Whether a text is an event stream (WHATWG HTML, 9.2.6). */
export function isEventStream(text: string): boolean {
	return /^\s*(:|event:|id:|retry:|data:)/.test(text);
}

/** The chat answer that the stream's chunks add up to. Lines that can't be read are passed over. */
export function readEventStream(text: string): Record<string, unknown> {
	const choices: SpelledChoice[] = [];
	let rest: Record<string, unknown> = {};
	for (const line of text.split(/\r?\n/)) {
		const chunk = chunkOf(line);
		if (!chunk) continue;
		rest = { ...rest, ...chunk };
		for (const { index, delta } of chunk.choices) {
			const choice = (choices[index ?? 0] ??= { message: { content: '', images: [] } });
			choice.message.content += delta?.content ?? '';
			choice.message.images.push(...(delta?.images ?? []));
		}
	}
	return { ...rest, choices: choices.filter(Boolean) };
}

function chunkOf(line: string): z.output<typeof chunkSchema> | undefined {
	const [, data] = /^data:\s?(\{.*\})\s*$/.exec(line) ?? [];
	return data === undefined ? undefined : chunkSchema.safeParse(parsed(data)).data;
}

/** The value, or undefined for what is no JSON. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
