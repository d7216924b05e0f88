// How chat gateways answer: the forms in which they write a picture, the places where they put it, and answers without one.
import { CHINESE_LOG, KOREAN_LOG } from '../../../recorded/chatLogs';
import { json } from '../../server/answer';
import type { Fault } from '../fault';
import { BASE64, DATA_URI, EVENTS, eventsOf, IN_LINES, oddAt, writtenAt, type Json } from './odd';

const place = { of: 'imagechat', on: 'create', at: ['generate'] } as const;
const body = oddAt(place);
const stream = writtenAt(place);

type Choice = { message: { content: string } };
/** The link that the honest answer has. */
const linkIn = ({ choices }: Json) =>
	/\((http[^)]+)\)/.exec((choices as Choice[])[0]!.message.content)![1]!;
const choiceOf = (message: Json, index = 0) => ({
	index,
	message: { role: 'assistant', ...message },
	finish_reason: 'stop',
});
const messages = (id: string, title: string, ...list: Array<(link: string) => Json>) =>
	body(`chat-${id}`, title, (answer) => ({
		...answer,
		choices: list.map((message, index) => choiceOf(message(linkIn(answer)), index)),
	}));
const content = (id: string, title: string, write: (link: string) => unknown) =>
	messages(id, title, (link) => ({ content: write(link) }));
const images = (id: string, title: string, write: (link: string) => unknown) =>
	messages(id, title, (link) => ({ content: null, images: write(link) }));
const whole = (id: string, title: string, write: (link: string, answer: Json) => unknown) =>
	body(`chat-${id}`, title, (answer) => write(linkIn(answer), answer));
const streamed = (id: string, title: string, write: (link: string) => unknown[]) =>
	stream(`chat-${id}`, title, (answer) => eventsOf(...write(linkIn(answer))), EVENTS);

const part = (url: string) => ({ type: 'image_url', image_url: { url } });
const delta = (more: Json, reason: string | null = null) => ({
	choices: [{ index: 0, delta: more, finish_reason: reason }],
});
const upstream = { code: 502, message: 'The upstream gave up.' };
const refused = { content: null, refusal: "I'm sorry, but I can't help with that." };
const PREVIEW = 'https://pages.test/preview/fox.png';

/** One entry, whose picture is written as base64. */
const ENTRIES: Array<[string, string, unknown]> = [
	['image-url-text', 'image_url as a text', { type: 'image_url', image_url: DATA_URI }],
	[
		'source',
		'A source',
		{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: BASE64 } },
	],
	['inline-data', 'inlineData', { inlineData: { mimeType: 'image/png', data: BASE64 } }],
	['inline-data-snake', 'inline_data', { inline_data: { mime_type: 'image/png', data: BASE64 } }],
	['b64-json', 'b64_json', { b64_json: BASE64, url: null }],
	['output-image', 'output_image with a result', { type: 'output_image', result: BASE64 }],
	['output-data', 'output_image with data', { type: 'output_image', data: BASE64 }],
	['image', 'An image', { type: 'image', image: DATA_URI }],
	['url', 'A url', { url: DATA_URI }],
];

/** What says of itself that nothing was done. */
const refusal = (id: string, title: string, error: Json): Fault => ({
	id: `chat-${id}`,
	title,
	of: [place.of],
	on: [place.on],
	at: place.at,
	work: 'undone',
	answer: ({ reply }) => reply.whole(json({ error })),
});

export const chatAnswers: Fault[] = [
	refusal('error-200', 'An error 429 in place of the answer', {
		code: 429,
		message: 'The upstream is busy.',
	}),
	refusal('quota-200', 'A quota that is used up, under 200', {
		code: 'insufficient_user_quota',
		message: 'Pay.',
	}),
	refusal('busy-200', 'A gateway that is busy, under 200', {
		code: 'overloaded',
		message: 'Busy.',
	}),
	content('md-bare', 'A link alone', (link) => link),
	content('md-words', 'A picture between words', (link) => `Here:\n\n![A fox](${link})\n\nEnjoy!`),
	content('md-chinese', 'Between Chinese words', (link) => `图片如下：![图片](${link})，请查收。`),
	content(
		'md-korean',
		'Between Korean words',
		(link) => `이미지입니다![그림](${link})를 확인하세요.`,
	),
	content('md-title', 'With a title', (link) => `![image](${link} "A red fox")`),
	content('md-angles', 'In angle brackets', (link) => `![image](<${link}>)`),
	content('md-twice', 'The same one twice', (link) => `![1](${link})\n![2](${link}#full)`),
	content('md-in-link', 'Inside a link', (link) => `[![image](${link})](${link})`),
	content('md-none', 'Addresses that are none', () => '![image](https://) ![image](fox.png)'),
	content('md-attachment', 'An attachment', () => '![image](attachment://fox.png)'),
	content('relative-link', 'A path for a link', (link) => `![image](${new URL(link).pathname})`),
	content('dead-link', 'A dead link beside the picture', (link) =>
		[link, 'http://127.0.0.1:1/dead.png'].map((url) => `![image](${url})`).join('\n\n'),
	),
	content('log-chinese', 'A Chinese log, and the picture', (link) =>
		[CHINESE_LOG, `![gen_01](${link})\n\n[点击下载](${link}?download=1)`].join('\n\n'),
	),
	content('log-korean', 'A Korean log, and the picture', (link) =>
		[KOREAN_LOG, `![gen_0](${link})\n[다운로드](${link}?download=1)`].join('\n\n'),
	),
	content('log-download', 'A log, and a download only', (link) =>
		[CHINESE_LOG, `[点击下载](${link})`].join('\n'),
	),
	content('log-chinese-only', 'A Chinese log that ends in nothing', () => CHINESE_LOG),
	content('log-korean-only', 'A Korean log that ends in nothing', () => KOREAN_LOG),
	content('preview-page', 'A preview only', () => `Still drawing. [Preview](${PREVIEW})`),
	content('gallery', 'A link to a page', () => 'See [it](https://pages.test/gallery?image=a.png).'),
	content('no-image', 'Nothing', () => ''),
	content('uri-empty', 'A data URI of nothing', () => 'data:image/png;base64,'),
	content('uri-alone', 'A data URI between words', () => `Here.\n\n${DATA_URI}\n\nEnjoy!`),
	content('uri-quoted', 'A data URI in quotes', () => `"${DATA_URI}". Done.`),
	content('data-uri', 'A data URI in capitals', () =>
		DATA_URI.replace('data:image/png;base64', 'DATA:IMAGE/PNG;BASE64'),
	),
	content('doubled-uri', 'A doubled data URI', () => `data:image/png;base64,${DATA_URI}`),
	content('line-breaks', 'A data URI in lines', () => `![a](data:image/png;base64,${IN_LINES})`),
	content('base64-scheme', 'base64://', () => `![image](base64://${BASE64})`),
	content('base64-bare', 'Bare base64 between words', () => `Here:\n${BASE64}\nEnjoy!`),
	content('json-in-text', 'JSON in a code block', () =>
		['```json', JSON.stringify({ b64_json: BASE64 }), '```'].join('\n'),
	),
	content(
		'cut-head',
		'Only the head of a data URI',
		() => '![image](data:image/png;base64,iVBORw0',
	),
	content('parts-words', 'Words and a picture as parts', (link) => [
		{ type: 'text', text: 'Here is your image.' },
		part(link),
	]),
	content('parts-odd', 'Parts that are nothing', (link) => [null, 7, {}, [], part(link)]),
	content('parts-sound', 'A part with sound', (link) => [
		{ inlineData: { mimeType: 'audio/mp3', data: BASE64 } },
		part(link),
	]),
	content('parts-text', 'Markdown in a part', (link) => [{ type: 'text', text: `![1](${link})` }]),
	images('images-one', 'One picture in place of a list', (link) => part(link)),
	images('null-entries', 'null beside the picture', (link) => [null, part(link), { url: 7 }]),
	images('repeat', 'The picture twice', (link) => [part(link), part(link)]),
	images('cut-uri-beside', 'Half a data URI beside the picture', (link) => [
		part('data:image/png;base64,'),
		part(link),
	]),
	images('refused-entry', 'A refusal in place of the picture', () => [
		{ error: { message: 'This one shows a trademark.' } },
	]),
	...ENTRIES.flatMap(([id, title, entry]) => [
		images(`entry-${id}`, `${title}, in images`, () => [entry]),
		whole(`data-${id}`, `${title}, in data`, () => ({ data: [entry] })),
	]),
	whole('data-links', 'Links in data', (link) => ({ created: 1, data: [{ url: link }] })),
	whole('list', 'The list of the Images API alone', (link) => [{ url: link }]),
	whole('alone', 'One entry alone', (link) => ({ url: link })),
	whole('data-odd', 'Odd entries in data', (link) => ({
		data: [null, {}, 'fox', { url: 7 }, { url: link, revised_prompt: 5 }],
	})),
	whole('empty-base64', 'Empty base64 in data', () => ({ data: [{ b64_json: '', url: '' }] })),
	whole('no-images-error', 'An error beside no pictures', () => ({
		data: [],
		error: 'The upstream gave up.',
	})),
	whole('error-beside', 'An error beside empty choices', () => ({
		choices: [],
		error: { message: 'No channel is free.' },
	})),
	whole('detail', 'An error as detail', () => ({ detail: 'No channel is free.' })),
	whole('micro-time', 'A time in microseconds', (_link, answer) => ({
		...answer,
		created: 1_795_860_000_123_456,
	})),
	whole('usage-cost', 'A usage with its cost', (_link, answer) => ({
		...answer,
		usage: { ...(answer.usage as Json), cost: 0.0421, cost_details: { upstream: 0.04 } },
	})),
	whole('zero-usage', 'A usage of zeros', (_link, answer) => ({
		...answer,
		usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
	})),
	whole('odd-usage', 'A word for the usage', (_link, answer) => ({ ...answer, usage: 'much' })),
	whole('odd-model', 'A number for the model', (_link, answer) => ({ ...answer, model: 7 })),
	whole('refused-beside', 'An error in a second choice', (_link, answer) => ({
		...answer,
		choices: [...(answer.choices as Json[]), { index: 9, error: upstream, finish_reason: 'error' }],
	})),
	messages(
		'refused-second',
		'A refusal in a second choice',
		(link) => ({ content: `![image](${link})` }),
		() => refused,
	),
	messages('refusal-part', 'A refusal', () => refused),
	messages('content-missing', 'A picture and no content', (link) => ({ images: [part(link)] })),
	messages('content-object', 'A picture, and an object for its content', (link) => ({
		content: {},
		images: [part(link)],
	})),
	streamed('stream', 'Events that nobody asked for', (link) => [
		delta({ role: 'assistant' }),
		delta({ content: `![image](${link.slice(0, 12)}` }),
		delta({ content: `${link.slice(12)})` }, 'stop'),
		'[DONE]',
	]),
	streamed('stream-images', 'Events with images', (link) => [
		delta({ images: [part(link)] }, 'stop'),
		'[DONE]',
	]),
	streamed('stream-base64', 'A picture in many events', () => [
		...`![image](${DATA_URI})`.match(/.{1,500}/g)!.map((piece) => delta({ content: piece })),
		delta({}, 'stop'),
		'[DONE]',
	]),
	streamed('no-end', 'Events without their end', (link) => [
		delta({ content: `![image](${link})` }),
	]),
	streamed('cut-stream', 'Events that end within a picture', () => [
		delta({ content: `![image](${DATA_URI.slice(0, 401)}` }),
	]),
	streamed('stream-error', 'Events that end in an error', () => [
		delta({ content: 'One moment.' }),
		{ error: { code: 429, message: 'Slow down.' } },
	]),
	streamed('stream-empty', 'Events of nothing', () => ['[DONE]']),
	stream(
		'chat-next-line',
		'Events with their data on the next line',
		(answer) =>
			eventsOf(delta({ content: `![image](${linkIn(answer)})` }, 'stop')).replace(
				/data: /g,
				'data:\n',
			),
		EVENTS,
	),
];
