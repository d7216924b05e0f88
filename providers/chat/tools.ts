// Tools for a gateway's chat. It may have kinds of tools, and words for a choice, that OpenAI doesn't have.
import { z } from 'zod';

import {
	CHOICES_OF_NONE,
	choiceOfNone,
	namedChoice,
	TOOL_CHOICES,
	toolList,
	wrongChoice,
	type ToolSettings,
} from '../requests/chatTools';
import { badInput } from '../failure';

const namedSchema = z.object({
	name: z.string().optional().catch(undefined),
	function: z.object({ name: z.string() }).optional().catch(undefined),
	custom: z.object({ name: z.string() }).optional().catch(undefined),
});

/**
 * What to send for the Tools and the Tool Choice of a person: nothing where there are no tools. A choice in JSON goes out
 * as it is. Throws a badInput failure that says what is wrong.
 */
export function readGatewayTools(given: unknown, choice: unknown): ToolSettings {
	const tools = toolList(given).filter((tool) => !isEmpty(tool));
	const chosen = readChoice(choice);
	if (tools.length === 0) {
		if (chosen === undefined || CHOICES_OF_NONE.some((each) => each === chosen)) return {};
		throw choiceOfNone();
	}
	if (chosen === undefined) return { tools };
	if (typeof chosen !== 'string' || isJson(choice)) return { tools, toolChoice: chosen };
	const names = tools.map(nameOf);
	const index = names.indexOf(chosen);
	if (index !== -1) return { tools, toolChoice: namedChoice(tools[index], chosen) };
	if (TOOL_CHOICES.includes(chosen)) return { tools, toolChoice: chosen };
	throw wrongChoice(
		chosen,
		names.filter((name) => name !== undefined),
	);
}

/** A word, in small letters where it is one of the usual ones; a name; or what stands there in JSON. */
function readChoice(given: unknown): unknown {
	if (typeof given !== 'string') return given ?? undefined;
	const text = given.trim();
	if (isJson(text)) return parsed(text);
	return TOOL_CHOICES.includes(text.toLowerCase()) ? text.toLowerCase() : text || undefined;
}

function isJson(text: unknown): boolean {
	return typeof text === 'string' && /^\s*["{]/.test(text);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		throw badInput(
			"Tool Choice isn't valid JSON.",
			`Enter ${TOOL_CHOICES.join(', ')}, or the name of a tool.`,
		);
	}
}

function nameOf(tool: unknown): string | undefined {
	const { data } = namedSchema.safeParse(tool);
	return data?.function?.name ?? data?.custom?.name ?? data?.name;
}

function isEmpty(tool: unknown): boolean {
	return typeof tool === 'object' && tool !== null && Object.keys(tool).length === 0;
}
