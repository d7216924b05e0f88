// Works through the input items, a few at a time: order kept, one failure handled once, no started task left unnamed.
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import type { StartedTasks } from '../../pipeline/imageRun';
import { createLimiter } from '../../pipeline/limiter';
import { forgetCreatesOf } from '../../pipeline/once/keptCreates';
import type { Redactor } from '../../pipeline/redact';
import { failureIn, settle } from '../../pipeline/settle';
import { forgetFinished, keepFinished, recallFinished } from './finishedItems';
import { toErrorItem, toNodeError } from './nodeErrors';

export interface ItemLoop {
	concurrency: number;
	/** Whether a later try of the node takes up the items that are finished when another one fails. */
	keepsFinished: boolean;
	/** Hides the credential's secrets in what is kept. */
	redact: Redactor;
	started: StartedTasks;
	/** Aborted when an item has failed and the person wants the workflow to stop. */
	stop: AbortController;
	/** Aborted when the execution is cancelled. */
	cancelSignal?: AbortSignal;
	runItem(itemIndex: number): Promise<INodeExecutionData[]>;
	/** Told of every item that has failed. */
	onFailure(itemIndex: number): void;
}

/**
 * Runs every item and answers their outputs in the items' order. With Continue On Fail a failed item yields one item
 * that carries its error; else the first failure ends the run, and its message names the tasks of the others.
 */
export async function runItems(
	context: IExecuteFunctions,
	{ concurrency, keepsFinished, redact, started, stop, cancelSignal, runItem, onFailure }: ItemLoop,
): Promise<Map<number, INodeExecutionData[]>> {
	const limit = createLimiter(concurrency);
	const outputs = keepsFinished ? recallFinished(context) : new Map<number, INodeExecutionData[]>();
	const failed = new Set<number>();
	let first: { error: Error; itemIndex: number } | undefined;

	async function work(itemIndex: number): Promise<void> {
		if (outputs.has(itemIndex) || stop.signal.aborted || cancelSignal?.aborted) return;
		const outcome = await settle(runItem(itemIndex));
		if (outcome.ok) {
			outputs.set(itemIndex, outcome.value);
			return;
		}
		failed.add(itemIndex);
		onFailure(itemIndex);
		if (context.continueOnFail() && !cancelSignal?.aborted) {
			const taskIds = started.get(itemIndex) ?? [];
			outputs.set(itemIndex, [toErrorItem(context.getNode(), outcome.error, itemIndex, taskIds)]);
			return;
		}
		first ??= { error: outcome.error, itemIndex };
		stop.abort();
	}

	const itemIndexes = [...context.getInputData().keys()];
	await Promise.all(
		itemIndexes.map(async (itemIndex) => await limit(async () => await work(itemIndex))),
	);

	const finished = new Map([...outputs].filter(([itemIndex]) => !failed.has(itemIndex)));
	if (keepsFinished) {
		const isLeft = first !== undefined || cancelSignal?.aborted === true;
		if (isLeft || mayRunAgain(context.getNode(), outputs.get(0))) {
			keepFinished(context, redact, finished);
		} else {
			forgetFinished(context);
		}
		forgetCreatesOf(context, new Set(finished.keys()));
	}
	if (first) {
		const { error, itemIndex } = first;
		const ownTask = failureIn(error)?.details.taskId;
		const otherTasks = [...started.values()].flat().filter((id) => id !== ownTask);
		throw toNodeError(context.getNode(), error, itemIndex, otherTasks, finished.size);
	}
	return new Map(itemIndexes.map((itemIndex) => [itemIndex, outputs.get(itemIndex) ?? []]));
}

/** n8n's Retry On Fail also takes a node for failed that goes on, but whose first item is an error. */
function mayRunAgain({ retryOnFail }: INode, [item]: INodeExecutionData[] = []): boolean {
	return retryOnFail === true && item?.json.error !== undefined;
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
		.map((_, itemIndex) => toErrorItem(context.getNode(), error, itemIndex, []));
}
