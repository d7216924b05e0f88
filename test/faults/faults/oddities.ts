// Odd but honest answers, and dishonest ones, that providers and gateways have been seen to give, each for its provider.
import type { Answer } from '../server/answer';
import { batchAnswers } from './answers/batches';
import { chatAnswers } from './answers/chats';
import { coretodayAnswers } from './answers/coretoday';
import { evolinkAnswers } from './answers/evolink';
import { falAnswers } from './answers/fal';
import { imageAnswers } from './answers/images';
import { responseAnswers } from './answers/responses';
import { wordAnswers } from './answers/words';
import { BASE64, DATA_URI, oddAt, type Json } from './answers/odd';
import { changed, type Fault } from './fault';

const MADE_AT_ONCE = ['generate', 'generateLinks', 'edit', 'vary'];
const ofAnswer = oddAt({ of: 'openai', on: 'create', at: MADE_AT_ONCE });
const ofResponse = oddAt({ of: 'openai', on: 'poll', at: ['get', 'wait', 'trigger'] });

const ofStart = oddAt({ of: 'evolink', on: 'create' });
const ofTask = oddAt({ of: 'evolink', on: 'poll' });
const ofPrediction = oddAt({ of: 'coretoday', on: 'create' });
const ofDone = oddAt({ of: 'coretoday', on: 'poll' });
const ofQueue = oddAt({ of: 'fal', on: 'create' });
const ofStatus = oddAt({ of: 'fal', on: 'poll' });
const ofResult = oddAt({ of: 'fal', on: 'result' });
const ofChat = oddAt({ of: 'imagechat', on: 'create' });

/** The list of pictures in an answer of the Images API. */
const inImages = (id: string, title: string, change: (list: Json[]) => unknown) =>
	ofAnswer(id, title, (body) =>
		Array.isArray(body.data) ? { ...body, data: change(body.data as Json[]) } : body,
	);
const inBase64 = (id: string, title: string, change: (base64: string) => unknown) =>
	inImages(id, title, (list) => list.map(() => ({ b64_json: change(BASE64) })));
/** What an assistant says. */
const saying = (id: string, title: string, message: Json, more: Json = {}) =>
	ofChat(id, title, (body) => ({
		...body,
		choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
		...more,
	}));

const ofImages = [
	inBase64('base64-empty', 'Empty base64', () => ''),
	inBase64('base64-wrong', 'Letters that are no base64', () => '!!!not base64!!!'),
	inBase64('base64-cut', 'Half of the base64', (all) => all.slice(0, all.length / 2)),
	inBase64('base64-odd', 'Base64 with a letter too many', (all) => `${all.slice(0, 401)}`),
	inBase64('base64-lines', 'Base64 with line breaks', (all) => all.replace(/.{76}/g, '$&\n')),
	inBase64('base64-uri', 'Base64 as a data URI', () => ` ${DATA_URI}`),
	inBase64(
		'base64-uri-twice',
		'Base64 as a data URI in one',
		() => `data:image/png;base64,${DATA_URI}`,
	),
	inBase64('base64-number', 'A number for base64', () => 5),
	inBase64('base64-words', 'Base64 of words', () => Buffer.from('nothing').toString('base64')),
	inImages('images-none', 'No pictures', () => []),
	inImages('images-null', 'null for a picture', () => [null]),
	inImages('images-bare', 'A picture without anything', () => [{}]),
	inImages('images-beside-null', 'null beside the picture', (list) => [null, ...list]),
	inImages('images-refused', 'An error in place of the picture', () => [
		{ error: { message: 'This one shows a trademark.' } },
	]),
	inImages('images-nowhere', 'A link that leads nowhere', () => [
		{ url: 'http://127.0.0.1:1/a.png' },
	]),
	inImages('images-file', 'A link to a file on the machine', () => [{ url: 'file:///etc/passwd' }]),
	ofAnswer('images-as-list', 'The list alone', (body) => body.data ?? body),
	ofAnswer('images-error', 'An error beside no pictures', (body) =>
		body.data ? { ...body, data: [], error: 'The upstream gave up.' } : body,
	),
];

const ofResponses = [
	ofResponse('response-refused', 'The model refuses in words', (body) => ({
		...body,
		output: [
			{
				type: 'message',
				content: [{ type: 'output_text', text: "I'm sorry, but I can't help with that." }],
			},
		],
	})),
	ofResponse('response-empty', 'Completed, without output', (body) => ({
		...body,
		output: [],
	})),
	ofResponse('response-incomplete', 'Ended early', (body) => ({
		...body,
		status: 'incomplete',
		output: [],
		incomplete_details: { reason: 'max_output_tokens' },
	})),
	ofResponse('response-expired', 'Expired', (body) => ({
		...body,
		status: 'expired',
		output: [],
		output_file_id: undefined,
	})),
	ofResponse('response-broken-base64', 'Completed, with half of the base64', (body) => ({
		...body,
		output: [{ type: 'image_generation_call', status: 'completed', result: BASE64.slice(0, 401) }],
	})),
];

const ofEvoLink = [
	ofStart('id-missing', 'No ID', (task) => ({
		...task,
		id: undefined,
	})),
	ofStart('paid-unknown', 'Nobody knows whether it was paid', () => ({
		error: { code: 'paid_outcome_unknown', message: 'The outcome is unknown.' },
	})),
	ofStart('eta-odd', 'An estimate below zero', (task) => ({
		...task,
		task_info: { estimated_time: -1e12 },
	})),
	ofTask('results-text', 'One link as a text', (task) => ({
		...task,
		results: (task.results as string[] | undefined)?.[0],
	})),
	ofTask('results-objects', 'Links in objects', (task) => ({
		...task,
		results: undefined,
		result_data: (task.results as string[] | undefined)?.map((url) => ({ image_url: url })),
	})),
	ofTask('results-uri', 'The picture as a data URI', (task) => ({
		...task,
		results: [DATA_URI],
	})),
	ofTask('usage-odd', 'Costs that are none', (task) => ({
		...task,
		usage: { credits_used: 'many', cost: [] },
		created: 1e300,
	})),
];

const ofCoreToday = [
	ofPrediction('dialect-b', 'In the other dialect', ({ id, ...rest }) => ({
		job_id: id,
		...rest,
	})),
	ofDone('dialect-b-done', 'Done, in the other dialect', ({ id, output, ...rest }) => ({
		job_id: id,
		...rest,
		status: 'completed',
		result: (output as string[] | undefined)?.[0],
	})),
	ofPrediction('id-missing-ct', 'No ID', (task) => ({
		...task,
		id: undefined,
	})),
	ofDone('public-wrong', 'A public link that is none', (task) => ({
		...task,
		public_url: 5,
	})),
];

const ofFal = [
	ofQueue('fal-foreign', 'Addresses of another host', (task) => ({
		...task,
		status_url: 'http://127.0.0.1:1/status',
		response_url: 'http://127.0.0.1:1/result',
	})),
	ofQueue('fal-no-id', 'No ID', (task) => ({
		...task,
		request_id: undefined,
	})),
	ofStatus('fal-failed', 'Completed, with an error', (task) => ({
		...task,
		error: 'The model gave up.',
		error_type: 'request_timeout',
	})),
	ofResult('fal-black', 'A black picture', (result) => ({
		...result,
		has_nsfw_concepts: [true],
	})),
	ofResult('fal-no-images', 'No pictures', () => ({
		images: [],
		seed: 42,
	})),
	ofResult('fal-video', 'A film in place of a picture', () => ({
		video: { url: 'http://127.0.0.1:1/a.mp4', content_type: 'video/mp4' },
	})),
	changed({
		id: 'fal-seed',
		title: 'A seed of twenty digits',
		of: ['fal'],
		on: ['result'],
		to: (honest) => ({
			...honest,
			body: Buffer.from(honest.body.toString().replace('"seed":42', '"seed":17454220438242315174')),
		}),
	}),
	...[400, 404, 422, 500, 503, 504].map(
		(status): Fault => ({
			...changed({
				id: `fal-detail-${status}`,
				title: `The model failed with ${status}`,
				of: ['fal'],
				on: ['result'],
				lasts: true,
				...(status >= 500 && { freeAt: ['fal'] }),
				to: () => detail(status),
			}),
		}),
	),
];

function detail(status: number): Answer {
	const error = {
		loc: ['body', 'prompt'],
		msg: 'It was flagged.',
		type: 'content_policy_violation',
	};
	const body = { detail: status >= 500 ? 'The worker broke.' : [error] };
	return {
		status,
		headers: { 'content-type': 'application/json' },
		body: Buffer.from(JSON.stringify(body)),
	};
}

const ofChats = [
	saying('chat-null', 'Nothing said', { content: null }),
	saying('chat-empty', 'An empty text', { content: '' }),
	saying('chat-words', 'Words without a picture', {
		content: 'Here is what I would draw: a bicycle.',
	}),
	saying('chat-refusal', 'A refusal', { content: null, refusal: "I can't draw that." }),
	saying('chat-preview', 'A preview link and no picture', {
		content: '> ID: `task_1`\n\n[Preview](https://example.com/preview/1)',
	}),
	saying('chat-parts', 'Pictures as parts', {
		content: [{ type: 'image_url', image_url: { url: DATA_URI } }],
	}),
	saying('chat-images', 'Pictures beside the text', {
		content: '',
		images: [{ type: 'image_url', image_url: { url: DATA_URI } }],
	}),
	saying('chat-uri-cut', 'Half of a data URI', { content: `![image](${DATA_URI.slice(0, 401)})` }),
	saying('chat-uri-wrong', 'A data URI that is none', {
		content: '![image](data:image/png;base64,!!!)',
	}),
	saying(
		'chat-choice-error',
		'An error in the choice',
		{ content: null },
		{
			choices: [{ error: { code: 502, message: 'The upstream gave up.' }, finish_reason: 'error' }],
		},
	),
	saying('chat-no-choices', 'No choices', {}, { choices: [] }),
	saying('chat-choices-null', 'null for a choice', {}, { choices: [null] }),
	saying('chat-tool', 'A call of a tool', { content: null, tool_calls: [{ id: 1 }] }),
];

export const oddities: Fault[] = [
	...imageAnswers,
	...responseAnswers,
	...batchAnswers,
	...wordAnswers,
	...evolinkAnswers,
	...coretodayAnswers,
	...falAnswers,
	...chatAnswers,
	...ofImages,
	...ofResponses,
	...ofEvoLink,
	...ofCoreToday,
	...ofFal,
	...ofChats,
];
