// Reads the parameters of a response.
import { type Account, checkModel } from '../accounts/accounts';
import { invalid } from '../errors';
import { type Fields, isObject, type Values } from '../fields';
import type { PictureReader } from '../pictures';
import { type FindResult, readInput, type ResponseInput } from './input';
import { type ImageToolCall, readImageTool } from './image-tool';

export interface ResponseRequest {
	model: string;
	background: boolean;
	input: ResponseInput;
	tools: unknown[];
	/** Absent: the response is text. */
	image?: ImageToolCall;
	/** What the answer only repeats. */
	echo: Values;
}

/** Taken and repeated, without any effect on what the sandbox answers. */
const echoed = {
	instructions: null,
	max_output_tokens: null,
	max_tool_calls: null,
	metadata: {},
	parallel_tool_calls: true,
	previous_response_id: null,
	prompt_cache_key: null,
	reasoning: { effort: null, summary: null },
	safety_identifier: null,
	service_tier: 'default',
	store: true,
	temperature: 1,
	text: { format: { type: 'text' } },
	tool_choice: 'auto',
	top_logprobs: 0,
	top_p: 1,
	truncation: 'disabled',
	user: null,
};

export async function readResponseRequest(
	fields: Fields,
	account: Account,
	reader: PictureReader,
	findResult: FindResult,
): Promise<ResponseRequest> {
	const model = fields.required('model');
	checkModel(account, model, 'chat');
	const background = fields.flag('background') ?? false;
	if (background && fields.flag('store') === false) {
		throw invalid("Background mode requires 'store' to be true.", 'invalid_value', 'store');
	}
	if (fields.flag('stream')) {
		throw invalid('The sandbox does not stream responses.', 'unsupported_value', 'stream');
	}
	fields.number('temperature', 0, 2);
	fields.number('top_p', 0, 1);
	fields.object('metadata');
	const tools = fields.list('tools') ?? [];
	const echo = Object.fromEntries(
		Object.entries(echoed).map(([name, usual]) => [name, fields.value(name) ?? usual]),
	);
	fields.accept('include', 'stream_options');
	const input = await readInput(fields, reader, findResult);
	fields.refuseOthers();
	const unnamed = tools.findIndex((tool) => !isObject(tool) || typeof tool.type !== 'string');
	if (unnamed >= 0) {
		const param = `tools[${unnamed}].type`;
		throw invalid(`Missing required parameter: '${param}'.`, 'missing_required_parameter', param);
	}
	const image = await readImageTool(tools, input, account, reader);
	return { model, background, input, tools, echo, ...(image && { image }) };
}
