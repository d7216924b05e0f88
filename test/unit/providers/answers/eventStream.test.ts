// Server-sent events out of a text, held against the standard and against what servers make of it.
import { eventsIn, hasEndMark, isEventStream } from '../../../../providers/answers/eventStream';

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
	[
		'returns alone as line ends',
		'event: a\rdata: 1\r\rdata: 2\r',
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
	['data on the line behind', 'data:\n{"n":1}\n\n', [{ data: { n: 1 } }]],
	['data on many lines behind', 'data: {\n  "n": [\n    1\n  ]\n}\n\n', [{ data: { n: [1] } }]],
	[
		'a name between lines of data',
		'data: 1\nevent: b\ndata: 2\n\n',
		[
			{ name: 'b', data: 1 },
			{ name: 'b', data: 2 },
		],
	],
	['lines that belong to nothing', '{"n":1}\nhello\ndata: 2\n\n', [{ data: 2 }]],
	['comments before the first event', ': PROCESSING\n\n: PROCESSING\n\ndata: 1\n\n', [{ data: 1 }]],
	['null', 'data: null\n\ndata: 1\n\n', [{ data: 1 }]],
	['nothing but line ends', '\n\r\n\r', []],
	[
		'data that is nested too deeply',
		`data: ${'['.repeat(600)}${']'.repeat(600)}\n\ndata: 1\n\n`,
		[{ data: 1 }],
	],
	['letters of any kind', 'data: "여우 🦊"\n\n', [{ data: '여우 🦊' }]],
	[
		'a name for its own event only',
		'event: a\ndata: 1\n\ndata: 2\n\n',
		[{ name: 'a', data: 1 }, { data: 2 }],
	],
	['one space behind the colon, and no more', 'event:  a\ndata:1\n\n', [{ name: ' a', data: 1 }]],
	['lines that are one value only with a line end between', 'data: [1\ndata: 2]\n\n', []],
	['lines of which only one is a value', 'data: {"a":\ndata: 2\n\n', [{ data: 2 }]],
	['a field without a colon', 'data\n{"n":1}\n\n', [{ data: { n: 1 } }]],
	['a field whose name only begins so', 'database: 1\ndata: 2\n\n', [{ data: 2 }]],
	[
		'the mark of its end, with spaces and no empty line',
		'data: 1\ndata:  [DONE] \n\n',
		[{ data: 1 }],
	],
	['nothing', '', []],
])('reads %s', (_rule, text, events) => {
	expect([...eventsIn(text)]).toEqual(events);
	expect([...eventsIn(Buffer.from(text))]).toEqual(events);
});

test.each<[string, string, string | undefined, boolean]>([
	['its type', '', 'text/event-stream; charset=utf-8', true],
	['its first line, whatever its type', 'event: a\n', 'application/json', true],
	['a comment', ': keep-alive\n\n', undefined, true],
	['JSON under the wrong type', '{"created":1}', 'text/event-stream', false],
	['a web page under the wrong type', '<html>', 'text/event-stream', false],
	['JSON', '{"data":1}', 'application/json', false],
	['its first line behind a mark and white space', '\ufeff \n data: 1', undefined, true],
	['JSON behind a mark, under the wrong type', '\ufeff{"a":1}', 'text/event-stream', false],
	['plain text', 'Bad gateway', 'text/plain', false],
	['its type alone', 'PROCESSING', ' Text/Event-Stream', true],
	['a type that only speaks of it', 'PROCESSING', 'text/plain; not=text/event-stream', false],
	['a list under the wrong type', '[1]', 'text/event-stream', false],
	['an ID in its first line', 'id: 7\n', undefined, true],
	['a wait in its first line', 'retry: 7\n', undefined, true],
	['a first line behind any white space', ' \t\r\ndata: 1', undefined, true],
	['a field in the midst of words', 'Bad data: 1', undefined, false],
	['nothing', '', undefined, false],
])('tells a stream by %s', (_rule, text, contentType, expected) => {
	expect(isEventStream(text, contentType)).toBe(expected);
	expect(isEventStream(Buffer.from(text), contentType)).toBe(expected);
});

test.each<[what: string, text: string, expected: boolean]>([
	['an event', 'data: 1\n\ndata: [DONE]\n\n', true],
	['an event without an end', 'data: 1\n\ndata: [DONE]', true],
	['an event without a space', 'data: 1\r\n\r\ndata:[DONE]\r\n', true],
	['the line behind', 'data:\n[DONE]\n', true],
	['an event before comments', 'data: [DONE]\n\n: bye\n', true],
	['an event behind megabytes', `${'data: "a"\n\n'.repeat(500_000)}data: [DONE]\n\n`, true],
	['a text', 'data: "data: [DONE]"\n\n', false],
	['nothing', 'data: 1\n\n', false],
	['half of it', 'data: 1\n\ndata: [DO', false],
	['a field whose name only ends so', 'metadata: [DONE]\n\n', false],
	['a list with more in it', 'data: [DONE] and more\n\n', false],
	['an event that another follows far behind', `data: [DONE]\n\n${': bye\n'.repeat(1000)}`, false],
])('tells the mark of the end: %s', (_what, text, expected) => {
	expect(hasEndMark(text)).toBe(expected);
	expect(hasEndMark(Buffer.from(text))).toBe(expected);
});

it('answers events before it has read all', () => {
	const [first] = eventsIn(Buffer.from(`data: 1\n\n${'data: 2\n\n'.repeat(10)}`));
	expect(first).toEqual({ data: 1 });
});
