// Server-sent events out of a text, held against the standard and against what servers make of it.
import { eventsIn, isEventStream } from '../../../providers/eventStream';

test.each<[string, string, unknown[]]>([
	['one event', 'event: a\ndata: {"n":1}\n\n', [{ name: 'a', data: { n: 1 } }]],
	['one without a name', 'data: {"n":1}\n\n', [{ data: { n: 1 } }]],
	['several', 'data: 1\n\ndata: 2\n\n', [{ data: 1 }, { data: 2 }]],
	['no space behind the colon', 'event:a\ndata:{"n":1}\n\n', [{ name: 'a', data: { n: 1 } }]],
	[
		'other line ends',
		'event: a\r\ndata: 1\r\n\r\ndata: 2\r\r',
		[{ name: 'a', data: 1 }, { data: 2 }],
	],
	['no empty line between events', 'data: 1\ndata: {"n":2}\n', [{ data: 1 }, { data: { n: 2 } }]],
	['data on several lines', 'data: {"n":\ndata: 1}\n\n', [{ data: { n: 1 } }]],
	['comments and other fields', ': hi\nid: 7\nretry: 3\ndata: 1\n\n:\n\n', [{ data: 1 }]],
	['a byte order mark', '\ufeffdata: 1\n\n', [{ data: 1 }]],
	['no empty line at the end', 'data: 1\n\ndata: 2', [{ data: 1 }, { data: 2 }]],
	['the mark of its end', 'data: 1\n\ndata: [DONE]\n\n', [{ data: 1 }]],
	['an event that was cut', 'data: 1\n\nevent: b\ndata: {"n":', [{ data: 1 }]],
	['an event without data', 'event: a\n\ndata: 1\n\n', [{ data: 1 }]],
	[
		'colons in the data',
		'data: {"url":"https://a.test"}\n\n',
		[{ data: { url: 'https://a.test' } }],
	],
	['nothing', '', []],
])('reads %s', (_rule, text, events) => {
	expect(eventsIn(text)).toEqual(events);
});

test.each<[string, string, string | undefined, boolean]>([
	['its type', '', 'text/event-stream; charset=utf-8', true],
	['its first line, whatever its type', 'event: a\n', 'application/json', true],
	['a comment', ': keep-alive\n\n', undefined, true],
	['JSON under the wrong type', '{"created":1}', 'text/event-stream', false],
	['a web page under the wrong type', '<html>', 'text/event-stream', false],
	['JSON', '{"data":1}', 'application/json', false],
	['plain text', 'Bad gateway', 'text/plain', false],
])('tells a stream by %s', (_rule, text, contentType, expected) => {
	expect(isEventStream(text, contentType)).toBe(expected);
});
