// The items of a node that has suspended its execution: what n8n shows and passes on meanwhile, and what came in.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { KeptInput, SuspendedItem, Suspension } from '../../pipeline/suspend/suspension';

const TASK_FIELDS = ['taskId', 'taskIds', 'provider', 'model', 'status'] as const;

/** The input item, with the task IDs that fetch its images later; or the error of one that waits for nothing. */
export function waitingItem(
	provider: string,
	input: INodeExecutionData,
	{ taskIds, request, output }: SuspendedItem,
	item: number,
): INodeExecutionData {
	if (output) return output;
	const [taskId] = taskIds;
	const facts = { taskId, taskIds, provider, model: request?.model, status: 'queued' };
	return { ...input, json: { ...input.json, ...facts }, pairedItem: { item } };
}

/** As n8n shows it while it waits: by an `error` in its output, n8n would take the node for failed and run it again. */
export function shownWhileWaiting(waiting: INodeExecutionData): INodeExecutionData {
	const { error, ...facts } = waiting.json;
	if (error === undefined) return waiting;
	return { ...waiting, json: { ...facts, status: 'failed', reason: error } };
}

/** What must be kept of an input item, so that it can be restored from its waiting item. */
export function keptInput(input: INodeExecutionData, { output }: SuspendedItem): KeptInput {
	if (output) return { item: input };
	// n8n passes on what a node puts out, also an item without the json that it should have.
	const json: IDataObject = input.json ?? {};
	const hidden = TASK_FIELDS.filter((field) => field in json);
	return { hidden: Object.fromEntries(hidden.map((field) => [field, json[field]])) };
}

/** Puts what came in back in the place of the waiting items, for the node to run again. */
export function restoreInput(context: IExecuteFunctions, { items }: Suspension): void {
	for (const [index, waiting] of context.getInputData().entries()) {
		const kept = items[index]?.input;
		if (kept)
			Object.assign(
				waiting,
				'item' in kept ? kept.item : { json: uncovered(waiting, kept.hidden) },
			);
	}
}

function uncovered({ json }: INodeExecutionData, hidden: IDataObject): IDataObject {
	const own = Object.entries(json).filter(([field]) => !TASK_FIELDS.some((each) => each === field));
	return { ...Object.fromEntries(own), ...hidden };
}
