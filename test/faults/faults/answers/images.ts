// Answers of compatible servers in the place of OpenAI's Images API.
import type { Fault } from '../fault';
import {
	BASE64,
	cutBehind,
	DATA_URI,
	EVENTS,
	eventsOf,
	IN_LINES,
	oddAt,
	writtenAt,
	type Json,
} from './odd';

const of = 'openai';
const on = 'create';
const at = ['generate', 'edit', 'vary'];
const body = oddAt({ of, on, at });
const text = writtenAt({ of, on, at });
/** Where the pictures are at links. */
const linked = oddAt({ of, on, at: ['generateLinks'] });

const listOf = ({ data }: Json) => (Array.isArray(data) ? (data as Json[]) : []);
const inList = (id: string, title: string, change: (list: Json[]) => unknown) =>
	body(id, title, (answer) => ({ ...answer, data: change(listOf(answer)) }));
const written = (id: string, title: string, base64: string) =>
	inList(id, title, (list) => list.map(() => ({ b64_json: base64 })));
const event = { type: 'image_generation.completed', b64_json: BASE64 };
const streamed = (id: string, title: string, stream: string) =>
	text(id, title, () => stream, EVENTS);
const pathOf = ({ url }: Json) => new URL(String(url)).pathname;

export const imageAnswers: Fault[] = [
	inList('oa-null-entry', 'null behind the picture', (list) => [...list, null]),
	inList('oa-empty-entry-beside', 'An empty entry before the picture', (list) => [{}, ...list]),
	inList('oa-number-beside', 'A number before the picture', (list) => [5, ...list]),
	inList('oa-refused-in-place', 'A refusal with a code in its place', () => [
		{ error: { code: 'blocked', message: 'This one shows a trademark.' } },
	]),
	inList('oa-refused-beside', 'A refusal beside the picture', (list) => [
		...list,
		{ error: { code: 'moderation_blocked', message: 'This image was refused.' } },
	]),
	inList('oa-odd-revised-prompt', 'A prompt that is a number', (list) =>
		list.map((entry) => ({ ...entry, revised_prompt: 5 })),
	),
	inList('oa-single-object', 'One entry in place of the list', ([first]) => first),
	inList('oa-bare', 'The base64 in place of the list', () => BASE64),
	inList('oa-texts', 'Base64 in place of entries', () => [BASE64]),
	inList('oa-other-name', 'The picture under another name', () => [{ base64: BASE64 }]),
	inList('oa-data-uri', 'A data URI for a link', () => [{ url: DATA_URI }]),
	inList('oa-other-uri', 'A data URI of a page', () => [{ url: 'data:text/html,x' }]),
	body('oa-images-list', 'images of base64', ({ data, ...rest }) => ({
		...rest,
		images: listOf({ data }).map(({ b64_json: base64 }) => base64),
	})),
	body('oa-images-beside', 'images beside an empty list', (answer) => ({
		...answer,
		data: [],
		images: [BASE64],
	})),
	body('oa-deep', 'The picture in another place', () => ({ output: { deep: [BASE64] } })),
	linked('oa-images-links', 'images with links', ({ data, ...rest }) => ({
		...rest,
		images: data,
	})),
	linked('oa-relative-url', 'A path for a link', (answer) => ({
		...answer,
		data: listOf(answer).map((entry) => ({ url: pathOf(entry), b64_json: null })),
	})),
	linked('oa-link-object', 'The link in an object', (answer) => ({
		...answer,
		data: listOf(answer).map(({ url }) => ({ image_url: { url } })),
	})),
	written('oa-spaced-data-uri', 'A data URI behind a space', ` ${DATA_URI}`),
	written(
		'oa-upper-data-uri',
		'A data URI in capitals',
		DATA_URI.replace('data:image/png;base64', 'DATA:IMAGE/PNG;BASE64'),
	),
	written('oa-doubled-data-uri', 'A doubled data URI', `data:image/png;base64,${DATA_URI}`),
	written('oa-lined-base64', 'Base64 in lines', IN_LINES),
	written('oa-base64-scheme', 'base64://', `base64://${BASE64}`),
	body('oa-created-microseconds', 'A time in microseconds', (answer) => ({
		...answer,
		created: 1_795_860_000_123_456,
	})),
	body('oa-created-text', 'A time that is a word', (answer) => ({ ...answer, created: 'now' })),
	body('oa-created-far', 'A time that no date can hold', (answer) => ({
		...answer,
		created: 1e300,
	})),
	body('oa-odd-usage', 'A word for the usage', (answer) => ({ ...answer, usage: 'none' })),
	body('oa-zero-usage', 'A usage of zeros', (answer) => ({
		...answer,
		usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
	})),
	body('oa-text-usage', 'Counts that are texts', (answer) => ({
		...answer,
		usage: { input_tokens: '5', output_tokens: '7' },
	})),
	body('oa-usage-cost', 'A usage with its cost', (answer) => ({
		...answer,
		usage: { ...(answer.usage as Json), cost: 0.0421 },
	})),
	body('oa-cached-usage', 'A usage with cached tokens', (answer) => ({
		...answer,
		usage: {
			...(answer.usage as Json),
			input_tokens_details: {
				text_tokens: 10,
				image_tokens: 0,
				cached_tokens: 5,
				cached_tokens_details: { text_tokens: 5, image_tokens: 0 },
			},
		},
	})),
	body('oa-empty-base64', 'An error in words beside empty base64', (answer) => ({
		...answer,
		data: [{ b64_json: '' }],
		error: { message: 'The upstream gave up.', code: 'upstream_error' },
	})),
	text(
		'oa-cut-behind-picture',
		'Ends behind its picture',
		() => `{"data":[{"b64_json":"${BASE64}"},{"b6`,
	),
	text('oa-cut-before-picture', 'Ends before its picture', (answer) =>
		cutBehind(answer, 'created'),
	),
	streamed('oa-unasked-stream', 'Events that nobody asked for', eventsOf(event)),
	streamed(
		'oa-split-stream',
		'Events with their data on the next line',
		`event: ${event.type}\ndata:\n${JSON.stringify(event)}\n\n`,
	),
	streamed(
		'oa-commented-stream',
		'Events with comments, behind a byte order mark',
		`\ufeff: hello\n\nevent: ${event.type}\n: hello\ndata: ${JSON.stringify(event)}\n\n`,
	),
	streamed(
		'oa-whole-as-event',
		'The whole answer as one event',
		eventsOf({ data: [null, { b64_json: BASE64 }] }),
	),
	streamed('oa-stream-without', 'Events without a picture', eventsOf({ type: 'ping' })),
	streamed(
		'oa-stream-refused',
		'Events that end in an error',
		eventsOf({
			type: 'error',
			error: { code: 'moderation_blocked', message: 'It was refused.' },
		}),
	),
];
