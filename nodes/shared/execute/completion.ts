// The way of waiting that a person chose: wait for the images, suspend, or neither.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { groupedTasks, taskItem, type LocalRequest } from '../../../pipeline/media';
import type { ImageRun, ItemWork, OutputSettings } from '../../../pipeline/session';

export type Completion = 'wait' | 'suspend' | 'return';

/** One for all items, since an execution is suspended as a whole. */
export function readCompletion(context: IExecuteFunctions): Completion {
	return context.getNodeParameter('completion', 0, 'wait') as Completion;
}

/** An item for each task, as it stands; or one with the IDs of all, which fetch their images together. */
export async function startOnly(
	run: ImageRun,
	work: ItemWork,
	request: LocalRequest,
	output: OutputSettings,
): Promise<INodeExecutionData[]> {
	const tasks = await run.submit(work, request);
	const items = tasks.map((task) => taskItem(run.connection, task, work.itemIndex, output));
	return output.groupImages ? [groupedTasks(items)] : items;
}
