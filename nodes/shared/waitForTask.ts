// Task: Wait, for every provider that has tasks: waits for tasks that were started earlier, many of them with few requests.
import { settleAll } from '../../pipeline/settle';
import { openTask } from '../../pipeline/tasks/taskState';
import { outputOptions, timeLimitOption } from './imageFields';
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
			optionsField([
				manyItemsOption('How many items to wait for at the same time'),
				...outputOptions,
				timeLimitOption(
					'How long one item may take, from its first request to its last picture. The tasks go on after that, and their IDs fetch the images later.',
				),
			]),
		],
		concurrency: MOST_ITEMS_AT_ONCE,
		run: async ({ context, tasks }, itemIndex) => {
			const open = readTaskIds(context, itemIndex).map(openTask);
			const ended = await settleAll(open.map(async (task) => await tasks.wait(task, itemIndex)));
			const options = readOptions(context, itemIndex);
			return await tasks.collect(ended, readOutput(context, options, itemIndex));
		},
	};
}
