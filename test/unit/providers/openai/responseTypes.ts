// Names for the official client's types of the Responses API, which the tests hold requests and answers against.
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
