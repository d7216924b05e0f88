// Tools of a chat completion: which are offered, which the model calls, and with what.
import { randomBytes } from 'node:crypto';
import { invalid } from '../errors';
import { Fields, isObject, type Values } from '../fields';
import type { SeenPicture } from './colours';
import { fillSchema } from './schema-sample';

export interface FunctionTool {
	name: string;
	/** A JSON schema. */
	parameters: Values;
}

export interface ToolUse {
	tools: FunctionTool[];
	/** `named` is the one tool that must be called. */
	choice: 'none' | 'auto' | 'required' | { named: string };
}

const MOST_TOOLS = 128;
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

export function readTools(fields: Fields): ToolUse {
	const given = fields.list('tools');
	const tools = (given ?? []).map((tool, index) => readTool(tool, `tools[${index}]`));
	if (given?.length === 0) {
		throw invalid(
			"Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty array instead.",
			'empty_array',
			'tools',
		);
	}
	if (tools.length > MOST_TOOLS) {
		throw invalid(
			`Invalid 'tools': array too long. Expected an array with maximum length ${MOST_TOOLS}, but got an array with length ${tools.length} instead.`,
			'array_above_max_length',
			'tools',
		);
	}
	for (const name of ['tool_choice', 'parallel_tool_calls']) {
		if (fields.value(name) === undefined || tools.length > 0) continue;
		throw invalid(`'${name}' is only allowed when 'tools' are specified.`, 'invalid_value', name);
	}
	return { tools, choice: readChoice(fields, tools) };
}

function readTool(given: unknown, place: string): FunctionTool {
	const tool = new Fields(isObject(given) ? given : {}, false, place);
	if (tool.choice('type', ['function']) === undefined) throw tool.missing('type');
	const inner = tool.object('function');
	tool.refuseOthers();
	if (!inner) throw tool.missing('function');
	const fields = new Fields(inner, false, `${place}.function`);
	const name = fields.required('name');
	if (!NAME.test(name)) {
		throw invalid(
			`Invalid '${place}.function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
			'invalid_value',
			`${place}.function.name`,
		);
	}
	fields.text('description');
	fields.flag('strict');
	const parameters = fields.object('parameters') ?? { type: 'object', properties: {} };
	fields.refuseOthers();
	if (parameters.type !== 'object') {
		throw invalid(
			`Invalid schema for function '${name}': schema must be a JSON Schema of 'type: "object"', got 'type: ${JSON.stringify(parameters.type ?? null)}'.`,
			'invalid_function_parameters',
			`${place}.function.parameters`,
		);
	}
	return { name, parameters };
}

function readChoice(fields: Fields, tools: FunctionTool[]): ToolUse['choice'] {
	const given = fields.value('tool_choice');
	if (!isObject(given)) {
		return fields.choice('tool_choice', ['none', 'auto', 'required'] as const) ?? 'auto';
	}
	const choice = new Fields(given, false, 'tool_choice');
	if (choice.choice('type', ['function']) === undefined) throw choice.missing('type');
	const inner = new Fields(choice.object('function') ?? {}, false, 'tool_choice.function');
	const named = inner.required('name');
	if (tools.some(({ name }) => name === named)) return { named };
	throw invalid(
		`Tool choice '${named}' not found in 'tools' parameter.`,
		'invalid_value',
		'tool_choice',
	);
}

/** The tools that are called: what is demanded, or whatever the text mentions by its name. */
export function calledTools({ tools, choice }: ToolUse, text: string): FunctionTool[] {
	if (choice === 'none') return [];
	if (typeof choice === 'object') return tools.filter(({ name }) => name === choice.named);
	const words = new Set(text.match(/[a-zA-Z0-9_-]+/g));
	const mentioned = tools.filter(({ name }) => words.has(name));
	return mentioned.length === 0 && choice === 'required' ? tools.slice(0, 1) : mentioned;
}

/** A call as the message carries it; its arguments fit the tool's schema. */
export function callJson(
	{ name, parameters }: FunctionTool,
	knowledge: { pictures: SeenPicture[]; text: string },
) {
	return {
		id: `call_${randomBytes(12).toString('hex')}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(fillSchema(parameters, knowledge)) },
	};
}
