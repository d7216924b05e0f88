// Reads an answer's body as it arrives, whatever it is: bounded in memory, and never longer than it moves.
import type { HttpRequest } from '../../providers/contract';
import { isEventStream } from '../../providers/answers/eventStream';
import type { PictureStore } from '../media/store/pictureStore';
import { readEvents } from './answerEvents';
import { readBodyWithImages, readPlainBody } from './answerJson';
import { ByteSource } from './byteSource';
import type { IncomingBody, ReadBody } from './readBody';

/** What is looked at to tell what it is. */
const BEGINNING_BYTES = 1024;

/** Throws an `unreadableAnswer` failure when the body is larger than any answer should be. */
export async function readAnswerBody(
	pictures: PictureStore,
	request: HttpRequest,
	{ bytes, lender }: IncomingBody,
	contentType: string | undefined,
): Promise<ReadBody> {
	const source = new ByteSource(bytes);
	await source.skipBlank();
	await source.reach(BEGINNING_BYTES);
	const { responseType, base64Fields } = request;
	const beginning = source.window.subarray(source.position, source.position + BEGINNING_BYTES);
	const mayBeStream = responseType === 'events' || responseType === 'any';
	if (mayBeStream && isEventStream(beginning, contentType)) {
		return await readEvents(pictures, request, source, lender);
	}
	const read = base64Fields ? readBodyWithImages : readPlainBody;
	return await read(pictures, request, source, lender);
}
