// Reads the parameters of a chat completion as S3 has them: what isn't among them is refused, never ignored.
import { readMessages, type PicturePart } from '../openai/chat/request';
import { invalid, modelNotFound } from '../openai/errors';
import { Fields, isObject } from '../openai/fields';
import { type ChatModel, findModel } from './models';

export interface ChatRequest {
	model: ChatModel;
	messages: TextMessage[];
	/** The last thing that the user says. */
	lastUserText: string;
	/** All texts together. */
	text: string;
	pictures: PicturePart[];
	n: number;
	stream: boolean;
	wantsImages: boolean;
	modalities?: string[];
}

/** A message with its pictures left out. */
export interface TextMessage {
	role: string;
	text: string;
}

const MAX_TOKENS = 1_000_000;
const MAX_CHOICES = 8;
const MAX_STOPS = 4;
const modalities = ['text', 'image'];

export function readChatRequest(fields: Fields): ChatRequest {
	const name = fields.required('model');
	const model = findModel(name);
	if (!model) throw modelNotFound(name);
	const given = fields.list('messages');
	if (!given) throw fields.missing('messages');
	if (given.length === 0) {
		throw invalid("Invalid 'messages': empty array.", 'empty_array', 'messages');
	}
	const { lastUserText, texts, pictures } = readMessages(given);
	const n = fields.integer('n', 1, MAX_CHOICES) ?? 1;
	const stream = fields.flag('stream') ?? false;
	const wanted = readModalities(fields);
	checkOthers(fields);
	fields.refuseOthers();
	return {
		model,
		messages: given.filter(isObject).map(textOf),
		lastUserText,
		text: texts.join('\n'),
		pictures,
		n,
		stream,
		wantsImages: !model.needsModalities || (wanted?.includes('image') ?? false),
		...(wanted && { modalities: wanted }),
	};
}

function readModalities(fields: Fields): string[] | undefined {
	return fields.list('modalities')?.map((one, index) => {
		if (modalities.includes(one as string)) return one as string;
		throw fields.notSupported(`modalities[${index}]`, String(one), modalities);
	});
}

/** These are checked for their kind and have no effect on a picture. */
function checkOthers(fields: Fields): void {
	fields.number('temperature', 0, 2);
	fields.number('top_p', 0, 1);
	fields.number('presence_penalty', -2, 2);
	fields.number('frequency_penalty', -2, 2);
	fields.integer('max_tokens', 1, MAX_TOKENS);
	fields.integer('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
	fields.object('logit_bias');
	fields.text('user');
	checkTools(fields);
	if (typeof fields.value('stop') !== 'string') checkStops(fields.list('stop') ?? []);
	const format = fields.object('response_format');
	if (!format) return;
	const place = new Fields(format, false, 'response_format');
	if (!place.choice('type', ['text', 'json_object', 'json_schema'])) throw place.missing('type');
}

function checkTools(fields: Fields): void {
	const tools = fields.list('tools');
	if (tools?.length === 0) throw invalid("Invalid 'tools': empty array.", 'empty_array', 'tools');
	const choice = fields.value('tool_choice');
	if (typeof choice !== 'string') fields.object('tool_choice');
	if (choice === undefined || tools) return;
	throw invalid(
		"'tool_choice' is only allowed when 'tools' are specified.",
		'invalid_value',
		'tool_choice',
	);
}

function checkStops(stops: unknown[]): void {
	if (stops.length <= MAX_STOPS) return;
	throw invalid(
		`Invalid 'stop': array too long. Expected an array with maximum length ${MAX_STOPS}, but got an array with length ${stops.length} instead.`,
		'array_above_max_length',
		'stop',
	);
}

function textOf({ role, content }: Record<string, unknown>): TextMessage {
	const parts: unknown[] = Array.isArray(content) ? content : [content];
	const texts = parts.map((part) => (isObject(part) ? part.text : part));
	const text = texts.filter((one) => typeof one === 'string').join('\n');
	return { role: String(role), text };
}
