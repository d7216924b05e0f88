// A finished response of the Responses API, and the official client's types that requests and answers are held against.
import type {
	Response,
	ResponseCreateParamsNonStreaming,
	ResponseOutputItem,
	Tool,
} from 'openai/resources/responses/responses';

export type ResponseBody = ResponseCreateParamsNonStreaming;
export type ImageGenerationTool = Tool.ImageGeneration;
export type ImageGenerationCall = ResponseOutputItem.ImageGenerationCall;
export type ImageGenerationUsage = Response.ToolUsage.ImageGen;

export const CALL: ImageGenerationCall = {
	id: 'ig_1',
	type: 'image_generation_call',
	status: 'completed',
	result: 'stored:1',
	revised_prompt: 'A very red fox',
	action: 'generate',
	size: '1024x1024',
	quality: 'high',
};
export const MESSAGE = {
	id: 'msg_1',
	type: 'message',
	role: 'assistant',
	status: 'completed',
	content: [{ type: 'output_text', text: 'Here it is.', annotations: [] }],
};
export const USAGE = {
	input_tokens: 40,
	input_tokens_details: { cached_tokens: 0 },
	output_tokens: 12,
	output_tokens_details: { reasoning_tokens: 0 },
	total_tokens: 52,
};
export const RESPONSE = {
	id: 'resp_1',
	object: 'response',
	created_at: 1795176000,
	status: 'completed',
	model: 'gpt-4o-mini',
	error: null,
	incomplete_details: null,
	output: [CALL, MESSAGE],
	tools: [{ type: 'image_generation', model: 'gpt-image-2' }],
	usage: USAGE,
};
