// The output of a node whose execution was suspended, once its tasks have ended: all images, in the items' order.
import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { Connection } from '../../pipeline/connection';
import { imageItems, joinedItems } from '../../pipeline/imageItems';
import { hasFailed, type EndedTasks } from '../../pipeline/openTasks';
import { settle, settleAll } from '../../pipeline/settle';
import type { SuspendedItem, Suspension } from '../../pipeline/suspension';
import type { ImageTask } from '../../providers/contract';
import { toErrorItem, toNodeError } from './nodeErrors';

const DOWNLOADS_AT_ONCE = 4;

type Resuming = Connection<IExecuteFunctions | IWebhookFunctions>;

/** Throws n8n's error for the first item that has failed, unless the workflow continues on failures. */
export async function suspendedOutput(
	connection: Resuming,
	{ items, continueOnFail }: Suspension,
	ended: EndedTasks,
): Promise<INodeExecutionData[]> {
	const node = connection.context.getNode();
	const limit = pLimit(DOWNLOADS_AT_ONCE);
	const download = async <Value>(job: () => Promise<Value>) => await limit(job);

	async function work(item: SuspendedItem, itemIndex: number): Promise<INodeExecutionData[]> {
		if (item.output) return item.output;
		const outcome = await settle(imagesOf(item, itemIndex));
		if (outcome.ok) return outcome.value;
		if (continueOnFail) return [toErrorItem(node, outcome.error, itemIndex, item.taskIds)];
		const others = items.flatMap(({ taskIds }) =>
			taskIds.filter((id) => !item.taskIds.includes(id)),
		);
		throw toNodeError(node, outcome.error, itemIndex, others);
	}

	async function imagesOf(item: SuspendedItem, itemIndex: number): Promise<INodeExecutionData[]> {
		const tasks = item.taskIds.flatMap((id) => endedTask(ended, id));
		const { binaryField } = item;
		const options = { itemIndex, binaryField, download };
		return joinedItems(
			await settleAll(tasks.map(async (task) => await imageItems(connection, task, options))),
		);
	}

	const failed = continueOnFail
		? -1
		: items.findIndex(({ taskIds }) => taskIds.some((id) => hasFailed(ended, id)));
	// Nothing is downloaded for an execution that is about to end with an error.
	if (failed >= 0) await work(items[failed]!, failed);
	return (await settleAll(items.map(work))).flat();
}

function endedTask(ended: EndedTasks, id: string): ImageTask[] {
	const answer = ended.get(id);
	if (answer?.ok === false) throw answer.error;
	return answer ? [answer.value] : [];
}
