// Task > Wait: waits for tasks that were started earlier, many of them with few requests.
import { concurrencyOption, outputOptions, timeLimitOption } from '../../../shared/imageFields';
import { readOutput } from '../../../shared/imageParameters';
import type { ItemOperation } from '../../../shared/operations';
import { readOptions } from '../../../shared/parameters';
import type { EvoLinkSession } from '../../session';
import { readTaskId, taskIdField } from './fields';

/** Waiting costs nothing, so the tasks of a usual list are all waited for together. */
const TASKS_AT_ONCE = 100;

export const wait: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Wait',
		value: 'wait',
		action: 'Wait for a task',
		description: 'Wait until a task is done, and fetch its images',
	},
	fields: [
		taskIdField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					...concurrencyOption,
					default: TASKS_AT_ONCE,
					description: 'How many tasks to wait for at the same time',
				},
				...outputOptions,
				timeLimitOption,
			],
		},
	],
	concurrency: TASKS_AT_ONCE,
	run: async ({ context, run }, itemIndex) => {
		const taskId = readTaskId(context, itemIndex);
		const task = await run.wait({
			id: taskId,
			status: 'queued',
			etaSeconds: 0,
			images: [],
			raw: {},
		});
		return await run.collect(task, readOutput(context, readOptions(context, itemIndex), itemIndex));
	},
};
