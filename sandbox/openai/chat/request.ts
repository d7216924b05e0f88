// Reads the parameters of a chat completion: what the model doesn't take is refused, never ignored.
import { type Account, checkModel } from '../accounts/accounts';
import { invalid, OpenAIError } from '../errors';
import { Fields, isObject } from '../fields';
import { type ChatRules, chatRulesOf } from '../models';
import type { AnswerFormat } from './answer';
import { readTools, type ToolUse } from './tools';

export interface PicturePart {
	url: string;
	detail: 'auto' | 'low' | 'high';
	param: string;
}

export interface ChatRequest {
	model: string;
	rules: ChatRules;
	/** All texts of all messages; counted as input. */
	texts: string[];
	/** The last thing that the user says. */
	lastUserText: string;
	/** Whether the last message is the user's, and not a tool's. */
	isUsersTurn: boolean;
	pictures: PicturePart[];
	format: AnswerFormat;
	toolUse: ToolUse;
	maximumTokens?: number;
	n: number;
}

const roles = ['system', 'developer', 'user', 'assistant', 'tool', 'function'] as const;
const MOST_TOKENS = 128_000;
const unknownRules: ChatRules = {
	reasons: false,
	prices: { input: 2.5, output: 10 },
	pictureTokens: { base: 85, tile: 170 },
};
/** Taken by OpenAI, without any effect on what the sandbox answers. */
const withoutEffect = [
	'frequency_penalty',
	'presence_penalty',
	'logit_bias',
	'logprobs',
	'top_logprobs',
	'metadata',
	'modalities',
	'prediction',
	'prompt_cache_key',
	'reasoning_effort',
	'safety_identifier',
	'seed',
	'service_tier',
	'stop',
	'store',
	'user',
	'verbosity',
];

export function readChatRequest(fields: Fields, account: Account): ChatRequest {
	const model = fields.required('model');
	checkModel(account, model, 'chat');
	const rules = chatRulesOf(model) ?? unknownRules;
	const messages = fields.list('messages');
	if (!messages) throw fields.missing('messages');
	if (messages.length === 0) {
		throw invalid(
			"Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
			'empty_array',
			'messages',
		);
	}
	const read = readMessages(messages);
	const format = readFormat(fields);
	if (format.kind === 'json' && !read.texts.some((text) => /json/i.test(text))) {
		throw new OpenAIError(
			400,
			"'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
			{ param: 'messages' },
		);
	}
	const maximumTokens = readMaximum(fields, rules, model);
	readTemperature(fields, rules, model);
	fields.number('top_p', 0, 1);
	if (fields.flag('stream')) {
		throw invalid('The sandbox does not stream text.', 'unsupported_value', 'stream');
	}
	const toolUse = readTools(fields);
	fields.flag('parallel_tool_calls');
	const n = fields.integer('n', 1, 128) ?? 1;
	fields.accept(...withoutEffect);
	fields.refuseOthers();
	return { model, rules, ...read, format, toolUse, maximumTokens, n };
}

function readMaximum(fields: Fields, { reasons }: ChatRules, model: string): number | undefined {
	const older = fields.integer('max_tokens', 1, MOST_TOKENS);
	const newer = fields.integer('max_completion_tokens', 1, MOST_TOKENS);
	if (older !== undefined && reasons) {
		throw invalid(
			`Unsupported parameter: 'max_tokens' is not supported with the model '${model}'. Use 'max_completion_tokens' instead.`,
			'unsupported_parameter',
			'max_tokens',
		);
	}
	if (older !== undefined && newer !== undefined) {
		throw invalid(
			"Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
			'invalid_parameter_combination',
			'max_tokens',
		);
	}
	return newer ?? older;
}

function readTemperature(fields: Fields, { reasons }: ChatRules, model: string): void {
	const temperature = fields.number('temperature', 0, 2);
	if (!reasons || temperature === undefined || temperature === 1) return;
	throw invalid(
		`Unsupported value: 'temperature' does not support ${temperature} with the model '${model}'. Only the default (1) value is supported.`,
		'unsupported_value',
		'temperature',
	);
}

function readFormat(fields: Fields): AnswerFormat {
	const given = fields.object('response_format');
	if (!given) return { kind: 'text' };
	const format = new Fields(given, false, 'response_format');
	const type = format.choice('type', ['text', 'json_object', 'json_schema']);
	if (type === undefined) throw format.missing('type');
	if (type === 'text') return { kind: 'text' };
	if (type === 'json_object') return { kind: 'json' };
	const inner = format.object('json_schema');
	if (!inner) throw format.missing('json_schema');
	const schema = new Fields(inner, false, 'response_format.json_schema');
	schema.required('name', { maximum: 64 });
	return { kind: 'schema', schema: schema.object('schema') ?? {} };
}

type Messages = Pick<ChatRequest, 'texts' | 'lastUserText' | 'isUsersTurn' | 'pictures'>;

export function readMessages(messages: unknown[]): Messages {
	const read: Messages = { texts: [], lastUserText: '', isUsersTurn: false, pictures: [] };
	for (const [index, given] of messages.entries()) {
		const place = `messages[${index}]`;
		if (!isObject(given)) {
			throw invalid(`Invalid type for '${place}': expected an object.`, 'invalid_type', place);
		}
		const message = new Fields(given, false, place);
		const role = message.choice('role', roles);
		if (role === undefined) throw message.missing('role');
		const texts = readContent(message, place, role, read.pictures);
		read.texts.push(...texts);
		if (role === 'user') read.lastUserText = texts.join('\n');
		read.isUsersTurn = role === 'user';
	}
	return read;
}

function readContent(
	message: Fields,
	place: string,
	role: (typeof roles)[number],
	pictures: PicturePart[],
): string[] {
	const content = message.value('content');
	if (typeof content === 'string') return [content];
	if (content === undefined && role === 'assistant') return [];
	if (!Array.isArray(content)) throw message.missing('content');
	return content.flatMap((given: unknown, index) => {
		const param = `${place}.content[${index}]`;
		const part = new Fields(isObject(given) ? given : {}, false, param);
		const type = part.choice('type', ['text', 'image_url']);
		if (type === undefined) throw part.missing('type');
		if (type === 'text') return [part.text('text') ?? ''];
		if (role !== 'user') {
			throw invalid(
				'Image URLs are only allowed for messages with role user.',
				'invalid_value',
				param,
			);
		}
		pictures.push(readPicturePart(part, `${param}.image_url`));
		return [];
	});
}

function readPicturePart(part: Fields, param: string): PicturePart {
	const given = part.object('image_url');
	if (!given) throw part.missing('image_url');
	const image = new Fields(given, false, param);
	const url = image.required('url');
	const detail = image.choice('detail', ['auto', 'low', 'high']) ?? 'auto';
	return { url, detail, param: `${param}.url` };
}
