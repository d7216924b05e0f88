// Questions about pictures and texts: the request, held against the official client's types, and its answer.
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources';

import { createOpenAiChat, type Question } from '../../../../providers/openai/analyze';
import { answerWith, failureOf } from '../support';

const API = 'https://api.openai.com/v1';
const chat = createOpenAiChat(API);
const FILE = { file: { label: 'data' }, digest: 'digest' };

const question = (parts: Partial<Question> = {}): Question => ({
	model: 'gpt-4o',
	text: 'What is this?',
	imageUrls: [],
	...parts,
});

describe('a question', () => {
	it('is posted as one that may charge', () => {
		const { json, ...rest } = chat.ask(question());
		expect(rest).toEqual({
			method: 'POST',
			url: `${API}/chat/completions`,
			idempotent: false,
			responseType: 'any',
			namesModel: true,
		});
		expect(json).toBeDefined();
	});

	test.each<[string, Partial<Question>, ChatCompletionCreateParamsNonStreaming]>([
		[
			'a text alone as a plain text',
			{},
			{ model: 'gpt-4o', messages: [{ role: 'user', content: 'What is this?' }] },
		],
		[
			'pictures behind the text, in their order',
			{ imageUrls: ['https://a.test/b.png', FILE] },
			{
				model: 'gpt-4o',
				messages: [
					{
						role: 'user',
						content: [
							{ type: 'text', text: 'What is this?' },
							{ type: 'image_url', image_url: { url: 'https://a.test/b.png' } },
							{ type: 'image_url', image_url: { url: FILE as unknown as string } },
						],
					},
				],
			},
		],
		[
			'every setting',
			{
				systemMessage: 'Answer in Korean.',
				imageUrls: ['https://a.test/b.png'],
				detail: 'high',
				maxTokens: 300,
				temperature: 0,
				answerIn: 'json',
			},
			{
				model: 'gpt-4o',
				messages: [
					{ role: 'system', content: 'Answer in Korean.\nAnswer in JSON.' },
					{
						role: 'user',
						content: [
							{ type: 'text', text: 'What is this?' },
							{ type: 'image_url', image_url: { url: 'https://a.test/b.png', detail: 'high' } },
						],
					},
				],
				max_tokens: 300,
				temperature: 0,
				response_format: { type: 'json_object' },
			},
		],
		[
			'no word of JSON where the person has one',
			{ text: 'What is this? Answer as json.', answerIn: 'json' },
			{
				model: 'gpt-4o',
				messages: [{ role: 'user', content: 'What is this? Answer as json.' }],
				response_format: { type: 'json_object' },
			},
		],
		[
			'named fields as a strict schema',
			{
				answerIn: [
					{ name: 'title', type: 'text', description: 'In one line' },
					{ name: 'stars', type: 'number' },
					{ name: 'isNew', type: 'boolean' },
					{ name: 'tags', type: 'texts' },
				],
			},
			{
				model: 'gpt-4o',
				messages: [{ role: 'user', content: 'What is this?' }],
				response_format: {
					type: 'json_schema',
					json_schema: {
						name: 'answer',
						strict: true,
						schema: {
							type: 'object',
							properties: {
								title: { type: 'string', description: 'In one line' },
								stars: { type: 'number' },
								isNew: { type: 'boolean' },
								tags: { type: 'array', items: { type: 'string' } },
							},
							required: ['title', 'stars', 'isNew', 'tags'],
							additionalProperties: false,
						},
					},
				},
			},
		],
		[
			'no empty setting',
			{ systemMessage: '', imageUrls: ['https://a.test/b.png'], detail: '' },
			{
				model: 'gpt-4o',
				messages: [
					{
						role: 'user',
						content: [
							{ type: 'text', text: 'What is this?' },
							{ type: 'image_url', image_url: { url: 'https://a.test/b.png' } },
						],
					},
				],
			},
		],
	])('sends %s', (_rule, parts, body) => {
		expect(chat.ask(question(parts)).json).toStrictEqual(body);
	});

	const TOOLS = [{ type: 'function', function: { name: 'save' } }];
	test.each<[string, Partial<Question>, object]>([
		[
			'with tools, that it must not reason before them',
			{ model: 'gpt-6-luna', tools: TOOLS, toolChoice: 'required' },
			{ reasoning_effort: 'none', tools: TOOLS, tool_choice: 'required' },
		],
		[
			'with a temperature, too',
			{ model: 'gpt-6-luna-2026-09-22', temperature: 0.5 },
			{ reasoning_effort: 'none', temperature: 0.5 },
		],
		['with neither, nothing of it', { model: 'gpt-6-luna' }, {}],
		[
			'a model that does not reason, nothing of it',
			{ model: 'gpt-4o', tools: TOOLS, temperature: 1 },
			{ tools: TOOLS, temperature: 1 },
		],
		[
			'a model that is not known, nothing of it',
			{ model: 'x', temperature: 1 },
			{ temperature: 1 },
		],
	])('tells a model %s', (_rule, parts, settings) => {
		const { model, messages, ...rest } = chat.ask(question(parts)).json!;
		expect(rest).toEqual(settings);
		expect([model, messages]).toEqual([parts.model, [{ role: 'user', content: 'What is this?' }]]);
	});

	test.each<[string, Partial<Question>, unknown[]]>([
		['where none has it', {}, [{ role: 'system', content: 'Answer in JSON.' }]],
		[
			'behind a System Message',
			{ systemMessage: 'Be short.' },
			[{ role: 'system', content: 'Be short.\nAnswer in JSON.' }],
		],
		[
			'not where the System Message has it',
			{ systemMessage: 'Write json.' },
			[{ role: 'system', content: 'Write json.' }],
		],
		['not where the question has it', { text: 'As JSON, please' }, []],
	])('has the word JSON %s', (_rule, parts, system) => {
		const { json } = chat.ask(question({ answerIn: 'json', ...parts }));
		const asked = { role: 'user', content: parts.text ?? 'What is this?' };
		expect(json?.messages).toEqual([...system, asked]);
	});

	test.each([
		['gpt-4', 'max_tokens'],
		['my-gpt-4', 'max_completion_tokens'],
		['gpt-4_x', 'max_completion_tokens'],
		['gpt-3-5', 'max_completion_tokens'],
		['gpt-4o', 'max_tokens'],
		['gpt-4o-mini', 'max_tokens'],
		['gpt-4o-2024-08-06', 'max_tokens'],
		['gpt-4', 'max_tokens'],
		['gpt-4-turbo', 'max_tokens'],
		['gpt-4.1-mini', 'max_tokens'],
		['gpt-3.5-turbo', 'max_tokens'],
		['chatgpt-4o-latest', 'max_tokens'],
		['gpt-5', 'max_completion_tokens'],
		['gpt-5-mini', 'max_completion_tokens'],
		['gpt-40', 'max_completion_tokens'],
		['o1', 'max_completion_tokens'],
		['o4-mini', 'max_completion_tokens'],
		['a-model-of-next-year', 'max_completion_tokens'],
	])('to %s limits its answer by %s', (model, name) => {
		const { json } = chat.ask(question({ model, maxTokens: 300 }));
		const { messages, ...settings } = json!;
		expect(settings).toEqual({ model, [name]: 300 });
		expect(messages).toHaveLength(1);
	});

	it('names no limit where none was set', () => {
		expect(Object.keys(chat.ask(question()).json!)).toEqual(['model', 'messages']);
	});
});

describe('the answer', () => {
	const completion = (choice: object): ChatCompletion =>
		({
			id: 'chatcmpl-1',
			object: 'chat.completion',
			created: 1795176000,
			model: 'gpt-4o-2024-08-06',
			choices: [{ index: 0, finish_reason: 'stop', logprobs: null, ...choice }],
			usage: { prompt_tokens: 30, completion_tokens: 5, total_tokens: 35 },
		}) as ChatCompletion;
	const message = (content: string | null, refusal: string | null = null) => ({
		message: { role: 'assistant', content, refusal },
	});
	const read = (body: unknown) => chat.readReply(answerWith({ body }));

	it('is read with its model and its tokens', () => {
		expect(read(completion(message('A fox.')))).toEqual({
			text: 'A fox.',
			model: 'gpt-4o-2024-08-06',
			isCut: false,
			usage: { prompt_tokens: 30, completion_tokens: 5, total_tokens: 35 },
			cost: { amount: (30 * 2.5 + 5 * 10) / 1e6, currency: 'USD', estimated: true },
		});
	});

	it("has a gateway's own dollars as its cost, and all that it counts", () => {
		const usage = {
			prompt_tokens: 30,
			cost: 0.002,
			completion_tokens_details: { image_tokens: 1 },
		};
		const reply = read({ ...completion(message('A fox.')), usage });
		expect(reply.usage).toEqual(usage);
		expect(reply.cost).toEqual({ amount: 0.002, currency: 'USD', estimated: false });
	});

	it('says when it was cut off', () => {
		const cut = completion({ ...message('A fo'), finish_reason: 'length' });
		expect(read(cut)).toMatchObject({ text: 'A fo', isCut: true });
	});

	it('may be empty, as when all tokens were spent on thinking', () => {
		const empty = completion({ ...message(null), finish_reason: 'length' });
		expect(read(empty)).toMatchObject({ text: '', isCut: true });
	});

	test.each<[string, object, string]>([
		[
			'the model refused',
			message(null, "I can't help with that."),
			"The model refused to answer: I can't help with that.",
		],
		[
			'a filter took all of it',
			{ ...message(null), finish_reason: 'content_filter' },
			"OpenAI's content filter held the answer back.",
		],
	])('is a failure when %s', (_rule, choice, text) => {
		expect(failureOf(() => read(completion(choice)))).toMatchObject({
			kind: 'moderation',
			message: text,
			advice: 'Change the question or the pictures. The answer may have been charged.',
		});
	});

	it('keeps what a filter left of it', () => {
		const rest = completion({ ...message('A fo'), finish_reason: 'content_filter' });
		expect(read(rest).text).toBe('A fo');
	});

	test.each<[string, object]>([
		['no usage', { usage: undefined }],
		['null as usage', { usage: null }],
		['a usage of another form', { usage: { tokens: 35 } }],
		['no model', { model: null }],
		['no reason for its end', { choices: [message('A fox.')] }],
		['several choices', { choices: [message('A fox.'), message('A dog.')] }],
	])('is read with %s, since it is paid for', (_rule, parts) => {
		expect(read({ ...completion(message('A fox.')), ...parts }).text).toBe('A fox.');
	});

	it('has the calls of its tools, and no words beside them', () => {
		const call = {
			id: 'call_1',
			type: 'function',
			function: { name: 'save', arguments: '{"a":1}' },
		};
		const choice = { message: { content: null, tool_calls: [call] }, finish_reason: 'tool_calls' };
		expect(read({ choices: [choice] })).toEqual({
			text: '',
			isCut: false,
			toolCalls: [{ id: 'call_1', name: 'save', arguments: { a: 1 } }],
		});
	});

	const events = (...data: object[]) =>
		data.map((each) => `data: ${JSON.stringify(each)}\n\n`).join('');
	const delta = (parts: object, finish_reason?: unknown) => ({
		choices: [{ delta: parts, finish_reason }],
	});

	it('in events is put together, with what is told first', () => {
		const usage = { prompt_tokens: 30, completion_tokens: 5 };
		const body = events(
			{ ...delta({ role: 'assistant' }), model: 'gpt-4o' },
			{ ...delta({ content: 'A ' }), model: 'another' },
			delta({ content: [{ text: 'fox' }, '.'] }, 'length'),
			delta({}, 'stop'),
			{ choices: [], usage },
			{ usage: { prompt_tokens: 1 } },
		);
		expect(read(body)).toEqual({
			text: 'A fox.',
			model: 'gpt-4o',
			isCut: true,
			usage,
			cost: { amount: (30 * 2.5 + 5 * 10) / 1e6, currency: 'USD', estimated: true },
		});
	});

	it('in events may come as whole messages', () => {
		const body = events({ choices: [{ message: { content: 'A fox.' }, finish_reason: 'stop' }] });
		expect(read(body)).toMatchObject({ text: 'A fox.', isCut: false });
	});

	test.each<[string, string, object]>([
		[
			'refuse in pieces',
			events(delta({ refusal: 'I would ' }), delta({ refusal: 'rather not.' }, 'stop')),
			{ kind: 'moderation', message: 'The model refused to answer: I would rather not.' },
		],
		[
			'end in an error before they begin',
			events({ error: { code: 429, message: 'Slow down.' } }),
			{ kind: 'rateLimit', message: 'OpenAI: Slow down.' },
		],
		[
			'end with an error as the reason',
			events(delta({ content: 'A ' }), delta({}, 'error')),
			{ kind: 'unreadableAnswer' },
		],
		[
			'end for a reason that is no word',
			events(delta({ content: 'A fox.' }, 5)),
			{ kind: 'unreadableAnswer' },
		],
		['end without a word', events(delta({}, 'stop')), { kind: 'unreadableAnswer' }],
	])('in events that %s is a failure', (_rule, body, failure) => {
		expect(failureOf(() => read(body))).toMatchObject(failure);
	});

	test.each<[string, unknown[], string]>([
		[
			'the one with words',
			[{ message: { content: null } }, { message: { content: 'A fox.' } }],
			'A fox.',
		],
		['the first with words', [message('A fox.'), message('A dog.')], 'A fox.'],
		[
			'one that is no error, where none has words',
			[
				{ error: { message: 'Gave up.' }, message: {} },
				{ message: {}, finish_reason: 'length' },
			],
			'',
		],
		['its text in an object', [{ message: { content: { text: 'A fox.' } } }], 'A fox.'],
	])('of several choices is %s', (_rule, choices, text) => {
		expect(read({ choices }).text).toBe(text);
	});

	test.each<[string, unknown]>([
		['no choices', { choices: [] }],
		['no message', { choices: [{}] }],
		['images', { created: 1, data: [] }],
		['text', '<html>'],
		['null', null],
	])('is unreadable with %s', (_rule, body) => {
		expect(failureOf(() => read(body)).kind).toBe('unreadableAnswer');
	});
});
