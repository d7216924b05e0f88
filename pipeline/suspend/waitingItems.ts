// The items of a node that has suspended its execution: what n8n shows and passes on meanwhile, and what came in.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { rowOf } from '../media/itemInput';
import type { KeptInput, SuspendedItem, Suspension } from './suspension';

/**
 * The task IDs that fetch an item's images later, with what a person should know of them: at the time limit n8n shows no
 * hints. Or the error of one that waits for nothing.
 */
export function waitingItem(
	provider: string,
	{ taskIds, request, prompt, output, hints = [] }: SuspendedItem,
	item: number,
): INodeExecutionData {
	if (output) return output;
	const [taskId] = taskIds;
	const { model, orderReference: reference } = request ?? {};
	const json: IDataObject = {
		taskId,
		taskIds,
		provider,
		...(model !== undefined && { model }),
		...(prompt !== undefined && { prompt }),
		...(reference !== undefined && { reference }),
		status: 'queued',
		...(hints.length > 0 && { hint: hints.join(' ') }),
	};
	return { json, pairedItem: { item } };
}

/** As n8n shows it while it waits: by an `error` in its output, n8n would take the node for failed and run it again. */
export function shownWhileWaiting(waiting: INodeExecutionData): INodeExecutionData {
	const { error, ...facts } = waiting.json;
	if (error === undefined) return waiting;
	return { ...waiting, json: { ...facts, status: 'failed', reason: error } };
}

/** With the files of its input, for what comes behind when the time limit has passed. */
export function withFiles(
	{ binary }: INodeExecutionData,
	waiting: INodeExecutionData,
): INodeExecutionData {
	return binary ? { ...waiting, binary } : waiting;
}

/** What must be kept of an input item, so that it can be restored from the item that waits in its place. */
export function keptInput(input: INodeExecutionData, waiting: INodeExecutionData): KeptInput {
	const row = rowOf(input);
	const hasStayed = (name: string) =>
		Object.hasOwn(row, name) &&
		Object.hasOwn(waiting.json, name) &&
		row[name] === waiting.json[name];
	const hidden = Object.entries(row).filter(([name]) => !hasStayed(name));
	const added = Object.keys(waiting.json).filter((name) => !hasStayed(name));
	const kept = { hidden: Object.fromEntries(hidden), added };
	const names = Object.keys(row);
	const isInOrder = Object.keys(uncovered(waiting, kept)).join('\n') === names.join('\n');
	return isInOrder ? kept : { ...kept, names };
}

/** Puts what came in back in the place of the waiting items, for the node to run again. */
export function restoreInput(context: IExecuteFunctions, { items }: Suspension): void {
	for (const [index, waiting] of context.getInputData().entries()) {
		const kept = items[index]?.input;
		if (kept) waiting.json = uncovered(waiting, kept);
	}
}

/** In the order in which it came in: with its fields in another one, a later try takes the row for one that has changed. */
function uncovered({ json }: INodeExecutionData, { hidden, added, names }: KeptInput): IDataObject {
	const covering = new Set(added);
	const own = Object.entries(json).filter(([name]) => !covering.has(name));
	const row: IDataObject = { ...Object.fromEntries(own), ...hidden };
	if (!names) return row;
	const present = names.filter((name) => Object.hasOwn(row, name));
	return Object.fromEntries(present.map((name) => [name, row[name]]));
}
