// Keeps the output of finished items when another item makes the node fail, for the case that the node runs again:
// what was made and paid for is then taken up, and not made and paid for a second time.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { digestOf } from '../../providers/digest';
import { isToolRun, runIndexOf } from '../context';
import { orderedParameters, outputParameters } from './idempotency';
import { forgetCreatesOf, forgetPreparedOf } from './keptCreates';
import { memoryOf, type FinishedItem, type FinishedItems } from './nodeMemory';
import type { Redactor } from '../secrets/redactor';
import { redactItems } from '../secrets/hideSecrets';
import { tellAgain, toldOf } from '../told/told';

/**
 * The output of items that an earlier try of this very run has finished. n8n's Retry On Fail runs a node again with
 * the same memory. An item that is to come out otherwise is made once more of what was ordered for it; only one whose
 * input has changed since is ordered anew.
 */
export function finishedBefore(context: IExecuteFunctions): ReadonlyMap<number, FinishedItem> {
	const finished = new Map<number, FinishedItem>();
	const { finishedItems } = memoryOf(context);
	if (!finishedItems || finishedItems.runIndex !== runIndexOf(context)) return finished;
	for (const [item, kept] of Object.entries(finishedItems.items)) {
		const itemIndex = Number(item);
		const input = digestOfInput(context, itemIndex);
		if (kept.input !== input) {
			forgetCreatesOf(context, new Set([itemIndex]));
			continue;
		}
		if (kept.wanted !== wantedFrom(context, input)) continue;
		finished.set(itemIndex, kept);
	}
	return finished;
}

/** The same output, and what was told of it is told again. */
export function recallFinished(
	context: IExecuteFunctions,
	redact: Redactor,
): Map<number, INodeExecutionData[]> {
	const finished = [...finishedBefore(context)];
	for (const [itemIndex, kept] of finished) tellAgain({ context, redact }, itemIndex, kept);
	return new Map(finished.map(([itemIndex, { output }]) => [itemIndex, output]));
}

/**
 * To be called when a run ends, with what its items have become. They are kept for a later try where one may come; else
 * n8n keeps the output itself from then on.
 */
export function endRun(
	context: IExecuteFunctions,
	redact: Redactor,
	finished: ReadonlyMap<number, INodeExecutionData[]>,
	mayBeTriedAgain: boolean,
): void {
	const itemIndexes = new Set(finished.keys());
	// An agent's calls are separate runs: another call is no other try of this one.
	if (!mayBeTriedAgain || isToolRun(context)) {
		delete memoryOf(context).finishedItems;
		forgetCreatesOf(context, itemIndexes);
		return;
	}
	keepFinished(context, redact, finished);
	forgetPreparedOf(context, itemIndexes);
}

function keepFinished(
	context: IExecuteFunctions,
	redact: Redactor,
	finished: ReadonlyMap<number, INodeExecutionData[]>,
): void {
	const items: FinishedItems['items'] = {};
	for (const [itemIndex, output] of finished) {
		const input = digestOfInput(context, itemIndex);
		items[itemIndex] = {
			wanted: wantedFrom(context, input),
			input,
			output: redactItems(redact, output),
			...toldOf({ context, redact }, itemIndex),
		};
	}
	memoryOf(context).finishedItems = { runIndex: runIndexOf(context), items };
}

function wantedFrom(context: IExecuteFunctions, input: string): string {
	return digestOf(JSON.stringify([orderedParameters(context), outputParameters(context), input]));
}

function digestOfInput(context: IExecuteFunctions, itemIndex: number): string {
	return digestOf(JSON.stringify(context.getInputData()[itemIndex]?.json ?? {}));
}
