// Chat completions: a question about pictures or a text, and an answer in words. It never draws.
import type { Cost, HttpAnswer, HttpRequest, InlineFile, StreamEvent } from '../contract';
import { ImageFailure } from '../failure';
import { omitEmpty } from '../requests/omit';
import { versionedRoutesAt } from '../requests/routes';
import { fieldsOf, objectOf, textOf } from '../answers/loose';
import { toolCallsOf, type ToolCall, type ToolSettings } from '../requests/chatTools';
import { errorIn, failureWithoutStatus, readFailure, wordsIn } from './failures';
import { chatRowOf } from './models';
import { costOfChat } from './prices';
import { responseFormatOf, type AnswerField } from './namedAnswer';
import { eventsOf } from './unaskedEvents';

export interface Question extends ToolSettings {
	model: string;
	text: string;
	systemMessage?: string;
	/** Web addresses, or files in their place. */
	imageUrls: Array<string | InlineFile>;
	detail?: string;
	maxTokens?: number;
	temperature?: number;
	/** Without one, in words. */
	answerIn?: 'json' | AnswerField[];
}

export interface Reply {
	text: string;
	model?: string;
	/** Whether the answer was cut off at Max Tokens. */
	isCut: boolean;
	/** What the model wants to be called. */
	toolCalls?: ToolCall[];
	/** As the server counts. */
	usage?: Record<string, unknown>;
	cost?: Cost;
}

/** Models before the reasoning ones take `max_tokens`, all later ones `max_completion_tokens`. */
const TAKES_MAX_TOKENS = /^(gpt-3\.5|gpt-4($|[-o.])|chatgpt)/;

export function createOpenAiChat(baseUrl: string) {
	const routes = versionedRoutesAt(baseUrl);
	return {
		ask: (question: Question): HttpRequest => ({
			...routes.post('/chat/completions', chatBody(question)),
			responseType: 'any',
			namesModel: true,
		}),
		readReply,
	};
}

function chatBody(question: Question): Record<string, unknown> {
	const { model, text, systemMessage, imageUrls, detail, maxTokens, temperature } = question;
	const pictures = imageUrls.map((url) => ({
		type: 'image_url',
		image_url: omitEmpty({ url, detail }),
	}));
	// Of the newest models, only those that don't reason take these.
	const mustNotReason = question.tools !== undefined || temperature !== undefined;
	const texts = [systemMessage ?? '', text];
	// OpenAI wants to read the word, before it answers in JSON of any form.
	const lacksWord = question.answerIn === 'json' && !texts.some((each) => /json/i.test(each));
	const told = [systemMessage ?? '', lacksWord ? 'Answer in JSON.' : ''].filter(Boolean).join('\n');
	const system = told ? [{ role: 'system', content: told }] : [];
	return omitEmpty({
		model,
		messages: [
			...system,
			{
				role: 'user',
				content: pictures.length > 0 ? [{ type: 'text', text }, ...pictures] : text,
			},
		],
		[TAKES_MAX_TOKENS.test(model) ? 'max_tokens' : 'max_completion_tokens']: maxTokens,
		temperature,
		response_format: formatOf(question.answerIn),
		reasoning_effort:
			mustNotReason && chatRowOf(model)?.reasonsUnlessTold === true ? 'none' : undefined,
		tools: question.tools,
		tool_choice: question.toolChoice,
	});
}

/** Words cost, also those of a refusal. */
const REFUSED_ADVICE = 'Change the question or the pictures. The answer may have been charged.';

function formatOf(answerIn: Question['answerIn']): Record<string, unknown> | undefined {
	if (answerIn === undefined) return undefined;
	return answerIn === 'json' ? { type: 'json_object' } : responseFormatOf(answerIn);
}

/**
 * The answer, as far as it can be read. Throws a `moderation` failure when the model or a filter refused to answer, and
 * what the server says in its place when there is none.
 */
function readReply(answer: HttpAnswer): Reply {
	const { message, finishReason, model, usage } = readAnswer(answer);
	const refusal = textOf(message.refusal);
	if (refusal !== undefined) {
		throw new ImageFailure({
			kind: 'moderation',
			message: `The model refused to answer: ${refusal}`,
			advice: REFUSED_ADVICE,
		});
	}
	const text = writtenIn(message.content);
	if (finishReason === 'content_filter' && text === '') {
		throw new ImageFailure({
			kind: 'moderation',
			message: "OpenAI's content filter held the answer back.",
			advice: REFUSED_ADVICE,
		});
	}
	return {
		text,
		model: textOf(model),
		isCut: finishReason === 'length',
		toolCalls: toolCallsOf(Array.isArray(message.tool_calls) ? message.tool_calls : undefined),
		usage: objectOf(usage),
		cost: costOfChat(textOf(model), usage),
	};
}

interface ReadAnswer {
	message: Record<string, unknown>;
	finishReason: unknown;
	model: unknown;
	usage: unknown;
}

/** The first choice that can be read. */
function readAnswer(answer: HttpAnswer): ReadAnswer {
	const { body } = answer;
	const events = eventsOf(body);
	if (events) return joined(answer, events);
	const { choices, model, usage } = fieldsOf(body);
	const entries = (Array.isArray(choices) ? choices : [choices]).map(fieldsOf);
	const choice =
		entries.find(({ message }) => hasContent(fieldsOf(message))) ??
		entries.find((entry) => objectOf(entry.message) !== undefined && !errorIn(entry));
	if (choice) {
		const message = fieldsOf(choice.message);
		return { message, finishReason: choice.finish_reason, model, usage };
	}
	throw withoutReply(answer, entries);
}

/** An answer in pieces, from a server that streams unasked. Without its end nobody can tell whether it is whole. */
function joined(answer: HttpAnswer, events: Iterable<StreamEvent>): ReadAnswer {
	const pieces = { content: '', refusal: '' };
	const read: ReadAnswer = { message: pieces, finishReason: null, model: null, usage: null };
	const places: unknown[] = [];
	for (const { data } of events) {
		const { choices, model, usage } = fieldsOf(data);
		const choice = fieldsOf(Array.isArray(choices) ? choices[0] : undefined);
		const { content, refusal } = fieldsOf(choice.delta ?? choice.message);
		pieces.content += writtenIn(content);
		pieces.refusal += textOf(refusal) ?? '';
		read.finishReason ??= choice.finish_reason;
		read.model ??= model;
		read.usage ??= usage;
		places.push(data);
	}
	const isWhole = typeof read.finishReason === 'string' && read.finishReason !== 'error';
	if (isWhole && (pieces.content !== '' || pieces.refusal !== '')) return read;
	const failure = withoutReply(answer, places);
	if (pieces.content === '') throw failure;
	// It had begun to answer: whatever came between, that may have been charged.
	throw new ImageFailure({ ...failure.details, kind: 'unreadableAnswer' });
}

function hasContent({ content, refusal, tool_calls }: Record<string, unknown>): boolean {
	return [content, refusal, tool_calls].some((each) => each !== undefined && each !== null);
}

/** A text, or one in parts. */
function writtenIn(content: unknown): string {
	if (!Array.isArray(content)) return textOf(content) ?? textOf(fieldsOf(content).text) ?? '';
	return content.map(writtenIn).join('');
}

/** The failure of an answer without a reply, in the server's own words where it has any. */
function withoutReply(answer: HttpAnswer, places: unknown[]): ImageFailure {
	const error = [wordsIn(answer.body), ...places.map(errorIn)].find((each) => each !== undefined);
	return error ? failureWithoutStatus(answer, error, 'unreadableAnswer') : readFailure(answer);
}
