// Works through the input items, a few at a time: order kept, one failure handled once, no started task left unnamed.
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { withoutToldBy, endRun, leftWorkOf, recallFinished } from '../../../pipeline/once';
import { failureIn, resultOf } from '../../../pipeline/result';
import {
	createLimiter,
	progressOf,
	type Execution,
	type ItemOutcome,
	type ItemWork,
	type Progress,
	type Redactor,
} from '../../../pipeline/session';
import { referenceIfReadable } from '../parameters/readReference';
import { toErrorItem, toNodeError } from './nodeErrors';
import type { OtherWork } from './otherWork';

export interface ItemLoop<Output> {
	/** Whether the work is paid for. */
	isOrder?: boolean;
	/** How many items at the same time, unless as many as the execution says. */
	concurrency?: number;
	/** Called before the first of these items is worked on. Where it throws, none of them is. */
	beforeAll?(itemIndexes: number[]): Promise<void>;
	runItem(work: ItemWork): Promise<Output>;
	/** What an item becomes that has failed while the workflow goes on: told by this item. */
	ofFailed(errorItem: INodeExecutionData): Output;
}

/** Items that are done, in no order. */
type Outputs<Output> = ReadonlyMap<number, Output>;

/** What the run begins with. */
interface EarlierTry<Output> {
	outputs: Outputs<Output>;
	/** The tasks that they come from. */
	taskIds: string[];
	/** Whether a later try takes up the items that are finished. */
	isKept: boolean;
}

interface LoopEnd<Output> {
	outputs: Outputs<Output>;
	/** Those of items that haven't failed. */
	finished: Outputs<Output>;
	/** What ends the run. */
	error?: Error;
}

/**
 * Runs every item and answers their outputs in the items' order. With Continue On Fail a failed item yields one item
 * that carries its error; else the first failure ends the run, and its message names the tasks of the others. A later
 * try of the node takes up the items that are finished when another one fails.
 */
export async function runItems(
	execution: Execution,
	redact: Redactor,
	loop: Omit<ItemLoop<INodeExecutionData[]>, 'ofFailed'>,
): Promise<INodeExecutionData[]> {
	const { context } = execution;
	const done = withReferences(context, recallFinished(context, redact));
	const { outputs, finished, error } = await workThrough(
		execution,
		{ ...loop, ofFailed: (errorItem) => [errorItem] },
		{ outputs: done, taskIds: tasksOf([...done.values()].flat()), isKept: true },
		progressOf(context, indexesOf(execution).length, 'items', done.size),
	);
	const isLeft = error !== undefined || execution.isCancelled();
	const made = new Map([...finished].filter(([, items]) => !items.some(isFailure)));
	endRun(context, redact, made, isLeft || mayRunAgain(context.getNode(), outputs.get(0)));
	if (error) throw error;
	return indexesOf(execution).flatMap((itemIndex) => outputs.get(itemIndex) ?? []);
}

/** What an earlier try has finished, under the reference that the node has now. */
function withReferences(
	context: IExecuteFunctions,
	finished: ReadonlyMap<number, INodeExecutionData[]>,
): Map<number, INodeExecutionData[]> {
	const named = [...finished].map(([itemIndex, items]): [number, INodeExecutionData[]] => {
		const reference = referenceIfReadable(context, itemIndex);
		if (reference === undefined) return [itemIndex, items];
		return [itemIndex, items.map((item) => ({ ...item, json: { ...item.json, reference } }))];
	});
	return new Map(named);
}

/** The tasks that such items come from. */
export function tasksOf(items: INodeExecutionData[]): string[] {
	const ids = items.flatMap(({ json }) => [json.taskId, json.taskIds].flat());
	return [...new Set(ids.filter((id) => typeof id === 'string'))];
}

/**
 * Runs every item but those that are `done`, and answers in their order what they have become: nothing that a later try
 * could take for its own.
 */
export async function runItemsAnew<Output>(
	execution: Execution,
	loop: ItemLoop<Output>,
	done: Outputs<Output>,
): Promise<Array<Output | undefined>> {
	const { outputs, error } = await workThrough(execution, loop, {
		outputs: done,
		taskIds: [],
		isKept: false,
	});
	if (error) throw error;
	return indexesOf(execution).map((itemIndex) => outputs.get(itemIndex));
}

async function workThrough<Output>(
	execution: Execution,
	{ isOrder, concurrency = execution.concurrency, beforeAll, runItem, ofFailed }: ItemLoop<Output>,
	earlier: EarlierTry<Output>,
	progress?: Progress,
): Promise<LoopEnd<Output>> {
	const { context } = execution;
	const limit = createLimiter(concurrency);
	const outcomes = new Map<number, ItemOutcome<Output>>();
	const outputs = new Map(earlier.outputs);
	let first: { error: Error; itemIndex: number } | undefined;

	async function work(itemIndex: number): Promise<void> {
		if (outputs.has(itemIndex) || execution.signal.aborted) return;
		settle(itemIndex, await execution.workOn(itemIndex, runItem));
	}

	function settle(itemIndex: number, outcome: ItemOutcome<Output>): void {
		outcomes.set(itemIndex, outcome);
		progress?.oneMore(!outcome.result.ok);
		const { result, taskIds, left } = outcome;
		const mayBeCharged = isOrder ? outcome.mayBeCharged : undefined;
		if (result.ok) {
			outputs.set(itemIndex, result.value);
			return;
		}
		const error = withReference(context, result.error, itemIndex);
		if (context.continueOnFail() && !execution.isCancelled()) {
			outputs.set(
				itemIndex,
				ofFailed(toErrorItem(context, error, itemIndex, { taskIds, left, mayBeCharged })),
			);
			return;
		}
		first ??= { error, itemIndex };
		execution.stop();
	}

	const itemIndexes = indexesOf(execution);
	const toDo = itemIndexes.filter((itemIndex) => !outputs.has(itemIndex));
	const allowed = await resultOf((async () => await beforeAll?.(toDo))());
	if (!allowed.ok) {
		const refuse = async () => {
			throw allowed.error;
		};
		for (const each of toDo) settle(each, await execution.workOn(each, refuse));
	}
	await Promise.all(
		itemIndexes.map(async (itemIndex) => await limit(async () => await work(itemIndex))),
	);

	const hasFailed = (itemIndex: number) => outcomes.get(itemIndex)?.result.ok === false;
	const finished = new Map([...outputs].filter(([itemIndex]) => !hasFailed(itemIndex)));
	if (!first) return { outputs, finished };
	const { error, itemIndex } = first;
	const unfinished = itemIndexes.filter((each) => !finished.has(each));
	const ordered = leftWorkOf(context, unfinished);
	// Of an item that is finished, some images may be missing.
	const { unknown } = leftWorkOf(context, itemIndexes);
	const noted = itemIndexes.flatMap((each) => outcomes.get(each)?.taskIds ?? []);
	const taskIds = [...new Set([...earlier.taskIds, ...noted, ...ordered.taskIds])];
	const shown = toNodeError(context.getNode(), error, itemIndex, {
		...withoutToldBy(error, { ...ordered, taskIds, unknown }),
		finishedItems: isOrder && earlier.isKept ? finished.size : 0,
		retriesByItself: context.getNode().retryOnFail === true,
	});
	return { outputs, finished, error: shown };
}

/** The same failure, with the item's own reference. */
function withReference(context: IExecuteFunctions, error: Error, itemIndex: number): Error {
	return failureIn(error)?.withReference(referenceIfReadable(context, itemIndex)) ?? error;
}

function indexesOf({ context }: Execution): number[] {
	return [...context.getInputData().keys()];
}

/** n8n's Retry On Fail also takes a node for failed that goes on, but whose first item is an error. */
function mayRunAgain({ retryOnFail }: INode, [item]: INodeExecutionData[] = []): boolean {
	return retryOnFail === true && item !== undefined && isFailure(item);
}

/** Also one that had failed before the execution was suspended: what is known of its order stays. */
function isFailure({ json }: INodeExecutionData): boolean {
	return json.error !== undefined;
}

interface TogetherWork {
	/** Whether it is paid for. */
	isOrder?: boolean;
	run(work: ItemWork): Promise<INodeExecutionData[]>;
	startedInWords: OtherWork['startedInWords'];
}

/** Runs an operation on all items together, as the work of the first. With Continue On Fail its failure is every item's. */
export async function runTogether(
	execution: Execution,
	{ isOrder, run, startedInWords }: TogetherWork,
): Promise<INodeExecutionData[]> {
	const { context } = execution;
	const { result, mayBeCharged, left, taskIds } = await execution.workOn(0, run);
	if (result.ok) return result.value;
	const { error } = result;
	if (!context.continueOnFail()) {
		const own = failureIn(error)?.details.taskId;
		const others = taskIds.filter((id) => id !== own);
		const other = { ...left, taskIds: others, finishedItems: 0, startedInWords };
		throw toNodeError(context.getNode(), error, undefined, other);
	}
	return context.getInputData().map((_, itemIndex) =>
		toErrorItem(context, withReference(context, error, itemIndex), itemIndex, {
			taskIds,
			left,
			mayBeCharged: isOrder ? mayBeCharged : undefined,
		}),
	);
}
