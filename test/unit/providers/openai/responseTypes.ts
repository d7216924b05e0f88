// Names for the official client's types of the Responses API, which the tests hold requests and answers against.
import type {
	ResponseCreateParamsNonStreaming,
	ResponseOutputItem,
	Tool,
} from 'openai/resources/responses/responses';

export type ResponseBody = ResponseCreateParamsNonStreaming;
export type ImageGenerationTool = Tool.ImageGeneration;
export type ImageGenerationCall = ResponseOutputItem.ImageGenerationCall;
