// Suspends an execution after its tasks have been started: n8n then holds no worker for it until callbacks come.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../../pipeline/connection';
import { isOver, look } from '../../pipeline/openTasks';
import type { Settled } from '../../pipeline/settle';
import {
	createSuspension,
	keepSuspension,
	type SuspendedItem,
	type SuspendedItems,
} from '../../pipeline/suspension';
import type { ImageTask } from '../../providers/contract';
import { suspendedOutput } from './suspendedOutput';

/**
 * Answers what n8n shows while the execution waits. `outputs` are the items that have nothing to wait for, with
 * their errors. When nothing is left to wait for at all, the execution isn't suspended and goes on with its images.
 *
 * n8n reads the wait only when the node has ended, and refuses callbacks until it has saved it. So the tasks are looked
 * at once more before: those that ended while others were being started have called back in vain.
 */
export async function suspend(
	connection: Connection<IExecuteFunctions>,
	outputs: ReadonlyMap<number, INodeExecutionData[]>,
	suspended: SuspendedItems,
	timeLimitSeconds: number,
): Promise<INodeExecutionData[]> {
	const { context } = connection;
	const items = context
		.getInputData()
		.map((_, item): SuspendedItem => suspended.get(item) ?? finished(outputs.get(item)));
	const suspension = createSuspension(items, context.continueOnFail());
	const ended = new Map<string, Settled<ImageTask>>();
	await look(connection, suspension, ended);
	if (isOver(suspension, ended)) return await suspendedOutput(connection, suspension, ended);

	keepSuspension(context, suspension);
	const waiting = context
		.getInputData()
		.flatMap(({ json }, item) => whileWaiting(connection, json, items[item]!, item));
	// What n8n passes on when the time limit comes before the images. Set here and not in the items themselves,
	// which are also the output of the node before.
	context.getExecuteData().data.main![0] = [...waiting];
	await context.putExecutionToWait(new Date(Date.now() + timeLimitSeconds * 1000));
	return waiting;
}

function finished(output: INodeExecutionData[] = []): SuspendedItem {
	return { taskIds: [], output };
}

/** The input item, with the task IDs that fetch its images later. */
function whileWaiting(
	{ provider }: Connection,
	json: IDataObject,
	{ taskIds, request, output }: SuspendedItem,
	item: number,
): INodeExecutionData[] {
	if (output) return output;
	const [taskId] = taskIds;
	const facts = { taskId, taskIds, provider: provider.id, model: request?.model, status: 'queued' };
	return [{ json: { ...json, ...facts }, pairedItem: { item } }];
}
