// Lines of JSON, each read by itself, so that none takes others with it.
import { parseJson } from '../../providers/answers/json';
import { MEGABYTE } from '../../providers/limits/megabytes';
import type { ByteSource } from './byteSource';
import { KeptBytes, tooLargeAnswer } from './keptBytes';

/** A batch has up to 50,000 lines. */
export const MAX_BYTES_IN_LINES = 96 * MEGABYTE;
const MAX_LINES = 100_000;
/** What is longer isn't read to its end: its name stands at its beginning. */
const LONGEST_LINE = MEGABYTE;

const LINE_FEED = 0x0a;

/** What is kept of each line, while they arrive: together they may be too much to be held. */
export async function readPlainLines(
	source: ByteSource,
	keptOf: (line: unknown) => unknown = (line) => line,
): Promise<unknown[]> {
	const kept: unknown[] = [];
	const line = new KeptBytes(LONGEST_LINE);
	const endLine = () => {
		const value = line.length > 0 ? lineOf(line.bytes().toString()) : undefined;
		line.cutTo(0);
		const wanted = value === undefined ? undefined : keptOf(value);
		if (wanted !== undefined) kept.push(wanted);
	};
	for (let read = 0; kept.length < MAX_LINES; ) {
		await source.reach(1);
		const { window, position } = source;
		if (position >= window.length) {
			endLine();
			break;
		}
		const feed = window.indexOf(LINE_FEED, position);
		const end = feed === -1 ? window.length : feed;
		line.append(window, position, Math.min(end, position + LONGEST_LINE - line.length));
		if (feed !== -1) endLine();
		source.position = Math.min(end + 1, window.length);
		read += source.position - position;
		if (read > MAX_BYTES_IN_LINES) throw tooLargeAnswer(MAX_BYTES_IN_LINES);
	}
	return kept;
}

/** Those of a text that is there already. */
export function linesOf(text: Buffer): unknown[] {
	const lines: unknown[] = [];
	for (let start = 0; start < text.length; ) {
		const feed = text.indexOf(LINE_FEED, start);
		const end = feed === -1 ? text.length : feed;
		const line = lineOf(text.toString('utf8', start, end));
		if (line !== undefined) lines.push(line);
		start = end + 1;
	}
	return lines;
}

/** Undefined where nothing stands on it. */
function lineOf(text: string): unknown {
	return text.trim() === '' ? undefined : parsed(text);
}

/** The JSON, or the text itself where it is none. */
export function parsed(text: string): unknown {
	const value = parseJson(text);
	return value === undefined ? text : value;
}
