// Odd forms of OpenAI's honest answers, all seen at compatible servers and gateways.
import type { Answer } from '../http/answer';
import { isObject, type Values } from './fields';
import { numericIdOf } from './responses/numeric-id';

type Change = (answer: Answer) => Answer;

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const EVENT_TYPE = { 'content-type': 'text/event-stream; charset=utf-8' };
const MICROSECONDS = 1_000_000;
const LINE_LENGTH = 76;
const REFUSAL = 'This one shows a trademark.';

function asText(answer: Answer, body: string, headers = JSON_TYPE): Answer {
	return { ...answer, headers: { ...answer.headers, ...headers }, body };
}

/** Changes the JSON of an answer. */
function body(change: (values: Values) => unknown): Change {
	return (answer) => (isObject(answer.body) ? { ...answer, body: change(answer.body) } : answer);
}

/** Changes the list of images. */
function entries(change: (data: Values[]) => unknown): Change {
	return body((values) => ({ ...values, data: change(dataOf(values)) }));
}

function dataOf({ data }: Values): Values[] {
	return Array.isArray(data) ? data.filter(isObject) : [];
}

/** Changes every picture that stands inside the answer. */
function base64(change: (picture: string) => string): Change {
	return entries((data) =>
		data.map((entry) => ({ ...entry, b64_json: change(String(entry.b64_json)) })),
	);
}

/** Changes the events of an answer, or makes some of one that wasn't to be streamed. */
function events(change: (event: { name: string; json: string }) => string): Change {
	return (answer) => asText(answer, eventsOf(answer.body).map(change).join(''), EVENT_TYPE);
}

function eventsOf(given: unknown): Array<{ name: string; json: string }> {
	if (typeof given === 'string') {
		return [...given.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, name = '', json = '']) => ({
			name,
			json,
		}));
	}
	const values = isObject(given) ? given : {};
	if (Array.isArray(values.choices)) {
		return values.choices.filter(isObject).map(({ message, ...choice }) => ({
			name: '',
			json: JSON.stringify({ ...values, choices: [{ ...choice, delta: message }] }),
		}));
	}
	const name = 'image_generation.completed';
	return dataOf(values).map((entry) => ({
		name,
		json: JSON.stringify({ type: name, ...entry, usage: values.usage }),
	}));
}

function named(name: string): string {
	return name === '' ? '' : `event: ${name}\n`;
}

/** The last entries of a response's output are the honest ones. */
function output(...before: unknown[]): Change {
	return body((values) => ({
		...values,
		output: [...before, ...(Array.isArray(values.output) ? (values.output as unknown[]) : [])],
	}));
}

/** In place of the image, once there is one. */
function spoken(part: Values): Change {
	return body((values) => {
		const hasImage = Array.isArray(values.output) && values.output.length > 0;
		const message = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed' };
		return hasImage ? { ...values, output: [{ ...message, content: [part] }] } : values;
	});
}

function usage(change: (usage: Values) => Values): Change {
	return body((values) =>
		isObject(values.usage) ? { ...values, usage: change(values.usage) } : values,
	);
}

/** Of each kind that the details tell apart. */
function halfCached(given: Values): Values {
	const details = isObject(given.input_tokens_details) ? given.input_tokens_details : {};
	const half = (value: unknown) => Math.floor(Number(value ?? 0) / 2);
	const cached = {
		text_tokens: half(details.text_tokens),
		image_tokens: half(details.image_tokens),
	};
	return {
		...given,
		input_tokens_details: {
			...details,
			cached_tokens: cached.text_tokens + cached.image_tokens,
			cached_tokens_details: cached,
		},
	};
}

const noImages = (data: unknown): Change => body((values) => ({ ...values, data }));

const TABLE: ReadonlyArray<readonly [name: string, meaning: string, change: Change]> = [
	[
		'bom',
		'a byte order mark before the JSON',
		(answer) => asText(answer, `\ufeff${JSON.stringify(answer.body)}`),
	],
	['null-entry', 'null beside the images', entries((data) => [...data, null])],
	[
		'empty-entry-beside',
		'an entry without a picture beside the images',
		entries((data) => [{}, ...data]),
	],
	[
		'refused-in-place',
		'a refusal in the place of the last image',
		entries((data) => [...data.slice(0, -1), { error: { code: 'blocked', message: REFUSAL } }]),
	],
	[
		'odd-revised-prompt',
		'revised_prompt is a number',
		entries((data) => data.map((entry) => ({ ...entry, revised_prompt: 5 }))),
	],
	['single-object', 'data is one object', entries(([first]) => first)],
	[
		'images-list',
		'images: ["BASE64"]',
		body(({ data, ...values }) => ({
			...values,
			images: dataOf({ data }).map((entry) => entry.b64_json),
		})),
	],
	[
		'images-links',
		'images: [{"url"}]',
		body(({ data, ...values }) => ({ ...values, images: data })),
	],
	[
		'data-uri',
		'url is a data URI',
		entries((data) =>
			data.map(({ b64_json }) => ({ url: `data:image/png;base64,${String(b64_json)}` })),
		),
	],
	[
		'relative-url',
		'url is a path',
		entries((data) =>
			data.map(({ url }) => ({ url: new URL(String(url)).pathname, b64_json: null })),
		),
	],
	[
		'spaced-data-uri',
		'b64_json is a data URI behind a space',
		base64((picture) => ` data:image/png;base64,${picture}`),
	],
	[
		'upper-data-uri',
		'b64_json is a data URI in capitals',
		base64((picture) => `DATA:IMAGE/PNG;BASE64,${picture}`),
	],
	[
		'doubled-data-uri',
		'b64_json has the head of a data URI twice',
		base64((picture) => `data:image/png;base64,data:image/png;base64,${picture}`),
	],
	[
		'lined-base64',
		'b64_json has line breaks',
		base64((picture) => (picture.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? []).join('\n')),
	],
	[
		'created-microseconds',
		'created is in microseconds',
		body((values) => ({ ...values, created: Number(values.created) * MICROSECONDS })),
	],
	['created-text', 'created is a text', body((values) => ({ ...values, created: 'now' }))],
	['odd-usage', 'usage is a text', body((values) => ({ ...values, usage: 'none' }))],
	['no-images', 'the images are made, and data is empty', noImages([])],
	['empty-base64', 'the images are made, and b64_json is empty', noImages([{ b64_json: '' }])],
	['empty-entry', 'the images are made, and their entry is empty', noImages([{}])],
	[
		'no-images-error',
		'the images are made, and data is empty beside an error',
		body((values) => ({ ...values, data: [], error: 'The upstream gave up.' })),
	],
	[
		'refused-beside',
		'an image that was refused, beside the images',
		entries((data) => [
			...data,
			{ error: { code: 'moderation_blocked', message: 'This image was refused.' } },
		]),
	],
	[
		'error-200',
		'an error in the place of the answer',
		body(() => ({ error: { code: 429, message: 'The upstream is busy.' } })),
	],
	[
		'zero-usage',
		'usage of zeros',
		usage(() => ({ input_tokens: 0, output_tokens: 0, total_tokens: 0 })),
	],
	['cached-usage', 'half of the input tokens were cached', usage(halfCached)],
	['usage-cost', 'usage with its cost in dollars', usage((given) => ({ ...given, cost: 0.0421 }))],
	[
		'cut-behind-picture',
		'the answer ends behind its first image',
		(answer) => cutBehindPicture(answer),
	],
	[
		'unasked-stream',
		'events although none were asked for',
		events(({ name, json }) => `${named(name)}data: ${json}\n\n`),
	],
	[
		'split-stream',
		'events with their data on the line after data:',
		events(({ name, json }) => `${named(name)}data:\n${json}\n\n`),
	],
	[
		'commented-stream',
		'events with comments, behind a byte order mark',
		(answer) => commented(answer),
	],
	[
		'odd-output',
		'odd entries before the image of a response',
		output({ type: 'image_generation_call', result: 5 }, { id: 'x' }, null),
	],
	[
		'odd-fields',
		'odd tools, status and times of a response',
		body((values) => ({ ...values, tools: 'none', status: 7, created_at: 'now', usage: 5 })),
	],
	[
		'no-status',
		'a response or batch without its status',
		body((values) => ({ ...values, status: undefined })),
	],
	[
		'numeric-id',
		'a number as the id of a response',
		body((values) => ({ ...values, id: numericIdOf(String(values.id)) })),
	],
	[
		'prose',
		"a response's model refused in plain words instead of drawing",
		spoken({
			type: 'output_text',
			text: "I'm sorry, but I can't help with that.",
			annotations: [],
		}),
	],
	[
		'refusal',
		"a response's model refused instead of drawing",
		spoken({ type: 'refusal', refusal: "I can't draw that person." }),
	],
	['cut-behind-id', 'the answer ends behind its id', (answer) => cutBehindId(answer)],
	['no-choices', 'a chat without choices', body((values) => ({ ...values, choices: [] }))],
	[
		'null-choice',
		'null before the choices of a chat',
		body((values) => ({ ...values, choices: [null, ...(values.choices as unknown[])] })),
	],
	[
		'choice-error',
		'an error in place of the choice of a chat',
		body((values) => ({
			...values,
			choices: [{ error: { code: 502, message: 'The upstream gave up.' }, finish_reason: 'error' }],
		})),
	],
];

function commented(answer: Answer): Answer {
	const text = eventsOf(answer.body).map(
		({ name, json }) => `: hello\n\n${named(name)}: hello\ndata: ${json}\n\n`,
	);
	return asText(answer, `\ufeff${text.join('')}`, EVENT_TYPE);
}

function cutBehindPicture(answer: Answer): Answer {
	const text = JSON.stringify(answer.body);
	return asText(answer, text.slice(0, text.indexOf('}', text.indexOf('"b64_json"')) + 5));
}

function cutBehindId(answer: Answer): Answer {
	const { id } = isObject(answer.body) ? answer.body : {};
	return asText(answer, `{"id":${JSON.stringify(id)},"object":"resp`);
}

export const openAIOddities = Object.fromEntries(TABLE.map(([name, , change]) => [name, change]));

/** By name, what the home page tells people they can write behind create=200 or poll=200. */
export const openAIOddityHelp = TABLE.map(
	([name, meaning]) => [`create=200 odd=${name}`, meaning] as const,
);
