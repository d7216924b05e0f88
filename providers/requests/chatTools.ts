// Tools that the chat model may call: read from what a person enters, and its calls from the answer.
import { z } from 'zod';

import { badInput, type ImageFailure } from '../failure';

export interface ToolCall {
	id?: string;
	name: string;
	/** The values; a text where they aren't JSON. */
	arguments: unknown;
}

export interface ToolSettings {
	tools?: unknown[];
	toolChoice?: unknown;
}

const EXAMPLE =
	'Write a list such as [{"type": "function", "function": {"name": "save_caption", "parameters": {"type": "object", "properties": {"caption": {"type": "string"}}}}}].';
export const TOOL_CHOICES: readonly string[] = ['auto', 'none', 'required'];
/** Without tools, these say nothing. */
export const CHOICES_OF_NONE: readonly string[] = ['', 'auto', 'none'];

/** Both kinds of tools: functions, and custom ones that take a plain text. */
const toolSchema = z.object({
	type: z.string().optional(),
	function: z.object({ name: z.string().optional() }).optional(),
	custom: z.object({ name: z.string().optional() }).optional(),
});

/**
 * What to send for the Tools and the Tool Choice of a person: nothing where they are empty.
 * Throws a badInput failure that says which tool is wrong.
 */
export function readTools(given: unknown, choice: string): ToolSettings {
	const tools = toolList(given);
	const names = tools.map(nameOf);
	const chosen = choice.trim();
	if (tools.length === 0) {
		if (CHOICES_OF_NONE.includes(chosen.toLowerCase())) return {};
		throw choiceOfNone();
	}
	if (chosen === '') return { tools };
	const index = names.indexOf(chosen);
	if (index !== -1) return { tools, toolChoice: namedChoice(tools[index], chosen) };
	if (TOOL_CHOICES.includes(chosen.toLowerCase()))
		return { tools, toolChoice: chosen.toLowerCase() };
	throw wrongChoice(chosen, names);
}

export function choiceOfNone(): ImageFailure {
	return badInput(
		'There is a Tool Choice, but there are no Tools.',
		'Add Tools to the Options, or take Tool Choice out of them.',
	);
}

export function wrongChoice(chosen: string, names: string[]): ImageFailure {
	return badInput(
		`The Tool Choice "${chosen}" isn't one of the Tools.`,
		`Enter ${TOOL_CHOICES.join(', ')}, or one of: ${names.join(', ')}.`,
	);
}

/** The tools as they are given: a list, or one alone, or either in JSON. */
export function toolList(given: unknown): unknown[] {
	const value = typeof given === 'string' ? parsed(given) : (given ?? []);
	if (Array.isArray(value)) return value;
	if (typeof value === 'object' && value !== null) return [value];
	throw wrong('Tools must be a list of tools.');
}

function parsed(text: string): unknown {
	if (text.trim() === '') return [];
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw wrong("Tools isn't valid JSON.");
	}
}

function nameOf(tool: unknown, index: number): string {
	const place = `Tool ${index + 1}`;
	const read = toolSchema.safeParse(tool);
	if (!read.success) throw wrong(`${place} isn't an object.`);
	if (!read.data.type) throw wrong(`${place} has no "type".`);
	const name = read.data.function?.name ?? read.data.custom?.name;
	if (!name) throw wrong(`${place} has no name.`);
	return name;
}

export function namedChoice(tool: unknown, name: string): Record<string, unknown> {
	const isCustom = toolSchema.safeParse(tool).data?.type === 'custom';
	return isCustom ? { type: 'custom', custom: { name } } : { type: 'function', function: { name } };
}

function wrong(message: string): ImageFailure {
	return badInput(message, EXAMPLE);
}

const callSchema = z.object({
	id: z.string().nullish().catch(undefined),
	function: z.object({ name: z.string(), arguments: z.unknown() }).nullish(),
	custom: z.object({ name: z.string(), input: z.unknown() }).nullish(),
});

/** The calls of an answer, or undefined where it has none. What isn't a call is passed over. */
export function toolCallsOf(given: unknown[] | null | undefined): ToolCall[] | undefined {
	const calls = (given ?? []).flatMap((call): ToolCall[] => {
		const read = callSchema.safeParse(call);
		if (!read.success) return [];
		const { id, function: called, custom } = read.data;
		const named = id ? { id } : {};
		if (called) return [{ ...named, name: called.name, arguments: valuesOf(called.arguments) }];
		return custom ? [{ ...named, name: custom.name, arguments: custom.input }] : [];
	});
	return calls.length > 0 ? calls : undefined;
}

/** The model writes its arguments as JSON, mostly. */
function valuesOf(given: unknown): unknown {
	if (typeof given !== 'string') return given ?? {};
	if (given.trim() === '') return {};
	try {
		return JSON.parse(given) as unknown;
	} catch {
		return given;
	}
}
