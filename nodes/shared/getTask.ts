// Task > Get, for every provider that has tasks: how one stands now, with its images when it is done.
import { taskItem } from '../../pipeline/imageItems';
import { send } from '../../pipeline/transport';
import { concurrencyOption, outputOptions } from './imageFields';
import { readOutput } from './imageParameters';
import type { ItemOperation } from './operations';
import { readOptions } from './parameters';
import { readTaskId, taskIdField, type TaskSession } from './taskFields';

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
			taskIdField(exampleId),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [concurrencyOption, ...outputOptions],
			},
		],
		run: async ({ context, tasks }, itemIndex) => {
			const { connection } = tasks;
			const { provider } = connection;
			const request = provider.poll(readTaskId(context, itemIndex));
			const task = provider.readTask(await send(connection, request));
			if (task.status !== 'succeeded') return [taskItem(connection, task, itemIndex)];
			const options = readOptions(context, itemIndex);
			return await tasks.collect([task], readOutput(context, options, itemIndex));
		},
	};
}
