// Server-sent events as a text spells them out (WHATWG HTML, 9.2.6).
import { jsonParse } from 'n8n-workflow';

import type { StreamEvent } from '../providers/contract';

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
			const value = valueOf(data.join('\n'));
			if (value !== undefined) events.push({ name, data: value });
			[name, data] = [undefined, []];
			continue;
		}
		const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
		if (field === 'event') name = value;
		if (field === 'data') data.push(value);
	}
	return events;
}

function valueOf(text: string): unknown {
	if (text === '' || text.trim() === END_MARK) return undefined;
	return jsonParse<unknown>(text, { fallbackValue: null }) ?? undefined;
}
