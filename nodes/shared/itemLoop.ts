// Works through the input items, a few at a time: order kept, one failure handled once, no started task left unnamed.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import pLimit from 'p-limit';

import { settle } from '../../pipeline/settle';
import { toErrorItem, toNodeError } from './nodeErrors';

export interface ItemLoop {
	concurrency: number;
	/** Ids of the tasks that have been started, by item. */
	started: ReadonlyMap<number, string>;
	/** Aborted when an item has failed and the person wants the workflow to stop. */
	stop: AbortController;
	/** Aborted when the execution is cancelled. */
	cancelSignal?: AbortSignal;
	runItem(itemIndex: number): Promise<INodeExecutionData[]>;
	/** Told of every item that has failed. */
	onFailure(itemIndex: number): void;
}

/**
 * Runs every item and answers all output in the items' order. With Continue On Fail a failed item yields one item
 * that carries its error; else the first failure ends the run, and its message names the tasks of the others.
 */
export async function runItems(
	context: IExecuteFunctions,
	{ concurrency, started, stop, cancelSignal, runItem, onFailure }: ItemLoop,
): Promise<INodeExecutionData[]> {
	const limit = pLimit(concurrency);
	let first: { error: Error; itemIndex: number } | undefined;

	const outputs = await Promise.all(
		context.getInputData().map(
			async (_, itemIndex) =>
				await limit(async (): Promise<INodeExecutionData[]> => {
					if (stop.signal.aborted || cancelSignal?.aborted) return [];
					const outcome = await settle(runItem(itemIndex));
					if (outcome.ok) return outcome.value;
					onFailure(itemIndex);
					if (context.continueOnFail() && !cancelSignal?.aborted) {
						const node = context.getNode();
						return [toErrorItem(node, outcome.error, itemIndex, started.get(itemIndex))];
					}
					first ??= { error: outcome.error, itemIndex };
					stop.abort();
					return [];
				}),
		),
	);

	if (first) {
		const { error, itemIndex } = first;
		const otherTasks = [...started].filter(([item]) => item !== itemIndex).map(([, id]) => id);
		throw toNodeError(context.getNode(), error, itemIndex, otherTasks);
	}
	return outputs.flat();
}

/** Runs an operation on all items together. With Continue On Fail its failure is every item's. */
export async function runTogether(
	context: IExecuteFunctions,
	run: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	const outcome = await settle(run());
	if (outcome.ok) return outcome.value;
	const { error } = outcome;
	if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, 0);
	return context
		.getInputData()
		.map((_, itemIndex) => toErrorItem(context.getNode(), error, itemIndex, undefined));
}
