// Reads an answer's body as it arrives, whatever it is: bounded in memory, and never longer than it moves.
import type { HttpRequest } from '../../providers/contract';
import { isEventStream } from '../../providers/eventStream';
import type { ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import { readEvents } from './answerEvents';
import { readBodyWithImages, readPlainBody } from './answerImages';
import { ByteSource } from './byteSource';
import type { ByteStream } from './streams';

/** A body on its way: its bytes, and a stream that lends its class. */
export interface IncomingBody {
	bytes: AsyncGenerator<Buffer>;
	lender: ByteStream;
}

export interface ReadBody {
	/** JSON or text; a list of lines; events, or the text of an event stream: as the request's `answerForm` says. */
	body: unknown;
	/** Why events or lines may be missing, or a picture of theirs. */
	interruption?: ImageFailure;
}

/** What is looked at to tell what it is. */
const BEGINNING_BYTES = 1024;

/** Throws an `unreadableAnswer` failure when the body is larger than any answer should be. */
export async function readAnswerBody(
	connection: Connection,
	request: HttpRequest,
	{ bytes, lender }: IncomingBody,
	contentType: string | undefined,
): Promise<ReadBody> {
	const source = new ByteSource(bytes);
	await source.skipBlank();
	await source.reach(BEGINNING_BYTES);
	const { answerForm, base64Fields } = request;
	const beginning = source.window.subarray(source.position, source.position + BEGINNING_BYTES);
	const mayBeStream = answerForm === 'events' || answerForm === 'any';
	if (mayBeStream && isEventStream(beginning, contentType)) {
		return await readEvents(connection, request, source, lender);
	}
	const read = base64Fields ? readBodyWithImages : readPlainBody;
	return await read(connection, request, source, lender);
}
