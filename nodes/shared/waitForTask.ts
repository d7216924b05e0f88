// Task > Wait, for every provider that has tasks: waits for tasks that were started earlier, many of them with few requests.
import { settleAll } from '../../pipeline/settle';
import { openTask } from '../../pipeline/taskWatcher';
import { concurrencyOption, outputOptions, timeLimitOption } from './imageFields';
import { readOutput } from './imageParameters';
import type { ItemOperation } from './operations';
import { readOptions } from './parameters';
import { readTaskIds, taskIdsField, type TaskSession } from './taskFields';

/** Waiting costs nothing, so the tasks of a usual list are all waited for together. */
const TASKS_AT_ONCE = 100;

/** `exampleId` is a task's id as this provider writes it. */
export function waitForTask(exampleId: string): ItemOperation<TaskSession> {
	return {
		option: {
			name: 'Wait',
			value: 'wait',
			action: 'Wait for a task',
			description: 'Wait until a task is done, and fetch its images',
		},
		fields: [
			taskIdsField(exampleId),
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
		run: async ({ context, tasks }, itemIndex) => {
			const open = readTaskIds(context, itemIndex).map(openTask);
			const ended = await settleAll(open.map(async (task) => await tasks.wait(task)));
			const options = readOptions(context, itemIndex);
			return await tasks.collect(ended, readOutput(context, options, itemIndex));
		},
	};
}
