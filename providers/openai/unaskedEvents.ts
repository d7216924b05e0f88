// Answers that come as a stream of events although none was asked for, as some compatible servers send them.
import type { StreamEvent } from '../contract';
import { eventsIn, isEventStream } from '../answers/eventStream';

/** The events of such an answer, which is text or bytes; undefined where it is none. */
export function eventsOf(body: unknown): Iterable<StreamEvent> | undefined {
	if (!Buffer.isBuffer(body) && typeof body !== 'string') return undefined;
	return isEventStream(body) ? eventsIn(body) : undefined;
}
