// Reads an event stream that came although none was asked for, into the answer that it spells out.
import { eventsIn } from '../eventStream';
import { AnswerReader, type ChatAnswer } from './chatAnswer';
import type { Reading } from './pictures';

const END_MARK = '[DONE]';
const TAIL = 200;

/** The chat answer that the stream's chunks add up to. Events that can't be read are passed over. */
export function readEventStream(stream: string | Buffer, reading: Reading): ChatAnswer {
	const reader = new AnswerReader(reading);
	for (const { data } of eventsIn(String(stream))) {
		reader.add(data, (index) => (typeof index === 'number' ? index : 0));
	}
	const tail =
		typeof stream === 'string'
			? stream.slice(-TAIL)
			: stream.toString('latin1', Math.max(0, stream.length - TAIL));
	return reader.end(tail.includes(END_MARK));
}
