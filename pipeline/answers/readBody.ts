// What a body is before it is read, and after.
import type { ImageFailure } from '../../providers/failure';
import type { ByteStream } from './streams';

/**
 * A body on its way: its bytes, whose memory belongs to the reader, and a stream that lends its class. What breaks it off
 * is an ImageFailure.
 */
export interface IncomingBody {
	bytes: AsyncGenerator<Buffer>;
	lender: ByteStream;
}

export interface ReadBody {
	/** JSON or text; a list of lines; events, or the text of an event stream: as the request's `responseType` says. */
	body: unknown;
	/** Why events or lines may be missing, or a picture of theirs. */
	interruption?: ImageFailure;
}

/** More pictures than any answer has, and few enough to be stored. */
export const MAX_PICTURES = 1000;
