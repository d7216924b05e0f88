// Answers a chat completion: looks at the references, draws, writes the answer in its shape.
import { randomBytes } from 'node:crypto';
import type { PixelSize } from '../drawing/sizes';
import type { Answer } from '../http/answer';
import type { Lifetime } from '../lifetime';
import { textTokens } from '../openai/images/tokens';
import type { Account } from './accounts';
import { drawImages, inflated, type SeenImage, seeReferences, sizeFor } from './draw';
import type { CheckedChatFaults, Shape } from './faults';
import type { ChatLinks } from './links';
import { shapeOf } from './models';
import type { ChatRequest } from './request';
import { type Content, dataOf, messageOf, type WrittenImage } from './shapes';
import { chunkEvents, events, type StreamedChoice } from './stream';
import { wordingFor } from './wording';

const TOKENS_PER_IMAGE = 1056;
const DATA_HEAD = 'data:image/png;base64,';

export interface CompletionParts {
	account: Account;
	/** The key's faults with the prompt's own on top. */
	faults: CheckedChatFaults;
	promptFaults: CheckedChatFaults;
	/** The prompt without its directives. */
	prompt: string;
	links: ChatLinks;
	lifetime: Lifetime;
}

export interface Completion {
	shape: Shape;
	seen: SeenImage[];
	made: Array<PixelSize & { bytes: number }>;
	answer: Answer;
}

export async function complete(request: ChatRequest, parts: CompletionParts): Promise<Completion> {
	const { faults, prompt, account } = parts;
	const references = await seeReferences(request, parts.lifetime);
	const shape = shapeOf(request.model, faults, account);
	const perChoice = Math.max(0, (faults.images ?? 1) - (faults.fewerImages ?? 0));
	const isTextOnly = faults.refuse === true || !request.wantsImages;
	const count = isTextOnly || shape === 'c' ? 0 : perChoice * request.n;
	const size = sizeFor(prompt, references);
	const images = await drawImages(count, prompt, size, references);
	if (faults.big !== undefined && images[0]) images[0] = inflated(images[0], faults.big);
	const written = images.map((image, index) =>
		write(image, shape, parts, index === images.length - 1),
	);
	const contentOf = (choice: number): Content => contentFor(choice, written, perChoice, request, size, parts);
	const usage = usageOf(request, references.seen.length, count);
	const head = headOf(request);
	const isStream = request.stream || faults.stream === true;
	const made = images.map(({ length }) => ({ ...size, bytes: length }));
	const result = { shape, seen: references.seen, made };
	if (shape === 'g' && !isTextOnly) {
		const data = Array.from({ length: request.n }, (_, choice) => dataOf(contentOf(choice)));
		const body = { created: head.created, data: data.flat(), usage };
		return { ...result, answer: isStream ? streamOf(events([body])) : { status: 200, body } };
	}
	const choices = Array.from({ length: request.n }, (_, index): StreamedChoice => {
		if (isTextOnly) return textChoice(request, prompt);
		const content = contentOf(index);
		const message = messageOf(shape === 'g' ? 'a' : shape, content);
		return { message, finishReason: content.isCut ? 'length' : 'stop' };
	});
	if (isStream) return { ...result, answer: streamOf(chunkEvents(head, choices, usage)) };
	const body = {
		...head,
		object: 'chat.completion',
		choices: choices.map(({ message, finishReason }, index) => ({
			index,
			message,
			finish_reason: finishReason,
		})),
		usage,
	};
	return { ...result, answer: { status: 200, body } };
}
