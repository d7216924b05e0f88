// Puts the choices together to an answer: one JSON body, or an event stream.
import { randomBytes } from 'node:crypto';
import type { Answer } from '../http/answer';
import { textTokens } from '../openai/images/tokens';
import type { Shape } from './faults';
import type { ChatRequest } from './request';
import { type Content, dataOf, imagesOf, messageOf } from './shapes';
import { chunkEvents, events, type StreamedChoice } from './stream';
import { wordingFor } from './wording';

const TOKENS_PER_IMAGE = 1056;

export interface AnswerParts {
	request: ChatRequest;
	shape: Shape;
	/** One for each choice. */
	contents: Content[];
	isStream: boolean;
	/** A text in the place of images. */
	insteadOfImages?: 'refusal' | 'textOnly';
}

export function answerOf(parts: AnswerParts): Answer {
	const { request, shape, contents, isStream, insteadOfImages } = parts;
	const usage = usageOf(parts);
	const created = Math.floor(Date.now() / 1000);
	let choices: StreamedChoice[];
	if (insteadOfImages) {
		choices = contents.map((content) => textChoice(content, insteadOfImages));
	} else if (shape === 'g' || shape === 'l') {
		const images =
			shape === 'g' ? { data: contents.flatMap(dataOf) } : { images: contents.flatMap(imagesOf) };
		const body = { created, ...images, usage };
		return isStream ? eventStream(events([body])) : { status: 200, body };
	} else {
		choices = contents.map((content) => ({
			message: messageOf(shape, content),
			finishReason: content.isCut ? 'length' : 'stop',
		}));
	}
	const head = {
		id: `chatcmpl-${randomBytes(15).toString('hex')}`,
		created,
		model: request.model.id,
	};
	if (isStream) return eventStream(chunkEvents(head, choices, usage));
	const listed = choices.map(({ message, finishReason }, index) => ({
		index,
		message,
		finish_reason: finishReason,
	}));
	return {
		status: 200,
		body: { ...head, object: 'chat.completion', choices: listed, usage },
	};
}

function textChoice({ prompt }: Content, reason: 'refusal' | 'textOnly'): StreamedChoice {
	const message = { role: 'assistant' as const, content: wordingFor(prompt)[reason] };
	return { message, finishReason: 'stop' };
}

function usageOf({ request, contents }: AnswerParts) {
	const images = contents.flatMap((content) => content.images).length;
	const promptTokens = textTokens(request.text) + request.pictures.length * TOKENS_PER_IMAGE;
	const completionTokens = Math.max(1, images * TOKENS_PER_IMAGE);
	return {
		prompt_tokens: promptTokens,
		completion_tokens: completionTokens,
		total_tokens: promptTokens + completionTokens,
	};
}

function eventStream(body: string): Answer {
	return {
		status: 200,
		headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
		body,
	};
}
