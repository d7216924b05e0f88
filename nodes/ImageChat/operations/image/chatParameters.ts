// Reads the chat parameters from the Options: those that are set, as what the protocol wants them to be.
import type { IDataObject, NodePropertyTypes } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import { readGatewayTools } from '../../../../providers/chat/tools';
import { badInput } from '../../../../providers/failure';
import { omitUndefined } from '../../../../providers/requests/omit';
import { isSet, toNumber, toText, toTexts } from '../../../shared/parameters/readParameters';
import { parameterOptions } from './fields';

/** As many as the protocol takes. */
const MAX_STOPS = 4;
const TOGETHER = ['stop', 'tool_choice', 'tools'];

export function readParameters(options: IDataObject): Record<string, unknown> {
	const single = parameterOptions.filter(
		({ name }) => !TOGETHER.includes(name) && isSet(options[name]),
	);
	const { tools, toolChoice } = readGatewayTools(options.tools, options.tool_choice);
	return omitUndefined({
		...Object.fromEntries(
			single.map(({ name, displayName, type }) => [
				name,
				readParameter(options[name], displayName, type),
			]),
		),
		stop: readStop(options.stop),
		tools,
		tool_choice: toolChoice,
	});
}

function readParameter(value: unknown, displayName: string, type: NodePropertyTypes): unknown {
	if (type === 'json') return readJson(value, displayName);
	if (type === 'multiOptions') return toTexts(value, displayName);
	return type === 'number' ? toNumber(value, displayName) : toText(value, displayName);
}

/** An empty object is none: the field begins with one. */
function readJson(value: unknown, displayName: string): unknown {
	const parsed: unknown =
		typeof value === 'string' ? jsonParse(value, { fallbackValue: null }) : value;
	if (parsed === null) {
		throw badInput(`${displayName} isn't valid JSON.`, 'Correct it in the Options, or remove it.');
	}
	const isEmpty = typeof parsed === 'object' && Object.keys(parsed).length === 0;
	return isEmpty ? undefined : parsed;
}

/** One text as a text, several as a list. Those of a list may hold commas, spaces and line breaks. */
function readStop(value: unknown): string | string[] | undefined {
	const list: unknown =
		typeof value === 'string' && value.trim().startsWith('[')
			? jsonParse(value, { fallbackValue: value })
			: value;
	const texts = (
		Array.isArray(list) ? list.map((text) => toText(text, 'Stop')) : toTexts(list, 'Stop')
	).filter((text) => text !== '');
	if (texts.length > MAX_STOPS) {
		throw badInput(
			`Stop takes at most ${MAX_STOPS} texts, ${texts.length} were given.`,
			'Take some of them out. Commas and line breaks part them; an expression can give a list.',
		);
	}
	return texts.length > 1 ? texts : texts[0];
}
