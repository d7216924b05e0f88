// Reads an answer that comes as a stream of events: pictures go into n8n's binary store as they arrive, and a stream
// that breaks off keeps what has come before.
import type { HttpRequest } from '../../providers/contract';
import { eventsIn, isEventStream } from '../../providers/eventStream';
import type { ImageFailure } from '../../providers/failure';
import type { IncomingBody } from './answerBody';
import { parsed, storeReceived } from './answerImages';
import type { Connection } from '../connection';
import { toNetworkFailure } from './networkFailure';
import { failureIn, settle } from '../settle';
import { readStreamedJson } from './streamedJson';

export interface EventAnswer {
	/** The events, as StreamEvent[]; where the server sent none, what else it sent. */
	body: unknown;
	/** Why events may be missing, or a picture of theirs. */
	interruption?: ImageFailure;
}

/** Throws a failure only when what arrives is no stream of events, and can't be read to its end. */
export async function readEvents(
	connection: Connection,
	{ base64Fields = [] }: HttpRequest,
	{ bytes: arriving, lender }: IncomingBody,
	contentType: string | undefined,
): Promise<EventAnswer> {
	const troubles: ImageFailure[] = [];
	const { name } = connection.provider;
	const text = await settle(
		readStreamedJson(
			untilItBreaks(arriving, name, troubles),
			new Set(base64Fields),
			async (bytes) => {
				const stored = await settle(storeReceived(connection, bytes, lender));
				if (stored.ok) return stored.value;
				// One damaged picture takes none of the others with it: its place stays empty.
				const failure = failureIn(stored.error);
				if (!failure) throw stored.error;
				troubles.push(failure);
				return '';
			},
		),
	);
	if (!text.ok) throw text.error;
	const [interruption] = troubles;
	if (isEventStream(text.value, contentType)) return { body: eventsIn(text.value), interruption };
	if (interruption) throw interruption;
	return { body: parsed(text.value) };
}

/** The stream's bytes. Where it breaks off they just end, and the reason is noted. */
async function* untilItBreaks(
	chunks: AsyncIterator<Buffer>,
	provider: string,
	troubles: ImageFailure[],
): AsyncGenerator<Buffer> {
	for (;;) {
		const next = await settle(chunks.next());
		if (!next.ok) troubles.push(toNetworkFailure(next.error, provider));
		if (!next.ok || next.value.done) return;
		yield next.value.value;
	}
}
