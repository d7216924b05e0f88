// Reads an answer's body as it arrives, whatever it is: bounded in memory, and never longer than it moves.
import type { HttpRequest } from '../../providers/contract';
import type { Connection } from '../connection';
import { readEvents, type EventAnswer } from './answerEvents';
import { parsed, readBodyWithImages } from './answerImages';
import { readStreamedJson } from './streamedJson';
import type { ByteStream } from './streams';

/** A body on its way: its bytes, and a stream that lends its class. */
export interface IncomingBody {
	bytes: AsyncGenerator<Buffer>;
	lender: ByteStream;
}

/** Throws an `unreadableAnswer` failure when the body is larger than any answer should be. */
export async function readAnswerBody(
	connection: Connection,
	request: HttpRequest,
	incoming: IncomingBody,
	contentType: string | undefined,
): Promise<EventAnswer> {
	if (request.answerForm === 'events')
		return await readEvents(connection, request, incoming, contentType);
	if (request.base64Fields)
		return { body: await readBodyWithImages(connection, request, incoming) };
	return { body: parsed(await readStreamedJson(incoming.bytes, new Set(), noImage)) };
}

async function noImage(): Promise<string> {
	return '';
}
