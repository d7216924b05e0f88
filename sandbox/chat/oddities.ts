// Odd forms in which gateways give an honest answer, by name. One that an answer's shape leaves no room for is refused.
import type { Oddities } from '../faults/misbehave';
import type { Answer } from '../http/answer';

type Json = Record<string, unknown>;

const LINE = 76;
/** Nothing listens there. */
const DEAD_LINK = 'http://127.0.0.1:1/dead.png';
const BASE64_IN_TEXT = /(base64,|base64:\/\/)([\w+/=]+)/g;
const OWN_HOST = /https?:\/\/[^/\s"]+(?=\/chat-files\/)/g;
const REFUSAL = 'This one shows a trademark.';
const KEPT_SHARE = 0.7;
const UPSTREAM_ERROR = { code: 502, message: 'The upstream gave up.' };
const REFUSED = {
	role: 'assistant',
	content: null,
	refusal: "I'm sorry, but I can't help with that.",
};

const forms: Oddities = {
	'null-entries': inLists((list) => [null, ...list, { url: 7 }]),
	'odd-prompt': inLists((list) => list.map((entry) => ({ ...(entry as Json), revised_prompt: 5 }))),
	repeat: inLists((list) => [...list, ...list]),
	'data-uri': inBase64((base64) => ` DATA:IMAGE/PNG;BASE64,${base64}`),
	'doubled-uri': inBase64((base64) => `data:image/png;base64,data:image/png;base64,${base64}`),
	'empty-base64': inBase64(() => ''),
	'line-breaks': inTexts((text) =>
		text.replace(BASE64_IN_TEXT, (_all, head: string, base64: string) => head + wrapped(base64)),
	),
	'dead-link': (answer) => {
		const beside = inLists((list) => [...list, { url: DEAD_LINK }])(answer);
		return inTexts((text) => `${text}\n\n![image](${DEAD_LINK})`)(beside);
	},
	'refused-in-place': (answer) => {
		const inList = inLists((list) => [...list.slice(0, -1), { error: { message: REFUSAL } }]);
		const { choices } = objectOf(answer);
		return Array.isArray(choices) ? inLastChoice(answer, choices as Json[]) : inList(answer);
	},
	'no-images-error': (answer) => ({
		...answer,
		body: { ...objectOf(answer), data: [], error: 'The upstream gave up.' },
	}),
	'relative-link': inJson((json) => json.replace(OWN_HOST, '')),
	'micro-time': inJson((json) => json.replace(/("created":)(\d{10})\b/g, '$1$2123456')),
	'no-image': (answer) => inLists(() => [])(inTexts(() => '')(answer)),
	'choice-error': inChoices(() => ({ error: UPSTREAM_ERROR, finish_reason: 'error' })),
	'refused-beside': inBody((body) => ({
		...body,
		choices: [...choicesOf(body), { index: 9, error: UPSTREAM_ERROR, finish_reason: 'error' }],
	})),
	'refusal-part': inChoices((choice) => ({ ...choice, message: REFUSED })),
	'error-200': inBody(() => ({ error: { code: 429, message: 'The upstream is busy.' } })),
	'usage-cost': inBody((body) => ({
		...body,
		usage: {
			...(body.usage as Json),
			cost: 0.0421,
			cost_details: { upstream_inference_cost: 0.04 },
		},
	})),
	'zero-usage': inBody((body) => ({
		...body,
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	})),
	list: (answer) => ({ ...answer, body: objectOf(answer).data }),
	bom: (answer) => ({
		...answer,
		headers: { 'content-type': 'application/json; charset=utf-8', ...answer.headers },
		body: `\ufeff${textOf(answer)}`,
	}),
	'next-line': inStream((events) => events.map((event) => event.replace(/^data: /, 'data:\n'))),
	'no-end': inStream((events) => events.filter((event) => !isEnd(event))),
	'cut-stream': inStream(cut),
	'cut-head': inStream(([first = '']) => [
		first,
		eventWith('Here.\n\n![image](data:image/png;base64,iVBORw0'),
	]),
};

export const oddityNames = Object.keys(forms);

export const oddities: Oddities = Object.fromEntries(
	Object.entries(forms).map(([name, change]) => [
		name,
		(answer: Answer) => {
			const odd = change(answer);
			if (textOf(odd) !== textOf(answer)) return odd;
			throw new Error(`The odd form "${name}" has no place in this answer: choose another shape.`);
		},
	]),
);

/** In the Images shape's lists, in a message's images and in its parts. */
function inLists(change: (list: unknown[]) => unknown[]) {
	return (answer: Answer): Answer => {
		const body = objectOf(answer);
		const lists = (holder: Json, names: string[]) => {
			const changed = names.filter((name) => Array.isArray(holder[name]));
			return Object.fromEntries(changed.map((name) => [name, change(holder[name] as unknown[])]));
		};
		return {
			...answer,
			body: {
				...body,
				...lists(body, ['data', 'images']),
				...withMessages(body, (message) => lists(message, ['images', 'content'])),
			},
		};
	};
}

function inLastChoice(answer: Answer, choices: Json[]): Answer {
	const message = { role: 'assistant', content: null, refusal: REFUSAL };
	const refused = { ...choices.at(-1), message };
	return { ...answer, body: { ...objectOf(answer), choices: [...choices.slice(0, -1), refused] } };
}

function inTexts(change: (text: string) => string) {
	return (answer: Answer): Answer => {
		const body = objectOf(answer);
		const changed = ({ content }: Json) =>
			typeof content === 'string' ? { content: change(content) } : {};
		return { ...answer, body: { ...body, ...withMessages(body, changed) } };
	};
}

function inBase64(change: (base64: string) => string) {
	return inLists((list) =>
		list.map((entry) => {
			const { b64_json: base64 } = entry as Json;
			return typeof base64 === 'string' ? { ...(entry as Json), b64_json: change(base64) } : entry;
		}),
	);
}

function inJson(change: (json: string) => string) {
	return (answer: Answer): Answer => ({
		...answer,
		body: JSON.parse(change(JSON.stringify(objectOf(answer)))) as unknown,
	});
}

function inStream(change: (events: string[]) => string[]) {
	return (answer: Answer): Answer => {
		if (typeof answer.body !== 'string') throw new Error('This odd form needs an event stream.');
		const events = answer.body.split('\n\n').filter((event) => event !== '');
		return {
			...answer,
			body: change(events)
				.map((event) => `${event}\n\n`)
				.join(''),
		};
	};
}

function inBody(change: (body: Json) => Json) {
	return (answer: Answer): Answer => ({ ...answer, body: change(objectOf(answer)) });
}

function inChoices(change: (choice: Json) => Json) {
	return inBody((body) => ({ ...body, choices: choicesOf(body).map(change) }));
}

function choicesOf({ choices }: Json): Json[] {
	if (Array.isArray(choices)) return choices as Json[];
	throw new Error('This odd form needs choices: choose another shape.');
}

function withMessages(body: Json, change: (message: Json) => Json): Json {
	if (!Array.isArray(body.choices)) return {};
	const choices = (body.choices as Array<Json & { message: Json }>).map((choice) => ({
		...choice,
		message: { ...choice.message, ...change(choice.message) },
	}));
	return { choices };
}

function objectOf({ body }: Answer): Json {
	if (typeof body === 'object' && body !== null) return body as Json;
	throw new Error('This odd form needs an answer as JSON.');
}

function textOf({ body }: Answer): string {
	return typeof body === 'string' ? body : JSON.stringify(body);
}

function wrapped(base64: string): string {
	return (base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []).join('\n');
}

/** The events up to somewhere in the last part of the text that they spell. */
function cut(events: string[]): string[] {
	const contents = events.map(contentOf);
	let left = Math.ceil(contents.join('').length * KEPT_SHARE);
	const kept: string[] = [];
	for (const [index, content] of contents.entries()) {
		if (left <= 0) break;
		kept.push(content === '' ? events[index]! : eventWith(content.slice(0, left)));
		left -= content.length;
	}
	return kept;
}

function contentOf(event: string): string {
	const data = event.replace(/^data: /, '');
	if (data === '[DONE]') return '';
	const { choices = [] } = JSON.parse(data) as { choices?: Array<{ delta?: Json }> };
	const content = choices[0]?.delta?.content;
	return typeof content === 'string' ? content : '';
}

function isEnd(event: string): boolean {
	return event.includes('[DONE]') || /"finish_reason":"/.test(event);
}

function eventWith(content: string): string {
	return `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}`;
}
