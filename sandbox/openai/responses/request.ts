// Reads the parameters of a response.
import { type Account, checkModel } from '../accounts/accounts';
import { invalid, requestedModelNotFound } from '../errors';
import { Fields, isObject, type Values } from '../fields';
import type { PictureReader } from '../pictures';
import { type EarlierResponses, readInput, type ResponseInput } from './input';
import { type ImageToolCall, readImageTool } from './image-tool';

export interface ResponseRequest {
	model: string;
	background: boolean;
	stream: boolean;
	/** Part of the full price; less where it may take hours. */
	priceShare: number;
	input: ResponseInput;
	tools: unknown[];
	/** Absent: the response is text. */
	image?: ImageToolCall;
	/** What the answer only repeats. */
	echo: Values;
}

/** The sandbox's own figures. */
const WINDOW_SHARES = { '2h': 0.75, '8h': 0.5 };

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

/** Taken, and neither repeated nor obeyed. */
const withoutTrace = [
	'access_programs',
	'context_management',
	'include',
	'moderation',
	'prompt_cache_options',
	'prompt_cache_retention',
	'stream_options',
];

export async function readResponseRequest(
	fields: Fields,
	account: Account,
	reader: PictureReader,
	earlier: EarlierResponses,
): Promise<ResponseRequest> {
	const model = fields.required('model');
	checkModel(account, model, 'chat', requestedModelNotFound);
	const background = fields.flag('background') ?? false;
	if (background && fields.flag('store') === false) {
		throw invalid("Background mode requires 'store' to be true.", 'invalid_value', 'store');
	}
	const stream = fields.flag('stream') ?? false;
	const priceShare = readPriceShare(fields, background);
	fields.number('temperature', 0, 2);
	fields.number('top_p', 0, 1);
	fields.metadata();
	const tools = fields.list('tools') ?? [];
	const echo = Object.fromEntries(
		Object.entries(echoed).map(([name, usual]) => [name, fields.value(name) ?? usual]),
	);
	fields.accept(...withoutTrace);
	const input = await readInput(fields, reader, earlier);
	fields.refuseOthers();
	const unnamed = tools.findIndex((tool) => !isObject(tool) || typeof tool.type !== 'string');
	if (unnamed >= 0) {
		const param = `tools[${unnamed}].type`;
		throw invalid(`Missing required parameter: '${param}'.`, 'missing_required_parameter', param);
	}
	const image = await readImageTool(tools, input, account, reader);
	return { model, background, stream, priceShare, input, tools, echo, ...(image && { image }) };
}

/** Those who let OpenAI take hours pay less; how much less, it doesn't tell. */
function readPriceShare(fields: Fields, background: boolean): number {
	const given = fields.object('background_options');
	if (!given) return 1;
	const options = new Fields(given, false, 'background_options');
	const window = options.choice('completion_window', ['soonest', '2h', '8h']) ?? 'soonest';
	options.text('continuation_id');
	options.refuseOthers();
	if (window === 'soonest') return 1;
	const tier = fields.text('service_tier') ?? 'auto';
	if (background && (tier === 'auto' || tier === 'default')) return WINDOW_SHARES[window];
	throw invalid(
		`The completion window '${window}' requires 'background' to be true and standard processing.`,
		'invalid_value',
		options.nameOf('completion_window'),
	);
}
