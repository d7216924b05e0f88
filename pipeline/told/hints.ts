// Hints: what a person should know although nothing failed. Those of an item are kept for a later try of the node, as n8n
// shows none of a try that failed.
import type { Connection } from '../connection';
import type { PipelineContext } from '../context';
import { createItemNotes } from './itemNotes';

const told = createItemNotes<string>();

/** What a run has shown. */
const shownIn = new WeakMap<PipelineContext, Set<string>>();

/**
 * Shows a hint under the node's output, where n8n runs the node and has hints: once, as one that is kept may be told anew.
 * One of an item is kept for a later try.
 */
export function addHint(
	{ context, redact }: Pick<Connection, 'context' | 'redact'>,
	message: string,
	itemIndex?: number,
): void {
	const shown = redact.text(message);
	if (itemIndex !== undefined && !told.of(context, itemIndex).includes(shown)) {
		told.add(context, itemIndex, shown);
	}
	if (!('addExecutionHints' in context) || !isNew(context, shown)) return;
	context.addExecutionHints({
		message: shown,
		location: 'outputPane',
		type: 'warning',
	});
}

function isNew(context: PipelineContext, hint: string): boolean {
	const shown = shownIn.get(context) ?? new Set();
	shownIn.set(context, shown);
	return shown.size < shown.add(hint).size;
}

/** Tells each hint once in an execution, of the first item that it holds for. */
export function hintTeller(
	connection: Pick<Connection, 'context' | 'redact'>,
): (message: string, itemIndex: number) => void {
	const told = new Set<string>();
	return (message, itemIndex) => {
		if (told.has(message)) return;
		told.add(message);
		addHint(connection, message, itemIndex);
	};
}

/** The same as `addHint` for what isn't out of the ordinary, told at the end of the run. */
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

/** Without secrets, as they were shown. */
export function hintsOf(context: PipelineContext, itemIndex: number): string[] {
	return [...told.of(context, itemIndex)];
}
