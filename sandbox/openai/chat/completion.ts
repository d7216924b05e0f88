// Answers a chat completion: looks at the pictures, writes the text, counts the tokens.
import { randomBytes } from 'node:crypto';
import type { Lifetime } from '../../lifetime';
import { directivesOf } from '../endpoint';
import { invalid } from '../errors';
import { fileTooLarge } from '../images/input-images';
import { textTokens } from '../images/tokens';
import type { ChatRules } from '../models';
import { readPicture } from '../pictures';
import { answerTo } from './answer';
import { look, type SeenPicture } from './colours';
import type { ChatRequest, PicturePart } from './request';
import { callJson, inWords, toolCalls } from './tools';

const PICTURE_LIMIT = 20 * 1024 * 1024;
const CHARACTERS_PER_TOKEN = 4;
export const REFUSAL = "I'm sorry, but I can't help with that.";

export interface Completion {
	pictures: SeenPicture[];
	dollars: number;
	body: Record<string, unknown>;
}

/** A refused request is answered and charged like any other: the model says in words that it won't. */
export async function complete(
	request: ChatRequest,
	lifetime: Lifetime,
	isRefused = false,
): Promise<Completion> {
	const pictures: SeenPicture[] = [];
	// One after the other: sixteen pictures may be large.
	for (const part of request.pictures) pictures.push(await see(part, lifetime));
	const texts = request.texts.map((text) => directivesOf(text).prompt);
	const text = directivesOf(request.lastUserText).prompt;
	const { format, toolAnswers } = request;
	const isWords = format.kind === 'text' && toolAnswers.length > 0;
	const saying = isWords ? inWords(toolAnswers) : answerTo({ text, pictures, format });
	const whole = isRefused ? REFUSAL : saying;
	const { content, isCut } = shorten(whole, request.maxTokens);
	// What a tool has answered is put into words, and not asked for again.
	const isCalling = request.isUsersTurn && !isRefused;
	const called = isCalling ? toolCalls(request.toolUse, linesOf(request.lastUserText)) : [];
	const calls = () =>
		called.map(({ tool, text: about }) =>
			callJson(tool, { pictures, text: answerTo({ text: about, pictures, format }) }),
		);
	const said = called.length > 0 ? JSON.stringify(calls()) : content;

	const { rules, n } = request;
	const pictureTokens = pictures
		.map((picture, index) => tokensOf(picture, request.pictures[index]?.detail, rules))
		.reduce((sum, one) => sum + one, 0);
	const promptTokens = texts.map(textTokens).reduce((sum, one) => sum + one, 0) + pictureTokens;
	const completionTokens = n * textTokens(said);
	const { input, output } = rules.prices;
	return {
		pictures,
		dollars: (promptTokens * input + completionTokens * output) / 1_000_000,
		body: {
			id: `chatcmpl-${randomBytes(15).toString('hex')}`,
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1000),
			model: request.model,
			choices: Array.from({ length: n }, (_, index) => ({
				index,
				message: {
					role: 'assistant',
					content: isRefused || called.length > 0 ? null : content,
					refusal: isRefused ? content : null,
					annotations: [],
					...(called.length > 0 && { tool_calls: calls() }),
				},
				logprobs: null,
				finish_reason: finishOf(request, called.length > 0, isCut),
			})),
			usage: {
				prompt_tokens: promptTokens,
				completion_tokens: completionTokens,
				total_tokens: promptTokens + completionTokens,
				prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
				completion_tokens_details: {
					reasoning_tokens: 0,
					audio_tokens: 0,
					accepted_prediction_tokens: 0,
					rejected_prediction_tokens: 0,
				},
			},
			service_tier: 'default',
			system_fingerprint: 'fp_sandbox',
		},
	};
}

function linesOf(text: string): string[] {
	return text.split('\n').map((line) => directivesOf(line).prompt);
}

/** A call that was demanded by its name ends with "stop", as if nothing had been decided. */
function finishOf({ toolUse }: ChatRequest, isCall: boolean, isCut: boolean): string {
	if (!isCall) return isCut ? 'length' : 'stop';
	return typeof toolUse.choice === 'object' ? 'stop' : 'tool_calls';
}

async function see({ url, param }: PicturePart, lifetime: Lifetime): Promise<SeenPicture> {
	const bytes = await readPicture(url, param, lifetime);
	if (bytes.length > PICTURE_LIMIT) throw fileTooLarge(param, PICTURE_LIMIT);
	const picture = await look(bytes);
	if (picture) return picture;
	throw invalid(
		"You uploaded an unsupported image. Please make sure your image has one of the following formats: ['png', 'jpeg', 'gif', 'webp'].",
		'invalid_image_format',
		param,
	);
}

function shorten(text: string, maxTokens: number | undefined) {
	if (maxTokens === undefined || textTokens(text) <= maxTokens) {
		return { content: text, isCut: false };
	}
	return { content: text.slice(0, maxTokens * CHARACTERS_PER_TOKEN), isCut: true };
}

const LARGEST_EDGE = 2048;
const SHORT_EDGE = 768;
const TILE_EDGE = 512;

/** OpenAI's rule for pictures: fitted into 2048 pixels, the short edge brought to 768, cut into tiles. */
export function tokensOf(
	{ width, height }: Pick<SeenPicture, 'width' | 'height'>,
	detail: PicturePart['detail'] | undefined,
	{ pictureTokens: { base, tile } }: Pick<ChatRules, 'pictureTokens'>,
): number {
	if (detail === 'low') return base;
	const fit = Math.min(1, LARGEST_EDGE / Math.max(width, height));
	const scale = Math.min(fit, SHORT_EDGE / Math.min(width, height));
	const tiles = (edge: number) => Math.ceil((edge * scale) / TILE_EDGE);
	return base + tile * tiles(width) * tiles(height);
}
