// Task: Cancel. Stops a background task that hasn't ended.
import { taskItem } from '../../../../pipeline/media';
import { ask } from '../../../../pipeline/session';
import type { ItemOperation } from '../../../shared/execute/operations';
import { readTaskId, taskIdField } from '../../../shared/fields/taskFields';
import type { OpenAiSession } from '../../session';

export function cancelTask(exampleId: string): ItemOperation<OpenAiSession> {
	return {
		option: {
			name: 'Cancel',
			value: 'cancel',
			action: 'Cancel a task',
			description: 'Stop a task that is still at work',
		},
		fields: [taskIdField(exampleId)],
		run: async ({ context, connection, tasksProvider }, { itemIndex }) => {
			const request = tasksProvider.cancel(readTaskId(context, itemIndex));
			const task = tasksProvider.readTask(await ask(connection, request));
			return [taskItem(connection, task, itemIndex)];
		},
	};
}
