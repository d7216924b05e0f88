// What a gateway's answer means: images, or a failure that carries the gateway's own words.
import type { ImageRequest } from '../../../../providers/contract';
import { createChatGateway } from '../../../../providers/chat';
import type { FailureDetails, FailureKind } from '../../../../providers/failure';
import { answerWith, failureOf, RECEIVED_AT, requestWith } from '../support';
import {
	CHINESE_LOG,
	chatWith,
	DATA_URI,
	FOX,
	imagePart,
	OWL,
	PIXEL_BYTES,
	saying,
} from './transcripts';

const HTML = '<!DOCTYPE html><html><head><title>Welcome</title></head></html>';
const { readTask, readFailure } = createChatGateway('https://gateway.test');
const read = (body: unknown, request?: Partial<ImageRequest>) =>
	readTask(answerWith({ body }), request && requestWith(request));
const failureFrom = (body: unknown) => failureOf(() => read(body, {}));

describe('an answer with images', () => {
	it('is a finished task', () => {
		expect(read(saying(`![image](${FOX})`), {})).toEqual({
			id: '',
			status: 'succeeded',
			model: 'gpt-4o-image',
			images: [{ url: FOX }],
			unread: undefined,
			usage: { prompt_tokens: 12, completion_tokens: 1056, total_tokens: 1068 },
			createdAt: RECEIVED_AT,
			raw: {},
		});
	});

	test.each<[string, unknown, unknown]>([
		['a picture in the text', saying(DATA_URI), [{ bytes: PIXEL_BYTES }]],
		[
			'pictures that have been stored',
			{ data: [{ b64_json: 'stored:1' }] },
			[{ stored: 'stored:1' }],
		],
		['several choices', chatWith({ content: FOX }, { content: OWL }), [{ url: FOX }, { url: OWL }]],
		[
			'an event stream',
			`data: ${JSON.stringify({ choices: [{ delta: { content: FOX } }] })}\n\ndata: [DONE]\n\n`,
			[{ url: FOX }],
		],
	])('holds %s', (_rule, body, images) => {
		expect(read(body)).toMatchObject({ status: 'succeeded', images });
	});

	test.each<[string, unknown, string | undefined]>([
		['the answer', saying(FOX), 'gpt-4o-image'],
		[
			'the request, where the answer has none',
			{ choices: [{ message: { content: FOX } }] },
			'gpt-image-2',
		],
		['the request, where the answer has an odd one', { ...saying(FOX), model: 7 }, 'gpt-image-2'],
	])('has its model from %s', (_rule, body, model) => {
		expect(read(body, {}).model).toBe(model);
	});

	test.each([null, undefined, 'much', 7, [1]])('has no usage when that is %j', (usage) => {
		expect(read({ ...saying(FOX), usage }).usage).toBeUndefined();
	});
});

describe('fewer images than were asked for are told with the words of the gateway', () => {
	const REFUSED = { error: { code: 'blocked', message: 'It shows a trademark.' } };
	const asSaid = (words: string) => ({
		code: 'fewer_images',
		message: words && `The gateway said: "${words}"`,
	});

	test.each<[string, unknown, string]>([
		[
			'a refusal in another choice',
			chatWith({ content: `![image](${FOX})` }, { content: null, refusal: 'I draw no brands.' }),
			'I draw no brands.',
		],
		[
			'words in another choice',
			chatWith({ content: `Here: ![image](${FOX})` }, { content: 'That one was\nrefused.' }),
			'That one was refused.',
		],
		[
			'an error in the place of another choice',
			{ choices: [{ message: { content: FOX } }, REFUSED] },
			'It shows a trademark.',
		],
		['an error in the list', { data: [{ url: FOX }, REFUSED] }, 'It shows a trademark.'],
		['an error beside the list', { data: [{ url: FOX }], ...REFUSED }, 'It shows a trademark.'],
		['an error as a text', { data: [{ url: FOX }], error: 'Too many.' }, 'Too many.'],
		['nothing', { data: [{ url: FOX }] }, ''],
	])('%s', (_rule, body, words) => {
		const task = read(body, { count: 2 });
		expect(task.images).toEqual([{ url: FOX }]);
		expect(task.failure).toEqual(asSaid(words));
	});

	test('but not where as many came as were asked for, or nobody knows how many', () => {
		const body = { data: [{ url: FOX }, REFUSED] };
		expect(read(body, { count: 1 }).failure).toBeUndefined();
		expect(read(body).failure).toBeUndefined();
	});

	test('and where none came, the error in the list is the reason', () => {
		expect(failureFrom({ data: [REFUSED] }).message).toContain('It shows a trademark.');
		expect(failureFrom({ data: [], error: 'The upstream gave up.' }).message).toContain(
			'The upstream gave up.',
		);
	});
});

describe('what was in the request is no image', () => {
	const echo = saying(`> Reference: ${OWL}\n![reference](${OWL})\n![image](${FOX})`);
	test.each<[string, Partial<ImageRequest>]>([
		['as input image', { references: [{ label: 'x', url: OWL }] }],
		['in the prompt', { prompt: `Like ${OWL}` }],
		['in the prompt, before a comma', { prompt: `Like ${OWL}, but red` }],
		['in the prompt, with Korean behind it', { prompt: `${OWL}처럼 그려 주세요` }],
		['in the prompt, with a Chinese full stop behind it', { prompt: `参考 ${OWL}。` }],
		['in the system message', { extras: { systemMessage: `Our logo is ${OWL}.` } }],
		['in a parameter', { extras: { parameters: { tools: [{ url: OWL }] } } }],
	])('%s', (_rule, request) => {
		expect(read(echo, request).images).toEqual([{ url: FOX }]);
	});

	it('as a data URI either', () => {
		const references = [{ label: 'data', url: DATA_URI }];
		const body = chatWith({ images: [imagePart(DATA_URI), imagePart(FOX)] });
		expect(read(body, { references }).images).toEqual([{ url: FOX }]);
	});

	it('and if nothing else came, there is none', () => {
		const references = [{ label: 'x', url: OWL }];
		const failure = failureOf(() => read(saying(`![reference](${OWL})`), { references }));
		expect(failure.kind).toBe('noImage');
	});
});

describe('an answer without an image is a failure with the words of the gateway', () => {
	test.each<[string, unknown, string]>([
		[
			'a refusal in the content',
			saying('죄송합니다. 그릴 수 없습니다.'),
			'죄송합니다. 그릴 수 없습니다.',
		],
	])('%s', (_rule, body, words) => {
		const failure = failureFrom(body);
		expect(failure.kind).toBe('noImage');
		expect(failure.message).toBe(`The model answered without an image. It said: "${words}"`);
		expect(failure.advice).toContain('Change the Prompt');
	});

	it('a preview, told on one line', () => {
		const { message } = failureFrom(saying(CHINESE_LOG));
		expect(message).toContain('"prompt": "一只坐在雪地里的红狐狸", "ratio": "3:2"');
		expect(message).toContain('排队中');
	});

	it('tells that it may have been charged, and what was used', () => {
		const headers = { 'x-oneapi-request-id': 'req-7' };
		const failure = failureOf(() => readTask(answerWith({ headers, body: saying('No.') })));
		expect(failure).toMatchObject({
			advice:
				'Change the Prompt, or choose a model that draws. It may have been charged. Your account at the gateway shows what was charged.',
			requestId: 'req-7',
			usage: { prompt_tokens: 12 },
		});
	});

	it('a long one, of which the beginning is told', () => {
		const { message } = failureFrom(saying(`No. ${'Because. '.repeat(10_000)}`));
		expect(message).toContain('It said: "No. Because.');
		expect(message.length).toBeLessThan(600);
	});

	test.each<[string, unknown]>([
		['an empty object', {}],
		['no choices', chatWith()],
		['no content', chatWith({ content: null })],
		['an empty event stream', 'data: [DONE]\n\n'],
		['errors that are nothing', { error: null }],
	])('%s', (_rule, body) => {
		expect(failureFrom(body).message).toBe(
			'The model answered without an image and without a word.',
		);
	});
});

describe('an error under HTTP 200 is what it says', () => {
	const choiceError = (error: unknown, message: unknown = {}) => ({
		choices: [{ index: 0, error, message, finish_reason: 'error' }],
	});
	test.each<[string, unknown, Partial<FailureDetails>]>([
		['429', { error: { code: 429, message: 'Slow down.' } }, { kind: 'rateLimit', status: 429 }],
		[
			'429 as text',
			{ error: { code: '429', message: 'Slow down.' } },
			{ kind: 'rateLimit', status: 429 },
		],
		[
			'429 of a choice',
			choiceError({ code: 429, message: 'Slow down.' }),
			{ kind: 'rateLimit', status: 429 },
		],
		[
			'402 of a choice with an empty text',
			choiceError({ code: 402, message: 'Pay.' }, { content: '' }),
			{ kind: 'balance', status: 402 },
		],
		['502', { error: { code: 502, message: 'Upstream.' } }, { kind: 'providerDown', status: 502 }],
		[
			'a status beside a code',
			{ error: { code: 'x', status: 403, message: 'No.' } },
			{ kind: 'forbidden', status: 403, code: 'x' },
		],
		[
			'a code that says it',
			{ error: { code: 'insufficient_user_quota', message: 'Pay.' } },
			{ kind: 'balance', status: 200 },
		],
		[
			'a gateway that is busy',
			{ error: { code: 'overloaded', message: 'Busy.' } },
			{ kind: 'providerDown', notTaken: true },
		],
		[
			'an event stream that ended so',
			`data: ${JSON.stringify({ error: { code: 429, message: 'Slow down.' } })}\n\n`,
			{ kind: 'rateLimit', status: 429 },
		],
	])('%s', (_rule, body, details) => {
		expect(failureFrom(body)).toMatchObject(details);
	});

	test.each<[string, unknown]>([
		['whose code says nothing', { error: { message: 'No channel is free.', code: 'e_17' } }],
		['as text', { error: 'No channel is free.' }],
		['as text beside an empty list', { data: [], error: 'No channel is free.' }],
		['beside empty choices', { choices: [], error: { message: 'No channel is free.' } }],
		['in a list', { errors: [{ message: 'No channel is free.' }] }],
		['as detail', { detail: 'No channel is free.' }],
		['as msg', { success: false, msg: 'No channel is free.' }],
		['as message', { message: 'No channel is free.' }],
		[
			'at the end of an event stream',
			`data: ${JSON.stringify({ error: { message: 'No channel is free.' } })}\n\n`,
		],
	])('one %s comes out in its own words, and may have been charged', (_rule, body) => {
		expect(failureFrom(body)).toMatchObject({
			kind: 'noImage',
			message: 'The gateway: No channel is free.',
			advice: expect.stringContaining('It may have been charged.'),
		});
	});

	it('unless the model said something: then it may have been charged', () => {
		const error = { code: 429, message: 'Slow down.' };
		expect(failureFrom(choiceError(error, { content: 'Drawing' }))).toMatchObject({
			kind: 'noImage',
			status: 429,
			message: 'The gateway: Slow down. Before that, the model said: "Drawing"',
		});
	});

	it('and an image counts before it', () => {
		expect(read({ ...saying(FOX), error: { code: 429 } }).images).toEqual([{ url: FOX }]);
	});
});

describe('a refusal of the model is shown as one, with its words', () => {
	test.each<[string, unknown]>([
		['as refusal', chatWith({ content: null, refusal: "I can't draw that." })],
		['as a part', chatWith({ content: [{ type: 'refusal', refusal: "I can't draw that." }] })],
		[
			'in an event stream',
			`data: ${JSON.stringify({ choices: [{ delta: { refusal: "I can't draw that." } }] })}\n\ndata: [DONE]\n\n`,
		],
	])('%s', (_rule, body) => {
		expect(failureFrom(body)).toMatchObject({
			kind: 'moderation',
			message: 'The model refused: "I can\'t draw that."',
			advice: expect.stringContaining('refused again. It may have been charged.'),
		});
	});

	it('and what a filter held back', () => {
		const choice = { message: { content: '' }, finish_reason: 'content_filter' };
		expect(failureFrom({ choices: [choice] })).toMatchObject({
			kind: 'moderation',
			message: 'A content filter held the answer back.',
		});
	});

	test.each<[string, unknown]>([
		['a refusal in words', { error: { message: 'Your prompt was flagged.', code: 400 } }],
		['a code', { error: { code: 'content_policy_violation', message: 'No.' } }],
	])('and an error under HTTP 200 that is one: %s', (_rule, body) => {
		expect(failureFrom(body).kind).toBe('moderation');
	});
});

describe('only by its own code a gateway says that it did not take the request', () => {
	test.each<[number, unknown, true | undefined]>([
		[503, { error: { code: 'no_available_channel', message: 'No.' } }, true],
		[503, { error: { code: 'server_overloaded', message: 'No.' } }, true],
		[529, { error: { type: 'overloaded_error', message: 'No.' } }, true],
		[503, { error: { code: 'server_busy', message: 'No.' } }, true],
		[503, { error: { message: 'overloaded' } }, undefined],
		[503, HTML, undefined],
		[408, { error: { code: 'timeout' } }, undefined],
		[499, {}, undefined],
	])('%i %j', (status, body, notTaken) => {
		const { details } = readFailure(answerWith({ status, body }));
		expect(details).toMatchObject({ kind: 'providerDown', status });
		expect(details.notTaken).toBe(notTaken);
	});
});

describe('a stream that breaks off', () => {
	const streamOf = (...pieces: string[]) =>
		pieces
			.map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`)
			.join('');
	const END = 'data: [DONE]\n\n';
	const CUT = DATA_URI.slice(0, 80);
	const brokenOff = {
		kind: 'unreadableAnswer',
		message: "The gateway's answer broke off before the picture was whole.",
	};

	test.each<[string, string]>([
		[
			'in the middle of a picture',
			streamOf('Here: ', DATA_URI.slice(0, 50), DATA_URI.slice(50, 90)),
		],
		['at the first signs of a picture', streamOf(`![image](${DATA_URI.slice(0, 30)}`)],
		['in the head of a picture', streamOf('![image](data:image/pn')],
		['before the picture', streamOf('Drawing…')],
		['before anything came', ': processing\n\n'],
		[
			'at the first signs of a picture, and says that it ended',
			streamOf(`![a](data:image/png;base64,iVBOR`) + END,
		],
	])('%s', (_rule, stream) => {
		expect(failureFrom(stream)).toMatchObject(brokenOff);
		expect(failureFrom(Buffer.from(stream))).toMatchObject(brokenOff);
	});

	it('in the middle of a second picture: the first comes out', () => {
		const stream = streamOf(`![1](${DATA_URI})\n`, `![2](${CUT}`);
		expect(read(stream)).toMatchObject({ images: [{ bytes: PIXEL_BYTES }], unread: 1 });
	});

	test.each<[string, string]>([
		['whole, though nothing says that the stream ended', streamOf('Here: ', DATA_URI)],
		['whole, behind which a bracket stands', streamOf(`![1](${DATA_URI})`)],
	])('a picture is %s', (_rule, stream) => {
		expect(read(stream)).toMatchObject({ images: [{ bytes: PIXEL_BYTES }], unread: undefined });
	});

	const rest = Buffer.alloc(60, 7);
	const jpeg = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), rest, Buffer.of(0xff, 0xd9)]);
	const gif = Buffer.concat([Buffer.from('GIF89a'), rest, Buffer.of(0x3b)]);
	const webp = Buffer.concat([Buffer.from('RIFF\x44\0\0\0WEBP'), rest, Buffer.alloc(4)]);
	test.each<[string, Buffer]>([
		['JPEG', jpeg],
		['GIF', gif],
		['WebP', webp],
	])('a %s is whole by its end, and cut without it', (_type, bytes) => {
		const written = (length: number) =>
			streamOf(`data:image/x;base64,${bytes.subarray(0, length).toString('base64')}`);
		expect(read(written(bytes.length)).images).toEqual([{ bytes }]);
		expect(failureFrom(written(bytes.length - 8))).toMatchObject(brokenOff);
	});

	it('JSON that was cut still has the pictures that came before', () => {
		const reference = `stored:${'a'.repeat(64)}`;
		const body = `{"choices":[{"message":{"content":"![1](${reference})\\n![2](data:`;
		expect(read(body)).toMatchObject({ images: [{ stored: reference }], unread: 1 });
	});
});

describe('an answer that is none', () => {
	test.each<[string, unknown, string]>([
		['a web page', HTML, 'The gateway answered with a web page instead of data (HTTP 200).'],
		['text', 'OK', "The gateway answered with text that isn't complete JSON (HTTP 200)."],
		[
			'JSON that was cut',
			'{"choices":[{"mess',
			"The gateway answered with text that isn't complete JSON (HTTP 200).",
		],
		['nothing', '', "The gateway answered with text that isn't complete JSON (HTTP 200)."],
		['null', null, 'The gateway answered with data in an unexpected form (HTTP 200).'],
		['a list', [], 'The gateway answered with data in an unexpected form (HTTP 200).'],
	])('%s', (_rule, body, message) => {
		const failure = failureOf(() => read(body));
		expect(failure).toMatchObject({ kind: 'unreadableAnswer', message });
		expect(failure.advice).toContain('Base URL');
	});
});

describe('the kind of a refused request', () => {
	const errorOf = (code: unknown, message = 'No.') => ({ error: { code, message, type: 'error' } });
	test.each<[FailureKind, number, unknown, string]>([
		['badRequest', 400, errorOf('invalid_parameter'), 'The gateway: No.'],
		['moderation', 400, errorOf('moderation_blocked'), 'The gateway: No.'],
		['moderation', 403, errorOf('content_policy_violation'), 'The gateway: No.'],
		['auth', 401, errorOf('invalid_api_key'), 'The gateway: No.'],
		['auth', 401, { error: 'Invalid token' }, 'The gateway: Invalid token'],
		['balance', 402, errorOf(402), 'The gateway: No.'],
		['balance', 429, errorOf('insufficient_quota'), 'The gateway: No.'],
		['balance', 403, errorOf('insufficient_user_quota'), 'The gateway: No.'],
		['forbidden', 403, errorOf('permission_denied'), 'The gateway: No.'],
		['modelGone', 404, errorOf('model_not_found'), 'The gateway: No.'],
		['modelGone', 503, errorOf('model_not_found'), 'The gateway: No.'],
		['providerDown', 503, errorOf('no_available_channel'), 'The gateway: No.'],
		['notFound', 404, HTML, 'The gateway answered with a web page instead of data (HTTP 404).'],
		[
			'badRequest',
			400,
			errorOf(null, "Unknown parameter: 'moderation'."),
			"The gateway: Unknown parameter: 'moderation'.",
		],
		[
			'modelGone',
			400,
			errorOf(null, 'The model `x` does not exist.'),
			'The gateway: The model `x` does not exist.',
		],
		[
			'badRequest',
			422,
			{ detail: [{ loc: ['body', 'n'], msg: 'too large' }] },
			'The gateway: n: too large',
		],
		[
			'badRequest',
			400,
			{ title: 'Bad', detail: 'No such size.' },
			'The gateway: Bad: No such size.',
		],
		['tooLarge', 413, HTML, 'The gateway answered with a web page instead of data (HTTP 413).'],
		['rateLimit', 429, errorOf('rate_limit_exceeded'), 'The gateway: No.'],
		['providerDown', 500, {}, 'The gateway answered with an error without a message (HTTP 500).'],
		['providerDown', 502, HTML, 'The gateway answered with a web page instead of data (HTTP 502).'],
		[
			'providerDown',
			504,
			'upstream timed out',
			'The gateway answered with an error without a message (HTTP 504).',
		],
	])('%s: %i %j', (kind, status, body, message) => {
		const { details } = readFailure(answerWith({ status, body }));
		expect(details).toMatchObject({ kind, status, message });
		expect(details.advice).not.toBe('');
	});

	it('keeps how long to wait, the id of the request and the beginning of an odd body', () => {
		const headers = { 'retry-after': '7', 'x-oneapi-request-id': 'req-7' };
		expect(readFailure(answerWith({ status: 429, headers, body: HTML })).details).toMatchObject({
			retryAfterSeconds: 7,
			requestId: 'req-7',
			excerpt: HTML,
		});
	});
});
