// Task: Get, for every provider that has tasks: how one stands now, with its images when it is done.
import type { INodeExecutionData } from 'n8n-workflow';

import { taskItem } from '../../pipeline/media/imageItems';
import { settleAll } from '../../pipeline/settle';
import { askForOne } from '../../pipeline/tasks/taskAnswers';
import { concurrencyOption, outputOptions } from './imageFields';
import { readOutput } from './imageParameters';
import type { ItemOperation } from './operations';
import { optionsField } from './optionsField';
import { readOptions } from './parameters';
import { readTaskIds, taskIdsField, type TaskSession } from './taskFields';

/** `exampleId` is a task's id as this provider writes it. */
export function getTask(exampleId: string): ItemOperation<TaskSession> {
	return {
		option: {
			name: 'Get',
			value: 'get',
			action: 'Get a task',
			description: 'See how a task stands, and fetch its images if it is done',
		},
		fields: [taskIdsField(exampleId), optionsField([concurrencyOption, ...outputOptions])],
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
	const { connection } = tasks;
	const task = await askForOne(connection, id);
	if (task.status !== 'succeeded') return [taskItem(connection, task, itemIndex)];
	return await tasks.collect(
		[task],
		readOutput(context, readOptions(context, itemIndex), itemIndex),
	);
}
