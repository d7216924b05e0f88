// Refuses what n8n would have filled in, had the field been an expression: in a field that is switched to Fixed it is plain
// text, and would be drawn, or be the name of every file and order.
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../../providers/failure';
import { alsoForTools } from '../fields/toolFields';

/**
 * A variable of n8n's between double braces. Nothing else with braces is refused: prompts may hold data or another
 * program's templates.
 */
const UNFILLED =
	/\{\{(?:(?!\}\})[^]){0,500}?\$(?:(?:json|binary|node|input|items?|itemIndex|runIndex|now|today|vars|workflow|execution|prevNode|fromAI|ifEmpty|jmespath)\b|\(\s*['"`])(?:(?!\}\})[^]){0,500}/;
const LONGEST_QUOTE = 60;

interface Found {
	displayName: string;
	written: string;
}

/** Throws a badInput failure. Looks at what was typed, not at what an expression has brought: that may hold anything. */
export function refuseUnfilled(context: IExecuteFunctions, fields: INodeProperties[]): void {
	const { parameters } = context.getNode();
	const [found] = alsoForTools(fields).flatMap((field) => foundIn(field, parameters[field.name]));
	if (!found) return;
	const { displayName, written } = found;
	throw badInput(
		`${displayName} has ${written} in it, and n8n takes that as plain text in a fixed field. Nothing was sent.`,
		'Switch the field from Fixed to Expression, so that n8n fills in what stands between the braces.',
	);
}

function foundIn(field: INodeProperties, value: unknown): Found[] {
	if (typeof value === 'string') return foundInText(field, value);
	if (typeof value !== 'object' || value === null) return [];
	const within = value as Record<string, unknown>;
	if (field.type === 'resourceLocator') return foundIn({ ...field, type: 'string' }, within.value);
	return (field.options ?? []).flatMap((option) => {
		if ('type' in option) return foundIn(option, within[option.name]);
		if (!('values' in option)) return [];
		return [within[option.name] ?? []]
			.flat()
			.flatMap((entry) =>
				option.values.flatMap((each) =>
					foundIn(each, (entry as Record<string, unknown>)[each.name]),
				),
			);
	});
}

function foundInText({ displayName }: INodeProperties, text: string): Found[] {
	if (text.startsWith('=')) return [];
	const [written] = UNFILLED.exec(text) ?? [];
	if (written === undefined) return [];
	const quoted = `${written.trim()} }}`;
	return [
		{
			displayName,
			written: quoted.length > LONGEST_QUOTE ? `${quoted.slice(0, LONGEST_QUOTE)}…` : quoted,
		},
	];
}
