// Chat completions: a question about pictures or a text, and an answer in words. It never draws.
import { parseAnswer } from '../answer';
import type { HttpAnswer, HttpRequest } from '../contract';
import { ImageFailure } from '../failure';
import { filled } from '../given';
import { toolCallsOf, type ToolCall, type ToolSettings } from './chatTools';
import { openAiRoutes } from './http';
import { chatSchema } from './schemas';

export interface Question extends ToolSettings {
	model: string;
	text: string;
	systemMessage?: string;
	/** Web addresses or data URIs. */
	imageUrls: string[];
	detail?: string;
	maxTokens?: number;
	temperature?: number;
	wantsJson: boolean;
}

export interface Reply {
	text: string;
	model?: string;
	/** Whether the answer was cut off at Max Tokens. */
	isCut: boolean;
	/** What the model wants to be called. */
	toolCalls?: ToolCall[];
	usage?: { prompt_tokens: number; completion_tokens: number };
}

/** Models before the reasoning ones take `max_tokens`, all later ones `max_completion_tokens`. */
const TAKES_MAX_TOKENS = /^(gpt-3\.5|gpt-4($|[-o.])|chatgpt)/;

export function createOpenAiChat(baseUrl: string) {
	const routes = openAiRoutes(baseUrl);
	return {
		ask: (question: Question): HttpRequest => routes.post('/chat/completions', chatBody(question)),
		readReply,
	};
}

function chatBody(question: Question): Record<string, unknown> {
	const { model, text, systemMessage, imageUrls, detail, maxTokens, temperature } = question;
	const pictures = imageUrls.map((url) => ({
		type: 'image_url',
		image_url: filled({ url, detail }),
	}));
	const system = systemMessage ? [{ role: 'system', content: systemMessage }] : [];
	return filled({
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
		response_format: question.wantsJson ? { type: 'json_object' } : undefined,
		tools: question.tools,
		tool_choice: question.toolChoice,
	});
}

/** Throws a `moderation` failure when the model or a filter refused to answer. */
function readReply(answer: HttpAnswer): Reply {
	const { choices, model, usage } = parseAnswer(chatSchema, answer, 'OpenAI');
	const { message, finish_reason } = choices[0]!;
	if (message.refusal) {
		throw new ImageFailure({
			kind: 'moderation',
			message: `The model refused to answer: ${message.refusal}`,
			advice: 'Change the question or the pictures.',
		});
	}
	if (finish_reason === 'content_filter' && !message.content) {
		throw new ImageFailure({
			kind: 'moderation',
			message: "OpenAI's content filter held the answer back.",
			advice: 'Change the question or the pictures.',
		});
	}
	return {
		text: message.content ?? '',
		model: model ?? undefined,
		isCut: finish_reason === 'length',
		toolCalls: toolCallsOf(message.tool_calls),
		usage: usage ?? undefined,
	};
}
