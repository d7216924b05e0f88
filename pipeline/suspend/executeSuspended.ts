// The work of a node that suspends its execution: it starts its tasks, frees n8n, and fetches the images when n8n runs it
// again after a callback.
import { WAIT_INDEFINITELY, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import type { Execution, ItemWork } from '../execution';
import type { ImageRun } from '../imageRun';
import { goOnWithout, type MissingPart } from '../missingParts';
import { beginTry } from '../once/tries';
import { failureIn, namingTask, resultOf } from '../result';
import { hasFailedTask, isOver, outcomesOf, pollOpenTasks, type EndedTasks } from './openTasks';
import {
	createSuspension,
	forgetSuspension,
	keepSuspension,
	ownSuspension,
	restoredRequest,
	type SuspendedItem,
	type Suspension,
} from './suspension';
import { tellAgain, toldOf } from '../told/told';
import { keptInput, restoreInput, shownWhileWaiting, waitingItem, withFiles } from './waitingItems';

/** Items as they leave the node, with what came in where it is wanted. */
export type ShowItems = (items: INodeExecutionData[]) => INodeExecutionData[];

/** What becomes of each item, in two runs of the node. */
export interface ItemLoops {
	/** Starts the tasks of all items, and answers in their order what each waits for. */
	start(): Promise<SuspendedItem[]>;
	/** Fetches the images of all items. */
	fetch(
		fetchItem: (work: ItemWork) => Promise<INodeExecutionData[]>,
	): Promise<INodeExecutionData[]>;
	show: ShowItems;
}

export async function executeSuspended(
	run: ImageRun,
	{ context, timeLimitSeconds }: Execution,
	loops: ItemLoops,
): Promise<INodeExecutionData[]> {
	const { connection } = run;
	const earlier = ownSuspension(context);
	beginTry(context, earlier?.id);
	if (earlier) {
		restoreInput(context, earlier);
		earlier.items.forEach((item, itemIndex) => tellAgain(connection, itemIndex, item));
	}
	const suspension = earlier ?? (await startAll(connection, loops));
	// Also right after the start: n8n refuses callbacks until the node has ended and it has saved the execution,
	// so tasks that end before call back in vain.
	const { ended } = await pollOpenTasks(connection, suspension);
	if (!earlier && !isOver(suspension, outcomesOf(ended))) {
		return await suspend(connection, suspension, timeLimitSeconds, loops.show);
	}
	return await fetchAll(run, loops, suspension, ended);
}

async function startAll(
	connection: Connection<IExecuteFunctions>,
	loops: ItemLoops,
): Promise<Suspension> {
	const items = await loops.start();
	const told = items.map((item, itemIndex) => ({ ...item, ...toldOf(connection, itemIndex) }));
	return createSuspension(connection, told);
}

/** To be called last, as n8n reads the wait when the node has ended. Answers what n8n shows while it waits. */
async function suspend(
	{ context, clock, provider }: Connection<IExecuteFunctions>,
	suspension: Suspension,
	timeLimitSeconds: number,
	show: ShowItems,
): Promise<INodeExecutionData[]> {
	const input = context.getInputData();
	const shown = show(suspension.items.map((item, index) => waitingItem(provider.id, item, index)));
	const items = suspension.items.map((item, index) => ({
		...item,
		input: keptInput(input[index]!, shown[index]!),
	}));
	keepSuspension(context, { ...suspension, items });
	// What n8n passes on when the time limit comes before the images. Set here and not in the items themselves,
	// which are also the output of the node before.
	context.getExecuteData().data.main![0] = shown.map((item, index) =>
		withFiles(input[index]!, item),
	);
	// Databases keep no later one as it is: n8n would go on at once, or never.
	const latest = WAIT_INDEFINITELY.getTime();
	const waitTill = Math.min(clock.now() + timeLimitSeconds * 1000, latest);
	await context.putExecutionToWait(new Date(waitTill));
	return shown.map(shownWhileWaiting);
}

async function fetchAll(
	run: ImageRun,
	loops: ItemLoops,
	suspension: Suspension,
	ended: EndedTasks,
): Promise<INodeExecutionData[]> {
	const { context } = run.connection;
	const items = await resultOf(
		loops.fetch(
			async (work) => await fetchItem(run, work, suspension.items[work.itemIndex]!, ended),
		),
	);
	if (items.ok) {
		forgetSuspension(context);
		return items.value;
	}
	// A later try fetches what was made, but has to make anew what the provider gave up.
	if (hasFailedTask(suspension, outcomesOf(ended))) forgetSuspension(context);
	else keepSuspension(context, suspension);
	throw items.error;
}

/**
 * Waits for the tasks whose end isn't known, such as the last of many. What is made comes out whatever becomes of the
 * others.
 */
async function fetchItem(
	run: ImageRun,
	work: ItemWork,
	item: SuspendedItem,
	ended: EndedTasks,
): Promise<INodeExecutionData[]> {
	const { taskIds, parts, output } = item;
	if (output) return [output];
	taskIds.forEach(work.noteTask);
	const outcomes = await Promise.all(
		taskIds.map(
			async (id, task) =>
				await resultOf(namingTask(id, async () => await endOf(run, work, item, task, ended))),
		),
	);
	const tasks = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
	const missing = outcomes.flatMap((outcome, task) =>
		outcome.ok ? [] : [{ ...parts?.[task], error: outcome.error }],
	);
	const { context, provider } = run.connection;
	if (missing.some(isOpen)) {
		const input = context.getInputData()[work.itemIndex]!;
		return [withFiles(input, waitingItem(provider.id, item, work.itemIndex))];
	}
	const made = tasks.filter(({ status }) => status === 'succeeded');
	goOnWithout(run.connection, missing, made, work.itemIndex);
	return await run.collect(work, tasks, item);
}

/** What one of the item's tasks has come to. */
async function endOf(
	run: ImageRun,
	work: ItemWork,
	item: SuspendedItem,
	task: number,
	ended: EndedTasks,
): Promise<ImageTask> {
	const id = item.taskIds[task]!;
	const answer = ended.get(id);
	if (answer?.ok === false) throw answer.error;
	const value = answer?.value ?? (await run.wait(work, id, restoredRequest(item, task)));
	return { ...value, replayed: item.parts?.[task]?.replayed ?? value.replayed };
}

/** At the time limit. */
function isOpen({ error }: MissingPart): boolean {
	return failureIn(error)?.details.kind === 'timeLimit';
}
