// Server-sent events as a text spells them out (WHATWG HTML, 9.2.6).
import type { StreamEvent } from './contract';

/** What some servers send as a stream's last event; it says nothing. */
const END_MARK = '[DONE]';

/** Whether it is an event stream, by what the server calls it or by how it begins. */
export function isEventStream(text: string, contentType = ''): boolean {
	if (/^\s*text\/event-stream/i.test(contentType) && !/^\s*[<{[]/.test(text)) return true;
	return /^\ufeff?\s*(:|event:|id:|retry:|data:)/.test(text);
}

/** The events whose data is JSON, in their order. One that was cut is left out. */
export function eventsIn(text: string): StreamEvent[] {
	const events: StreamEvent[] = [];
	let name: string | undefined;
	let data: string[] = [];
	// The last event counts also without the empty line behind it, which some servers leave out.
	for (const line of [...text.replace(/^\ufeff/, '').split(/\r\n?|\n/), '']) {
		if (line === '') {
			for (const value of valuesOf(data)) events.push({ name, data: value });
			[name, data] = [undefined, []];
			continue;
		}
		const colon = line.indexOf(':');
		const field = colon < 0 ? line : line.slice(0, colon);
		const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
		if (field === 'event') name = value;
		if (field === 'data') data.push(value);
	}
	return events;
}

/** One value over all lines; or one on each, from servers that put no empty line between their events. */
function valuesOf(lines: string[]): unknown[] {
	const whole = valueOf(lines.join('\n'));
	const values = whole === undefined ? lines.map(valueOf) : [whole];
	return values.filter((value) => value !== undefined);
}

/** Undefined for what isn't JSON, and for null. */
function valueOf(text: string): unknown {
	if (text === '' || text.trim() === END_MARK) return undefined;
	try {
		return (JSON.parse(text) as unknown) ?? undefined;
	} catch {
		return undefined;
	}
}
