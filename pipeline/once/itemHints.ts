// Hints: what a person should know although nothing failed. Those of an item are kept for a later try of the node, as n8n
// shows none of a try that failed.
import type { Connection } from '../connection';
import type { PipelineContext } from '../context';

/** By item. */
const told = new WeakMap<PipelineContext, Map<number, string[]>>();

/** Shows a hint under the node's output, where n8n runs the node and has hints. One of an item is kept for a later try. */
export function addHint(
	{ context, redact }: Pick<Connection, 'context' | 'redact'>,
	message: string,
	itemIndex?: number,
): void {
	if (!('addExecutionHints' in context)) return;
	const shown = redact.text(message);
	if (itemIndex !== undefined) keepItemHint(context, itemIndex, shown);
	context.addExecutionHints({
		message: shown,
		location: 'outputPane',
		type: 'warning',
	});
}

/** The same for what isn't out of the ordinary, told at the end of the run. */
export function addNote(
	{ context, redact }: Pick<Connection, 'context' | 'redact'>,
	message: string,
): void {
	if (!('addExecutionHints' in context)) return;
	context.addExecutionHints({
		message: redact.text(message),
		location: 'outputPane',
		type: 'info',
	});
}

function keepItemHint(context: PipelineContext, itemIndex: number, hint: string): void {
	const hints = told.get(context) ?? new Map<number, string[]>();
	hints.set(itemIndex, [...(hints.get(itemIndex) ?? []), hint]);
	told.set(context, hints);
}

/** Without secrets, as they were shown. */
export function itemHintsOf(context: PipelineContext, itemIndex: number): string[] {
	return told.get(context)?.get(itemIndex) ?? [];
}
