// The work of a node that suspends its execution: it starts its tasks, frees n8n, and fetches the images when n8n runs it
// again after a callback.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../../pipeline/connection';
import type { ImageRun } from '../../pipeline/imageRun';
import {
	hasFailedTask,
	isOver,
	look,
	outcomesOf,
	type EndedTasks,
} from '../../pipeline/suspend/openTasks';
import { failureIn, settle, settleAll } from '../../pipeline/settle';
import {
	createSuspension,
	forgetSuspension,
	keepSuspension,
	ownSuspension,
	restoredRequest,
	type SuspendedItem,
	type SuspendedItems,
	type Suspension,
} from '../../pipeline/suspend/suspension';
import { openTask } from '../../pipeline/tasks/taskState';
import { runItems, type ItemLoop } from './itemLoop';
import { keptInput, restoreInput, shownWhileWaiting, waitingItem } from './waitingItems';

/** The loop's `runItem` starts an item's tasks and notes them in `suspended`. */
export async function executeSuspended(
	run: ImageRun,
	loop: ItemLoop,
	suspended: SuspendedItems,
	timeLimitSeconds: number,
): Promise<INodeExecutionData[]> {
	const { connection } = run;
	const { context } = connection;
	const earlier = ownSuspension(context);
	if (earlier) restoreInput(context, earlier);
	const suspension = earlier ?? (await startAll(context, loop, suspended));
	// Also right after the start: n8n refuses callbacks until the node has ended and it has saved the execution,
	// so tasks that end before call back in vain.
	const { ended } = await look(connection, suspension);
	if (!earlier && !isOver(suspension, outcomesOf(ended))) {
		return await suspend(connection, suspension, timeLimitSeconds);
	}
	return await fetchAll(run, loop, suspension, ended);
}

async function startAll(
	context: IExecuteFunctions,
	loop: ItemLoop,
	suspended: SuspendedItems,
): Promise<Suspension> {
	// Tasks that were started are no results that a later try could take for its own.
	const outputs = await runItems(context, { ...loop, keepsFinished: false });
	const items = context.getInputData().map((input, index): SuspendedItem => {
		const item = suspended.get(index) ?? failed(outputs.get(index));
		return { ...item, input: keptInput(input, item) };
	});
	return createSuspension(context, items);
}

/** To be called last, as n8n reads the wait when the node has ended. Answers what n8n shows while it waits. */
async function suspend(
	{ context, provider }: Connection<IExecuteFunctions>,
	suspension: Suspension,
	timeLimitSeconds: number,
): Promise<INodeExecutionData[]> {
	keepSuspension(context, suspension);
	const waiting = context
		.getInputData()
		.map((input, index) => waitingItem(provider.id, input, suspension.items[index]!, index));
	// What n8n passes on when the time limit comes before the images. Set here and not in the items themselves,
	// which are also the output of the node before.
	context.getExecuteData().data.main![0] = waiting;
	await context.putExecutionToWait(new Date(Date.now() + timeLimitSeconds * 1000));
	return waiting.map(shownWhileWaiting);
}

async function fetchAll(
	run: ImageRun,
	loop: ItemLoop,
	suspension: Suspension,
	ended: EndedTasks,
): Promise<INodeExecutionData[]> {
	const { context } = run.connection;
	for (const [item, { taskIds }] of suspension.items.entries()) loop.started.set(item, taskIds);
	const outputs = await settle(
		runItems(context, {
			...loop,
			// A failure is to be seen at once, whichever item it is. Downloads are bounded by themselves.
			concurrency: Infinity,
			runItem: async (item) => await fetchItem(run, suspension.items[item]!, ended, item),
		}),
	);
	if (outputs.ok) {
		forgetSuspension(context);
		return [...outputs.value.values()].flat();
	}
	// A later try fetches what was made, but has to make anew what the provider gave up.
	if (hasFailedTask(suspension, outcomesOf(ended))) forgetSuspension(context);
	else keepSuspension(context, suspension);
	throw outputs.error;
}

/** Waits for the tasks whose end isn't known, such as the last of many. */
async function fetchItem(
	run: ImageRun,
	item: SuspendedItem,
	ended: EndedTasks,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const { taskIds, request, binaryField, output } = item;
	if (output) return [output];
	const tasks = await settle(
		settleAll(
			taskIds.map(async (id) => {
				const answer = ended.get(id);
				if (answer?.ok === false) throw answer.error;
				return (
					answer?.value ??
					(await run.wait(openTask(id), itemIndex, request && restoredRequest(request)))
				);
			}),
		),
	);
	if (tasks.ok) return await run.collect(tasks.value, { itemIndex, binaryField });
	if (failureIn(tasks.error)?.details.kind !== 'timeLimit') throw tasks.error;
	const { context, provider } = run.connection;
	return [waitingItem(provider.id, context.getInputData()[itemIndex]!, item, itemIndex)];
}

function failed([output]: INodeExecutionData[] = []): SuspendedItem {
	return { taskIds: [], output, callsBack: false };
}
