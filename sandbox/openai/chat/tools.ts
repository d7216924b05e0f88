// Tools of a chat completion: which are offered, which the model calls, and with what.
import { randomBytes } from 'node:crypto';
import { invalid } from '../errors';
import { Fields, isObject, type Values } from '../fields';
import type { SeenPicture } from './colours';
import { fillSchema } from './schema-sample';

export interface FunctionTool {
	name: string;
	description: string;
	/** A JSON schema. */
	parameters: Values;
}

export interface ToolUse {
	tools: FunctionTool[];
	/** `named` is the one tool that must be called. */
	choice: 'none' | 'auto' | 'required' | { named: string };
}

const MAX_TOOLS = 128;
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const MAKES_PICTURES = /\b(?:make|create|draw|generate)\b.{0,40}\bimages?\b/i;
const WANTS_PICTURES =
	/\b(?:draw|paint|sketch|illustrate|picture|image|photo|poster|logo|banner)s?\b/i;
const COMMAND =
	/^(?:please\s+)?(?:draw|paint|sketch|make|create|generate)\s+(?:me\s+)?(?:(?:a|an)\s+(?:picture|image|photo)\s+of\s+)?/i;

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
	if (tools.length > MAX_TOOLS) {
		throw invalid(
			`Invalid 'tools': array too long. Expected an array with maximum length ${MAX_TOOLS}, but got an array with length ${tools.length} instead.`,
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
	const description = fields.text('description') ?? '';
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
	return { name, description, parameters };
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

/** A call of a tool, and what it is about. */
interface ToolCall {
	tool: FunctionTool;
	text: string;
}

/** The tools that are called: what is demanded, what the text mentions by its name, or what can draw where it wishes that. */
export function toolCalls({ tools, choice }: ToolUse, lines: readonly string[]): ToolCall[] {
	const text = lines.join(' ').trim();
	const about = (called: FunctionTool[]) => called.map((tool) => ({ tool, text }));
	if (choice === 'none') return [];
	if (typeof choice === 'object') return about(tools.filter(({ name }) => name === choice.named));
	const words = new Set(text.match(/[a-zA-Z0-9_-]+/g));
	const mentioned = tools.filter(({ name }) => words.has(name));
	if (mentioned.length > 0) return about(mentioned);
	const drawing = tools.find(({ description }) => MAKES_PICTURES.test(description));
	if (drawing && WANTS_PICTURES.test(text)) {
		return wishesIn(lines, text).map((wish) => ({ tool: drawing, text: wish }));
	}
	return choice === 'required' ? about(tools.slice(0, 1)) : [];
}

/** Each line of a list is a wish of its own. */
function wishesIn(lines: readonly string[], text: string): string[] {
	const listed = lines.flatMap((line) => /^\s*(?:[-*•]|\d+[.)])\s+(.+)$/.exec(line)?.[1] ?? []);
	return (listed.length > 0 ? listed : [text]).map((wish) => {
		const what = wish.replace(COMMAND, '').trim();
		return what.charAt(0).toUpperCase() + what.slice(1);
	});
}

/** What tools have answered, in words for whoever asked. */
export function inWords(answers: readonly string[]): string {
	return [...new Set(answers.map(inSentence))].join('\n\n');
}

function inSentence(answer: string): string {
	const links = [...answer.matchAll(/"url":\s*"(https?:[^"]+)"/g)].map(([, url]) => url!);
	if (links.length > 0) {
		return links.map((url) => `Here is a picture: ![picture](${url})`).join('\n');
	}
	const [, error] = /"error":\s*("(?:[^"\\]|\\.)*")/.exec(answer) ?? [];
	return error === undefined ? answer : (JSON.parse(error) as string);
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
