// Task > Get: how a task stands now, with its images when it is done.
import { taskItem } from '../../../../pipeline/imageItems';
import { send } from '../../../../pipeline/transport';
import { concurrencyOption, outputOptions } from '../../../shared/imageFields';
import { readOutput } from '../../../shared/imageParameters';
import type { ItemOperation } from '../../../shared/operations';
import { readOptions } from '../../../shared/parameters';
import type { EvoLinkSession } from '../../session';
import { readTaskId, taskIdField } from './fields';

export const get: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a task',
		description: 'See how a task stands, and fetch its images if it is done',
	},
	fields: [
		taskIdField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [concurrencyOption, ...outputOptions],
		},
	],
	run: async ({ context, connection, evoLink, run }, itemIndex) => {
		const taskId = readTaskId(context, itemIndex);
		const task = evoLink.readTask(await send(connection, evoLink.poll(taskId)));
		if (task.status !== 'succeeded') return [taskItem(connection, task, itemIndex)];
		return await run.collect(task, readOutput(context, readOptions(context, itemIndex), itemIndex));
	},
};
