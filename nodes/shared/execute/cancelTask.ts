// Task: Cancel, for every provider that can stop a task.
import { taskItem } from '../../../pipeline/media';
import { namingTask } from '../../../pipeline/result';
import { addHint, ask, askForTask } from '../../../pipeline/session';
import { readTaskId, taskIdField, type TaskSession } from '../fields/taskFields';
import type { ItemOperation } from './operations';

/** `exampleId` is a task's id as this provider writes it, `description` says which tasks can be stopped. */
export function cancelTask(exampleId: string, description: string): ItemOperation<TaskSession> {
	return {
		option: { name: 'Cancel', value: 'cancel', action: 'Cancel a task', description },
		fields: [taskIdField(exampleId)],
		run: async ({ context, tasks: { connection } }, { itemIndex }) => {
			const { provider } = connection;
			const id = readTaskId(context, itemIndex);
			return await namingTask(id, async () => {
				const isAnswer = provider.cameTooLate;
				const answer = await ask(connection, { isAnswer, ...provider.cancel!(id) });
				if (provider.cameTooLate?.(answer)) {
					const hint = `The task of item ${itemIndex} had ended already, so that there was nothing to cancel. Fetch its images with Task: Get.`;
					addHint(connection, hint, itemIndex);
				}
				const task = provider.cameTooLate
					? await askForTask(connection, id)
					: { ...provider.readTask(answer, undefined, id), id };
				return [taskItem(connection, task, itemIndex)];
			});
		},
	};
}
