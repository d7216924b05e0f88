// What chat gateways answer, as their transcripts show it, for all tests of the chat, and what is found in it.
import { readWhole, type ChatAnswer } from '../../../../providers/chat/chatAnswer';
import { readEventStream } from '../../../../providers/chat/chatEventStream';
import { findImages } from '../../../../providers/chat/extract';
import { newPictures, type Reading } from '../../../../providers/chat/pictures';
import { sentKeys } from '../../../../providers/chat/sent';
import type { InlineFile } from '../../../../providers/contract';
import { requestWith } from '../support';

export { CHINESE_LOG, KOREAN_LOG } from '../../../recorded/chatLogs';

export const FOX = 'https://files.test/cdn/20260402/fox.png';
export const OWL = 'https://files.test/cdn/20260402/owl.png';
/** One pixel. */
export const PIXEL =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
export const PIXEL_BYTES = Buffer.from(PIXEL, 'base64');
export const DATA_URI = `data:image/png;base64,${PIXEL}`;

export const imagePart = (url: string) => ({ type: 'image_url', image_url: { url } });

/** A whole answer, one choice for each message. */
export function chatWith(...messages: unknown[]): Record<string, unknown> {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1795176000,
		model: 'gpt-4o-image',
		choices: messages.map((message, index) => ({ index, message, finish_reason: 'stop' })),
		usage: { prompt_tokens: 12, completion_tokens: 1056, total_tokens: 1068 },
	};
}

export function saying(content: unknown): Record<string, unknown> {
	return chatWith({ role: 'assistant', content });
}

export const BASE_URL = 'https://gateway.test/api/v1';

export interface Found {
	images: Array<{ url?: string; stored?: string; bytes?: Buffer }>;
	unread: number;
	text: string;
	/** Where it made no image, beside others where it did. */
	saidInstead: string;
}

/** What is found in a body of JSON. `sent` was in the request: by its address, or as a file. */
export function readBody(body: unknown, sent: Sent = []): Found {
	return foundBy((reading) => readWhole(body, reading), sent);
}

/** What is found in an event stream. */
export function readStream(stream: string | Buffer, sent: Sent = []): Found {
	return foundBy((reading) => readEventStream(stream, reading), sent);
}

type Sent = Array<string | InlineFile>;

function foundBy(read: (reading: Reading) => ChatAnswer, sent: Sent): Found {
	const reading: Reading = { pictures: newPictures(), baseUrl: BASE_URL };
	const references = sent.map((each) =>
		typeof each === 'string' ? { label: each, url: each } : { label: 'data', inline: each },
	);
	const { images, ...rest } = findImages(
		read(reading),
		reading,
		sentKeys(requestWith({ references })),
	);
	const withBytes = images.map(({ url, stored = '' }) => {
		const bytes = reading.pictures.find(stored);
		if (url !== undefined) return { url };
		return bytes ? { bytes } : { stored };
	});
	return { images: withBytes, ...rest };
}
