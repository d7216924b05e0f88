// Reads the parameters of a chat completion: what the model doesn't take is refused, never ignored.
import { type Account, checkModel } from '../accounts/accounts';
import { invalid, OpenAIError } from '../errors';
import { Fields, isObject } from '../fields';
import { type ChatRules, chatRulesOf } from '../models';
import type { AnswerFormat } from './answer';
import { checkStrictSchema } from './strict-schema';
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
	/** What tools have answered since the user has spoken. */
	toolAnswers: string[];
	pictures: PicturePart[];
	format: AnswerFormat;
	toolUse: ToolUse;
	maxTokens?: number;
	n: number;
	stream: boolean;
	/** A stream ends with what it cost. */
	includesUsage: boolean;
}

const roles = ['system', 'developer', 'user', 'assistant', 'tool', 'function'] as const;
const MAX_TOKENS = 128_000;
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
	'moderation',
	'prediction',
	'prompt_cache_key',
	'prompt_cache_options',
	'prompt_cache_retention',
	'reasoning_effort',
	'safety_identifier',
	'seed',
	'service_tier',
	'stop',
	'store',
	'user',
	'verbosity',
	'web_search_options',
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
	const format = readFormat(fields, rules);
	if (format.kind === 'json' && !read.texts.some((text) => /json/i.test(text))) {
		throw new OpenAIError(
			400,
			"'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
			{ param: 'messages' },
		);
	}
	const maxTokens = readMaximum(fields, rules, model);
	const isReasoning =
		rules.reasons && !(rules.mayNotReason && fields.text('reasoning_effort') === 'none');
	readTemperature(fields, isReasoning, model);
	fields.number('top_p', 0, 1);
	const stream = fields.flag('stream') ?? false;
	const includesUsage = readStreamOptions(fields, stream);
	const toolUse = readTools(fields);
	if (isReasoning && rules.mayNotReason && toolUse.tools.length > 0) {
		throw invalid(
			`Function tools with reasoning_effort are not supported for ${model} in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.`,
			'unsupported_parameter',
			'reasoning_effort',
		);
	}
	fields.flag('parallel_tool_calls');
	const n = fields.integer('n', 1, 128) ?? 1;
	fields.accept(...withoutEffect);
	fields.refuseOthers();
	return { model, rules, ...read, format, toolUse, maxTokens, n, stream, includesUsage };
}

function readStreamOptions(fields: Fields, stream: boolean): boolean {
	const given = fields.object('stream_options');
	if (!given) return false;
	if (!stream) {
		throw invalid(
			"The 'stream_options' parameter is only allowed when 'stream' is enabled.",
			'invalid_value',
			'stream_options',
		);
	}
	const options = new Fields(given, false, 'stream_options');
	options.flag('include_obfuscation');
	const includesUsage = options.flag('include_usage') ?? false;
	options.refuseOthers();
	return includesUsage;
}

function readMaximum(fields: Fields, { reasons }: ChatRules, model: string): number | undefined {
	const older = fields.integer('max_tokens', 1, MAX_TOKENS);
	const newer = fields.integer('max_completion_tokens', 1, MAX_TOKENS);
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

function readTemperature(fields: Fields, isReasoning: boolean, model: string): void {
	const temperature = fields.number('temperature', 0, 2);
	if (!isReasoning || temperature === undefined || temperature === 1) return;
	throw invalid(
		`Unsupported value: 'temperature' does not support ${temperature} with the model '${model}'. Only the default (1) value is supported.`,
		'unsupported_value',
		'temperature',
	);
}

/** How OpenAI writes what a name may be. */
const NAME = '^[a-zA-Z0-9_-]+$';

function readFormat(fields: Fields, rules: ChatRules): AnswerFormat {
	const given = fields.object('response_format');
	if (!given) return { kind: 'text' };
	const format = new Fields(given, false, 'response_format');
	const type = format.choice('type', ['text', 'json_object', 'json_schema']);
	if (type === undefined) throw format.missing('type');
	if (type === 'text') {
		format.refuseOthers();
		return { kind: 'text' };
	}
	if (rules.answersInWordsOnly) {
		throw new OpenAIError(
			400,
			`Invalid parameter: 'response_format' of type '${type}' is not supported with this model. Learn more about supported models at the Structured Outputs guide: https://platform.openai.com/docs/guides/structured-outputs`,
		);
	}
	if (type === 'json_object') {
		format.refuseOthers();
		return { kind: 'json' };
	}
	const inner = format.object('json_schema');
	if (!inner) throw format.missing('json_schema');
	const schema = new Fields(inner, false, 'response_format.json_schema');
	format.refuseOthers();
	const name = schema.required('name', { max: 64 });
	if (!new RegExp(NAME).test(name)) {
		throw invalid(
			`Invalid 'response_format.json_schema.name': string does not match pattern. Expected a string that matches the pattern '${NAME}'.`,
			'invalid_value',
			'response_format.json_schema.name',
		);
	}
	schema.text('description');
	const isStrict = schema.flag('strict') ?? false;
	const wanted = schema.object('schema') ?? {};
	schema.refuseOthers();
	if (isStrict) checkStrictSchema(name, wanted);
	return { kind: 'schema', schema: wanted };
}

type Messages = Pick<
	ChatRequest,
	'texts' | 'lastUserText' | 'isUsersTurn' | 'toolAnswers' | 'pictures'
>;

export function readMessages(messages: unknown[]): Messages {
	const read: Messages = {
		texts: [],
		lastUserText: '',
		isUsersTurn: false,
		toolAnswers: [],
		pictures: [],
	};
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
		if (role === 'tool') read.toolAnswers.push(texts.join('\n'));
		if (role === 'user') read.toolAnswers = [];
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
