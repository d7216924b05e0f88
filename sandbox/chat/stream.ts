// The same answer as an event stream, as gateways send it that don't care for "stream": false.
import type { Message } from './shapes';

const PIECE_CHARACTERS = 48;
/** Long texts, which are base64, go in pieces that are not as small. */
const LONG_PIECE_CHARACTERS = 65_536;
const LONG = 10_000;

export interface StreamedChoice {
	message: Message;
	finishReason: string;
}

export function chunkEvents(
	head: Record<string, unknown>,
	choices: StreamedChoice[],
	usage: unknown,
): string {
	const chunk = (index: number, delta: unknown, finishReason: string | null = null) => ({
		...head,
		object: 'chat.completion.chunk',
		choices: [{ index, delta, finish_reason: finishReason }],
	});
	const chunks = choices.flatMap(({ message, finishReason }, index) => [
		chunk(index, { role: message.role, content: '' }),
		...pieces(message.content).map((content) => chunk(index, { content })),
		...(message.images ? [chunk(index, { images: message.images })] : []),
		chunk(index, {}, finishReason),
	]);
	return events([...chunks, { ...head, object: 'chat.completion.chunk', choices: [], usage }]);
}

export function events(bodies: unknown[]): string {
	const lines = [...bodies.map((body) => JSON.stringify(body)), '[DONE]'];
	return lines.map((line) => `data: ${line}\n\n`).join('');
}

/** Never between the halves of a character. */
function pieces(content: unknown): unknown[] {
	if (typeof content !== 'string') return [content];
	const size = content.length > LONG ? LONG_PIECE_CHARACTERS : PIECE_CHARACTERS;
	return content.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? [];
}
