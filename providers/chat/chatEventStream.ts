// Reads an event stream that came although none was asked for, into the answer that it spells out.
import { eventsIn, hasEndMark } from '../answers/eventStream';
import { AnswerReader, type ChatAnswer } from './chatAnswer';
import type { Reading } from './pictures';

/** The chat answer that the stream's chunks add up to. Events that can't be read are passed over. */
export function readEventStream(stream: string | Buffer, reading: Reading): ChatAnswer {
	const reader = new AnswerReader(reading);
	for (const { data } of eventsIn(stream)) {
		reader.add(data, (index) => (typeof index === 'number' ? index : 0));
	}
	return reader.end(hasEndMark(stream));
}
