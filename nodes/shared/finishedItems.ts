// Keeps the output of finished items when another item makes the node fail, for the case that the node runs again:
// what was made and paid for is then taken up, and not made and paid for a second time.
import { createHash } from 'crypto';

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runIndexOf } from '../../pipeline/context';
import { memoryOf, type FinishedItems } from '../../pipeline/once/nodeMemory';
import { isToolRun } from '../../pipeline/once/toolCalls';
import type { Redactor } from '../../pipeline/redact';
import { withoutSecrets } from './hideSecrets';

/**
 * The output of items that an earlier try of this very run has finished. n8n's Retry On Fail runs a node again with
 * the same memory; an item whose input or parameters have changed since is not taken from it.
 */
export function recallFinished(context: IExecuteFunctions): Map<number, INodeExecutionData[]> {
	const finished = new Map<number, INodeExecutionData[]>();
	const { finishedItems } = memoryOf(context);
	if (!finishedItems || finishedItems.runIndex !== runIndexOf(context)) return finished;
	for (const [item, { wanted, output }] of Object.entries(finishedItems.items)) {
		const itemIndex = Number(item);
		if (wanted === wantedFrom(context, itemIndex)) finished.set(itemIndex, output);
	}
	return finished;
}

/** To be called when the node is about to fail, with what its items have become so far. */
export function keepFinished(
	context: IExecuteFunctions,
	redact: Redactor,
	outputs: ReadonlyMap<number, INodeExecutionData[]>,
): void {
	// An agent's calls are separate runs: another call is no other try of this one.
	if (isToolRun(context)) return;
	const items: FinishedItems['items'] = {};
	for (const [itemIndex, output] of outputs) {
		items[itemIndex] = {
			wanted: wantedFrom(context, itemIndex),
			output: withoutSecrets(redact, output),
		};
	}
	memoryOf(context).finishedItems = { runIndex: runIndexOf(context), items };
}

/** To be called when the node has succeeded: n8n keeps the output itself from then on. */
export function forgetFinished(context: IExecuteFunctions): void {
	delete memoryOf(context).finishedItems;
}

function wantedFrom(context: IExecuteFunctions, itemIndex: number): string {
	const origin = [context.getNode().parameters, context.getInputData()[itemIndex]?.json];
	return createHash('sha256').update(JSON.stringify(origin)).digest('hex');
}
