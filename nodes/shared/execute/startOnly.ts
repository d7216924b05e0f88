// Starts an item's tasks and waits for none of them.
import type { INodeExecutionData } from 'n8n-workflow';

import { groupedTasks, taskItem, type LocalRequest } from '../../../pipeline/media';
import type { ImageRun, ItemWork, OutputSettings } from '../../../pipeline/session';

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
