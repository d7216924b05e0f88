// Server-sent events as a text spells them out (WHATWG HTML, 9.2.6), read line by line, as a text may be very long.
import type { StreamEvent } from '../contract';
import { parseJson } from './json';

/** What some servers send as a stream's last event; it says nothing. */
const END_MARK = '[DONE]';
/** The end mark stands among the last bytes. */
const END_BYTES = 4096;
/** As much of a text's beginning as tells what it is. */
const BEGINNING_BYTES = 20;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const WHITE_SPACE: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** What some servers put on a line of its own, behind the `data:` that it belongs to. */
const REST_OF_DATA = /^[\s{}[\]"]/;

/** Whether it is an event stream, by what the server calls it or by how it begins. */
export function isEventStream(text: string | Buffer, contentType = ''): boolean {
	const beginning = beginningOf(bytesOf(text));
	if (/^\s*text\/event-stream/i.test(contentType) && !/^[<{[]/.test(beginning)) return true;
	return /^(:|event:|id:|retry:|data:)/.test(beginning);
}

/** Whether the stream says that it has come to its end, as OpenAI's and most others do. */
export function hasEndMark(text: string | Buffer): boolean {
	const end = bytesOf(text).subarray(-END_BYTES).toString();
	return /(^|[\r\n])data:\s*\[DONE\]\s*([\r\n]|$)/.test(end);
}

/** The events whose data is JSON, in their order. One that was cut is left out. */
export function* eventsIn(text: string | Buffer): Generator<StreamEvent, void> {
	let event = new OpenEvent();
	for (const line of linesOf(bytesOf(text))) {
		if (line !== '') {
			const earlier = event.add(line);
			if (earlier) yield earlier;
		} else if (!event.isEmpty) {
			yield* event.end();
			event = new OpenEvent();
		}
	}
}

/** An event whose lines are still coming. */
class OpenEvent {
	isEmpty = true;
	private name: string | undefined;
	/** The value of a line that is JSON by itself. */
	private value: unknown;
	/** Lines that may be JSON together. */
	private lines: string[] = [];
	private hasData = false;

	/** Some servers put no empty line between their events: then each line of data ends the one before. */
	add(line: string): StreamEvent | undefined {
		this.isEmpty = false;
		const { field, text } = fieldOf(line);
		if (field === 'event') this.name = text;
		const isData = field === 'data';
		if (!isData && !(this.hasData && REST_OF_DATA.test(line))) return undefined;
		this.hasData = true;
		const data = isData ? text : line;
		const value = this.lines.length === 0 ? valueOf(data) : undefined;
		if (value === undefined) {
			this.lines.push(data);
			return undefined;
		}
		const [earlier] = this.events([this.value]);
		this.value = value;
		return earlier;
	}

	end(): StreamEvent[] {
		const together = valueOf(this.lines.join('\n'));
		const others = together === undefined ? this.lines.map(valueOf) : [together];
		return this.events([this.value, ...others]);
	}

	private events(values: unknown[]): StreamEvent[] {
		const given = values.filter((value) => value !== undefined);
		return given.map((data) => ({ name: this.name, data }));
	}
}

function fieldOf(line: string): { field: string; text: string } {
	const colon = line.indexOf(':');
	if (colon < 0) return { field: line, text: '' };
	return { field: line.slice(0, colon), text: line.slice(colon + 1).replace(/^ /, '') };
}

/** Undefined for what isn't JSON, and for null. */
function valueOf(text: string): unknown {
	if (text === '' || text.trim() === END_MARK) return undefined;
	return parseJson(text) ?? undefined;
}

/** Line by line, and an empty line behind the last. Lines end with either sign or with both (9.2.6). */
function* linesOf(bytes: Buffer): Generator<string, void> {
	for (let start = behindMark(bytes); start < bytes.length; ) {
		let end = start;
		while (end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== RETURN) end++;
		yield end === start ? '' : bytes.toString('utf8', start, end);
		start = bytes[end] === RETURN && bytes[end + 1] === LINE_FEED ? end + 2 : end + 1;
	}
	yield '';
}

function bytesOf(text: string | Buffer): Buffer {
	return typeof text === 'string' ? Buffer.from(text) : text;
}

function behindMark(bytes: Buffer): number {
	const { length } = BYTE_ORDER_MARK;
	return bytes.subarray(0, length).equals(BYTE_ORDER_MARK) ? length : 0;
}

/** The first signs that aren't white space. */
function beginningOf(bytes: Buffer): string {
	let start = behindMark(bytes);
	while (WHITE_SPACE.has(bytes[start])) start += 1;
	return bytes.toString('latin1', start, start + BEGINNING_BYTES);
}
