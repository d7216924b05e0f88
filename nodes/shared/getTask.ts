// Task: Get, for every provider that has tasks: how one stands now, with its images when it is done.
import type { INodeExecutionData } from 'n8n-workflow';

import { taskItem } from '../../pipeline/media/imageItems';
import { settleAll } from '../../pipeline/settle';
import { outputOptions } from './imageFields';
import { readOutput } from './imageParameters';
import type { ItemOperation } from './operations';
import { optionsField } from './optionsField';
import { readOptions } from './parameters';
import {
	manyItemsOption,
	MOST_ITEMS_AT_ONCE,
	readTaskIds,
	taskIdsField,
	type TaskSession,
} from './taskFields';

/** `exampleId` is a task's id as this provider writes it. */
export function getTask(exampleId: string): ItemOperation<TaskSession> {
	return {
		option: {
			name: 'Get',
			value: 'get',
			action: 'Get a task',
			description: 'See how a task stands, and fetch its images if it is done',
		},
		fields: [
			taskIdsField(exampleId),
			optionsField([
				manyItemsOption('How many items to ask for at the same time'),
				...outputOptions,
			]),
		],
		concurrency: MOST_ITEMS_AT_ONCE,
		run: async (session, itemIndex) => {
			const ids = readTaskIds(session.context, itemIndex);
			const items = await settleAll(ids.map(async (id) => await getOne(session, id, itemIndex)));
			return items.flat();
		},
	};
}

async function getOne(
	{ context, tasks }: TaskSession,
	id: string,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const task = await tasks.look(id);
	if (task.status !== 'succeeded') return [taskItem(tasks.connection, task, itemIndex)];
	return await tasks.collect(
		[task],
		readOutput(context, readOptions(context, itemIndex), itemIndex),
	);
}
